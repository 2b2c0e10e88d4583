#pragma once

#include "engine/base/random.h"
#include "engine/music/score.h"

#include <algorithm>
#include <string>

namespace chainsong {

/// A track with one note a quarter, going up a scale of semitones.
inline Track risingTrack(int program, int num_quarters, int lowest_key) {
    Track track;
    track.name = "voice " + std::to_string(program);
    track.program = program;
    for (int i = 0; i < num_quarters; ++i) {
        const Tick at{i * kTicksPerQuarter};
        track.notes.push_back({at, {kTicksPerQuarter}, static_cast<std::uint8_t>(lowest_key + i % 12), 90});
    }
    return track;
}

/// `num_bars` of 4/4 at 120 BPM (two seconds a bar): piano and cello.
inline Score smallPiece(int num_bars = 2) {
    Score score;
    score.title = "small";
    score.tracks = {risingTrack(0, 4 * num_bars, 60), risingTrack(42, 4 * num_bars, 48)};
    score.end = {4 * kTicksPerQuarter * num_bars};
    return score;
}

/// Anything a score may hold: overlaps, unisons, drums, many tracks, tempo and metre changes.
inline Score randomPiece(Rng& rng) {
    const auto below = [&](std::uint64_t count) { return static_cast<int>(rng.below(count)); };
    Score score;
    const int num_tracks = 1 + below(24);
    for (int t = 0; t < num_tracks; ++t) {
        Track track;
        track.program = below(128);
        track.is_drums = below(6) == 0;
        const int num_notes = below(40);
        for (int i = 0; i < num_notes; ++i) {
            const Tick start{below(16 * 480)};
            const Tick length{1 + below(3 * 480)};
            track.notes.push_back({start, length, static_cast<std::uint8_t>(55 + below(10)),
                static_cast<std::uint8_t>(1 + below(127))});
        }
        score.tracks.push_back(track);
    }
    for (int i = below(4); i > 0; --i) score.tempos.push_back(tempoAt({below(16 * 480)}, 40 + below(200)));
    for (int i = below(3); i > 0; --i) score.metres.push_back({{below(8) * 960}, {2 + below(6), 4}});
    score.end = {16 * 480};
    return normalised(score);
}

} // namespace chainsong
