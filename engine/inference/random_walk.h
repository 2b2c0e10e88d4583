#pragma once

#include "engine/base/random.h"
#include "engine/inference/state.h"

#include <algorithm>
#include <utility>

namespace chainsong {

/// Proposal of random-walk Metropolis: q' = q + scale * sd * normal, coordinate by coordinate.
struct RandomWalkParams {
    double scale = 1;
    std::span<const double> sd; // one a coordinate
};

/// Scratch of a random walk; allocated once a chain.
struct RandomWalkWork {
    explicit RandomWalkWork(std::size_t dimension)
        : proposal(dimension) { }
    Vec proposal;
};

/// One transition of random-walk Metropolis. Pure: same stream, same state, same answer. Needs no gradient.
template <LogDensity F>
StepInfo randomWalkStep(
    Rng rng, State& state, const F& log_density, const RandomWalkParams& params, RandomWalkWork& work) {
    for (std::size_t i = 0; i < state.q.size(); ++i)
        work.proposal[i] = state.q[i] + params.scale * params.sd[i] * rng.normal();
    const double proposed = log_density(work.proposal, std::span<double>{});

    StepInfo info;
    info.energy_error = state.log_density - proposed;
    info.accept_prob = std::isnan(proposed) ? 0 : std::min(1.0, std::exp(proposed - state.log_density));
    info.symmetric_accept = info.accept_prob;
    info.num_leapfrogs = 1;
    info.accepted = rng.uniform() < info.accept_prob;
    if (info.accepted) {
        std::swap(state.q, work.proposal);
        state.log_density = proposed;
        info.index = 1;
    }
    info.energy = -state.log_density;
    return info;
}

} // namespace chainsong
