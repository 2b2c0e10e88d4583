#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

namespace chainsong::test {

/// Kolmogorov's statistic of numbers that should be uniform in (0, 1): the largest distance of their
/// empirical distribution from the true one, times the root of their number.
inline double kolmogorov(std::vector<double> places) {
    std::sort(places.begin(), places.end());
    const double count = static_cast<double>(places.size());
    double worst = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const double below = static_cast<double>(i) / count, above = static_cast<double>(i + 1) / count;
        worst = std::max({worst, places[i] - below, above - places[i]});
    }
    return worst * std::sqrt(count);
}

/// Exceeded once in 2 x 10^8 times, 2 e^(-2 x^2): a few hundred of them raise a false alarm once in 10^6.
inline constexpr double kMostMisfit = 3.2;

/// Chi-square of ranks 0 .. num_ranks - 1 that should be equally likely, in 20 bins.
inline double chiSquare(const std::vector<int>& ranks, int num_ranks) {
    constexpr int kBins = 20;
    std::vector<double> counts(kBins);
    for (const int rank : ranks) counts[static_cast<std::size_t>(rank * kBins / num_ranks)] += 1;
    const double expected = static_cast<double>(ranks.size()) / kBins;
    double sum = 0;
    for (const double count : counts) sum += (count - expected) * (count - expected) / expected;
    return sum;
}

/// With 19 degrees of freedom it is exceeded once in 10^7 times.
inline constexpr double kMostChiSquare = 67;

} // namespace chainsong::test
