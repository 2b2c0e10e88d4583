#include "engine/inference/draw_curves.h"

#include "engine/inference/autocovariance.h"
#include "engine/inference/quantity_judge.h"

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

constexpr std::size_t kFewestDraws = 8; // four in half a chain

using Spans = std::vector<std::span<const double>>;

Spans firstDraws(const ChainValues& chains, std::size_t length) {
    Spans out;
    for (const auto& chain : chains) out.push_back(std::span(chain).first(length));
    return out;
}

} // namespace

std::vector<std::size_t> growingLengths(std::size_t num_draws, std::size_t num_points) {
    std::vector<std::size_t> lengths;
    if (num_draws < kFewestDraws) return lengths;
    for (std::size_t i = 1; i <= num_points; ++i) {
        const std::size_t length = std::max(kFewestDraws, num_draws * i / num_points);
        if (lengths.empty() || length > lengths.back()) lengths.push_back(length);
    }
    return lengths;
}

RunningMean runningMean(const ChainValues& chains, std::size_t num_points, std::stop_token stop) {
    RunningMean result;
    result.means.resize(chains.size());
    std::vector<double> sums(chains.size(), 0);
    QuantityJudge judge;
    std::size_t from = 0;
    for (const std::size_t length :
        growingLengths(shortestOf(Spans(chains.begin(), chains.end())), num_points)) {
        if (stop.stop_requested()) return result;
        double all = 0;
        for (std::size_t c = 0; c < chains.size(); ++c) {
            for (std::size_t i = from; i < length; ++i) sums[c] += chains[c][i];
            result.means[c].push_back(sums[c] / static_cast<double>(length));
            all += result.means[c].back() / static_cast<double>(chains.size());
        }
        from = length;
        result.lengths.push_back(length);
        result.overall.push_back(all);
        result.mcse.push_back(judge.mcseMeanOf(firstDraws(chains, length)));
    }
    return result;
}

EssGrowth essGrowth(const ChainValues& chains, std::size_t num_points, std::stop_token stop) {
    EssGrowth result;
    QuantityJudge judge;
    for (const std::size_t length :
        growingLengths(shortestOf(Spans(chains.begin(), chains.end())), num_points)) {
        if (stop.stop_requested()) return result;
        const Mixing mixing = judge.mixingOf(firstDraws(chains, length));
        result.lengths.push_back(length);
        result.bulk.push_back(mixing.ess_bulk);
        result.tail.push_back(mixing.ess_tail);
    }
    return result;
}

std::vector<double> autocorrelations(std::span<const double> values, std::size_t max_lag) {
    if (!std::ranges::all_of(values, [](double x) { return std::isfinite(x); })) return {};
    if (std::ranges::all_of(values, [&](double x) { return x == values.front(); })) return {};
    auto covariance = autocovariance(values);
    covariance.resize(std::min(covariance.size(), max_lag + 1));
    const double variance = covariance[0];
    for (double& value : covariance) value /= variance;
    return covariance;
}

EnergySpread energySpread(std::span<const double> energies) {
    EnergySpread spread;
    double mean = 0;
    for (const double energy : energies) mean += energy / static_cast<double>(energies.size());
    for (std::size_t i = 0; i < energies.size(); ++i) {
        spread.levels.push_back(energies[i] - mean);
        if (i > 0) spread.steps.push_back(energies[i] - energies[i - 1]);
    }
    return spread;
}

} // namespace chainsong
