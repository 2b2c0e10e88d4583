#pragma once

#include "engine/inference/nuts_tree.h"

namespace chainsong {

/// The no-U-turn sampler.
struct NutsParams {
    double step_size = 0.1;
    int max_depth = 10; // at most what the NutsWork was made for
};

/// One leapfrog step after the other.
template <LogDensity F> struct LeapfrogWalk {
    const F& log_density;
    const Mass& mass;
    double step_size;
    int num_leapfrogs = 0;
    bool operator()(const PhasePoint& from, int direction, PhasePoint& to) {
        leapfrog(log_density, mass, direction * step_size, from, to);
        ++num_leapfrogs;
        return true;
    }
};

/// One NUTS transition. Pure: same stream, same state, same answer. No allocation.
template <LogDensity F>
StepInfo nutsStep(
    Rng rng, State& state, const F& log_density, const NutsParams& params, const Mass& mass, NutsWork& work) {
    LeapfrogWalk<F> walk{log_density, mass, params.step_size};
    return stepAlong(walk, rng, state, mass, params.max_depth, work);
}

} // namespace chainsong
