#pragma once

#include "engine/inference/log_density.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chainsong::bench {

/// Stan's defaults, as its interfaces pass them to it.
struct StanOptions {
    int num_warm_up = 1000;
    int num_draws = 1000;
    double target_accept = 0.8;
    int max_tree_depth = 10;
    unsigned seed = 1;
    /// Stan makes a text stream for a model's messages at every gradient. Without it Stan is faster than it
    /// ever is for its users.
    bool makes_streams = true;
};

/// One chain of Stan's own sampler.
struct StanChain {
    std::vector<Vec> columns; // one a named parameter, warm-up left out
    double num_leapfrogs = 0; // after warm-up
    std::int64_t num_evaluations = 0; // of the density, warm-up included
    int num_divergences = 0;
};

/// Stan's adaptive NUTS with a diagonal metric (its own code) on our density, which it is given by value and
/// gradient: no automatic differentiation, no text written. Nothing where no start was found.
std::optional<StanChain> runStan(const Target& target, const StanOptions& options, unsigned chain);

/// "2.21.0"
std::string stanVersion();

} // namespace chainsong::bench
