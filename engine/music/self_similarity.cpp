#include "engine/music/self_similarity.h"

#include "engine/music/tempo_map.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace chainsong {
namespace {

/// A note as a point of the plane: onset in steps of the grid, and MIDI key.
struct Point {
    int onset = 0;
    int key = 0;
    auto operator<=>(const Point&) const = default;
};
Point operator+(Point a, Point b) { return {a.onset + b.onset, a.key + b.key}; }
Point operator-(Point a, Point b) { return {a.onset - b.onset, a.key - b.key}; }

constexpr std::size_t kMostPoints = 512;
constexpr std::size_t kPatternsTried = 24;

std::vector<Point> pointsOf(const Score& score) {
    std::set<Point> points;
    for (const Track& track : score.tracks) {
        if (track.is_drums) continue;
        for (const Note& note : track.notes)
            points.insert({static_cast<int>(note.start.value / kTicksPerStep), note.key});
    }
    std::vector<Point> sorted(points.begin(), points.end());
    sorted.resize(std::min(sorted.size(), kMostPoints));
    return sorted;
}

using Pattern = std::vector<Point>;

/// The largest sets of points that stand a second time, moved by one vector. `points` is sorted.
std::vector<Pattern> largestPatterns(const std::vector<Point>& points) {
    std::vector<std::pair<Point, std::size_t>> moves; // (vector, where it begins)
    for (std::size_t i = 0; i < points.size(); ++i)
        for (std::size_t j = i + 1; j < points.size(); ++j) moves.emplace_back(points[j] - points[i], i);
    std::sort(moves.begin(), moves.end());
    std::vector<std::pair<std::size_t, std::size_t>> runs; // (first, count)
    for (std::size_t first = 0; first < moves.size();) {
        std::size_t past = first;
        while (past < moves.size() && moves[past].first == moves[first].first) ++past;
        if (past - first > 1) runs.emplace_back(first, past - first);
        first = past;
    }
    std::stable_sort(
        runs.begin(), runs.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    runs.resize(std::min(runs.size(), kPatternsTried));
    std::vector<Pattern> patterns;
    for (const auto& [first, count] : runs) {
        Pattern& pattern = patterns.emplace_back();
        for (std::size_t k = 0; k < count; ++k) pattern.push_back(points[moves[first + k].second]);
    }
    return patterns;
}

/// What one pattern and all its places tell, and how many points it takes to say so.
struct Cover {
    std::set<Point> covered;
    std::size_t num_told = 1;
    double ratio() const { return static_cast<double>(covered.size()) / static_cast<double>(num_told); }
};

Cover coverOf(const Pattern& pattern, const std::vector<Point>& points) {
    Cover cover;
    std::size_t num_places = 0;
    for (const Point& to : points) {
        const Point move = to - pattern.front();
        const bool stands = std::all_of(pattern.begin(), pattern.end(),
            [&](Point p) { return std::binary_search(points.begin(), points.end(), p + move); });
        if (!stands) continue;
        ++num_places;
        for (const Point& p : pattern) cover.covered.insert(p + move);
    }
    cover.num_told = pattern.size() + num_places - 1;
    return cover;
}

} // namespace

double barSimilarity(const Score& score, int lag_bars) {
    using Place = std::tuple<std::size_t, Tick, int>; // track, place in the bar, key
    const MetreMap metres(score.metres);
    std::map<int, std::set<Place>> bars;
    for (std::size_t t = 0; t < score.tracks.size(); ++t)
        for (const Note& note : score.tracks[t].notes) {
            const int bar = metres.barAt(note.start);
            bars[bar].insert({t, note.start - metres.barStart(bar), note.key});
        }
    double sum = 0;
    int pairs = 0;
    for (const auto& [bar, notes] : bars) {
        const auto later = bars.find(bar + lag_bars);
        if (later == bars.end()) continue;
        const auto shared = std::count_if(
            notes.begin(), notes.end(), [&](const Place& place) { return later->second.contains(place); });
        sum += 2.0 * static_cast<double>(shared) / static_cast<double>(notes.size() + later->second.size());
        ++pairs;
    }
    return pairs > 0 ? sum / pairs : 0;
}

double compressionRatio(const Score& score) {
    std::vector<Point> left = pointsOf(score);
    const std::size_t all = left.size();
    if (all == 0) return 1;
    std::size_t told = 0;
    while (left.size() > 1) {
        Cover best;
        for (const Pattern& pattern : largestPatterns(left))
            if (Cover cover = coverOf(pattern, left); cover.ratio() > best.ratio()) best = std::move(cover);
        if (best.ratio() <= 1) break;
        told += best.num_told;
        std::erase_if(left, [&](Point p) { return best.covered.contains(p); });
    }
    return static_cast<double>(all) / static_cast<double>(told + left.size());
}

} // namespace chainsong
