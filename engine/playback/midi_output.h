#pragma once

#include "engine/base/result.h"
#include "engine/playback/output.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chainsong {

/// Names of the MIDI ports that we can send to, without the numbers that change from start to start
/// ("129:0"). Empty where there is no MIDI; never fails, never throws. Takes a few milliseconds: not for the
/// gui thread.
std::vector<std::string> midiOutputPorts();
/// "FLUID Synth:Synth input 129:0" → "FLUID Synth:Synth input".
std::string portNameWithoutNumbers(std::string_view name);

/// A MIDI port. Messages wait on a thread named "midi out" that sends each at its moment.
class MidiOutput final : public Output {
public:
    /// The port of that name, whatever numbers it ends in.
    static Result<std::unique_ptr<MidiOutput>> open(const std::string& port_name);
    /// A port of ours that other programs connect to.
    static Result<std::unique_ptr<MidiOutput>> openVirtual(const std::string& name = "Chainsong out");
    ~MidiOutput() override;

    std::string name() const override;
    double now_s() const override;
    void send(std::span<const MidiMessage> messages) override;
    void sendNow(std::span<const MidiMessage> messages) override;
    double forgetPending() override;
    /// Explicit offs, then sustain off, all notes off, all sound off on every channel.
    void panic() override;
    /// False when the port has left the list or refuses messages.
    bool isAlive() const override;

private:
    struct Impl;
    explicit MidiOutput(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Tells when MIDI ports come and go. RtMidi reports nothing, so a thread of its own looks every second.
class MidiPortWatch {
public:
    using Ports = std::vector<std::string>;
    /// `on_change` runs on that thread, the first time with the ports there are.
    explicit MidiPortWatch(std::function<void(const Ports&)> on_change);
    /// The same with another way to look, for tests.
    MidiPortWatch(std::function<void(const Ports&)> on_change, std::function<Ports()> look);
    ~MidiPortWatch();
    /// Looks at once instead of at the next second.
    void lookNow();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace chainsong
