#pragma once

#include "engine/compose/posterior.h"
#include "engine/compose/writer.h"

#include <functional>

namespace chainsong {

/// What stands in a region in one draw: its events with their bar lines, and their log p.
struct RegionDraw {
    std::vector<Event> events;
    double log_density = 0;
};

/// One population of particles at the end of its way.
struct Island {
    std::vector<RegionDraw> particles;
    std::vector<double> log_weights;
    double log_evidence = 0;
    std::vector<double> ess_per_bar_line;
    std::vector<double> log_evidence_per_bar;
    std::vector<Tally> tally_per_bar; // of the notes in each bar, one bar line later (fixed-lag smoothing)
    int num_retries = 0; // after dead ends; log Ẑ is then no longer unbiased
};

/// Called after each bar of the region, with the number of bars done.
using OnBar = std::function<void(int)>;

/// SMC over the region. At a dead end it backs up one bar, then two, then three, with other randomness; then
/// it says where and under which constraints there is no way on.
Result<Island> runIsland(const WritingPlan& plan, const Writer& at_start, int num_particles,
    std::uint64_t seed, std::uint64_t stream, std::stop_token stop, const OnBar& on_bar);

struct SweepParams {
    int num_particles = 12;
    int look_ahead_bars = 1; // how far ancestor sampling and a block's end look into what follows
    int most_bars_a_block = 4;
};

/// One particle-Gibbs sweep: the region in random blocks of bars, from left to right, each redrawn by
/// conditional SMC with ancestor sampling given all the rest. The plan's target stays invariant (with
/// truncated look-ahead: nearly). A draw that cannot be followed stays as it is. False: stopped.
bool sweep(const WritingPlan& plan, const Writer& at_start, RegionDraw& draw, const SweepParams& params,
    std::uint64_t seed, std::uint64_t stream, std::stop_token stop);

} // namespace chainsong
