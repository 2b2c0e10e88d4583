#pragma once

#include "engine/model/muse/weights.h"
#include "engine/model/prior.h"

namespace chainsong {

/// Muse as a prior, from arrays that a file or a training run gives. Plain arithmetic on arrays: no LibTorch, so it loads
/// in milliseconds and runs on any thread. The same network as in network.cpp; a test holds the two against each other.
/// Fails if an array is missing or has another size.
Result<PriorPtr> makeMusePrior(const Weights& weights, std::string name);

}  // namespace chainsong
