#pragma once

#include "engine/playback/output.h"
#include "engine/playback/software_synth.h"

#include <chrono>
#include <memory>
#include <string>

namespace chainsong {

/// Where the user wants to hear the music.
struct SoundChoice {
    enum class Kind { kSpeakers, kMidiPort, kVirtualMidiPort, kSilence };
    Kind kind = Kind::kSpeakers;
    std::string driver; // speakers: the saved one, tried first; empty = whichever works
    std::string device; // speakers: the driver's name for it; MIDI: the port's name
    std::string soundfont_path; // the user's choice; empty = the one that is found
    Reverb reverb = Reverb::kRoom;
    bool operator==(const SoundChoice&) const = default;
};

/// An output that works in any case (silence if nothing else), and what the user should read about it.
struct ChosenSound {
    std::unique_ptr<Output> output; // never null
    std::string sentence; // "Sound: Speakers (PulseAudio)"
    bool is_silent = false; // nothing is heard although it was wanted
    std::string details; // why, one line an attempt; for a details button
};

/// No search for a device takes longer.
constexpr std::chrono::milliseconds kLongestSearch{1000};

/// Opens what was chosen, else the first that works of PulseAudio, ALSA, JACK (only if its server runs), else
/// silence. Not for the gui thread: it loads the soundfont, and then searches for a device for at most a
/// second.
ChosenSound openSound(const SoundChoice& choice);

} // namespace chainsong
