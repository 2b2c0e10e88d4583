// What diagnostics.h offers beside R-hat and effective sizes.
#include "engine/inference/diagnostics.h"
#include "engine/inference/draw_rows.h"

#include <cmath>
#include <limits>

namespace chainsong {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kMinEnergies = 4;

} // namespace

double nestedRhat(const ChainValues& chains, std::size_t chains_per_group) {
    if (chains_per_group == 0 || chains.size() % chains_per_group != 0) return kNan;
    const std::vector<std::span<const double>> spans(chains.begin(), chains.end());
    const std::size_t num_groups = chains.size() / chains_per_group, length = shortestOf(spans);
    if (num_groups < 2 || length == 0 || chains_per_group * length < 2) return kNan;
    std::vector<double> group_means, group_variances;
    for (std::size_t group = 0; group < num_groups; ++group) {
        std::vector<double> means;
        double within = 0;
        for (std::size_t c = group * chains_per_group; c < (group + 1) * chains_per_group; ++c) {
            const std::span<const double> chain(chains[c].data(), length);
            means.push_back(averageOf(chain));
            if (length > 1) within += varianceOf(chain) / static_cast<double>(chains_per_group);
        }
        group_means.push_back(averageOf(means));
        group_variances.push_back(within + (chains_per_group > 1 ? varianceOf(means) : 0));
    }
    const double within = averageOf(group_variances), between = varianceOf(group_means);
    if (within == 0) return between > 0 ? std::numeric_limits<double>::infinity() : kNan;
    return std::sqrt(1 + between / within);
}

double ebfmi(std::span<const double> energies) {
    if (energies.size() < kMinEnergies) return kNan;
    double sum = 0;
    for (std::size_t i = 1; i < energies.size(); ++i)
        sum += (energies[i] - energies[i - 1]) * (energies[i] - energies[i - 1]);
    const double n = static_cast<double>(energies.size());
    return sum / n / (varianceOf(energies) * (n - 1) / n);
}

SteinCheck steinCheck(const ChainValues& x, const ChainValues& slopes) {
    ChainValues products = slopes;
    for (std::size_t c = 0; c < products.size(); ++c)
        for (std::size_t i = 0; i < products[c].size(); ++i)
            products[c][i] = c < x.size() && i < x[c].size() ? 1 + x[c][i] * slopes[c][i] : kNan;
    return {meanOf(slopes) / mcseMean(slopes), meanOf(products) / mcseMean(products)};
}

} // namespace chainsong
