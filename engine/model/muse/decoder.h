#pragma once

#include "engine/model/muse/weights.h"
#include "engine/model/prior.h"

namespace chainsong {

/// Muse as a prior, from arrays that a file or a training run gives. Plain arithmetic on arrays: no LibTorch, so it loads
/// in milliseconds and runs on any thread. The same network as in network.cpp; a test holds the two against each other.
/// Fails if an array is missing or has another size.
/// The array "forms", if there is one, holds FormPlans::table() of the pieces that were learnt from.
inline constexpr const char* kFormsArray = "forms";
Result<PriorPtr> makeMusePrior(const Weights& weights, std::string name);

}  // namespace chainsong
