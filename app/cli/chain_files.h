#pragma once

#include "engine/inference/chains.h"
#include "engine/io/stan_csv.h"

#include <string>

namespace chainsong {

/// Where a chain's draws go; `number` from 1.
std::string chainPath(const std::string& folder, int number);

/// The settings at the top of a chain's file, from which its draws follow.
StanSettings settingsOf(const std::string& target, const RunOptions& options, int number);

/// One chain of a run as a file holds it.
DrawsTable tableOf(const Run& run, std::size_t chain);

} // namespace chainsong
