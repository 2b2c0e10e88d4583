#pragma once

#include "engine/base/random.h"
#include "engine/inference/log_density.h"

#include <string>

namespace chainsong {

inline constexpr double kHalfLogTwoPi = 0.91893853320467274178;

/// A density that can be drawn from exactly and evaluated at many points.
struct ExactDensity {
    std::function<void(Rng& rng, std::span<double> q)> draw;
    BatchDensity log_densities; // normalised
};

/// Independent normals around zero.
ExactDensity normalPrior(std::size_t dimension, double sd);

/// A density that takes points one by one, for many points.
BatchDensity oneByOne(std::function<double(std::span<const double>, std::span<double>)> log_density);

/// prior x likelihood over the real numbers; the parameters are the coordinates themselves.
Target posteriorOf(std::vector<std::string> names, ExactDensity prior, BatchDensity log_likelihood);

/// The target with a start to temper from: independent normals of that sd stand for the prior, the target
/// divided by them for the likelihood. The evidence is then the integral of the density as it is written.
Target withNormalReference(Target target, double sd);

} // namespace chainsong
