#pragma once

#include "app/cli/console.h"
#include "engine/inference/verdict.h"
#include "engine/io/stan_csv.h"

#include <vector>

namespace chainsong {

/// What a set of chains amounts to.
struct Diagnosis {
    std::vector<SummaryRow> rows; // lp__ first, then each parameter
    SamplerTroubles troubles;
    std::vector<double> ebfmi; // one a chain; empty if the files have no energies
    RunVerdict verdict;
};

/// Compares chains that have the same columns; their warm-up draws are left out.
Result<Diagnosis> diagnoseTables(const std::vector<DrawsTable>& chains);

/// As a table with the verdict under it, or as JSON.
void tell(const Diagnosis& diagnosis, Console& console);

} // namespace chainsong
