#pragma once

#include "engine/base/result.h"
#include "engine/inference/chains.h"

#include <string>
#include <vector>

namespace chainsong {

class Chain;

/// Where a chain stands between two draws.
struct ChainPlace {
    Vec q; // of the newest draw, in the real space; empty: the warm-up is not over, nothing is kept
    int draws_done = 0; // warm-up included
    int num_divergences = 0;
    ChainRun run; // the draws so far
};

/// Reads and sets where a chain stands. The chain's friend.
struct ChainPlacing {
    /// Without the draws; cheap enough to be taken after every slice.
    static ChainPlace placeOf(const Chain& chain);
    /// The draws of a chain up to a place it has been at.
    static ChainRun drawsUntil(const Chain& chain, const ChainPlace& place);
    /// Puts a chain whose warm-up has just been repeated where it was before.
    static void put(Chain& chain, const ChainPlace& place);
    /// Lets a chain that has made all its draws go on, when the run's order has grown.
    static void wake(Chain& chain);
    static const ChainRun& runOf(const Chain& chain);
};

/// A run on disk. What the warm-up has learnt is not in it: going on repeats the warm-up, whose random
/// streams are the same, and keeps all draws.
struct Checkpoint {
    std::string order; // orderOf the run
    std::vector<ChainPlace> chains;
};

/// All that a run's draws depend on, in one line; not their number, so that a finished run can be extended.
std::string orderOf(const Target& target, const RunOptions& options);

/// Written completely or not at all.
Status writeCheckpoint(const std::string& path, const Checkpoint& checkpoint);
/// An Error for a file that is damaged, of another program, or of another order than `order`.
Result<Checkpoint> readCheckpoint(const std::string& path, const std::string& order);

} // namespace chainsong
