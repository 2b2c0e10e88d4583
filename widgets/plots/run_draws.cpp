#include "widgets/plots/run_draws.h"

#include "engine/base/numbers.h"

#include <algorithm>

namespace chainsong {

RunDraws::RunDraws(std::vector<std::string> quantities, int num_chains)
    : names(std::move(quantities))
    , chains(static_cast<std::size_t>(std::max(0, num_chains))) {
    for (Chain& chain : chains) chain.columns.resize(names.size());
}

int RunDraws::numDraws(int chain) const {
    if (chain < 0 || chain >= numChains()) return 0;
    const auto& columns = chains[static_cast<std::size_t>(chain)].columns;
    return columns.empty() ? 0 : static_cast<int>(columns.front().size());
}

int RunDraws::longestChain() const {
    int longest = 0;
    for (int chain = 0; chain < numChains(); ++chain) longest = std::max(longest, numDraws(chain));
    return longest;
}

bool RunDraws::hasEnergies() const {
    return std::ranges::any_of(chains, [](const Chain& chain) { return !chain.energies.empty(); });
}

void RunDraws::add(int chain, std::span<const double> values) {
    if (chain < 0 || chain >= numChains()) return;
    auto& columns = chains[static_cast<std::size_t>(chain)].columns;
    for (std::size_t i = 0; i < columns.size() && i < values.size(); ++i) columns[i].push_back(values[i]);
}

std::span<const double> RunDraws::values(int quantity, int chain) const {
    return chains[static_cast<std::size_t>(chain)].columns[static_cast<std::size_t>(quantity)];
}

std::span<const double> RunDraws::keptValues(int quantity, int chain) const {
    const auto all = values(quantity, chain);
    return all.subspan(std::min(all.size(), static_cast<std::size_t>(std::max(0, num_warm_up))));
}

std::vector<std::vector<double>> RunDraws::kept(int quantity) const {
    std::vector<std::vector<double>> rows;
    for (int chain = 0; chain < numChains(); ++chain) {
        const auto counted = keptValues(quantity, chain);
        rows.emplace_back(counted.begin(), counted.end());
    }
    return rows;
}

std::string RunDraws::csv(std::span<const int> quantities) const {
    const bool knows_divergences =
        std::ranges::any_of(chains, [](const Chain& chain) { return !chain.diverged.empty(); });
    std::string text = "chain,draw,is_warm_up";
    for (const int quantity : quantities) {
        const std::string& name = names[static_cast<std::size_t>(quantity)];
        // "theta[1,2]" needs quotes.
        text += name.find_first_of(",\"") == std::string::npos ? ',' + name : ",\"" + name + '"';
    }
    text += knows_divergences ? ",diverged\n" : "\n";
    for (int chain = 0; chain < numChains(); ++chain) {
        const auto& diverged = chains[static_cast<std::size_t>(chain)].diverged;
        for (int draw = 0; draw < numDraws(chain); ++draw) {
            const auto at = static_cast<std::size_t>(draw);
            text += std::to_string(chain + 1) + ',' + std::to_string(draw + 1) + ','
                + (draw < num_warm_up ? '1' : '0');
            for (const int quantity : quantities) text += ',' + formatNumber(values(quantity, chain)[at]);
            if (knows_divergences) text += at < diverged.size() && diverged[at] ? ",1" : ",0";
            text += '\n';
        }
    }
    return text;
}

} // namespace chainsong
