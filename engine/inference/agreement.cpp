#include "engine/inference/agreement.h"

#include "engine/inference/quantity_judge.h"

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

bool isConstant(DrawSpans chains) {
    return std::all_of(chains.begin(), chains.end(), [&](std::span<const double> chain) {
        return std::all_of(chain.begin(), chain.end(), [&](double x) { return x == chains[0][0]; });
    });
}

bool isGoodEnough(QuantityJudge& judge, DrawSpans chains, const StopRule& rule) {
    const Mixing mixing = judge.mixingOf(chains);
    if (std::isnan(mixing.rhat)) // a constant says nothing, but a value that is no number must not pass
        return isConstant(chains);
    if (rule.rhat > 0 && !(mixing.rhat <= rule.rhat)) return false;
    return rule.ess == 0 || std::min(mixing.ess_bulk, mixing.ess_tail) >= rule.ess;
}

} // namespace

bool isGoodEnough(std::span<const ChainRun* const> chains, const StopRule& rule) {
    std::vector<const ChainRun*> sound;
    std::vector<Vec> log_densities;
    for (const ChainRun* const chain : chains) {
        if (chain->failure) continue;
        sound.push_back(chain);
        Vec& column = log_densities.emplace_back();
        for (const DrawStats& draw : chain->stats) column.push_back(draw.log_density);
    }
    if (sound.empty()) return false;
    QuantityJudge judge;
    std::vector<std::span<const double>> draws(sound.size());
    const std::size_t num_columns = sound.front()->columns.size();
    for (std::size_t k = 0; k <= num_columns; ++k) {
        for (std::size_t c = 0; c < sound.size(); ++c)
            draws[c] = std::span(k < num_columns ? sound[c]->columns[k] : log_densities[c])
                           .subspan(static_cast<std::size_t>(sound[c]->num_warm_up_kept));
        if (draws[0].empty() || !isGoodEnough(judge, draws, rule)) return false;
    }
    return true;
}

} // namespace chainsong
