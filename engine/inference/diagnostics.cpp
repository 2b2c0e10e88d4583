#include "engine/inference/diagnostics.h"

#include "engine/inference/effective_size.h"
#include "engine/inference/quantity_judge.h"
#include "engine/inference/special_functions.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <limits>
#include <thread>
#include <utility>

namespace chainsong {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

using Spans = std::vector<std::span<const double>>;

Spans spansOf(const ChainValues& chains) { return {chains.begin(), chains.end()}; }

/// All draws in one row, chain by chain, equally many of each.
std::vector<double> together(const ChainValues& chains) {
    const auto length = static_cast<std::ptrdiff_t>(shortestOf(spansOf(chains)));
    std::vector<double> all;
    for (const auto& chain : chains) all.insert(all.end(), chain.begin(), chain.begin() + length);
    return all;
}

DrawRows halvesOf(const ChainValues& chains) {
    DrawRows halves;
    splitChains(spansOf(chains), halves);
    return halves;
}

template <class F> ChainValues mapped(const ChainValues& chains, const F& f) {
    ChainValues out = chains;
    for (auto& chain : out)
        for (double& value : chain) value = f(value);
    return out;
}

double effectiveSizeOf(const ChainValues& chains) {
    Autocovariances autocovariances;
    return effectiveSize(halvesOf(chains), autocovariances);
}

double sortedQuantile(const ChainValues& chains, double probability) {
    const Spans spans = spansOf(chains);
    const std::size_t length = shortestOf(spans);
    if (length == 0) return kNan;
    for (const auto& chain : spans)
        for (const double value : chain.first(length))
            if (std::isnan(value)) return kNan;
    RankedDraws ranked;
    ranked.sort(spans);
    return ranked.quantile(probability);
}

} // namespace

double rhat(const ChainValues& chains) { return QuantityJudge().rhat(spansOf(chains)); }

double rhatBasic(const ChainValues& chains) {
    const DrawRows halves = halvesOf(chains);
    return isTelling(halves) ? plainRhat(halves) : kNan;
}

double essBulk(const ChainValues& chains) { return QuantityJudge().essBulk(spansOf(chains)); }

double essTail(const ChainValues& chains) {
    return std::min(essQuantile(chains, 0.05), essQuantile(chains, 0.95));
}
double essMean(const ChainValues& chains) { return effectiveSizeOf(chains); }

double essSd(const ChainValues& chains) {
    const double centre = meanOf(chains);
    return effectiveSizeOf(mapped(chains, [&](double x) { return (x - centre) * (x - centre); }));
}

double essQuantile(const ChainValues& chains, double probability) {
    const DrawRows halves = halvesOf(chains);
    if (!isTelling(halves)) return kNan;
    Autocovariances autocovariances;
    DrawRows scratch;
    return effectiveSizeBelow(sortedQuantile(chains, probability), halves, autocovariances, scratch);
}

double mcseMean(const ChainValues& chains) { return sdOf(chains) / std::sqrt(essMean(chains)); }

double mcseSd(const ChainValues& chains) {
    const auto all = together(chains);
    if (all.empty()) return kNan;
    const double centre = averageOf(all);
    double second = 0, fourth = 0;
    for (const double x : all) {
        const double square = (x - centre) * (x - centre);
        second += square;
        fourth += square * square;
    }
    second /= static_cast<double>(all.size());
    fourth /= static_cast<double>(all.size());
    return std::sqrt((fourth - second * second) / essSd(chains) / second / 4);
}

double mcseQuantile(const ChainValues& chains, double probability) {
    constexpr double kOneSdBelow = 0.1586553, kOneSdAbove = 0.8413447;
    const double ess = essQuantile(chains, probability);
    if (std::isnan(ess)) return kNan;
    RankedDraws ranked;
    ranked.sort(spansOf(chains));
    const double count = static_cast<double>(ranked.size());
    const double a = ess * probability + 1, b = ess * (1 - probability) + 1;
    const double low = std::max(std::floor(betaQuantile(kOneSdBelow, a, b) * count), 1.0);
    const double high = std::min(std::ceil(betaQuantile(kOneSdAbove, a, b) * count), count);
    return (ranked.at(static_cast<std::size_t>(high) - 1) - ranked.at(static_cast<std::size_t>(low) - 1)) / 2;
}

double meanOf(const ChainValues& chains) { return averageOfAll(spansOf(chains)); }

double sdOf(const ChainValues& chains) {
    const Spans spans = spansOf(chains);
    return shortestOf(spans) * spans.size() < 2 ? kNan : std::sqrt(varianceOfAll(spans));
}

double quantileOf(const ChainValues& chains, double probability) {
    return sortedQuantile(chains, std::clamp(probability, 0.0, 1.0));
}

SummaryRow summaryOf(std::string name, const ChainValues& chains) {
    return QuantityJudge().summaryOf(std::move(name), spansOf(chains));
}

std::vector<SummaryRow> diagnose(
    std::span<const std::string> names, std::span<const ChainColumns> chains, int num_threads) {
    std::vector<SummaryRow> rows(names.size());
    std::atomic<std::size_t> next{0};
    const auto judgeSome = [&] {
        QuantityJudge judge;
        Spans spans;
        for (std::size_t i = next++; i < rows.size(); i = next++) {
            spans.clear();
            for (const ChainColumns& chain : chains)
                if (i < chain.size()) spans.emplace_back(chain[i]);
            rows[i] = judge.summaryOf(names[i], spans);
        }
    };
    const auto wanted = std::min(static_cast<std::size_t>(std::max(num_threads, 1)), rows.size());
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < wanted; ++i) others.emplace_back(judgeSome);
    judgeSome();
    others.clear();
    return rows;
}

} // namespace chainsong
