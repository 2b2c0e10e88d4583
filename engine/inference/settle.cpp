#include "engine/inference/settle.h"

#include "engine/inference/agreement.h"
#include "engine/inference/diagnostics.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace chainsong {
namespace {

constexpr double kRhat = 1.01;
constexpr double kEssPerChain = 100;
// A run that waits for good news ends in a lucky moment: asked for 100 a chain, the banana's means were off
// by 1.6 standard errors (rms, ten seeds), asked for 200 by 1.0.
constexpr double kEssToEnd = 200;
constexpr double kLowEbfmi = 0.3;

StopRule agreementOf(const RunOptions& options, double ess_per_chain) {
    StopRule rule;
    rule.rhat = kRhat;
    rule.ess = ess_per_chain * options.num_chains;
    rule.first_look = options.num_draws;
    return rule;
}

bool isSettled(const Run& run) {
    std::vector<const ChainRun*> chains;
    for (const ChainRun& chain : run.chains) {
        chains.push_back(&chain);
        Vec energies;
        for (auto i = static_cast<std::size_t>(chain.num_warm_up_kept); i < chain.stats.size(); ++i) {
            energies.push_back(chain.stats[i].energy);
            if (chain.stats[i].diverged) return false;
        }
        if (ebfmi(energies) < kLowEbfmi) return false;
    }
    return isGoodEnough(chains, agreementOf(run.options, kEssPerChain));
}

} // namespace

Result<SettledRun> runUntilSettled(const Target& target, RunOptions options, int most_draws,
    const RunCallbacks& callbacks, std::stop_token stop) {
    const auto start = std::chrono::steady_clock::now();
    options.kernel = Kernel::kNuts;
    auto first = runChains(target, options, callbacks, stop);
    if (!first) return first.error();
    if (first->end != RunEnd::kAllDraws || isSettled(*first)) return SettledRun{*std::move(first)};

    options.kernel = Kernel::kWalnuts;
    const double max_seconds = options.stop_rule.max_seconds;
    options.stop_rule = agreementOf(options, kEssToEnd);
    options.num_draws = std::max(options.num_draws, most_draws);
    if (max_seconds > 0) {
        const std::chrono::duration<double> used = std::chrono::steady_clock::now() - start;
        // Too little for another run: what there is, is kept, and is out of time.
        if (used.count() > 0.5 * max_seconds) {
            first->end = RunEnd::kOutOfTime;
            return SettledRun{*std::move(first)};
        }
        options.stop_rule.max_seconds = max_seconds - used.count();
    }
    auto second = runChains(target, options, callbacks, stop);
    if (!second) return SettledRun{*std::move(first)};
    return SettledRun{*std::move(second), true};
}

} // namespace chainsong
