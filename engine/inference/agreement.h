#pragma once

#include "engine/inference/chains.h"

namespace chainsong {

/// Whether the draws after warm-up meet the R-hat and the ESS that a rule asks for: those of every parameter
/// and of the log density. Chains that failed do not count; a quantity that never changes says nothing.
bool isGoodEnough(std::span<const ChainRun* const> chains, const StopRule& rule);

} // namespace chainsong
