#include "engine/playback/performance.h"

#include <algorithm>
#include <limits>

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
    for (Message message : schedule.setup()) {
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
    release(at_s, goes_on ? schedule->soundingAt(from - kOneTick) : KeySet{});
    if (from >= schedule->end()) {
        release(at_s);
        return false;
    }
    if (schedule->setup() != done.schedule->setup()) tellSetup(*schedule, at_s);
    m_passes.push_back(passFrom(schedule, from, at_s));
    m_fed_to = from;
    return true;
}

// ---------------------------------------------------------------- messages

bool Performance::pump() {
    const double now_s = m_output->now_s();
    m_preview.pump(*m_output);
    if (!isPlaying()) return false;
    settle(now_s);
    feed(now_s + kAhead_s);
    flush();
    const bool is_over = m_is_fed_to_end && now_s >= m_passes.back().end_s();
    if (!is_over) return true;
    m_stopped_at = m_passes.back().to;
    m_passes.clear();
    adoptNextScore();
    forgetAll();
    return false;
}

void Performance::feed(double until_s) {
    while (!m_is_fed_to_end) {
        const Pass& pass = m_passes.back();
        const bool reaches_end = until_s >= pass.end_s();
        collect(pass, reaches_end ? pass.to : std::min(pass.to, pass.tickAt(until_s) + kOneTick));
        if (!reaches_end) return;
        m_is_fed_to_end = !beginNextPass();
    }
}

void Performance::collect(const Pass& pass, Tick to) {
    if (m_fed_to >= to) return;
    m_window.clear();
    pass.schedule->appendWindow(m_fed_to, to, m_window);
    m_fed_to = to;
    for (Message message : m_window) {
        message.at_s = std::max(pass.timeOf(message.at), m_rewound_s);
        add(message);
    }
}

void Performance::add(const Message& message) {
    if (m_ahead.accept(message)) m_batch.push_back(message);
}

void Performance::release(double at_s, const KeySet& kept) { m_ahead.appendReleases(at_s, kept, m_batch); }

void Performance::flush() {
    m_output->send(m_batch); // even when empty: what did not fit before may fit now
    m_pending.insert(m_pending.end(), m_batch.begin(), m_batch.end());
    m_batch.clear();
}

/// Takes back all that has not sounded yet. Afterwards the first pass is the only one, and sent up to now.
double Performance::rewind() {
    const double now_s = m_output->forgetPending();
    m_rewound_s = now_s;
    settle(now_s);
    m_pending.clear();
    m_batch.clear();
    m_ahead = m_now;
    m_passes.resize(1);
    const Pass& pass = m_passes.front();
    m_fed_to = now_s < pass.start_s ? pass.from : pass.tickAt(now_s) + kOneTick;
    m_is_fed_to_end = false;
    return now_s;
}

void Performance::settle(double now_s) {
    for (; !m_pending.empty() && m_pending.front().at_s <= now_s; m_pending.pop_front())
        m_now.accept(m_pending.front());
    while (m_passes.size() > 1 && m_passes[1].start_s <= now_s) {
        m_passes.pop_front();
        if (m_passes.front().schedule == m_next_schedule) adoptNextScore();
    }
}

void Performance::forgetAll() {
    m_pending.clear();
    m_batch.clear();
    m_ahead = {};
    m_now = {};
}

// ---------------------------------------------------------------- where it is

std::size_t Performance::passAt(double time_s) const {
    std::size_t at = 0;
    while (at + 1 < m_passes.size() && m_passes[at + 1].start_s <= time_s) ++at;
    return at;
}

Tick Performance::position() const {
    if (!isPlaying()) return m_stopped_at;
    const double now_s = m_output->now_s();
    const Pass& pass = m_passes[passAt(now_s)];
    return pass.counts_in_to ? *pass.counts_in_to : pass.tickAt(now_s);
}

PlayheadPath Performance::path() const {
    constexpr double kNever_s = std::numeric_limits<double>::infinity();
    if (!isPlaying()) return {{{{0, static_cast<double>(m_stopped_at.value), 0}, {kNever_s, 0, 0}}}};
    const auto legFrom = [](const Pass& pass, double time_s) -> PlayheadLeg {
        if (pass.counts_in_to) return {time_s, static_cast<double>(pass.counts_in_to->value), 0};
        const Tick at = pass.tickAt(time_s);
        const double ticks_per_s = pass.schedule->tempos().tempoBpmAt(at)
            * static_cast<double>(kTicksPerQuarter) / 60 * pass.tempo_scale;
        return {std::max(time_s, pass.start_s), static_cast<double>(at.value), ticks_per_s};
    };
    const double now_s = m_output->now_s();
    const std::size_t index = passAt(now_s);
    const Pass& pass = m_passes[index];
    PlayheadPath path;
    path.legs[0] = legFrom(pass, now_s);
    path.legs[1] = {pass.end_s(), static_cast<double>(pass.to.value), 0};
    if (pass.counts_in_to) path.legs[1].from_tick = path.legs[0].from_tick;
    if (index + 1 < m_passes.size()) path.legs[1] = legFrom(m_passes[index + 1], m_passes[index + 1].start_s);
    return path;
}

} // namespace chainsong
