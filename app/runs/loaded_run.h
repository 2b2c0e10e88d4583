#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/inference/verdict.h"
#include "widgets/plots/run_draws.h"

namespace chainsong {

/// A sampler's run as its files tell it.
struct LoadedRun {
    std::shared_ptr<const RunDraws> draws;
    std::vector<std::string> files; // one a chain
    SamplerTroubles troubles; // after warm-up
    std::vector<double> ebfmis; // one a chain; empty: the files hold no energies
    std::vector<std::string> notices; // what was odd but could be read: sentences
};

/// The Stan CSV files of one run, one a chain, whoever wrote them; a folder stands for the .csv files in it,
/// in the order of their numbers ("chain-2" before "chain-10"). The sampler's own columns ("treedepth__") are
/// no quantities, "lp__" is one.
Result<LoadedRun> loadRun(const std::vector<std::string>& paths, std::stop_token stop = {});

} // namespace chainsong
