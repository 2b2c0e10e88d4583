#pragma once

#include "engine/inference/nuts_tree.h"

namespace chainsong {

/// The no-U-turn sampler with local steps: WALNUTS (Bou-Rabee, Carpenter, Kleppe and Liu 2025,
/// arXiv:2506.18746).
struct WalnutsParams {
    double step_size = 0.5; // of a whole (macro) step
    int max_depth = 10; // at most what the NutsWork was made for
    double max_energy_range = 1; // along the parts of a step
    int max_halvings = 10;
};

/// Scratch of a local step; allocated once a chain.
struct WalnutsWork {
    explicit WalnutsWork(std::size_t dimension)
        : memory(4 * dimension)
        , scratch{memory.data(), memory.data() + dimension, memory.data() + 2 * dimension,
              memory.data() + 3 * dimension} { }
    WalnutsWork(const WalnutsWork&) = delete;
    WalnutsWork& operator=(const WalnutsWork&) = delete;
    Vec memory;
    PhasePoint scratch;
};

/// Each step is one leapfrog step, or 2, 4, 8 … shorter ones: as few as keep the energy in range on the way.
/// The way back must need as many, or going there and going back would not be equally likely: where it needs
/// fewer the trajectory ends.
template <LogDensity F> class LocalStepWalk {
public:
    LocalStepWalk(const F& log_density, const Mass& mass, const WalnutsParams& params, WalnutsWork& work)
        : m_log_density(log_density)
        , m_mass(mass)
        , m_params(params)
        , m_scratch(work.scratch) { }

    bool operator()(const PhasePoint& from, int direction, PhasePoint& to) {
        ++num_steps;
        int halvings = 0;
        while (!goes(from, direction, halvings, to))
            if (++halvings > m_params.max_halvings) {
                has_failed = true;
                return false;
            }
        num_whole += halvings == 0;
        for (int fewer = 0; fewer < halvings; ++fewer)
            if (goes(to, -direction, fewer, m_scratch)) return false;
        return true;
    }

    int num_leapfrogs = 0; // those of trials and of the way back included
    int num_steps = 0, num_whole = 0; // steps tried, and those that needed no halving
    bool has_failed = false; // somewhere no number of halvings was enough

private:
    bool goes(const PhasePoint& from, int direction, int halvings, PhasePoint& to) {
        const int num_parts = 1 << halvings;
        const double eps = direction * m_params.step_size / num_parts;
        double lowest = from.kinetic - from.log_density, highest = lowest;
        for (int part = 0; part < num_parts; ++part) {
            leapfrog(m_log_density, m_mass, eps, part == 0 ? from : to, to);
            ++num_leapfrogs;
            const double energy = to.kinetic - to.log_density;
            lowest = std::min(lowest, energy);
            highest = std::max(highest, energy);
            if (!(highest - lowest <= m_params.max_energy_range) || !std::isfinite(energy)) return false;
        }
        return true;
    }

    const F& m_log_density;
    const Mass& m_mass;
    WalnutsParams m_params;
    PhasePoint& m_scratch;
};

/// One WALNUTS transition. Pure: same stream, same state, same answer. No allocation.
template <LogDensity F>
StepInfo walnutsStep(Rng rng, State& state, const F& log_density, const WalnutsParams& params,
    const Mass& mass, NutsWork& tree_work, WalnutsWork& work) {
    LocalStepWalk<F> walk(log_density, mass, params, work);
    StepInfo info = stepAlong(walk, rng, state, mass, params.max_depth, tree_work);
    info.tuned_by = std::min(info.accept_prob, static_cast<double>(walk.num_whole) / walk.num_steps);
    info.diverged = info.diverged || walk.has_failed;
    return info;
}

} // namespace chainsong
