#pragma once

#include "engine/base/result.h"
#include "engine/inference/population.h"
#include "engine/inference/tempered_smc.h"

#include <span>
#include <vector>

namespace chainsong {

/// The log weights of particles after a step of the temperature; no likelihood, no weight.
Vec updatedLogWeights(double step, std::span<const double> log_likelihoods);

/// The next temperature: the ESS of the updated weights falls to `ess_share` of the particles that have any
/// likelihood. An Error when the temperature cannot be raised.
Result<double> nextTemperature(double temperature, double ess_share, std::span<const double> log_likelihoods);

/// Writes the centre and the root of the covariance of weighted particles into the stage: dense if there are
/// enough of them, diagonal otherwise.
void fitWhitening(const Particles& particles, std::span<const double> log_weights, TemperedStage& stage);

/// Whether a given ladder can be followed by a target of that dimension.
Status checkLadder(std::span<const TemperedStage> ladder, std::size_t dimension);

} // namespace chainsong
