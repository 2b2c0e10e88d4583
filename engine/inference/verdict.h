#pragma once

#include "engine/inference/diagnostics.h"

#include <span>
#include <string>
#include <vector>

namespace chainsong {

/// The traffic light of a run. Show it as colour, shape and word together.
enum class Light {
    kTooEarly, // grey: too few draws to say
    kGood, // green ●: the chains agree and there are enough independent draws
    kKeepGoing, // amber ▲: usable, not yet good
    kNotYet, // red ■: do not use these draws
};

/// What the sampler noticed besides the draws. Zero and NaN: nothing.
struct SamplerTroubles {
    int num_divergences = 0; // after warm-up
    int num_at_max_depth = 0;
    double lowest_ebfmi = 1;
    int num_failed_chains = 0;
};

/// What to make of a run, in words.
struct RunVerdict {
    Light light = Light::kTooEarly;
    std::string sentence; // "The 4 chains tell the same story."
    std::vector<std::string> worst; // up to five quantities that hold the light back, the worst first
    std::vector<std::string> warnings; // one sentence each, with what to do
    double worst_rhat = 0; // NaN: not known
    double lowest_ess = 0;
};

/// Green: every R-hat below 1.01 and both ESS at least 100 a chain. Amber: below 1.05 and 50 a chain.
/// Quantities that never change are left out; they say nothing about mixing. Draws that are no numbers make it
/// red, however well the rest agrees.
RunVerdict verdictOf(std::span<const SummaryRow> rows, int num_chains, int draws_per_chain,
    const SamplerTroubles& troubles = {});

/// "good", "keep going", "not yet", "too early".
const char* wordFor(Light light);

} // namespace chainsong
