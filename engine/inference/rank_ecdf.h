#pragma once

#include "engine/inference/diagnostics.h"

#include <cstddef>
#include <vector>

namespace chainsong {

/// Where a chain's share of the lowest draws may lie if all chains draw from one distribution: differences
/// from the fair share, one pair of limits for each point.
struct EcdfBand {
    std::vector<double> lower, upper;
};

/// How far the ranks of each chain's draws among the draws of all chains are from uniform (Säilynoja,
/// Bürkner, Vehtari 2022, arXiv:2103.10522). Chains that agree stay inside the band at every point at once.
struct RankEcdf {
    std::vector<double> fractions; // of all draws, from 0 to 1
    std::vector<std::vector<double>>
        differences; // a row a chain: its share of that fraction, minus the fraction
    EcdfBand band;
    std::size_t stride = 1; // each so many-th draw counts
};

/// The band's level at a single point, such that all chains stay inside at all points with the given
/// probability. By 2000 simulations with a fixed seed; of more than 2048 draws a chain it depends so little
/// on their number that fewer are simulated.
double ecdfBandLevel(
    std::size_t num_draws, std::size_t num_chains, std::size_t num_points, double probability);
/// The band of that level. Exact hypergeometric quantiles at each point.
EcdfBand ecdfBand(std::size_t num_draws, std::size_t num_chains, std::size_t num_points, double level);

/// The points that a plot of so many draws a chain has.
std::size_t numEcdfPoints(std::size_t num_draws);
/// Every so many-th draw of a chain is nearly independent of the one before it: the number of draws over the
/// smaller of bulk and tail ESS of a chain alone, median over the chains. The band is one for independent
/// draws.
std::size_t independentStride(const ChainValues& chains);
/// Ties are broken at random with a fixed seed. Empty for fewer than two chains or four draws a chain, and
/// where a draw is not a number. The band is left out.
RankEcdf rankEcdf(const ChainValues& chains, std::size_t stride);

} // namespace chainsong
