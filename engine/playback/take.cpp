#include "engine/playback/take.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace chainsong {
namespace {

/// FluidSynth computes in blocks of so many frames; messages between two blocks move to the nearer one.
constexpr std::int64_t kBlockFrames = 64;
/// Frames between two looks at the stop token: under a millisecond of work.
constexpr std::int64_t kChunkFrames = 64 * kBlockFrames;
constexpr double kLongestTail_s = 5;
constexpr float kSilence_unit = 1e-4f; // -80 dB
constexpr std::int64_t kSilentChunksToEnd = 2;

/// The messages of a schedule one by one, fetched window by window.
class MessageReader {
public:
    MessageReader(const Schedule& schedule, int sample_rate_hz)
        : m_schedule(schedule)
        , m_sample_rate_hz(sample_rate_hz) {
        m_window = schedule.setup();
        fetch();
    }
    bool isAtEnd() const { return m_next == m_window.size(); }
    const MidiMessage& message() const { return m_window[m_next]; }
    std::int64_t frame() const {
        return std::llround(message().at_s * m_sample_rate_hz / kBlockFrames) * kBlockFrames;
    }
    void advance() {
        ++m_next;
        fetch();
    }

private:
    void fetch() {
        const Tick past_end = m_schedule.end() + Tick{1}; // the last notes end on the last tick
        while (isAtEnd() && m_fetched_to < past_end) {
            m_window.clear();
            m_next = 0;
            const Tick to = std::min(past_end, m_fetched_to + Tick{16 * kTicksPerQuarter});
            m_schedule.appendWindow(m_fetched_to, to, m_window);
            m_fetched_to = to;
        }
    }

    const Schedule& m_schedule;
    double m_sample_rate_hz;
    std::vector<MidiMessage> m_window;
    std::size_t m_next = 0;
    Tick m_fetched_to;
};

/// Two buffers of one chunk, and the sum of what went through them.
class Tape {
public:
    Tape(double gain, const SampleSink& sink)
        : m_gain(static_cast<float>(gain))
        , m_sink(sink) { }
    Status record(SoftwareSynth& synth, std::int64_t num_frames) {
        const auto count = static_cast<std::size_t>(num_frames);
        synth.render(m_left.data(), m_right.data(), static_cast<int>(num_frames));
        float peak = 0;
        for (std::size_t i = 0; i < count; ++i) {
            m_both[2 * i] = checked(m_left[i], peak);
            m_both[2 * i + 1] = checked(m_right[i], peak);
        }
        m_last_peak = peak;
        m_report.peak_unit = std::max(m_report.peak_unit, static_cast<double>(peak));
        m_report.num_frames += count;
        return m_sink({m_both.data(), 2 * count});
    }
    bool wasSilent() const { return m_last_peak < kSilence_unit; }
    const TakeReport& report() const { return m_report; }

private:
    float checked(float sample, float& peak) {
        if (!std::isfinite(sample)) {
            ++m_report.num_clipped;
            return 0;
        }
        peak = std::max(peak, std::abs(sample));
        const float out = sample * m_gain;
        if (std::abs(out) > 1) ++m_report.num_clipped;
        return out;
    }

    float m_gain;
    const SampleSink& m_sink;
    TakeReport m_report;
    float m_last_peak = 0;
    std::vector<float> m_left = std::vector<float>(kChunkFrames);
    std::vector<float> m_right = std::vector<float>(kChunkFrames);
    std::vector<float> m_both = std::vector<float>(2 * kChunkFrames);
};

} // namespace

Result<TakeReport> recordTake(SoftwareSynth synth, const Schedule& schedule, int sample_rate_hz, Tail tail,
    double gain, const SampleSink& sink, const std::function<void(double)>& on_share, std::stop_token stop) {
    MessageReader reader(schedule, sample_rate_hz);
    Tape tape(gain, sink);
    const double end_s = schedule.tempos().secondsAt(schedule.end());
    const std::int64_t end_frame = std::llround(end_s * sample_rate_hz);
    const std::int64_t last_frame =
        end_frame + (tail == Tail::kExactBarEnd ? 0 : std::llround(kLongestTail_s * sample_rate_hz));
    std::int64_t silent_chunks = 0;
    for (std::int64_t frame = 0; frame < last_frame;) {
        if (stop.stop_requested()) return Error{std::string(kRenderStopped)};
        for (; !reader.isAtEnd() && reader.frame() <= frame; reader.advance()) synth.play(reader.message());
        std::int64_t next = std::min(frame + kChunkFrames, last_frame);
        if (!reader.isAtEnd()) next = std::min(next, reader.frame());
        if (const Status recorded = tape.record(synth, next - frame); !recorded) return recorded.error();
        frame = next;
        on_share(std::min(
            1.0, static_cast<double>(frame) / static_cast<double>(std::max<std::int64_t>(end_frame, 1))));
        const bool is_over = frame > end_frame && reader.isAtEnd() && tape.wasSilent();
        silent_chunks = is_over ? silent_chunks + 1 : 0;
        if (silent_chunks >= kSilentChunksToEnd) break;
    }
    return tape.report();
}

} // namespace chainsong
