#pragma once

#include "engine/inference/chains.h"

namespace chainsong {

/// A run that was given the kernel and the length it needed.
struct SettledRun {
    Run run;
    /// NUTS did not do: these draws were made with local steps, and none of NUTS' are among them.
    bool took_local_steps = false;
};

/// Draws with NUTS, as many draws as are ordered. Where its chains do not agree then (R-hat above 1.01, fewer
/// than 100 independent draws a chain, an E-BFMI below 0.3) or a transition diverged, draws anew with
/// WALNUTS: from `options.num_draws` on until they agree and 200 independent draws a chain are there,
/// `most_draws` a chain at the most. The second run is the one that the same options with that kernel, that
/// length and rule would give. Callbacks and errors as of runChains; for the second run the callbacks begin
/// anew.
Result<SettledRun> runUntilSettled(const Target& target, RunOptions options, int most_draws,
    const RunCallbacks& callbacks = {}, std::stop_token stop = {});

} // namespace chainsong
