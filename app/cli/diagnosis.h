#pragma once

#include "app/cli/console.h"
#include "engine/inference/verdict.h"
#include "engine/io/stan_csv.h"

#include <vector>

namespace chainsong {

/// How one chain's sampler fared after warm-up. NaN: the file does not say.
struct ChainReport {
    std::size_t num_draws = 0;
    double num_divergences = 0;
    double step_size = 0;
    double leapfrogs_per_draw = 0; // each costs a gradient
    double ebfmi = 0;
    double seconds = 0; // warm-up included
};

/// What a set of chains amounts to.
struct Diagnosis {
    std::vector<SummaryRow> rows; // lp__ first, then each parameter
    SamplerTroubles troubles;
    std::vector<ChainReport> chains;
    double ess_per_s = 0; // the lowest ESS by all chains' seconds; NaN: not known
    RunVerdict verdict;
};

/// Compares chains that have the same columns; their warm-up draws are left out. The same on any number of
/// threads.
Result<Diagnosis> diagnoseTables(const std::vector<DrawsTable>& chains, int num_threads);

/// As a table with the verdict under it, or as JSON.
void tell(const Diagnosis& diagnosis, Console& console);

} // namespace chainsong
