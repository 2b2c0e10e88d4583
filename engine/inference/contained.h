#pragma once

#include "engine/inference/log_density.h"

namespace chainsong {

/// Writes the named parameters at q. Where the target's own code throws they are no numbers, and what it said
/// is returned; else nothing is.
std::string writeParameters(const Target& target, std::span<const double> q, std::span<double> parameters);

} // namespace chainsong
