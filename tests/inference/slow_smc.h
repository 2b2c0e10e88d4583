#pragma once

#include "engine/base/random.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace chainsong::test {

/// What can be wrong with tempered sequential Monte Carlo.
enum class SmcBug {
    kNone,
    kUnweightedStep, // the survivors of a temperature step are chosen as if all weights were equal
    kAncestorOffByOne, // each survivor is copied from its ancestor's neighbour
    kTemperatureAhead, // the moves aim at the next temperature, the weights at this one
};

/// What one run says: its estimate of the evidence, and of the posterior mean.
struct SmcAnswer {
    double evidence = 0;
    double mean = 0;
};

/// The obvious tempered sampler in one dimension: prior N(0, 1), a likelihood, given temperatures,
/// multinomial resampling, random-walk moves.
template <SmcBug kBug = SmcBug::kNone>
SmcAnswer slowSmc(Rng rng, const std::function<double(double)>& log_likelihood,
    const std::vector<double>& temperatures, std::size_t num_particles = 64, int num_moves = 12) {
    std::vector<double> x(num_particles);
    for (double& value : x) value = rng.normal();
    double log_evidence = 0, temperature = 0;
    for (std::size_t stage = 0; stage < temperatures.size(); ++stage) {
        std::vector<double> weights, survivors;
        for (const double value : x)
            weights.push_back(std::exp((temperatures[stage] - temperature) * log_likelihood(value)));
        double total = 0;
        for (const double weight : weights) total += weight;
        log_evidence += std::log(total / static_cast<double>(num_particles));
        for (std::size_t i = 0; i < num_particles; ++i) {
            double rest = rng.uniform() * total;
            std::size_t ancestor = 0;
            while (ancestor + 1 < num_particles && (rest -= weights[ancestor]) > 0) ++ancestor;
            if (kBug == SmcBug::kUnweightedStep) ancestor = i;
            if (kBug == SmcBug::kAncestorOffByOne) ancestor = (ancestor + 1) % num_particles;
            survivors.push_back(x[ancestor]);
        }
        x = survivors;
        temperature = temperatures[stage];
        const double aim = kBug == SmcBug::kTemperatureAhead
            ? temperatures[std::min(stage + 1, temperatures.size() - 1)]
            : temperature;
        for (int move = 0; move < num_moves; ++move)
            for (double& value : x) {
                const double proposal = value + 0.5 * rng.normal();
                const double gain = aim * (log_likelihood(proposal) - log_likelihood(value))
                    + 0.5 * (value * value - proposal * proposal);
                if (rng.uniform() < std::exp(gain)) value = proposal;
            }
    }
    SmcAnswer answer{std::exp(log_evidence), 0};
    for (const double value : x) answer.mean += value / static_cast<double>(num_particles);
    return answer;
}

} // namespace chainsong::test
