#pragma once

#include <span>
#include <vector>

namespace chainsong {

/// Autocovariances of a series at lags 0 … n - 1, with divisor n (Geyer 1992); by fast Fourier transform.
std::vector<double> autocovariance(std::span<const double> x);

} // namespace chainsong
