#pragma once

#include "engine/inference/targets.h"

namespace chainsong {

// Posteriors that need data. Each says by an Error which of its numbers are missing or do not fit together.
Result<Target> autoregressionTarget(const NamedNumbers& data); // arK
Result<Target> kidscoreTarget(const NamedNumbers& data);
Result<Target> earningsTarget(const NamedNumbers& data);
Result<Target> kilpisjarviTarget(const NamedNumbers& data);
Result<Target> logisticTarget(const NamedNumbers& data);
Result<Target> movingAverageTarget(const NamedNumbers& data); // arma11
Result<Target> volatilityTarget(const NamedNumbers& data); // garch11
Result<Target> gaussianProcessTarget(const NamedNumbers& data);
Result<Target> normalMixtureTarget(const NamedNumbers& data);
/// mlp and mlp_hard: "weights" of the network, and "y" and "sigma" if they are not the usual ones.
Result<Target> networkTarget(const NamedNumbers& data, double usual_sigma);

/// The list called `name`, which must have `count` entries (0: at least one), all finite.
Result<Vec> numbersOf(const NamedNumbers& data, const std::string& name, std::size_t count = 0);
/// The single number called `name`.
Result<double> numberOf(const NamedNumbers& data, const std::string& name);

} // namespace chainsong
