#pragma once

#include "engine/playback/note_preview.h"
#include "engine/playback/output.h"
#include "engine/playback/pass.h"
#include "engine/playback/playhead.h"
#include "engine/playback/schedule.h"
#include "engine/playback/sounding.h"

#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace chainsong {

/// When a new score takes the place of the one that plays.
enum class ScoreChange {
    kNow, // an edit: heard at once, the place in time stays
    kAtNextBarLine, // a variation on trial: the bar is played to its end
};

/// How a score is played. Everything here may change while it plays.
struct PlayOptions {
    Mix mix;
    std::optional<LoopRange> loop;
    double tempo_scale = 1; // 0.1..4; 2 = twice as fast
    bool has_metronome = false;
    int num_count_in_bars = 0; // of metronome before each start
    bool operator==(const PlayOptions&) const = default;
};

/// Plays a score on an output: hands it messages a quarter of a second ahead, so that a busy computer is not
/// heard, and takes them back when the user changes something. No thread, no clock but the output's: somebody
/// calls pump() often. On every way out (stop, seek, loop, mute, end, a new score) each note that sounds is
/// let go.
class Performance {
public:
    explicit Performance(Output& output)
        : m_output(&output) { }

    /// What is sent ahead. pump() must be called more often than this.
    static constexpr double kAhead_s = 0.25;

    /// Only while nothing plays.
    void setOutput(Output& output);
    void setScore(ScorePtr score, ScoreChange when);
    void setOptions(const PlayOptions& options);
    const PlayOptions& options() const { return m_options; }

    /// From the tick, or from the start if it lies at or behind the end. Nothing happens without a score.
    void play(Tick from);
    void stop();
    void seek(Tick to);
    /// Sends what is due. True while it plays; the call in which the piece ends says false for the first
    /// time.
    bool pump();
    /// Stops, and silences the output by every means there is.
    void panic();
    /// The device is gone: nothing more is sent, the place in time is kept.
    void abandon();

    /// One note at once, on an instrument of its own where a channel is free. It ends by itself.
    void previewNote(int key, int velocity_127, int program_127, bool is_drums);
    bool isPreviewing() const { return m_preview.isSounding(); }

    bool isPlaying() const { return !m_passes.empty(); }
    /// The tick that is taken now (what is heard lags behind by the output's latency).
    Tick position() const;
    /// The way of the playhead for the next moments, on the output's clock.
    PlayheadPath path() const;

private:
    SchedulePtr scheduleOf(const Score& score) const;
    std::optional<LoopRange> loopIn(const Schedule& schedule) const;
    Pass passFrom(SchedulePtr schedule, Tick from, double start_s) const;
    Tick endOfPass(const Schedule& schedule, Tick from) const;
    void begin(Tick from, double start_s, bool counts_in);
    void replaceNow(ScorePtr score);
    void replaceAtBarLine(ScorePtr score);
    void adoptNextScore();
    void changeSchedule(SchedulePtr schedule, double at_s);
    void tellSetup(const Schedule& schedule, double at_s);
    void feed(double until_s);
    bool beginNextPass();
    void collect(const Pass& pass, Tick to);
    void add(const MidiMessage& message);
    void release(double at_s, const ChannelKeys& kept = {});
    void flush();
    double rewind();
    void settle(double now_s);
    void forgetAll();
    std::size_t passAt(double time_s) const;

    Output* m_output;
    ScorePtr m_score;
    PlayOptions m_options;
    SchedulePtr m_schedule; // of m_score with m_options' mix and metronome
    ScorePtr m_next_score; // waits for its bar line
    SchedulePtr m_next_schedule;
    std::optional<Tick> m_next_bar_line;

    std::deque<Pass> m_passes; // front: sounds now; back: being sent; empty: stopped
    Tick m_fed_to; // in the last pass
    bool m_is_fed_to_end = false;
    Tick m_stopped_at;
    double m_rewound_s = 0; // a new tempo may put the rest of a tick before the moment of the change
    Sounding m_ahead; // after all that was sent
    Sounding m_now; // after all that has sounded
    std::deque<MidiMessage> m_pending; // sent, but later than m_now
    std::vector<MidiMessage> m_batch;
    std::vector<MidiMessage> m_window;
    NotePreview m_preview;
};

} // namespace chainsong
