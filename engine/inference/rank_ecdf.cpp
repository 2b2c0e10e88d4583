#include "engine/inference/rank_ecdf.h"

#include "engine/base/random.h"
#include "engine/inference/quantity_judge.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace chainsong {
namespace {

constexpr std::size_t kMaxPoints = 100;
constexpr std::size_t kSimulatedDraws = 8192; // of all chains together
constexpr std::size_t kSimulations = 2000;
constexpr std::uint64_t kSeed = 20220321;

/// So many of all draws lie below the point's fraction.
std::size_t ranksBelow(std::size_t point, std::size_t num_points, std::size_t num_all) {
    return point * num_all / num_points;
}

/// P(a chain has c of the `below` lowest draws) for c = 0 … num_draws.
std::vector<double> shareProbabilities(std::size_t num_all, std::size_t below, std::size_t num_draws) {
    std::vector<double> weights(num_draws + 1, 0);
    const std::size_t others = num_all - below;
    const std::size_t least = num_draws > others ? num_draws - others : 0;
    const std::size_t most = std::min(below, num_draws);
    const auto real = [](std::size_t n) { return static_cast<double>(n); };
    const auto mode = std::clamp(
        static_cast<std::size_t>(real(below + 1) * real(num_draws + 1) / real(num_all + 2)), least, most);
    // From the likeliest count outwards by ratios: nothing overflows.
    const auto ratio = [&](std::size_t c) { // P(c + 1) / P(c)
        return real(below - c) * real(num_draws - c) / (real(c + 1) * real(others + c + 1 - num_draws));
    };
    weights[mode] = 1;
    double sum = 1;
    for (std::size_t c = mode; c < most; ++c) sum += weights[c + 1] = weights[c] * ratio(c);
    for (std::size_t c = mode; c > least; --c) sum += weights[c - 1] = weights[c] / ratio(c - 1);
    for (double& weight : weights) weight /= sum;
    return weights;
}

/// Twice the smaller tail at each count: how usual that count is at a single point.
std::vector<double> usuality(const std::vector<double>& probabilities) {
    std::vector<double> out(probabilities.size());
    double below = 0;
    for (std::size_t c = 0; c < out.size(); ++c) out[c] = below += probabilities[c];
    double above = 0;
    for (std::size_t c = out.size(); c-- > 0;) {
        above += probabilities[c];
        out[c] = 2 * std::min(out[c], above);
    }
    return out;
}

} // namespace

std::size_t numEcdfPoints(std::size_t num_draws) { return std::clamp<std::size_t>(num_draws, 1, kMaxPoints); }

double ecdfBandLevel(
    std::size_t num_draws, std::size_t num_chains, std::size_t num_points, double probability) {
    if (num_draws == 0 || num_chains < 2 || num_points < 2) return 1 - probability;
    const std::size_t length =
        std::min(num_draws, std::max<std::size_t>(num_points, kSimulatedDraws / num_chains));
    const std::size_t num_all = length * num_chains;
    std::vector<std::vector<double>> usual; // by point, then by count
    for (std::size_t point = 1; point < num_points; ++point)
        usual.push_back(
            usuality(shareProbabilities(num_all, ranksBelow(point, num_points, num_all), length)));

    std::vector<std::uint32_t> owners(num_all);
    for (std::size_t i = 0; i < num_all; ++i) owners[i] = static_cast<std::uint32_t>(i / length);
    std::vector<std::size_t> counts(num_chains);
    std::vector<double> least_usual(kSimulations);
    Rng rng(kSeed);
    for (double& least : least_usual) {
        least = 1;
        std::ranges::fill(counts, 0);
        std::size_t rank = 0;
        for (std::size_t point = 1; point < num_points; ++point) {
            for (const std::size_t past = ranksBelow(point, num_points, num_all); rank < past; ++rank) {
                std::swap(owners[rank], owners[rank + rng.below(num_all - rank)]);
                ++counts[owners[rank]];
            }
            for (const std::size_t count : counts) least = std::min(least, usual[point - 1][count]);
        }
    }
    const auto outside = static_cast<std::ptrdiff_t>((1 - probability) * static_cast<double>(kSimulations));
    std::nth_element(least_usual.begin(), least_usual.begin() + outside, least_usual.end());
    return least_usual[static_cast<std::size_t>(outside)];
}

EcdfBand ecdfBand(std::size_t num_draws, std::size_t num_chains, std::size_t num_points, double level) {
    EcdfBand band;
    const std::size_t num_all = num_draws * num_chains;
    for (std::size_t point = 0; point <= num_points && num_all > 0; ++point) {
        const auto usual =
            usuality(shareProbabilities(num_all, ranksBelow(point, num_points, num_all), num_draws));
        // A hair below the level: equal numbers that were summed in another order are equal.
        const auto is_inside = [&](double u) { return u >= level * (1 - 1e-9); };
        const auto first = std::ranges::find_if(usual, is_inside);
        const auto last = std::find_if(usual.rbegin(), usual.rend(), is_inside);
        const double fraction = static_cast<double>(point) / static_cast<double>(num_points);
        const auto share = [&](auto count) {
            return static_cast<double>(count) / static_cast<double>(num_draws);
        };
        band.lower.push_back(first == usual.end() ? 0 : share(first - usual.begin()) - fraction);
        band.upper.push_back(last == usual.rend() ? 0 : share(usual.rend() - last - 1) - fraction);
    }
    return band;
}

std::size_t independentStride(const ChainValues& chains) {
    std::vector<double> strides;
    QuantityJudge judge;
    for (const auto& chain : chains) {
        const std::span<const double> alone(chain);
        const Mixing mixing = judge.mixingOf({&alone, 1});
        const double ess = std::min(mixing.ess_bulk, mixing.ess_tail);
        if (std::isfinite(ess) && ess > 0) strides.push_back(static_cast<double>(chain.size()) / ess);
    }
    if (strides.empty()) return 1;
    const auto middle = strides.begin() + static_cast<std::ptrdiff_t>(strides.size() / 2);
    std::nth_element(strides.begin(), middle, strides.end());
    return static_cast<std::size_t>(std::max(1.0, std::ceil(*middle - 0.05)));
}

RankEcdf rankEcdf(const ChainValues& chains, std::size_t stride) {
    RankEcdf result;
    result.stride = std::max<std::size_t>(1, stride);
    std::size_t shortest = chains.size() < 2 ? 0 : chains.front().size();
    for (const auto& chain : chains) shortest = std::min(shortest, chain.size());
    const std::size_t length = shortest / result.stride;
    if (length < 4) return result;
    struct Draw {
        double value;
        std::uint64_t lot;
        std::uint32_t chain;
    };
    std::vector<Draw> draws;
    draws.reserve(length * chains.size());
    Rng rng(kSeed);
    for (std::size_t c = 0; c < chains.size(); ++c)
        for (std::size_t i = 0; i < length; ++i) {
            const double value = chains[c][(i + 1) * result.stride - 1];
            if (std::isnan(value)) return result;
            draws.push_back({value, rng(), static_cast<std::uint32_t>(c)});
        }
    std::ranges::sort(draws,
        [](const Draw& a, const Draw& b) { return a.value != b.value ? a.value < b.value : a.lot < b.lot; });
    const std::size_t num_points = numEcdfPoints(length);
    std::vector<std::size_t> counts(chains.size(), 0);
    result.differences.resize(chains.size());
    std::size_t rank = 0;
    for (std::size_t point = 0; point <= num_points; ++point) {
        for (const std::size_t past = ranksBelow(point, num_points, draws.size()); rank < past; ++rank)
            ++counts[draws[rank].chain];
        const double fraction = static_cast<double>(point) / static_cast<double>(num_points);
        result.fractions.push_back(fraction);
        for (std::size_t c = 0; c < chains.size(); ++c)
            result.differences[c].push_back(
                static_cast<double>(counts[c]) / static_cast<double>(length) - fraction);
    }
    return result;
}

} // namespace chainsong
