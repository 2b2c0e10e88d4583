#include "engine/playback/pass.h"

#include <algorithm>

namespace chainsong {
namespace {

constexpr double kShortestPass_s = 0.001;

} // namespace

double Pass::timeOf(Tick at) const {
    return start_s + (schedule->tempos().secondsAt(at) - start_score_s) / tempo_scale;
}

double Pass::scoreSecondsAt(double time_s) const {
    return start_score_s + std::max(0.0, time_s - start_s) * tempo_scale;
}

Tick Pass::tickAt(double time_s) const {
    if (time_s <= start_s) return from;
    Tick tick = schedule->tempos().tickAt(scoreSecondsAt(time_s));
    const Tick next = tick + Tick{1};
    if (timeOf(next) <= time_s) tick = next; // what rounding took
    return std::clamp(tick, from, std::max(from, to));
}

double Pass::end_s() const { return std::max(timeOf(to), start_s + kShortestPass_s); }

} // namespace chainsong
