#include "engine/playback/audio_stage.h"

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

constexpr int kAgeBits = 16;
constexpr std::size_t kRingCapacity = 16'384;
constexpr std::size_t kImmediateCapacity = 256;
constexpr float kCeiling_unit = 0.98f;
/// The trim comes back by 3 dB a second.
constexpr double kTrimRecovery_per_s = 1.41;

std::int64_t framesOf(std::uint64_t clock) { return static_cast<std::int64_t>(clock >> kAgeBits); }
std::uint16_t ageOf(std::uint64_t clock) { return static_cast<std::uint16_t>(clock); }
std::uint64_t clockOf(std::int64_t frames, std::uint16_t age) {
    return static_cast<std::uint64_t>(frames) << kAgeBits | age;
}
/// How many takings-back lie between two ages; the count wraps.
int youngerBy(std::uint16_t age, std::uint16_t than) { return static_cast<std::int16_t>(age - than); }

} // namespace

AudioStage::AudioStage(SoftwareSynth synth, int sample_rate_hz)
    : m_synth(std::move(synth))
    , m_sample_rate_hz(sample_rate_hz)
    , m_timed(kRingCapacity)
    , m_immediate(kImmediateCapacity) { }

double AudioStage::clock_s() const {
    return static_cast<double>(framesOf(m_clock.load())) / m_sample_rate_hz;
}

void AudioStage::send(std::span<const MidiMessage> messages) {
    const std::uint16_t age = ageOf(m_clock.load()); // only this thread changes the age
    for (const MidiMessage& message : messages)
        m_overflow.push_back({std::llround(message.at_s * m_sample_rate_hz), age, message});
    while (!m_overflow.empty() && m_timed.push(m_overflow.front())) m_overflow.pop_front();
}

void AudioStage::sendNow(std::span<const MidiMessage> messages) {
    for (const MidiMessage& message : messages) m_immediate.push({0, 0, message});
}

double AudioStage::forgetPending() {
    std::uint64_t before = m_clock.load();
    while (!m_clock.compare_exchange_weak(
        before, clockOf(framesOf(before), static_cast<std::uint16_t>(ageOf(before) + 1)))) { }
    const std::int64_t frame = framesOf(before);
    std::erase_if(m_overflow, [frame](const TimedMessage& waiting) { return waiting.at_frame > frame; });
    // Just under half a frame past the last one that counts: a message's frame is rounded from its time, and the
    // caller compares times. Without it, a message that was heard could be called unheard, and its note would hang;
    // a message sent for this very time still falls on that frame.
    return (static_cast<double>(frame) + 0.499'999) / m_sample_rate_hz;
}

void AudioStage::render(float* left, float* right, int num_frames) noexcept {
    // One step announces the end of this stretch and learns the age of messages that still count.
    std::uint64_t before = m_clock.load();
    while (!m_clock.compare_exchange_weak(before, clockOf(framesOf(before) + num_frames, ageOf(before)))) { }
    const std::int64_t begin = framesOf(before);
    const std::int64_t end = begin + num_frames;
    if (m_wants_silence.exchange(false)) m_synth.silence();
    for (; const TimedMessage* now = m_immediate.front(); m_immediate.pop()) m_synth.play(now->message);
    for (std::int64_t frame = begin; frame < end;) {
        playDue(frame, begin, ageOf(before));
        const std::int64_t next = nextFrame(frame, end, ageOf(before));
        m_synth.render(left + (frame - begin), right + (frame - begin), static_cast<int>(next - frame));
        frame = next;
    }
    master(left, right, num_frames);
}

/// Plays what is due. Messages of an earlier age were taken back, except those up to the end of the last
/// stretch; messages of a later age were sent after this stretch was announced and are the next one's.
void AudioStage::playDue(std::int64_t frame, std::int64_t last_end, std::uint16_t age) noexcept {
    for (; const TimedMessage* timed = m_timed.front(); m_timed.pop()) {
        const int younger_by = youngerBy(timed->age, age);
        if (younger_by > 0) return;
        const bool is_taken_back = younger_by < 0 && timed->at_frame > last_end;
        if (is_taken_back) continue;
        if (timed->at_frame > frame) return;
        m_synth.play(timed->message);
    }
}

std::int64_t AudioStage::nextFrame(std::int64_t frame, std::int64_t end, std::uint16_t age) const noexcept {
    const TimedMessage* timed = m_timed.front();
    return timed && youngerBy(timed->age, age) <= 0 ? std::clamp(timed->at_frame, frame + 1, end) : end;
}

/// Volume, the peak meter, and a trim that turns down what would clip and lets go slowly.
void AudioStage::master(float* left, float* right, int num_frames) noexcept {
    const float volume = m_volume.load(std::memory_order_relaxed);
    float peak = 0;
    for (int i = 0; i < num_frames; ++i) peak = std::max({peak, std::abs(left[i]), std::abs(right[i])});
    peak *= volume;
    const double recovery = std::pow(kTrimRecovery_per_s, num_frames / m_sample_rate_hz);
    const float recovered = std::min(1.0f, m_trim * static_cast<float>(recovery));
    const float trim = peak * recovered > kCeiling_unit ? kCeiling_unit / peak : recovered;
    const float step = (trim - m_trim) / static_cast<float>(std::max(num_frames, 1));
    for (int i = 0; i < num_frames; ++i) {
        const float gain = volume * (m_trim + step * static_cast<float>(i));
        left[i] = std::clamp(left[i] * gain, -1.0f, 1.0f);
        right[i] = std::clamp(right[i] * gain, -1.0f, 1.0f);
    }
    m_trim = trim;
    float known = m_peak.load(std::memory_order_relaxed);
    while (peak > known && !m_peak.compare_exchange_weak(known, peak)) { }
}

} // namespace chainsong
