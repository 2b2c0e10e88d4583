#pragma once

#include "engine/base/random.h"

#include <concepts>
#include <limits>
#include <span>
#include <vector>

namespace chainsong {

/// log of the sum of exp(x), safe for any size of x; -infinity for none.
double logSumExp(std::span<const double> log_values);
/// (Σw)² / Σw²: how many equally weighted draws these weights are worth; 0 if every weight is zero.
double effectiveSampleSize(std::span<const double> log_weights);
/// One ancestor a particle, ascending, each taken floor or ceil of N·w times (Kitagawa 1996). Some weight
/// must be positive.
std::vector<int> systematicAncestors(std::span<const double> log_weights, Rng& rng);
/// An index with probability proportional to its weight; -1 if every weight is zero.
int drawIndex(std::span<const double> log_weights, Rng& rng);

/// Many half-finished things that move from boundary to boundary. What they are is their own business.
template <class S>
concept ParticleSystem = requires(
    S& system, std::span<double> log_increments, std::span<const int> ancestors) {
    { system.numParticles() } -> std::convertible_to<int>;
    { system.isDone() } -> std::convertible_to<bool>;
    /// Moves every particle to the next boundary; writes by how much each one's log weight grows. False: it
    /// was asked to stop, and nothing that was written counts.
    { system.advance(log_increments) } -> std::convertible_to<bool>;
    system.resample(ancestors);
};

/// A system whose last particle follows a given path, for conditional SMC with ancestor sampling.
template <class S>
concept ReferenceSystem = ParticleSystem<S> && requires(S& system, std::span<double> log_scores) {
    /// For each particle log γ(its history, the rest of the reference) − log γ(its history).
    { system.scoreReference(log_scores) } -> std::convertible_to<bool>;
};

/// All that one step hands to the next.
struct SmcState {
    std::vector<double> log_weights; // since the last resampling
    double log_evidence_before = 0; // up to the last resampling

    explicit SmcState(int num_particles)
        : log_weights(static_cast<std::size_t>(num_particles), 0.0) { }
    /// log Ẑ: its exponential has the true evidence as its mean.
    double logEvidence() const;
};

/// What a step did; for plots, the genealogy and tests.
struct SmcInfo {
    double ess = 0; // at the boundary that was reached
    std::vector<int> ancestors; // empty: there was no resampling before the step
    bool is_stopped = false;
    bool isDeadEnd() const { return !is_stopped && !(ess > 0); }
};

/// Resamples where the weights have become too uneven, then moves to the next boundary.
/// Pure but for the system and the stream: same state, same stream, same result.
template <ParticleSystem S>
SmcInfo smcStep(SmcState& state, S& system, Rng& rng, double ess_threshold_unit = 0.5) {
    SmcInfo info;
    const auto num_particles = static_cast<double>(state.log_weights.size());
    if (effectiveSampleSize(state.log_weights) < ess_threshold_unit * num_particles) {
        info.ancestors = systematicAncestors(state.log_weights, rng);
        state.log_evidence_before = state.logEvidence();
        system.resample(info.ancestors);
        state.log_weights.assign(info.ancestors.size(), 0.0);
    }
    std::vector<double> increments(state.log_weights.size());
    info.is_stopped = !system.advance(increments);
    if (info.is_stopped) return info;
    for (std::size_t i = 0; i < increments.size(); ++i) state.log_weights[i] += increments[i];
    info.ess = effectiveSampleSize(state.log_weights);
    return info;
}

/// A whole run: the final weights, and what happened at each boundary.
struct SmcRun {
    SmcState final_state;
    std::vector<SmcInfo> boundaries;
};

/// Runs the system to its end, or until every particle has weight zero.
template <ParticleSystem S> SmcRun runSmc(S& system, Rng& rng, double ess_threshold_unit = 0.5) {
    SmcRun run{SmcState(system.numParticles()), {}};
    while (!system.isDone()) {
        run.boundaries.push_back(smcStep(run.final_state, system, rng, ess_threshold_unit));
        if (run.boundaries.back().is_stopped || run.boundaries.back().isDeadEnd()) break;
    }
    return run;
}

/// One sweep of particle Gibbs with ancestor sampling (Lindsten, Jordan and Schön 2014): the last particle
/// follows the reference, the others are free; returns the particle whose path is the next draw, or -1 if the
/// system was stopped or the reference itself has weight zero. Leaves the target invariant for any number of
/// particles > 1.
template <ReferenceSystem S> int conditionalSmc(S& system, Rng& rng) {
    const auto count = static_cast<std::size_t>(system.numParticles());
    std::vector<double> log_weights(count, 0.0), increments(count), scores(count);
    std::vector<int> ancestors(count);
    for (bool is_first = true; !system.isDone(); is_first = false) {
        if (!is_first) {
            if (!system.scoreReference(scores)) return -1;
            for (std::size_t i = 0; i < count; ++i) scores[i] += log_weights[i];
            for (std::size_t i = 0; i + 1 < count; ++i) ancestors[i] = drawIndex(log_weights, rng);
            ancestors.back() = drawIndex(scores, rng);
            if (ancestors.back() < 0) return -1;
            system.resample(ancestors);
            log_weights.assign(count, 0.0);
        }
        if (!system.advance(increments)) return -1;
        for (std::size_t i = 0; i < count; ++i) log_weights[i] += increments[i];
        if (log_weights.back() == -std::numeric_limits<double>::infinity()) return -1;
    }
    return drawIndex(log_weights, rng);
}

} // namespace chainsong
