#pragma once

#include "engine/inference/chains.h"

#include <functional>
#include <string>

namespace chainsong {

/// Which of several processes that were started together this is: `mpirun chainsong-cli …`, `srun
/// chainsong-cli …`.
struct Rank {
    int number = 0; // from 0
    int count = 1;
    /// What the launcher calls this start of all ranks, the same for each of them; "" where it says nothing.
    std::string launch = {};
    bool isAlone() const { return count == 1; }
};

/// What the launcher says in the environment: Open MPI, those that speak PMI (MPICH, Intel MPI), and steps of
/// Slurm. Nothing or nonsense: one process alone. `variable` gives a variable's value or "".
Rank rankFrom(const std::function<std::string(const std::string&)>& variable);
/// The same, of this process.
Rank rankOfThisProcess();

/// The chains of one rank: as even as can be, in order, under the numbers that one process would give them.
/// May be none.
RunOptions shareOf(const RunOptions& all, const Rank& rank);

} // namespace chainsong
