#pragma once

#include "engine/compose/job.h"
#include "engine/compose/workers.h"

#include <vector>

namespace chainsong {

/// How much is computed for a region, and from which randomness.
struct EnsembleParams {
    int num_particles = 32;
    int num_threads = 1;
    std::uint64_t seed = 1;
};

/// Independent islands of particles that together stand for one run of SMC: each island counts with its own
/// evidence.
struct Population {
    std::vector<Island> islands; // those that came to the end
    int num_started = 1;

    double logEvidence() const;
    /// Sum over the islands, one value a bar line.
    std::vector<double> essPerBarLine() const;
    /// Distinct draws, the first by weight, each next one by what is left; at most `count`.
    std::vector<RegionDraw> draws(int count, std::uint64_t seed, std::uint64_t stream) const;
    /// Share of the particles for each note.
    Tally tally() const;
};

/// Islands of at least 8 particles, so that two threads share one population and give what one thread gives.
int numIslands(int num_particles);

/// Runs `num_populations` populations; `on_bar` hears of each bar of each island on the calling thread,
/// `on_done` of each population as soon as it and all before it are done.
Result<std::vector<Population>> runPopulations(const Job& job, const Writer& at_start, int num_populations,
    const EnsembleParams& params, std::stop_token stop, const std::function<void()>& on_bar,
    const std::function<void(int, const Population&)>& on_done);

/// A particle-Gibbs chain and what it went through.
struct PieceChain {
    RegionDraw draw;
    std::vector<PieceSummary> trace;
    Tally tally; // over the later half of the sweeps
    int num_tallied = 0;
    std::vector<RegionDraw> seen; // the last distinct draws, newest last; at most 8
};

/// Hears of each sweep on the calling thread: chain, sweep from 0, summary of the piece after it.
using OnPoint = std::function<void(int, int, const PieceSummary&)>;

/// Sweeps all chains from where they are. False: stopped.
bool runChains(const Job& job, const Writer& at_start, std::vector<PieceChain>& chains, int num_sweeps,
    const SweepParams& sweep_params, const EnsembleParams& params, std::stop_token stop,
    const OnPoint& on_point);

/// A chain that began with a population of its own: what a card shows.
struct Card {
    Population population; // one island
    PieceChain chain;
};

/// Draws and sweeps cards independently of each other. `on_card` hears of each one on the calling thread, in
/// order, as soon as it and all before it are done. A card that finds no way is left out, unless none finds
/// one.
Result<std::vector<Card>> runCards(const Job& job, const Writer& at_start, int num_cards, int num_sweeps,
    const SweepParams& sweep_params, const EnsembleParams& params, std::stop_token stop,
    const std::function<void()>& on_bar, const OnPoint& on_point,
    const std::function<void(const Card&)>& on_card);

/// What the draws say of the shown score's notes.
Posterior posteriorOf(
    const Job& job, const Score& shown, const Population& population, const std::vector<PieceChain>& chains);

} // namespace chainsong
