#pragma once

#include "engine/base/result.h"
#include "engine/playback/output.h"
#include "engine/playback/software_synth.h"

#include <memory>
#include <string>

namespace chainsong {

/// FluidSynth on a sound device. The audio thread owns the synthesiser: messages reach it through a ring, a
/// quarter of a second early, and are played to the block they belong to. So neither a busy computer nor a
/// lock is heard.
class FluidOutput final : public Output {
public:
    struct Device {
        std::string driver; // "pulseaudio", "alsa" or "jack"
        std::string name; // the driver's name for it; empty = the usual one
    };
    /// Opens the device, which stays silent until load(). May take as long as its sound server takes to
    /// answer.
    static Result<std::unique_ptr<FluidOutput>> open(const Device& device);
    /// Once: the synthesiser for this device, at the device's sample rate whatever the options say.
    Status load(SynthOptions options);
    ~FluidOutput() override;

    std::string name() const override;
    double now_s() const override;
    double latency_s() const override;
    void send(std::span<const MidiMessage> messages) override;
    void sendNow(std::span<const MidiMessage> messages) override;
    double forgetPending() override;
    void panic() override;
    /// False when the device has not asked for sound for a while.
    bool isAlive() const override;
    void setVolume(double volume_unit) override;
    double takePeak() override;

private:
    struct Impl;
    explicit FluidOutput(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace chainsong
