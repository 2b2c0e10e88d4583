// How a performance reaches its output: messages sent ahead, taken back, and accounted for; and where the
// playhead is.
#include "engine/playback/performance.h"

#include <algorithm>
#include <limits>

namespace chainsong {
namespace {

constexpr Tick kOneTick{1};

} // namespace

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
    for (MidiMessage message : m_window) {
        message.at_s = std::max(pass.timeOf(message.at), m_rewound_s);
        add(message);
    }
}

void Performance::add(const MidiMessage& message) {
    if (m_ahead.accept(message)) m_batch.push_back(message);
}

void Performance::release(double at_s, const ChannelKeys& kept) {
    m_ahead.appendReleases(at_s, kept, m_batch);
}

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
