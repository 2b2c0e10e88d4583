#pragma once

#include "engine/music/score.h"

namespace chainsong {

/// How much bars repeat what stood `lag_bars` before them: mean over such pairs of bars of 2 |A and B| / (|A|
/// + |B|), where A and B are their notes as (track, place in the bar, key). 0..1; 0 if there is no pair with
/// notes.
double barSimilarity(const Score& score, int lag_bars);

/// How much shorter a piece can be told by naming patterns and where they come again, transposed or not:
/// points (onset, key) a point of the description. Greedy cover by maximal translatable patterns, COSIATEC
/// (Meredith, Lemström, Wiggins 2002), with only the largest patterns tried in each round; of a long piece
/// the first 512 points count. 1 or more; 1 for a piece without pitched notes.
double compressionRatio(const Score& score);

} // namespace chainsong
