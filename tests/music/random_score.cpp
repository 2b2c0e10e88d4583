#include "tests/music/random_score.h"

#include "engine/music/tempo_map.h"

#include <algorithm>

namespace chainsong {
namespace {

Metre randomMetre(Rng& rng) {
    constexpr Metre kMetres[]{
        {4, 4}, {3, 4}, {2, 4}, {6, 8}, {9, 8}, {12, 8}, {5, 4}, {7, 8}, {2, 2}, {3, 8}};
    return kMetres[rng.below(10)];
}

template <class Changes> bool isInOrder(const Changes& changes) {
    return std::is_sorted(
               changes.begin(), changes.end(), [](const auto& a, const auto& b) { return a.at < b.at; })
        && std::all_of(
            changes.begin(), changes.end(), [](const auto& change) { return change.at >= Tick{0}; });
}

} // namespace

int between(Rng& rng, int low, int high) {
    return low + static_cast<int>(rng.below(static_cast<std::uint64_t>(high - low + 1)));
}

Score randomScore(Rng& rng, const RandomScoreKind& kind) {
    Score score;
    score.tempos.push_back(tempoAt({0}, between(rng, 40, 200)));
    for (int bar = 0; bar < kind.num_bars; ++bar) {
        const bool changes = bar == 0 || rng.below(4) == 0;
        if (changes) score.metres.push_back({score.end, randomMetre(rng)});
        if (changes)
            score.keys.push_back({score.end, {between(rng, 0, 11), static_cast<Mode>(between(rng, 0, 6))}});
        score.end = score.end + score.metres.back().metre.barLength();
    }
    for (int t = 0; t < kind.num_tracks; ++t) {
        Track track;
        track.program = between(rng, 0, 127);
        track.is_drums = rng.below(5) == 0;
        const std::int64_t unit = kind.is_on_grid ? kTicksPerStep : 1;
        for (int n = 0; n < kind.num_notes; ++n) {
            Note note;
            note.start.value =
                static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(score.end.value / unit)))
                * unit;
            const std::int64_t room = (score.end - note.start).value / unit;
            note.length.value = between(rng, 1, static_cast<int>(std::min<std::int64_t>(room, 200))) * unit;
            note.key = static_cast<std::uint8_t>(between(rng, 0, 127));
            note.velocity_127 = static_cast<std::uint8_t>(
                kind.is_on_grid ? between(rng, 0, 7) * 16 + 8 : between(rng, 1, 127));
            track.notes.push_back(note);
        }
        score.tracks.push_back(std::move(track));
    }
    return normalised(std::move(score));
}

bool isSound(const Score& score) {
    for (const Track& track : score.tracks) {
        if (!std::is_sorted(track.notes.begin(), track.notes.end(), comesBefore)) return false;
        if (track.program < 0 || track.program > 127 || track.volume_127 < 0 || track.volume_127 > 127)
            return false;
        if (track.pan_127 < 0 || track.pan_127 > 127) return false;
        for (const Note& note : track.notes)
            if (note.start < Tick{0} || note.length < Tick{1} || note.key > 127 || note.velocity_127 < 1
                || note.velocity_127 > 127)
                return false;
    }
    return score.end >= lastNoteEnd(score) && isInOrder(score.tempos) && isInOrder(score.metres)
        && isInOrder(score.keys) && isInOrder(score.markers);
}

} // namespace chainsong
