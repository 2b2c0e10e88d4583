#pragma once

#include "engine/inference/autocovariance.h"

namespace chainsong {

/// How many independent draws rows are worth, by Geyer's initial monotone sequence of paired
/// autocorrelations, at most S log10(S) of S draws. NaN where the rows say nothing (isTelling). Computes no
/// more lags than it needs.
double effectiveSize(const DrawRows& rows, Autocovariances& autocovariances);

/// The same for 1 where a draw is at most the limit and 0 elsewhere. Counts pairs where few draws, or all but
/// few, are below. `scratch` may become those rows.
double effectiveSizeBelow(
    double limit, const DrawRows& rows, Autocovariances& autocovariances, DrawRows& scratch);

} // namespace chainsong
