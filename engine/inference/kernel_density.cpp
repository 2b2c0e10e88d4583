#include "engine/inference/kernel_density.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace chainsong {
namespace {

/// R's type 7.
double quantile(const std::vector<double>& sorted, double probability) {
    const double index = probability * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(index);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    const double share = index - static_cast<double>(below);
    return (1 - share) * sorted[below] + share * sorted[above];
}

std::vector<double> sortedFinite(std::span<const double> values) {
    std::vector<double> sorted;
    std::ranges::copy_if(values, std::back_inserter(sorted), [](double x) { return std::isfinite(x); });
    std::ranges::sort(sorted);
    return sorted;
}

double sdOf(const std::vector<double>& values) {
    double mean = 0, squares = 0;
    for (const double x : values) mean += x / static_cast<double>(values.size());
    for (const double x : values) squares += (x - mean) * (x - mean);
    return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

double widthOf(const std::vector<double>& sorted) {
    if (sorted.size() < 2 || sorted.front() == sorted.back()) return 0;
    const double sd = sdOf(sorted);
    const double quarters = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.34;
    const double spread = quarters > 0 ? std::min(sd, quarters) : sd;
    return 0.9 * spread * std::pow(static_cast<double>(sorted.size()), -0.2);
}

} // namespace

double silvermanWidth(std::span<const double> values) { return widthOf(sortedFinite(values)); }

DensityGrid densityGrid(std::span<const double> values, int num_points) {
    const auto sorted = sortedFinite(values);
    DensityGrid grid{0, 0, std::max(2, num_points)};
    if (sorted.empty()) return grid;
    const double room = 3 * widthOf(sorted);
    const double low = quantile(sorted, 0.25), high = quantile(sorted, 0.75);
    const double reach = high > low ? 6 * (high - low) : sorted.back() - sorted.front();
    grid.lowest = std::max(sorted.front(), low - reach) - room;
    grid.highest = std::min(sorted.back(), high + reach) + room;
    return grid;
}

std::vector<double> kernelDensity(std::span<const double> values, const DensityGrid& grid, double width) {
    const bool is_possible = width > 0 && grid.highest > grid.lowest && grid.num_points >= 2
        && std::ranges::all_of(values, [](double x) { return std::isfinite(x); });
    if (!is_possible || values.empty()) return {};
    // 1. Bins at least eight to a width, some of them on the grid's points; kernels reach in from outside.
    const double step = (grid.highest - grid.lowest) / (grid.num_points - 1);
    const int finer = static_cast<int>(std::clamp(std::ceil(8 * step / width), 1.0, 64.0));
    const double bin = step / finer;
    const int reach = static_cast<int>(std::min(4.5 * width / bin, 1e5)) + 1;
    const int num_bins = (grid.num_points - 1) * finer + 1 + 2 * reach;
    std::vector<double> mass(static_cast<std::size_t>(num_bins), 0);
    for (const double x : values) {
        const double place = (x - grid.lowest) / bin + reach;
        if (!(place >= 0) || place >= num_bins - 1) continue;
        const auto below = static_cast<std::size_t>(place);
        const double share = place - static_cast<double>(below);
        mass[below] += 1 - share;
        mass[below + 1] += share;
    }
    // 2. The kernel once, then summed at the grid's points.
    std::vector<double> kernel;
    for (int i = -reach; i <= reach; ++i)
        kernel.push_back(std::exp(-0.5 * (i * bin / width) * (i * bin / width)));
    const double scale = 1 / (static_cast<double>(values.size()) * width * std::sqrt(2 * std::numbers::pi));
    std::vector<double> density;
    for (int point = 0; point < grid.num_points; ++point) {
        const auto first = static_cast<std::size_t>(point) * static_cast<std::size_t>(finer);
        double sum = 0;
        for (std::size_t i = 0; i < kernel.size(); ++i) sum += kernel[i] * mass[first + i];
        density.push_back(sum * scale);
    }
    return density;
}

} // namespace chainsong
