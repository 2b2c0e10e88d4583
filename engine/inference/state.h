#pragma once

#include "engine/inference/log_density.h"

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>

namespace chainsong {

/// All that one step hands to the next. Density and gradient ride along so that no step computes them twice.
struct State {
    Vec q;
    double log_density = -std::numeric_limits<double>::infinity();
    Vec grad; // empty for kernels that need none
};

/// What a step did. For plots and adaptation only; the chain never reads it.
struct StepInfo {
    double accept_prob = 0; // mean over the trajectory of min(1, e^-error)
    double symmetric_accept =
        0; // mean of 2 min(1, e^-error) / (1 + e^-error): penalises gain and loss of energy alike
    double energy = std::numeric_limits<double>::quiet_NaN(); // of the accepted point: potential + kinetic
    double energy_error = 0;
    int num_leapfrogs = 0;
    int tree_depth = 0;
    double tuned_by = 0; // what the step size is tuned by: the acceptance, and with local steps the share of
                         // those that were not divided if that is less
    int index = 0; // where on the trajectory the new point lies; 0 = it did not move
    bool diverged = false;
    bool accepted = false;
};

/// An energy this far above the start's means that the integrator has left the typical set (Stan's limit).
/// One-sided: a huge drop is what the first steps from a poor start look like.
inline constexpr double kDivergenceEnergy = 1000;

/// State at q, evaluated.
template <LogDensity F> State stateAt(const F& log_density, Vec q, bool with_gradient = true) {
    State state;
    state.q = std::move(q);
    if (with_gradient) state.grad.resize(state.q.size());
    state.log_density = log_density(state.q, state.grad);
    return state;
}

} // namespace chainsong
