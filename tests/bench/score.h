#pragma once

#include "engine/inference/diagnostics.h"

#include <algorithm>

namespace chainsong {

/// ESS* of one quantity: the smaller of bulk ESS and of the ESS of its square. Draws of NUTS lie so far apart
/// that the ESS of the mean alone can exceed their number.
inline double essStar(const ChainValues& values) {
    ChainValues squares = values;
    for (auto& chain : squares)
        for (double& x : chain) x *= x;
    return std::min(essBulk(values), essMean(squares));
}

} // namespace chainsong
