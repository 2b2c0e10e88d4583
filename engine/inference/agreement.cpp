#include "engine/inference/agreement.h"

#include "engine/inference/diagnostics.h"

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

bool isGoodEnough(const ChainValues& values, const StopRule& rule) {
    const double mixing = rhat(values);
    if (std::isnan(mixing)) // a constant says nothing, but a value that is no number must not pass
        return quantileOf(values, 0) == quantileOf(values, 1);
    if (rule.rhat > 0 && !(mixing <= rule.rhat)) return false;
    return rule.ess == 0 || std::min(essBulk(values), essTail(values)) >= rule.ess;
}

} // namespace

bool isGoodEnough(std::span<const ChainRun* const> chains, const StopRule& rule) {
    std::vector<const ChainRun*> sound;
    for (const ChainRun* const chain : chains)
        if (!chain->failure) sound.push_back(chain);
    if (sound.empty()) return false;
    ChainValues values(sound.size());
    const std::size_t num_columns = sound.front()->columns.size();
    for (std::size_t column = 0; column <= num_columns; ++column) {
        for (std::size_t c = 0; c < sound.size(); ++c) {
            const ChainRun& chain = *sound[c];
            values[c].clear();
            for (auto i = static_cast<std::size_t>(chain.num_warm_up_kept); i < chain.stats.size(); ++i)
                values[c].push_back(
                    column < num_columns ? chain.columns[column][i] : chain.stats[i].log_density);
        }
        if (!isGoodEnough(values, rule)) return false;
    }
    return true;
}

} // namespace chainsong
