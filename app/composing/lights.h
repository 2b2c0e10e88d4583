#pragma once

#include <span>

#include "engine/inference/diagnostics.h"

namespace chainsong {

/// The engine's traffic light for these quantities: 0 too early, 1 good, 2 keep going, 3 not yet.
/// It stands behind a plain number because the engine's verdict and the one that widgets draw share a name.
int lightOf(std::span<const SummaryRow> rows, int num_chains, int draws_per_chain);

} // namespace chainsong
