#pragma once

#include "engine/base/random.h"
#include "engine/inference/state.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

namespace chainsong::test {

/// What is known exactly of a distribution: how to draw from it, and the means of some functions of a draw.
struct ExactTarget {
    std::function<double(std::span<const double>, std::span<double>)> log_density;
    std::function<Vec(Rng&)> draw;
    struct Moment {
        std::string name;
        std::function<double(const Vec&)> value;
        double mean;
    };
    std::vector<Moment> moments;
};

/// One transition of the kernel on trial, with fixed tuning.
using Transition = std::function<void(Rng, State&)>;

/// The oracle: a correct sampler's report is empty. Two trials.
/// 1. The gradient is the slope of the density, at draws from the target.
/// 2. Draws from the target, moved by a few transitions, still are draws from the target: every moment within
/// five
///    standard errors (Gandy and Scott 2020; a false alarm once in about 10^5 trials). And the kernel moves
///    at all.
inline std::vector<std::string> findFaults(const ExactTarget& target, const Transition& transition,
    std::uint64_t seed = 1, int num_replicates = 20'000, int num_transitions = 3) {
    std::vector<std::string> faults;
    Rng rng(seed);
    for (int trial = 0; trial < 20; ++trial) {
        const Vec q = target.draw(rng);
        Vec grad(q.size());
        target.log_density(q, grad);
        for (std::size_t i = 0; i < q.size(); ++i) {
            constexpr double kStep = 1e-6;
            Vec above = q, below = q;
            above[i] += kStep;
            below[i] -= kStep;
            const double slope =
                (target.log_density(above, {}) - target.log_density(below, {})) / (2 * kStep);
            if (std::abs(slope - grad[i]) > 1e-4 * std::max(1.0, std::abs(slope)))
                faults.push_back("gradient " + std::to_string(i));
        }
        if (!faults.empty()) return faults;
    }
    std::vector<double> sum(target.moments.size()), sum_squares(target.moments.size());
    int num_moved = 0;
    for (int replicate = 0; replicate < num_replicates; ++replicate) {
        const Vec start = target.draw(rng);
        State state = stateAt(target.log_density, start);
        for (int k = 0; k < num_transitions; ++k)
            transition(
                rngFor(seed, static_cast<std::uint64_t>(replicate), static_cast<std::uint64_t>(k)), state);
        num_moved += state.q != start;
        for (std::size_t m = 0; m < target.moments.size(); ++m) {
            const double value = target.moments[m].value(state.q);
            sum[m] += value;
            sum_squares[m] += value * value;
        }
    }
    if (num_moved < num_replicates / 2) faults.push_back("it hardly moves");
    for (std::size_t m = 0; m < target.moments.size(); ++m) {
        const double mean = sum[m] / num_replicates;
        const double standard_error =
            std::sqrt((sum_squares[m] / num_replicates - mean * mean) / num_replicates);
        if (!(std::abs(mean - target.moments[m].mean) < 5 * standard_error))
            faults.push_back(target.moments[m].name);
    }
    return faults;
}

/// A correlated normal with unequal scales: sds 1 and 3, correlation 0.8.
ExactTarget correlatedNormal();
/// Haario's banana, gentle (bend 0.1, sd 2).
ExactTarget smallBanana();
/// Gamma(3, 2), sampled through its logarithm; `jacobian` 0 leaves the change of variables out.
ExactTarget logGamma(double jacobian = 1);

} // namespace chainsong::test
