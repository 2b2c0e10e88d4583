#pragma once

#include "engine/io/stan_csv.h"

namespace chainsong {

/// The files of one run, one a chain: those named, and of folders the .csv files in them, "chain-2" before
/// "chain-10". An Error for a folder without any, for none at all and for more than 1000.
Result<std::vector<std::string>> filesOfRun(const std::vector<std::string>& paths);

/// Whether a column tells of the target: a parameter or "lp__". "accept_stat__", "treedepth__" … tell of the
/// sampler.
bool isQuantity(std::string_view name);

/// The longest tree that the run allowed, by the settings at the top of its file (CmdStan's and rstan's
/// words); 0: they do not say.
double maxTreeDepthOf(const DrawsTable& chain);

} // namespace chainsong
