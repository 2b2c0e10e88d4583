#pragma once

#include <span>
#include <vector>

namespace chainsong {

/// Autocovariances of a series at lags 0 … n - 1, with divisor n (Geyer 1992); by fast Fourier transform.
std::vector<double> autocovariance(std::span<const double> x);

/// The mean of several equally long series' autocovariances, at a third of the cost of one by one.
std::vector<double> meanAutocovariance(std::span<const std::vector<double>> series);

} // namespace chainsong
