#pragma once

#include "engine/inference/chains.h"
#include "engine/inference/guarded_density.h"
#include "engine/inference/hmc.h"
#include "engine/inference/nuts.h"
#include "engine/inference/random_walk.h"
#include "engine/inference/walnuts.h"
#include "engine/inference/warm_up.h"

#include <chrono>
#include <optional>
#include <stop_token>

namespace chainsong {

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

    // The same in pieces, for chains whose points are evaluated together (NUTS alone): a slice holds draws, a
    // draw leads from point to point.
    /// Finds a start if there is none yet. The slice's time is shared by so many chains.
    void beginSlice(int num_sharing, const RunCallbacks& callbacks);
    /// Begins the next draw and leads to its first point; false when there is none to make.
    bool beginDraw();
    /// Where the density is wanted, and where its gradient goes.
    const PhasePoint& wanted() { return m_transition->to(); }
    /// Takes the density at that point, with its gradient in place, and leads to the next; false: the draw is
    /// made.
    bool takeDensity(double log_density);
    /// The same, with the target asked about this point alone.
    double evaluateAlone();
    double admit(double log_density) const { return m_density.admit(log_density); }
    void endSlice(const RunCallbacks& callbacks);

    int number() const { return m_number; }
    ChainRun takeRun();

private:
    friend struct ChainPlacing; // for checkpoints and runs that grow

    bool findStart();
    Vec drawStart(Rng& rng) const;
    void descend();
    StepInfo step(int draw);
    void learn(int draw, const StepInfo& info);
    /// Counts and keeps the draw just made, unless a stop request has cut it short.
    void record(const StepInfo& info);
    void report(int first_draw, const RunCallbacks& callbacks);
    double currentStepSize() const;
    double secondsOfSlice() const;
    bool hasDrawToMake();
    void leapToNext();

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
    std::optional<NutsTransition> m_transition; // of a draw that is made in pieces
    int m_num_leapfrogs = 0; // of that draw
    WalnutsWork m_walnuts_work;
    RandomWalkWork m_walk_work;
    Vec m_parameters; // of the newest draw
    bool m_has_listener = false; // for batches of draws
    std::vector<DrawStats> m_batch_stats;
    Vec m_batch_values;
    int m_draws_done = 0;
    int m_first_of_slice = 0; // draws done when the slice began
    int m_num_sharing = 1;
    std::chrono::steady_clock::time_point m_slice_start;
    std::chrono::steady_clock::time_point m_part_start; // of the slice's warm-up, or of its draws
    int m_num_divergences = 0;
    bool m_has_start = false;
    bool m_is_finished = false;
};

} // namespace chainsong
