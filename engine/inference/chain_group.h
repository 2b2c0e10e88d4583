#pragma once

#include "engine/inference/chain.h"

namespace chainsong {

/// At most so many chains share an evaluation.
inline constexpr std::size_t kLargestGroup = 64;

/// Whether chains gain by being evaluated together: the target takes many points at once, and the kernel asks
/// for one point at a time.
bool areBetterTogether(const Target& target, const RunOptions& options);

/// Advances chains side by side for about `slice_ms`: as soon as each wants a point, all are evaluated at
/// once. No chain waits for another's draw to end. The draws are those that each would make alone.
void advanceTogether(
    std::span<Chain* const> chains, const Target& target, double slice_ms, const RunCallbacks& callbacks);

} // namespace chainsong
