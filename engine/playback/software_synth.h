#pragma once

#include "engine/base/result.h"
#include "engine/playback/message.h"

#include <memory>
#include <string>

namespace chainsong {

enum class Reverb { kOff, kRoom, kHall };

/// Loud enough to be heard beside other programs, quiet enough that four voices stay below a third of full
/// scale.
constexpr double kDefaultGain = 0.45;

struct SynthOptions {
    std::string soundfont_path;
    int sample_rate_hz = 44'100;
    Reverb reverb = Reverb::kRoom;
    double gain = kDefaultGain;
};

/// FluidSynth as a box: messages in, samples out. For one thread at a time; it takes no lock of its own, so
/// that an audio callback may own it.
class SoftwareSynth {
public:
    /// Reads the soundfont; not for the audio thread.
    static Result<SoftwareSynth> open(const SynthOptions& options);
    SoftwareSynth(SoftwareSynth&&) noexcept;
    SoftwareSynth& operator=(SoftwareSynth&&) noexcept;
    ~SoftwareSynth();

    /// Takes effect at the next block of 64 frames. Audio thread: no allocation, lock or throw of ours.
    void play(const MidiMessage& message) noexcept;
    /// Silence at once on every channel.
    void silence() noexcept;
    /// Overwrites both buffers.
    void render(float* left, float* right, int num_frames) noexcept;
    int numActiveVoices() const noexcept;

private:
    struct Impl;
    explicit SoftwareSynth(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace chainsong
