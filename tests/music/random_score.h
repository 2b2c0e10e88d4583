#pragma once

#include "engine/base/random.h"
#include "engine/music/score.h"

namespace chainsong {

/// What a random score may hold.
struct RandomScoreKind {
    bool is_on_grid =
        false; // starts, lengths and metres on the model's grid, one tempo at 0, named as parts are
    int num_tracks = 3;
    int num_notes = 40; // a track
    int num_bars = 8;
};
Score randomScore(Rng& rng, const RandomScoreKind& kind = {});
/// A whole number in [low, high].
int between(Rng& rng, int low, int high);
/// True if every list is in order and every value in its range.
bool isSound(const Score& score);

} // namespace chainsong
