#include "engine/music/statistics.h"

#include "engine/music/tempo_map.h"

#include <algorithm>
#include <bitset>
#include <cmath>
#include <map>

namespace chainsong {
namespace {

using Profile = std::array<double, 12>;
constexpr Profile kMajorProfile{6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88};
constexpr Profile kMinorProfile{6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17};

template <class Visit> void forEachPitchedNote(const Score& score, Visit visit) {
    for (const Track& track : score.tracks) {
        if (track.is_drums) continue;
        for (const Note& note : track.notes) visit(note);
    }
}

std::array<double, 12> pitchClassCounts(const Score& score) {
    std::array<double, 12> counts{};
    forEachPitchedNote(score, [&](const Note& note) { counts[note.key % 12] += 1; });
    return counts;
}

double sumOf(const std::array<double, 12>& values) {
    double sum = 0;
    for (double value : values) sum += value;
    return sum;
}

/// Pearson correlation of `heard` with `profile` moved up to `tonic`.
double correlation(const Profile& heard, const Profile& profile, std::size_t tonic) {
    const double mean_heard = sumOf(heard) / 12;
    const double mean_profile = sumOf(profile) / 12;
    double together = 0, own_heard = 0, own_profile = 0;
    for (std::size_t k = 0; k < 12; ++k) {
        const double a = heard[(k + tonic) % 12] - mean_heard;
        const double b = profile[k] - mean_profile;
        together += a * b;
        own_heard += a * a;
        own_profile += b * b;
    }
    return own_heard > 0 ? together / std::sqrt(own_heard * own_profile) : 0;
}

constexpr std::size_t kGridPositions = 64; // a bar, as MusDr cuts it
using OnsetGrid = std::bitset<kGridPositions>;

} // namespace

std::array<double, 12> pitchClassDurations(const Score& score) {
    std::array<double, 12> quarters{};
    forEachPitchedNote(score, [&](const Note& note) {
        quarters[note.key % 12] += static_cast<double>(note.length.value) / kTicksPerQuarter;
    });
    return quarters;
}

KeyEstimate estimateKey(const Score& score) {
    const Profile heard = pitchClassDurations(score);
    KeyEstimate best;
    for (std::size_t tonic = 0; tonic < 12; ++tonic) {
        const double major = correlation(heard, kMajorProfile, tonic);
        const double minor = correlation(heard, kMinorProfile, tonic);
        if (major > best.correlation) best = {{static_cast<int>(tonic), Mode::kMajor}, major};
        if (minor > best.correlation) best = {{static_cast<int>(tonic), Mode::kMinor}, minor};
    }
    return best;
}

double pitchClassEntropyBits(const Score& score) {
    const auto counts = pitchClassCounts(score);
    const double total = sumOf(counts);
    double bits = 0;
    for (double count : counts)
        if (count > 0) bits -= count / total * std::log2(count / total);
    return bits;
}

double meanPitch(const Score& score) {
    double sum = 0, count = 0;
    forEachPitchedNote(score, [&](const Note& note) {
        sum += note.key;
        count += 1;
    });
    return count > 0 ? sum / count : 0;
}

double notesPerQuarter(const Score& score) {
    if (score.end.value <= 0) return 0;
    return static_cast<double>(numNotes(score)) * kTicksPerQuarter / static_cast<double>(score.end.value);
}

double scaleConsistency(const Score& score) {
    constexpr std::array<std::uint16_t, 3> kScales{
        0b101010110101, // major, bit k = k semitones above the tonic
        0b010110101101, // natural minor
        0b100110101101, // harmonic minor
    };
    const auto counts = pitchClassCounts(score);
    const double total = sumOf(counts);
    if (total == 0) return 0;
    double best = 0;
    for (std::size_t tonic = 0; tonic < 12; ++tonic) {
        for (std::uint16_t scale : kScales) {
            double inside = 0;
            for (std::size_t k = 0; k < 12; ++k)
                if ((scale >> k) & 1) inside += counts[(k + tonic) % 12];
            best = std::max(best, inside);
        }
    }
    return best / total;
}

double grooveConsistency(const Score& score) {
    const int bars = numBars(score);
    if (bars < 2) return 1;
    const MetreMap metres(score.metres);
    std::map<int, OnsetGrid> grids; // bars without onsets are absent, so that a long silence costs nothing
    for (const Track& track : score.tracks) {
        for (const Note& note : track.notes) {
            const int bar = metres.barAt(note.start);
            const double past = static_cast<double>((note.start - metres.barStart(bar)).value);
            const double share = past / static_cast<double>(metres.metreOfBar(bar).barLength().value);
            const auto position = static_cast<std::size_t>(share * kGridPositions + 0.5);
            grids[bar].set(std::min(position, kGridPositions - 1));
        }
    }
    double distance = 0;
    for (const auto& [bar, grid] : grids) {
        const auto next = grids.find(bar + 1);
        if (bar + 1 < bars) {
            const OnsetGrid other = next == grids.end() ? OnsetGrid() : next->second;
            distance += static_cast<double>((grid ^ other).count()) / kGridPositions;
        }
        if (bar > 0 && !grids.contains(bar - 1))
            distance += static_cast<double>(grid.count()) / kGridPositions;
    }
    return 1 - distance / (bars - 1);
}

PitchExtent pitchExtent(const Score& score) {
    PitchExtent extent{128, -1};
    forEachPitchedNote(score, [&](const Note& note) {
        extent.lowest = std::min<int>(extent.lowest, note.key);
        extent.highest = std::max<int>(extent.highest, note.key);
    });
    return extent.highest < 0 ? PitchExtent{} : extent;
}

PieceSummary summarise(const Score& score, double log_density) {
    return {log_density, meanPitch(score), notesPerQuarter(score), pitchClassEntropyBits(score)};
}

} // namespace chainsong
