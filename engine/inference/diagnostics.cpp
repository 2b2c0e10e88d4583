#include "engine/inference/diagnostics.h"

#include "engine/inference/autocovariance.h"
#include "engine/inference/special_functions.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <utility>

namespace chainsong {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kMinDraws = 4; // in half a chain

double mean(std::span<const double> x) {
    return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

/// With divisor n - 1. Exactly 0 for equal values, whose mean may be rounded.
double variance(std::span<const double> x) {
    if (std::all_of(x.begin(), x.end(), [&](double value) { return value == x.front(); })) return 0;
    const double centre = mean(x);
    double sum = 0;
    for (const double value : x) sum += (value - centre) * (value - centre);
    return sum / (static_cast<double>(x.size()) - 1);
}

std::size_t shortest(const ChainValues& chains) {
    std::size_t length = chains.empty() ? 0 : chains.front().size();
    for (const auto& chain : chains) length = std::min(length, chain.size());
    return length;
}

/// All draws in one row, chain by chain, equally many of each.
std::vector<double> together(const ChainValues& chains) {
    const auto length = static_cast<std::ptrdiff_t>(shortest(chains));
    std::vector<double> all;
    for (const auto& chain : chains) all.insert(all.end(), chain.begin(), chain.begin() + length);
    return all;
}

/// First and last halves of each chain; the middle draw of an odd number belongs to neither.
ChainValues splitChains(const ChainValues& chains) {
    const std::size_t length = shortest(chains);
    const auto half = static_cast<std::ptrdiff_t>(length / 2), whole = static_cast<std::ptrdiff_t>(length);
    ChainValues halves;
    for (const auto& chain : chains) {
        halves.emplace_back(chain.begin(), chain.begin() + half);
        halves.emplace_back(chain.begin() + whole - half, chain.begin() + whole);
    }
    return halves;
}

/// Whether the draws say anything at all about how well they mix.
bool isTelling(const ChainValues& halves) {
    if (shortest(halves) < kMinDraws) return false;
    const double first = halves.front().front();
    bool has_change = false;
    for (const auto& chain : halves)
        for (const double value : chain) {
            if (!std::isfinite(value)) return false;
            has_change = has_change || value != first;
        }
    return has_change;
}

template <class F> ChainValues mapped(const ChainValues& chains, const F& f) {
    ChainValues out = chains;
    for (auto& chain : out)
        for (double& value : chain) value = f(value);
    return out;
}

/// Each draw's normal score: the quantile at its rank among all draws, ties sharing their mean rank.
ChainValues normalScores(const ChainValues& chains) {
    struct Place {
        double value;
        double* score;
    };
    ChainValues scores = chains;
    std::vector<Place> order;
    for (auto& chain : scores)
        for (double& value : chain) order.push_back({value, &value});
    std::sort(order.begin(), order.end(), [](const Place& a, const Place& b) { return a.value < b.value; });
    const double count = static_cast<double>(order.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t past = first + 1;
        while (past < order.size() && order[past].value == order[first].value) ++past;
        const double rank = 0.5 * static_cast<double>(first + 1 + past);
        const double score = normalQuantile((rank - 0.375) / (count + 0.25));
        for (; first < past; ++first) *order[first].score = score;
    }
    return scores;
}

double plainRhat(const ChainValues& chains) {
    std::vector<double> means, variances;
    for (const auto& chain : chains) {
        means.push_back(mean(chain));
        variances.push_back(variance(chain));
    }
    const double n = static_cast<double>(shortest(chains));
    const double within = mean(variances);
    const double between = n * variance(means);
    if (within == 0) return between > 0 ? std::numeric_limits<double>::infinity() : kNan;
    return std::sqrt((between / within + n - 1) / n);
}

/// Effective sample size by Geyer's initial monotone sequence of paired autocorrelations.
double plainEss(const ChainValues& chains) {
    if (!isTelling(chains)) return kNan;
    const std::size_t n = shortest(chains);
    const double length = static_cast<double>(n), count = length * static_cast<double>(chains.size());
    const std::vector<double> covariance = meanAutocovariance(chains);
    std::vector<double> means;
    for (const auto& chain : chains) means.push_back(mean(chain));
    const double within = covariance[0] * length / (length - 1);
    const double total = covariance[0] + (chains.size() > 1 ? variance(means) : 0);
    const auto correlation = [&](std::size_t lag) { return 1 - (within - covariance[lag]) / total; };

    // 1. Pairs (even lag, next odd lag) as long as their sums are positive.
    std::vector<double> rho{1, correlation(1)};
    double even = 1, odd = rho[1];
    std::size_t last = 0;
    while (last + 5 < n && even + odd > 0) {
        last += 2;
        even = correlation(last);
        odd = correlation(last + 1);
        const bool is_kept = even + odd >= 0;
        rho.push_back(is_kept ? even : 0);
        rho.push_back(is_kept ? odd : 0);
    }
    // 2. The even lag of the pair that ended it counts if it is positive.
    if (even > 0) rho[last] = even;
    // 3. Pair sums must not grow.
    for (std::size_t t = 2; t + 2 <= last; t += 2)
        if (rho[t] + rho[t + 1] > rho[t - 2] + rho[t - 1])
            rho[t] = rho[t + 1] = 0.5 * (rho[t - 2] + rho[t - 1]);
    double tau = rho[last] - 1;
    for (std::size_t t = 0; t < last; ++t) tau += 2 * rho[t];
    return count / std::max(tau, 1 / std::log10(count));
}

/// R's type 7.
double quantileOfSorted(std::span<const double> sorted, double probability) {
    const double index = (static_cast<double>(sorted.size()) - 1) * probability;
    const double low = std::floor(index + 4 * std::numeric_limits<double>::epsilon());
    const auto at = static_cast<std::size_t>(low);
    const double below = sorted[at];
    if (!(index > low) || at + 1 >= sorted.size() || sorted[at + 1] == below) return below;
    const double share = index - low;
    return (1 - share) * below + share * sorted[at + 1];
}

double sortedQuantile(const ChainValues& chains, double probability) {
    auto all = together(chains);
    if (all.empty() || std::any_of(all.begin(), all.end(), [](double x) { return std::isnan(x); }))
        return kNan;
    std::sort(all.begin(), all.end());
    return quantileOfSorted(all, probability);
}

} // namespace

double rhat(const ChainValues& chains) {
    const ChainValues halves = splitChains(chains);
    if (!isTelling(halves)) return kNan;
    const double location = plainRhat(normalScores(halves));
    const double median = sortedQuantile(chains, 0.5);
    const ChainValues folded = splitChains(mapped(chains, [&](double x) { return std::abs(x - median); }));
    const double spread = isTelling(folded) ? plainRhat(normalScores(folded)) : kNan;
    return std::isnan(spread) ? location : std::max(location, spread);
}

double rhatBasic(const ChainValues& chains) {
    const ChainValues halves = splitChains(chains);
    return isTelling(halves) ? plainRhat(halves) : kNan;
}

double nestedRhat(const ChainValues& chains, std::size_t chains_per_group) {
    if (chains_per_group == 0 || chains.size() % chains_per_group != 0) return kNan;
    const std::size_t num_groups = chains.size() / chains_per_group, length = shortest(chains);
    if (num_groups < 2 || length == 0 || chains_per_group * length < 2) return kNan;
    std::vector<double> group_means, group_variances;
    for (std::size_t group = 0; group < num_groups; ++group) {
        std::vector<double> means;
        double within = 0;
        for (std::size_t c = group * chains_per_group; c < (group + 1) * chains_per_group; ++c) {
            const std::span<const double> chain(chains[c].data(), length);
            means.push_back(mean(chain));
            if (length > 1) within += variance(chain) / static_cast<double>(chains_per_group);
        }
        group_means.push_back(mean(means));
        group_variances.push_back(within + (chains_per_group > 1 ? variance(means) : 0));
    }
    const double within = mean(group_variances), between = variance(group_means);
    if (within == 0) return between > 0 ? std::numeric_limits<double>::infinity() : kNan;
    return std::sqrt(1 + between / within);
}

double essBulk(const ChainValues& chains) {
    const ChainValues halves = splitChains(chains);
    return isTelling(halves) ? plainEss(normalScores(halves)) : kNan;
}

double essTail(const ChainValues& chains) {
    return std::min(essQuantile(chains, 0.05), essQuantile(chains, 0.95));
}
double essMean(const ChainValues& chains) { return plainEss(splitChains(chains)); }

double essSd(const ChainValues& chains) {
    const double centre = meanOf(chains);
    return plainEss(splitChains(mapped(chains, [&](double x) { return (x - centre) * (x - centre); })));
}

double essQuantile(const ChainValues& chains, double probability) {
    if (!isTelling(splitChains(chains))) return kNan;
    const double quantile = sortedQuantile(chains, probability);
    return plainEss(splitChains(mapped(chains, [&](double x) { return x <= quantile ? 1.0 : 0.0; })));
}

double mcseMean(const ChainValues& chains) { return sdOf(chains) / std::sqrt(essMean(chains)); }

double mcseSd(const ChainValues& chains) {
    const auto all = together(chains);
    if (all.empty()) return kNan;
    const double centre = mean(all);
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
    auto all = together(chains);
    std::sort(all.begin(), all.end());
    const double count = static_cast<double>(all.size());
    const double a = ess * probability + 1, b = ess * (1 - probability) + 1;
    const double low = std::max(std::floor(betaQuantile(kOneSdBelow, a, b) * count), 1.0);
    const double high = std::min(std::ceil(betaQuantile(kOneSdAbove, a, b) * count), count);
    return (all[static_cast<std::size_t>(high) - 1] - all[static_cast<std::size_t>(low) - 1]) / 2;
}

double meanOf(const ChainValues& chains) {
    const auto all = together(chains);
    return all.empty() ? kNan : mean(all);
}

double sdOf(const ChainValues& chains) {
    const auto all = together(chains);
    return all.size() < 2 ? kNan : std::sqrt(variance(all));
}

double quantileOf(const ChainValues& chains, double probability) {
    return sortedQuantile(chains, std::clamp(probability, 0.0, 1.0));
}

double ebfmi(std::span<const double> energies) {
    if (energies.size() < kMinDraws) return kNan;
    double sum = 0;
    for (std::size_t i = 1; i < energies.size(); ++i)
        sum += (energies[i] - energies[i - 1]) * (energies[i] - energies[i - 1]);
    const double n = static_cast<double>(energies.size());
    return sum / n / (variance(energies) * (n - 1) / n);
}

SteinCheck steinCheck(const ChainValues& x, const ChainValues& slopes) {
    ChainValues products = slopes;
    for (std::size_t c = 0; c < products.size(); ++c)
        for (std::size_t i = 0; i < products[c].size(); ++i)
            products[c][i] = c < x.size() && i < x[c].size() ? 1 + x[c][i] * slopes[c][i] : kNan;
    return {meanOf(slopes) / mcseMean(slopes), meanOf(products) / mcseMean(products)};
}

SummaryRow summaryOf(std::string name, const ChainValues& chains) {
    SummaryRow row;
    row.name = std::move(name);
    row.mean = meanOf(chains);
    row.mcse_mean = mcseMean(chains);
    row.sd = sdOf(chains);
    row.q5 = quantileOf(chains, 0.05);
    row.q50 = quantileOf(chains, 0.5);
    row.q95 = quantileOf(chains, 0.95);
    row.ess_bulk = essBulk(chains);
    row.ess_tail = essTail(chains);
    row.rhat = rhat(chains);
    return row;
}

std::vector<SummaryRow> diagnose(std::span<const std::string> names, std::span<const ChainColumns> chains) {
    std::vector<SummaryRow> rows;
    for (std::size_t i = 0; i < names.size(); ++i) {
        ChainValues values;
        for (const ChainColumns& chain : chains)
            if (i < chain.size()) values.push_back(chain[i]);
        rows.push_back(summaryOf(names[i], values));
    }
    return rows;
}

} // namespace chainsong
