#pragma once

#include "engine/inference/hmc.h"

namespace chainsong {

/// Finds the step size whose mean acceptance is `target_accept`: Nesterov's dual averaging as in Hoffman and
/// Gelman (2014), section 3.2, with their constants.
class DualAveraging {
public:
    DualAveraging(double first_step_size, double target_accept);

    void restart(double step_size);
    void learn(double accept_prob);
    /// To try next while learning.
    double stepSize() const { return m_step_size; }
    /// The average over the later part of what was tried: to sample with.
    double averagedStepSize() const;

private:
    double m_target_accept;
    double m_step_size = 1;
    double m_shrink_to = 0; // log step size that the search is drawn towards
    double m_count = 0;
    double m_mean_shortfall = 0;
    double m_mean_log_step = 0;
};

/// A step size at which one leapfrog step is accepted about four times in five (Hoffman and Gelman 2014,
/// algorithm 4). Begins at `guess`; a density with gradients of 1e100 takes hundreds of halvings, so the
/// limit is generous.
template <LogDensity F>
double reasonableStepSize(
    Rng rng, const State& state, const F& log_density, const Mass& mass, double guess, HmcWork& work) {
    constexpr int kMaxTries = 1000;
    constexpr double kLogAccept = -0.22314355131420976; // log 0.8
    double step_size = guess > 0 && std::isfinite(guess) ? guess : 1;
    bool was_accepted = false;
    for (int attempt = 0; attempt < kMaxTries && step_size > 1e-300 && step_size < 1e100; ++attempt) {
        PhasePoint point = work.start(rng, state, mass);
        const double energy_before = point.kinetic - point.log_density;
        leapfrog(log_density, mass, step_size, point, point);
        const bool is_accepted = energy_before - (point.kinetic - point.log_density) > kLogAccept;
        if (attempt > 0 && is_accepted != was_accepted) break;
        was_accepted = is_accepted;
        step_size *= is_accepted ? 2 : 0.5;
    }
    return step_size;
}

} // namespace chainsong
