#pragma once

#include "engine/inference/chains.h"
#include "engine/inference/hmc.h"
#include "engine/inference/nuts.h"
#include "engine/inference/random_walk.h"
#include "engine/inference/walnuts.h"
#include "engine/inference/warm_up.h"

#include <stop_token>

namespace chainsong {

/// A target's density with everything contained that a stranger's code can do: what throws or is not a number
/// counts as density zero and is reported; a stop request makes every further evaluation return at once.
class GuardedDensity {
public:
    GuardedDensity(const Target& target, std::stop_token stop, ChainRun& report)
        : m_target(target)
        , m_stop(std::move(stop))
        , m_report(report) { }
    double operator()(std::span<const double> q, std::span<double> grad) const;
    bool isStopped() const { return m_stop.stop_requested(); }

private:
    double refuse(const std::string& why) const;

    const Target& m_target;
    std::stop_token m_stop;
    ChainRun& m_report;
};

/// One chain, advanced draw by draw by whichever thread has time for it. Its draws depend on the seed and its
/// number alone.
class Chain {
public:
    Chain(const Target& target, const RunOptions& options, int number, std::stop_token stop);
    Chain(const Chain&) = delete;
    Chain& operator=(const Chain&) = delete;

    /// Draws for about `slice_ms`, or to the end; reports what it drew.
    void advance(double slice_ms, const RunCallbacks& callbacks);
    bool isFinished() const { return m_is_finished; }
    int number() const { return m_number; }
    ChainRun takeRun();

private:
    friend struct ChainPlacing; // for checkpoints and runs that grow

    bool findStart();
    Vec drawStart(Rng& rng) const;
    void descend();
    StepInfo step(int draw);
    void record(const StepInfo& info);
    void report(int first_draw, const RunCallbacks& callbacks);
    double currentStepSize() const;

    const Target& m_target;
    const RunOptions& m_options;
    int m_number;
    ChainRun m_run;
    GuardedDensity m_density;
    State m_state;
    GradientWarmUp m_gradient_warm_up;
    RandomWalkWarmUp m_walk_warm_up;
    HmcWork m_hmc_work;
    NutsWork m_nuts_work;
    WalnutsWork m_walnuts_work;
    RandomWalkWork m_walk_work;
    Vec m_parameters; // of the newest draw
    bool m_has_listener = false; // for batches of draws
    std::vector<DrawStats> m_batch_stats;
    Vec m_batch_values;
    int m_draws_done = 0;
    int m_num_divergences = 0;
    bool m_has_start = false;
    bool m_is_finished = false;
};

} // namespace chainsong
