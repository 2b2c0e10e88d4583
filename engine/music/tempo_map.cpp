#include "engine/music/tempo_map.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chainsong {
namespace {

constexpr std::int64_t kMostBars = std::numeric_limits<int>::max() - 1;

std::int64_t floorDivided(std::int64_t a, std::int64_t b) { return a / b - ((a % b != 0 && a < 0) ? 1 : 0); }
std::int64_t ceilDivided(std::int64_t a, std::int64_t b) { return -floorDivided(-a, b); }
int asBar(std::int64_t bar) { return static_cast<int>(std::clamp<std::int64_t>(bar, -kMostBars, kMostBars)); }

/// The last of ascending `segments` that has begun by `value`; the first one for anything earlier.
template <class Segments, class Value, class Member>
const auto& segmentAt(const Segments& segments, Value value, Member member) {
    auto after = std::upper_bound(segments.begin(), segments.end(), value,
        [member](const Value& wanted, const auto& segment) { return wanted < segment.*member; });
    return after == segments.begin() ? *after : *std::prev(after);
}

} // namespace

TempoMap::TempoMap(const std::vector<TempoChange>& tempos) {
    const auto per_tick = [](const TempoChange& tempo) {
        return std::max(1, tempo.microseconds_per_quarter) * 1e-6 / kTicksPerQuarter;
    };
    m_segments.push_back({{0}, 0.0, per_tick({})});
    for (const TempoChange& tempo : tempos) {
        const Segment& last = m_segments.back();
        const Tick from = std::max(tempo.at, last.from);
        const double from_s =
            last.from_s + static_cast<double>((from - last.from).value) * last.seconds_per_tick;
        if (from == last.from) m_segments.pop_back();
        m_segments.push_back({from, from_s, per_tick(tempo)});
    }
}

double TempoMap::secondsAt(Tick at) const {
    const Segment& segment = segmentAt(m_segments, at, &Segment::from);
    return segment.from_s + static_cast<double>((at - segment.from).value) * segment.seconds_per_tick;
}

Tick TempoMap::tickAt(double seconds) const {
    if (std::isnan(seconds)) return {};
    const double bounded = std::clamp(seconds, -1e9, 1e9);
    const Segment& segment = segmentAt(m_segments, bounded, &Segment::from_s);
    const double ticks = std::floor((bounded - segment.from_s) / segment.seconds_per_tick);
    Tick at = segment.from + Tick{static_cast<std::int64_t>(ticks)};
    // The division may round across a tick; secondsAt decides, so that the two are inverse to each other.
    while (secondsAt(at) > bounded) at = at - Tick{1};
    while (secondsAt(at + Tick{1}) <= bounded) at = at + Tick{1};
    return at;
}

double TempoMap::tempoBpmAt(Tick at) const {
    return 60.0 / (segmentAt(m_segments, at, &Segment::from).seconds_per_tick * kTicksPerQuarter);
}

MetreMap::MetreMap(const std::vector<MetreChange>& metres) {
    m_segments.push_back({{0}, 0, {}});
    for (const MetreChange& change : metres) {
        const Segment& last = m_segments.back();
        const Tick from = std::max(change.at, last.from);
        const std::int64_t bars = ceilDivided((from - last.from).value, last.metre.barLength().value);
        const int first_bar = asBar(last.first_bar + bars);
        if (from == last.from) m_segments.pop_back();
        m_segments.push_back({from, first_bar, change.metre});
    }
}

int MetreMap::barAt(Tick at) const {
    const Segment& segment = segmentAt(m_segments, at, &Segment::from);
    return asBar(
        segment.first_bar + floorDivided((at - segment.from).value, segment.metre.barLength().value));
}

Tick MetreMap::barStart(int bar) const {
    const Segment& segment = segmentAt(m_segments, bar, &Segment::first_bar);
    return segment.from + segment.metre.barLength() * (std::int64_t{bar} - segment.first_bar);
}

Metre MetreMap::metreOfBar(int bar) const { return segmentAt(m_segments, bar, &Segment::first_bar).metre; }

BarBeat MetreMap::barBeatAt(Tick at) const {
    const int bar = barAt(at);
    const std::int64_t past = (at - barStart(bar)).value;
    const std::int64_t beat_length = metreOfBar(bar).beatLength().value;
    return {bar + 1, static_cast<int>(past / beat_length) + 1, {past % beat_length}};
}

Tick MetreMap::barLineFrom(Tick at) const {
    const int bar = barAt(at);
    return barStart(bar) == at ? at : barStart(bar + 1);
}

int numBars(const Score& score) {
    const MetreMap metres(score.metres);
    return metres.barAt(metres.barLineFrom(score.end));
}

double durationSeconds(const Score& score) { return TempoMap(score.tempos).secondsAt(score.end); }

} // namespace chainsong
