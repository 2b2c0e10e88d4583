#pragma once

#include "engine/inference/mass_adaptation.h"
#include "engine/inference/step_size.h"

namespace chainsong {

/// Tunes the step size and the mass of HMC and NUTS while a chain warms up; afterwards both stand still.
class GradientWarmUp {
public:
    GradientWarmUp(MassRule rule, int num_warm_up, std::size_t dimension, double target_accept)
        : m_num_warm_up(num_warm_up)
        , m_step(1, target_accept)
        , m_mass_adaptation(rule, num_warm_up, dimension)
        , m_mass(dimension) { }

    /// Call once at the start point.
    template <LogDensity F> void begin(Rng rng, const State& state, const F& log_density, HmcWork& work) {
        m_step.restart(reasonableStepSize(rng, state, log_density, m_mass, 1, work));
    }

    /// Call after each warm-up draw, `draw` from 0.
    template <LogDensity F>
    void learn(
        Rng rng, int draw, const State& state, const StepInfo& info, const F& log_density, HmcWork& work) {
        m_step.learn(info.tuned_by);
        if (m_mass_adaptation.learn(draw, state, info, m_mass) == MassAdaptation::Change::kReplaced)
            m_step.restart(reasonableStepSize(rng, state, log_density, m_mass, m_step.stepSize(), work));
        m_final_step_size = draw + 1 >= m_num_warm_up ? m_step.averagedStepSize() : 0;
    }

    double stepSize() const { return m_final_step_size > 0 ? m_final_step_size : m_step.stepSize(); }
    const Mass& mass() const { return m_mass; }

private:
    int m_num_warm_up;
    DualAveraging m_step;
    MassAdaptation m_mass_adaptation;
    Mass m_mass;
    double m_final_step_size = 0; // 0 = still warming up
};

/// Tunes a random walk: its scale by Robbins and Monro (1951) towards the acceptance that is best for its
/// dimension, its coordinates' sds from the draws of the later part of the warm-up.
class RandomWalkWarmUp {
public:
    RandomWalkWarmUp(int num_warm_up, std::size_t dimension);

    void learn(int draw, const State& state, const StepInfo& info);
    double scale() const;
    std::span<const double> sd() const { return m_sd; }

private:
    int m_num_warm_up;
    double m_target_accept;
    double m_log_scale;
    double m_count = 0; // draws since the sds changed
    std::vector<int> m_window_ends;
    RunningVariance m_draws;
    Vec m_sd;
};

} // namespace chainsong
