#pragma once

#include "engine/base/result.h"
#include "engine/inference/log_density.h"
#include "engine/inference/mass_adaptation.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace chainsong {

enum class Kernel { kNuts, kHmc, kRandomWalk, kWalnuts };

/// When a run may end before all its draws are made.
struct StopRule {
    double max_seconds = 0; // by the wall clock; 0: no limit
    /// Both ask to be met, by every parameter and the log density: R-hat at most (0: not asked), bulk and
    /// tail ESS at least. They are looked at after the same draws whatever the number of threads.
    double rhat = 0;
    double ess = 0;
    int first_look = 100; // draws of each chain; every further look comes half as many later again
};

/// Why a run ended.
enum class RunEnd { kAllDraws, kCancelled, kOutOfTime, kGoodEnough };

struct RunOptions {
    Kernel kernel = Kernel::kNuts;
    int num_chains = 4;
    int num_warm_up = 400;
    int num_draws = 1000;
    std::uint64_t seed = 1;
    int num_threads = 1;
    double target_accept = 0.8;
    MassRule mass_rule = MassRule::kLowRank;
    int max_tree_depth = 10;
    double trajectory_length = 1.5; // HMC: step size x number of steps, in sds of the posterior
    /// Start points in the real space, one a chain; empty = uniform in (-start_radius, start_radius).
    std::vector<Vec> starts;
    double start_radius = 2;
    bool keeps_warm_up = false;
    /// The number of the first chain. Runs of the same seed with 4 chains from 0 and 4 from 4 on are one run
    /// with 8.
    int first_chain = 0;
    StopRule stop_rule = {};
    /// Where to keep what is drawn, now and then and at the end, so that it survives the program; empty:
    /// nowhere. With `resumes`, a file that is there already is continued: the draws are the same as if the
    /// run had never been interrupted.
    std::string checkpoint_path = {};
    bool resumes = false;
    double checkpoint_interval_s = 10;
};

/// What the sampler says of one draw.
struct DrawStats {
    double log_density = 0;
    double accept_prob = 0;
    double step_size = 0; // of a random walk: its scale
    double energy = 0;
    int tree_depth = 0;
    int num_leapfrogs = 0;
    bool diverged = false;
    bool operator==(const DrawStats&) const = default;
};

/// One chain's draws and how it went.
struct ChainRun {
    int num_warm_up_kept = 0; // the first draws of `columns` and `stats` are warm-up
    std::vector<Vec> columns; // one a named parameter
    std::vector<DrawStats> stats; // one a draw
    double step_size = 0; // after warm-up
    Vec inverse_mass; // after warm-up; of a random walk: the squared sds
    double warm_up_s = 0;
    double sampling_s = 0;
    std::int64_t num_evaluations = 0; // of the density, warm-up included
    std::int64_t num_refused = 0; // evaluations that threw or gave NaN; they count as density zero
    std::string first_refusal; // what the first of them said
    std::optional<Error> failure; // why the chain has no draws
};

/// All chains of one run, in order.
struct Run {
    std::string target;
    std::vector<std::string> parameter_names;
    RunOptions options;
    std::vector<ChainRun> chains;
    bool was_stopped = false; // the draws so far are here and valid
    RunEnd end = RunEnd::kAllDraws;
};

/// Some draws of one chain, just made. Valid during the call only.
struct DrawBatch {
    int chain = 0;
    int first_draw = 0; // from 0, warm-up included
    int num_warm_up = 0; // how many of the batch are warm-up (always the first)
    std::span<const DrawStats> stats;
    std::span<const double> values; // draw by draw, one value for each named parameter
};

/// How far one chain has come.
struct ChainProgress {
    int chain = 0;
    int draws_done = 0; // warm-up included
    int draws_wanted = 0;
    bool is_warming_up = true;
    int num_divergences = 0; // after warm-up
    double step_size = 0;
    std::int64_t num_evaluations = 0; // of the density and its gradient, so far
};

/// Both are called on the worker threads, by several at once but never twice at a time for one chain; about
/// 30 times a second and once at each chain's end. Either may be empty.
struct RunCallbacks {
    std::function<void(const DrawBatch&)> on_draws;
    std::function<void(const ChainProgress&)> on_progress;
};

/// Draws from the target. Same target, same options: same draws, on any number of threads. A stop request
/// ends it within one evaluation of the density a chain. An Error only when not one chain could run.
Result<Run> runChains(const Target& target, const RunOptions& options, const RunCallbacks& callbacks = {},
    std::stop_token stop = {});

/// A chain as the columns of a Stan CSV file: lp__, accept_stat__, stepsize__, treedepth__, n_leapfrog__,
/// divergent__, energy__, then the parameters.
struct NamedColumns {
    std::vector<std::string> names;
    std::vector<Vec> columns;
};
NamedColumns stanColumns(const Run& run, std::size_t chain);

} // namespace chainsong
