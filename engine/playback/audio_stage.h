#pragma once

#include "engine/playback/message_ring.h"
#include "engine/playback/software_synth.h"

#include <atomic>
#include <cstdint>
#include <deque>
#include <span>

namespace chainsong {

/// Where the player's thread and the audio thread meet: the clock, the messages on their way, the volume, the
/// peak. Lock-free on both sides. The clock and the age of messages are one word, so that taking messages
/// back and playing them can never disagree about which of them sounded.
class AudioStage {
public:
    AudioStage(SoftwareSynth synth, int sample_rate_hz);

    // ---- the player's thread (clock_s: any thread)
    double clock_s() const;
    void send(std::span<const MidiMessage> messages);
    void sendNow(std::span<const MidiMessage> messages);
    double forgetPending();
    void panic() { m_wants_silence.store(true); }
    void setVolume(double volume_unit) { m_volume.store(static_cast<float>(volume_unit)); }
    double takePeak() { return static_cast<double>(m_peak.exchange(0)); }

    /// Audio thread. No allocation, lock, log or throw.
    void render(float* left, float* right, int num_frames) noexcept;

private:
    void playDue(std::int64_t frame, std::int64_t last_end, std::uint16_t age) noexcept;
    std::int64_t nextFrame(std::int64_t frame, std::int64_t end, std::uint16_t age) const noexcept;
    void master(float* left, float* right, int num_frames) noexcept;

    SoftwareSynth m_synth; // the audio thread's
    double m_sample_rate_hz;
    MessageRing m_timed;
    MessageRing m_immediate;
    std::deque<TimedMessage> m_overflow; // the player's: what did not fit yet
    std::atomic<std::uint64_t> m_clock = 0; // frames taken << 16 | age
    std::atomic<bool> m_wants_silence = false;
    std::atomic<float> m_volume = 1;
    std::atomic<float> m_peak = 0;
    float m_trim = 1; // the audio thread's: what keeps the sound below full scale
};

} // namespace chainsong
