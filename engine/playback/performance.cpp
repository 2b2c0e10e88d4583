#include "engine/playback/performance.h"

#include <algorithm>

namespace chainsong {
namespace {

/// A chord's messages reach the output before the first of them is due.
constexpr double kStartDelay_s = 0.02;
/// Shorter loops would only buzz.
constexpr Tick kShortestLoop{kTicksPerQuarter / 4};
constexpr Tick kOneTick{1};

} // namespace

// ---------------------------------------------------------------- what the user asks for

void Performance::setOutput(Output& output) {
    stop();
    m_preview.end(*m_output);
    m_output = &output;
    forgetAll();
}

void Performance::setScore(ScorePtr score, ScoreChange when) {
    if (!score) return;
    if (isPlaying() && when == ScoreChange::kAtNextBarLine)
        replaceAtBarLine(std::move(score));
    else
        replaceNow(std::move(score));
}

void Performance::setOptions(const PlayOptions& options) {
    const PlayOptions before = m_options;
    m_options = options;
    m_options.tempo_scale = std::clamp(options.tempo_scale, 0.1, 4.0);
    if (!m_score || m_options == before) return;
    const bool same_notes = m_options.mix == before.mix && m_options.has_metronome == before.has_metronome;
    if (!same_notes) {
        m_schedule = scheduleOf(*m_score);
        if (m_next_score) m_next_schedule = scheduleOf(*m_next_score);
    }
    if (!isPlaying()) return;
    const double now_s = rewind();
    Pass& pass = m_passes.front();
    if (now_s > pass.start_s) {
        pass.from = pass.tickAt(now_s);
        pass.start_score_s = pass.scoreSecondsAt(now_s);
        pass.start_s = now_s;
    }
    pass.tempo_scale = m_options.tempo_scale;
    if (!pass.counts_in_to && !same_notes) changeSchedule(m_schedule, now_s);
    if (!pass.counts_in_to) pass.to = endOfPass(*pass.schedule, pass.from);
    pump();
}

void Performance::play(Tick from) {
    stop();
    if (!m_score) return;
    if (from < Tick{} || from >= m_schedule->end()) from = {};
    begin(from, m_output->now_s() + kStartDelay_s, /*counts_in=*/true);
    pump();
}

void Performance::stop() {
    if (!isPlaying()) return;
    const double now_s = rewind();
    m_stopped_at = position();
    release(now_s);
    flush();
    m_passes.clear();
    adoptNextScore();
    forgetAll();
}

void Performance::seek(Tick to) {
    to = std::max(to, Tick{});
    if (!isPlaying()) {
        m_stopped_at = to;
        return;
    }
    const double now_s = rewind();
    release(now_s);
    adoptNextScore();
    m_passes.clear();
    begin(std::clamp(to, Tick{}, std::max(Tick{}, m_schedule->end() - kOneTick)), now_s + kStartDelay_s,
        /*counts_in=*/false);
    pump();
}

void Performance::panic() {
    stop();
    m_preview.forget();
    m_output->panic();
    forgetAll();
}

void Performance::abandon() {
    m_stopped_at = position();
    m_passes.clear();
    m_preview.forget();
    adoptNextScore();
    forgetAll();
}

void Performance::previewNote(int key, int velocity_127, int program_127, bool is_drums) {
    m_preview.start(*m_output, m_schedule.get(), key, velocity_127, program_127, is_drums);
}

// ---------------------------------------------------------------- passes

SchedulePtr Performance::scheduleOf(const Score& score) const {
    return std::make_shared<const Schedule>(score, m_options.mix, m_options.has_metronome);
}

std::optional<LoopRange> Performance::loopIn(const Schedule& schedule) const {
    if (!m_options.loop) return std::nullopt;
    const LoopRange loop{
        std::max(m_options.loop->from, Tick{}), std::min(m_options.loop->to, schedule.end())};
    if (loop.to - loop.from < kShortestLoop) return std::nullopt;
    return loop;
}

Tick Performance::endOfPass(const Schedule& schedule, Tick from) const {
    Tick to = schedule.end();
    if (const auto loop = loopIn(schedule); loop && from < loop->to) to = std::min(to, loop->to);
    if (m_next_bar_line && from < *m_next_bar_line) to = std::min(to, *m_next_bar_line);
    return to;
}

Pass Performance::passFrom(SchedulePtr schedule, Tick from, double start_s) const {
    Pass pass;
    pass.from = from;
    pass.to = endOfPass(*schedule, from);
    pass.start_s = start_s;
    pass.start_score_s = schedule->tempos().secondsAt(from);
    pass.tempo_scale = m_options.tempo_scale;
    pass.schedule = std::move(schedule);
    return pass;
}

void Performance::begin(Tick from, double start_s, bool counts_in) {
    if (counts_in && m_options.num_count_in_bars > 0) {
        Pass pass;
        pass.schedule =
            std::make_shared<const Schedule>(countIn(*m_score, from, m_options.num_count_in_bars));
        pass.to = pass.schedule->end();
        pass.start_s = start_s;
        pass.tempo_scale = m_options.tempo_scale;
        pass.counts_in_to = from;
        m_passes.push_back(std::move(pass));
    } else {
        m_passes.push_back(passFrom(m_schedule, from, start_s));
    }
    m_fed_to = m_passes.back().from;
    m_is_fed_to_end = false;
    tellSetup(*m_schedule, start_s - kStartDelay_s); // now: it is never taken back
}

void Performance::replaceNow(ScorePtr score) {
    m_next_score.reset();
    adoptNextScore();
    m_score = std::move(score);
    m_schedule = scheduleOf(*m_score);
    if (!isPlaying()) return;
    const double now_s = rewind();
    Pass& pass = m_passes.front();
    if (pass.counts_in_to) {
        pass.counts_in_to = std::min(*pass.counts_in_to, std::max(Tick{}, m_schedule->end() - kOneTick));
        pump();
        return;
    }
    const Tick at = pass.tickAt(now_s);
    if (at >= m_schedule->end()) {
        stop();
        return;
    }
    pass.start_s = pass.timeOf(at);
    pass.start_score_s = m_schedule->tempos().secondsAt(at);
    pass.from = at;
    changeSchedule(m_schedule, now_s);
    pass.to = endOfPass(*m_schedule, at);
    pump();
}

void Performance::replaceAtBarLine(ScorePtr score) {
    m_next_score = std::move(score);
    m_next_schedule = scheduleOf(*m_next_score);
    const double now_s = rewind();
    Pass& pass = m_passes.front();
    if (!pass.counts_in_to) {
        const Tick at = pass.tickAt(now_s);
        m_next_bar_line = pass.schedule->metres().barLineFrom(at + kOneTick);
        pass.to = endOfPass(*pass.schedule, at);
    }
    pump();
}

/// The score that waited is the one that plays from now on.
void Performance::adoptNextScore() {
    if (m_next_score) {
        m_score = std::move(m_next_score);
        m_schedule = std::move(m_next_schedule);
    }
    m_next_score.reset();
    m_next_schedule.reset();
    m_next_bar_line.reset();
}

/// The pass that sounds goes on with other notes: those that it does not have at this place are let go.
void Performance::changeSchedule(SchedulePtr schedule, double at_s) {
    Pass& pass = m_passes.front();
    release(at_s, schedule->soundingAt(m_fed_to - kOneTick));
    if (schedule->setup() != pass.schedule->setup()) tellSetup(*schedule, at_s);
    pass.schedule = std::move(schedule);
}

void Performance::tellSetup(const Schedule& schedule, double at_s) {
    for (MidiMessage message : schedule.setup()) {
        message.at_s = at_s;
        add(message);
    }
}

bool Performance::beginNextPass() {
    const Pass& done = m_passes.back();
    const double at_s = done.end_s();
    const SchedulePtr schedule = m_next_schedule ? m_next_schedule
        : done.counts_in_to                      ? m_schedule
                                                 : done.schedule;
    const auto loop = loopIn(*schedule);
    const auto loop_done = loopIn(*done.schedule);
    const bool jumps = !done.counts_in_to && loop && loop_done && done.to == loop_done->to;
    const Tick from = done.counts_in_to ? *done.counts_in_to : jumps ? loop->from : done.to;
    const bool goes_on = !jumps && !done.counts_in_to;
    release(at_s, goes_on ? schedule->soundingAt(from - kOneTick) : ChannelKeys{});
    if (from >= schedule->end()) {
        release(at_s);
        return false;
    }
    if (schedule->setup() != done.schedule->setup()) tellSetup(*schedule, at_s);
    m_passes.push_back(passFrom(schedule, from, at_s));
    m_fed_to = from;
    return true;
}

} // namespace chainsong
