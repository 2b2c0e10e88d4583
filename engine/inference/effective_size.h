#pragma once

#include "engine/inference/autocovariance.h"

namespace chainsong {

/// How many independent draws rows are worth, by Geyer's initial monotone sequence of paired
/// autocorrelations, at most S log10(S) of S draws. NaN where the rows say nothing (isTelling). Computes no
/// more lags than it needs.
double effectiveSize(const DrawRows& rows, Autocovariances& autocovariances);

} // namespace chainsong
