#pragma once

#include "engine/playback/message.h"

#include <span>
#include <string>

namespace chainsong {

/// A place where messages sound: a synthesiser, a MIDI port, nowhere. Used by one thread, the player's,
/// except where a function says otherwise. It has a clock of its own, which is the one that its sound
/// follows.
class Output {
public:
    virtual ~Output() = default;

    /// What the user reads: "Speakers (PulseAudio)".
    virtual std::string name() const = 0;
    /// The moment up to which messages have been taken; any thread, no lock.
    virtual double now_s() const = 0;
    /// How much later than its moment a message is heard.
    virtual double latency_s() const { return 0; }
    /// Messages in order of their `at_s` on this clock, none before those already sent. What is late sounds
    /// at once.
    virtual void send(std::span<const MidiMessage> messages) = 0;
    /// Messages that sound at once, past all that waits: a note that is tried out.
    virtual void sendNow(std::span<const MidiMessage> messages) = 0;
    /// Forgets what was sent for later than the returned moment; all up to it has sounded or will sound now.
    virtual double forgetPending() = 0;
    /// Silence on every channel at once, whatever was sent before.
    virtual void panic() = 0;
    /// False once the device is gone; it does not come back.
    virtual bool isAlive() const { return true; }

    /// Overall loudness; 1 = as usual. Outputs without a volume ignore it.
    virtual void setVolume(double /*volume_unit*/) { }
    /// The loudest sample since the last call, 1 = full scale; 0 where nothing is measured.
    virtual double takePeak() { return 0; }
};

} // namespace chainsong
