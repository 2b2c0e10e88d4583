#pragma once

#include "engine/inference/leapfrog.h"

#include <algorithm>

namespace chainsong {

/// Hamiltonian Monte Carlo with a fixed number of leapfrog steps.
struct HmcParams {
    double step_size = 0.1;
    int num_leapfrogs = 10;
};

/// Scratch of HMC; allocated once a chain.
struct HmcWork {
    explicit HmcWork(std::size_t dimension)
        : q(dimension)
        , p(dimension)
        , grad(dimension)
        , force(dimension) { }
    Vec q, p, grad, force;
    /// A point in this memory, at `state`, with a fresh momentum.
    PhasePoint start(Rng& rng, const State& state, const Mass& mass) {
        std::copy(state.q.begin(), state.q.end(), q.begin());
        std::copy(state.grad.begin(), state.grad.end(), grad.begin());
        PhasePoint point{q.data(), p.data(), grad.data(), force.data(), state.log_density};
        point.kinetic = drawMomentum(rng, p);
        if (!mass.isDiagonal()) setForce(mass, point);
        return point;
    }
};

/// One HMC transition (Neal 2011). Pure: same stream, same state, same answer. No allocation.
template <LogDensity F>
StepInfo hmcStep(
    Rng rng, State& state, const F& log_density, const HmcParams& params, const Mass& mass, HmcWork& work) {
    PhasePoint point = work.start(rng, state, mass);
    const double energy_before = point.kinetic - point.log_density;

    StepInfo info;
    while (info.num_leapfrogs < params.num_leapfrogs && !info.diverged) {
        leapfrog(log_density, mass, params.step_size, point, point);
        ++info.num_leapfrogs;
        info.energy_error = point.kinetic - point.log_density - energy_before;
        info.diverged = !(info.energy_error < kDivergenceEnergy); // NaN counts as diverged
    }
    const double gain = std::exp(-info.energy_error);
    info.accept_prob = info.diverged ? 0 : std::min(1.0, gain);
    info.symmetric_accept = info.diverged || std::isinf(gain) ? 0 : 2 * std::min(1.0, gain) / (1 + gain);
    info.tuned_by = info.accept_prob;
    info.accepted = rng.uniform() < info.accept_prob;
    info.energy = energy_before;
    if (info.accepted) {
        std::swap(state.q, work.q);
        std::swap(state.grad, work.grad);
        state.log_density = point.log_density;
        info.energy = energy_before + info.energy_error;
        info.index = info.num_leapfrogs;
    }
    return info;
}

} // namespace chainsong
