#pragma once

#include "engine/base/random.h"

#include <span>

namespace chainsong {

/// Fills `z` with standard normals; returns the sum of their squares. The ziggurat of Marsaglia and Tsang
/// (2000), some three times as fast as Rng::normal and drawn from the same stream of bits.
double drawNormals(Rng& rng, std::span<double> z);

} // namespace chainsong
