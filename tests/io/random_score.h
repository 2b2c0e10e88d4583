#pragma once

#include "engine/base/random.h"
#include "engine/io/midi_file.h"
#include "engine/music/score.h"

#include <algorithm>
#include <string>
#include <vector>

namespace chainsong::test {

/// What a random score may hold. The defaults are wilder than music.
struct RandomScoreLimits {
    int max_tracks = 20;
    int max_notes_per_track = 60;
    std::int64_t max_tick = 100'000;
    std::int64_t grid = 1; // every note starts and ends on a multiple
    bool has_pins = false;
};

inline int randomInt(Rng& rng, int from, int to) {
    return from + static_cast<int>(rng.below(static_cast<std::uint64_t>(to - from + 1)));
}

/// A label of a file: any script, spaces and quotes; valid UTF-8 without controls, at most 200 characters.
inline std::string randomText(Rng& rng) {
    static const std::vector<std::string> kPieces{
        "a", "Z", " ", "&", "<b>", "\"", "'", "%n", "ß", "é", "夜", "曲", "🎵", "/", "\\", "0"};
    std::string text;
    const int length = randomInt(rng, 0, 12);
    for (int i = 0; i < length; ++i) text += kPieces[rng.below(kPieces.size())];
    return text;
}

inline Tick randomTick(Rng& rng, const RandomScoreLimits& limits) {
    return {static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(limits.max_tick / limits.grid)))
        * limits.grid};
}

/// Changes at different ticks, ascending; often none, often one at 0.
template <class Change, class Make>
std::vector<Change> randomChanges(Rng& rng, const RandomScoreLimits& limits, Make make) {
    std::vector<Change> changes;
    const int count = randomInt(rng, 0, 5);
    Tick at{rng.below(4) == 0 ? randomTick(rng, limits).value : 0};
    for (int i = 0; i < count; ++i) {
        changes.push_back(make(at));
        at = at
            + Tick{1 + static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(limits.max_tick) / 4))};
    }
    return changes;
}

inline Track randomTrack(Rng& rng, const RandomScoreLimits& limits) {
    Track track;
    track.name = randomText(rng);
    track.is_drums = rng.below(6) == 0;
    track.program = randomInt(rng, 0, 127);
    track.volume_127 = randomInt(rng, 0, 127);
    track.pan_127 = randomInt(rng, 0, 127);
    const int num_notes = rng.below(8) == 0 ? 0 : randomInt(rng, 1, limits.max_notes_per_track);
    const int spread = randomInt(rng, 0, 63); // narrow ones have many equal keys
    for (int i = 0; i < num_notes; ++i) {
        Note note;
        note.start = randomTick(rng, limits);
        note.length = {
            limits.grid * (1 + static_cast<std::int64_t>(rng.below(rng.below(2) == 0 ? 8 : 2000)))};
        note.key = static_cast<std::uint8_t>(randomInt(rng, 63 - spread / 2, 64 + spread));
        note.velocity_127 = static_cast<std::uint8_t>(randomInt(rng, 1, 127));
        note.is_pinned = limits.has_pins && rng.below(5) == 0;
        track.notes.push_back(note);
    }
    std::sort(track.notes.begin(), track.notes.end(), comesBefore);
    track.notes = withoutOverlaps(std::move(track.notes));
    return track;
}

/// Any score that a user could have: the same for the same seed.
inline Score randomScore(std::uint64_t seed, const RandomScoreLimits& limits = {}) {
    Rng rng = rngFor(seed, 0, 0);
    Score score;
    score.title = randomText(rng);
    score.tempos = randomChanges<TempoChange>(
        rng, limits, [&](Tick at) { return tempoAt(at, 4 + 996 * rng.uniform()); });
    score.metres = randomChanges<MetreChange>(rng, limits, [&](Tick at) {
        return MetreChange{at, {randomInt(rng, 1, rng.below(5) == 0 ? 255 : 12), 1 << randomInt(rng, 0, 6)}};
    });
    score.keys = randomChanges<KeyChange>(rng, limits, [&](Tick at) {
        return KeyChange{at, {randomInt(rng, 0, 11), static_cast<Mode>(randomInt(rng, 0, kNumModes - 1))}};
    });
    score.markers = randomChanges<Marker>(rng, limits, [&](Tick at) {
        return Marker{at, rng.below(2) == 0 ? "chord:Dm7" : randomText(rng)};
    });
    const int num_tracks = randomInt(rng, 0, limits.max_tracks);
    for (int i = 0; i < num_tracks; ++i) score.tracks.push_back(randomTrack(rng, limits));
    score.end = rng.below(2) == 0 ? randomTick(rng, limits) : Tick{0};
    return normalised(std::move(score));
}

/// The first thing in which two scores differ, for a test's message; "" if they are equal.
inline std::string difference(const Score& a, const Score& b) {
    if (a == b) return {};
    if (a.title != b.title) return "titles " + a.title + " | " + b.title;
    if (a.tempos != b.tempos) return "tempos";
    if (a.metres != b.metres) return "metres";
    if (a.markers != b.markers) return "markers";
    if (a.end != b.end) return "ends " + std::to_string(a.end.value) + " | " + std::to_string(b.end.value);
    if (a.tracks.size() != b.tracks.size()) return "numbers of tracks";
    for (std::size_t i = 0; i < a.tracks.size(); ++i)
        if (a.tracks[i] != b.tracks[i]) return "tracks " + std::to_string(i + 1);
    std::string keys = "keys";
    for (const Score* score : {&a, &b})
        for (const KeyChange& change : score->keys)
            keys += " " + std::to_string(change.at.value) + " " + keyName(change.key) + ";";
    return keys;
}

} // namespace chainsong::test
