#pragma once

#include "app/cli/console.h"
#include "app/cli/ranks.h"
#include "engine/io/stan_csv.h"

#include <string>
#include <vector>

namespace chainsong {

/// Chains drawn by several processes into one folder that all of them see.
struct SharedRun {
    std::string folder;
    RunOptions all; // of all ranks together
    Rank rank; // this one
    double patience_s = 60; // a rank that gives no sign for so long has stopped
};

/// Where a rank keeps what it has drawn so far, which is also its sign of life.
std::string checkpointPath(const SharedRun& shared, int rank);

/// Removes what an earlier run has left in this rank's places.
void clearPlaces(const SharedRun& shared);

/// The first rank's last duty: waits for the other ranks' chains and reads them. Of a rank that has stopped
/// it saves what its checkpoint holds, and says so. Chains with less than half the draws of the longest are
/// left out; their files stay.
Result<std::vector<DrawsTable>> gatherChains(
    const Target& target, const SharedRun& shared, std::vector<DrawsTable> own, Console& console);

} // namespace chainsong
