#pragma once

#include "engine/base/result.h"
#include "engine/inference/log_density.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace chainsong {

/// One rung of the ladder from the prior (temperature 0) to the posterior (1), and how its moves went.
struct TemperedStage {
    double temperature = 0;
    double step_size = 0; // of the moves, in sds of the particles
    int num_leapfrogs = 1; // about; varies by a third either way
    Vec centre; // of the particles
    Vec root; // of their covariance: lower triangle by rows, or its diagonal alone
    // What happened; nothing below is read by a run that follows a given ladder.
    double ess = 0; // of the weights that led here, of all particles
    double accept_prob = 0;
    bool operator==(const TemperedStage&) const = default;
};

/// How to go from prior to posterior.
struct TemperedOptions {
    int num_particles = 2048; // a multiple of num_steps
    int num_steps = 16; // particles that each survivor becomes, itself included (waste-free: all are kept)
    int num_prior_draws = 4; // for each particle: draws from the prior are cheap, and the first step is long
    double ess_share = 0.5; // of the updated weights; decides the next temperature
    int max_stages = 300;
    double trajectory_length = 1; // of a move, in sds of the particles
    double target_accept = 0.8;
    std::uint64_t seed = 1;
    int num_threads = 1;
    /// The ladder of an earlier run, to be followed without adapting anything: then the evidence (not its
    /// log) has no bias at all, however few the particles.
    std::vector<TemperedStage> ladder = {};
};

/// The draws, equally weighted, and the evidence. Every particle descends from one of the draws from the
/// prior, which are divided into families; how unequally the families have fared tells the errors from a
/// single run (after Lee and Whiteley 2018).
struct TemperedRun {
    static constexpr int kFamilies = 64;

    std::string target;
    std::vector<std::string> parameter_names;
    TemperedOptions options;
    std::vector<Vec> columns; // one a named parameter; relatives stand side by side
    Vec log_densities; // of each particle under the target
    std::vector<int> families; // of each particle, ascending
    std::vector<TemperedStage> stages; // a ladder for another run
    double log_evidence = 0;
    double log_evidence_se = 0;
    std::int64_t num_evaluations = 0; // of the likelihood
    std::int64_t num_refused = 0; // that threw or were not a number; they count as likelihood zero
    std::string first_refusal;
    bool was_stopped = false; // then there are no draws
};

/// A posterior mean with its standard error.
struct Estimate {
    double mean = 0;
    double se = 0;
};
/// The mean of f(parameter `column`), f the identity if empty, and its error from the families' differences.
Estimate expectation(const TemperedRun& run, std::size_t column, const std::function<double(double)>& f = {});

/// Called after each stage on the calling thread.
using OnStage = std::function<void(const TemperedStage&)>;

/// Tempered sequential Monte Carlo (Del Moral, Doucet and Jasra 2006) with waste-free moves (Dau and Chopin
/// 2022), which are Hamiltonian and preconditioned by the particles' covariance. Same target, same options:
/// same draws, on any number of threads. An Error when the target's prior is not known apart, or when no way
/// to the posterior is found.
Result<TemperedRun> runTempered(const Target& target, const TemperedOptions& options,
    const OnStage& on_stage = {}, std::stop_token stop = {});

} // namespace chainsong
