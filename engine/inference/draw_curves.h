#pragma once

#include "engine/inference/diagnostics.h"

#include <cstddef>
#include <span>
#include <stop_token>
#include <vector>

namespace chainsong {

/// Up to `num_points` evenly spaced numbers of draws, the last of them `num_draws`; none below 8.
std::vector<std::size_t> growingLengths(std::size_t num_draws, std::size_t num_points);

/// How the mean settles while draws come in.
struct RunningMean {
    std::vector<std::size_t> lengths; // draws of each chain that count
    std::vector<std::vector<double>> means; // a row a chain, at each length
    std::vector<double> overall; // of all chains together
    std::vector<double> mcse; // its Monte Carlo standard error; NaN: not known
};
/// Chains are cut to the shortest. Ends early, with fewer lengths, when asked to stop.
RunningMean runningMean(const ChainValues& chains, std::size_t num_points, std::stop_token stop = {});

/// How many independent draws the run was worth while it grew; a straight line if all is well.
struct EssGrowth {
    std::vector<std::size_t> lengths; // draws of each chain that count
    std::vector<double> bulk, tail; // NaN: not known
};
/// Chains are cut to the shortest. Ends early, with fewer lengths, when asked to stop.
EssGrowth essGrowth(const ChainValues& chains, std::size_t num_points, std::stop_token stop = {});

/// Autocorrelations of one chain at lags 0 … max_lag (or fewer draws); empty for a constant, or where a draw
/// is not finite.
std::vector<double> autocorrelations(std::span<const double> values, std::size_t max_lag);

/// What a Hamiltonian chain's energies are and how far they move from draw to draw. Momenta carry the chain
/// through all energies only if the steps are about as wide as the levels.
struct EnergySpread {
    std::vector<double> levels; // minus their mean
    std::vector<double> steps; // from each draw to the next
};
EnergySpread energySpread(std::span<const double> energies);

} // namespace chainsong
