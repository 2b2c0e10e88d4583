#include "engine/inference/draw_rows.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace chainsong {
namespace {

/// Sums run in so many lanes: the processor adds them side by side.
constexpr std::size_t kLanes = 8;

template <class Term> double laneSum(std::span<const double> x, const Term& term) {
    std::array<double, kLanes> lanes{};
    const std::size_t whole = x.size() - x.size() % kLanes;
    for (std::size_t i = 0; i < whole; i += kLanes)
        for (std::size_t lane = 0; lane < kLanes; ++lane) lanes[lane] += term(x[i + lane]);
    for (std::size_t i = whole; i < x.size(); ++i) lanes[i - whole] += term(x[i]);
    double sum = 0;
    for (const double lane : lanes) sum += lane;
    return sum;
}

} // namespace

void DrawRows::resize(std::size_t rows, std::size_t row_length) {
    num_rows = rows;
    length = row_length;
    values.resize(rows * row_length);
}

std::size_t shortestOf(DrawSpans chains) {
    std::size_t length = chains.empty() ? 0 : chains.front().size();
    for (const auto& chain : chains) length = std::min(length, chain.size());
    return length;
}

void splitChains(DrawSpans chains, DrawRows& halves) {
    const std::size_t length = shortestOf(chains), half = length / 2;
    halves.resize(2 * chains.size(), half);
    auto* out = halves.values.data();
    for (const auto& chain : chains) {
        out = std::copy_n(chain.begin(), half, out);
        out = std::copy_n(chain.begin() + static_cast<std::ptrdiff_t>(length - half), half, out);
    }
}

bool isTelling(const DrawRows& halves) {
    if (halves.num_rows == 0 || halves.length < kMinDraws) return false;
    const double first = halves.values.front();
    bool has_change = false, is_finite = true;
    for (const double value : halves.values) {
        is_finite = is_finite && std::isfinite(value);
        has_change = has_change || value != first;
    }
    return is_finite && has_change;
}

double sumOf(std::span<const double> x) {
    return laneSum(x, [](double value) { return value; });
}

double averageOf(std::span<const double> x) { return sumOf(x) / static_cast<double>(x.size()); }

double varianceOf(std::span<const double> x) {
    if (std::all_of(x.begin(), x.end(), [&](double value) { return value == x.front(); })) return 0;
    const double centre = averageOf(x);
    return laneSum(x, [centre](double value) { return (value - centre) * (value - centre); })
        / (static_cast<double>(x.size()) - 1);
}

double averageOfAll(DrawSpans chains) {
    const std::size_t length = shortestOf(chains);
    double sum = 0;
    for (const auto& chain : chains) sum += sumOf(chain.first(length));
    return sum / static_cast<double>(length * chains.size());
}

double varianceOfAll(DrawSpans chains) {
    const std::size_t length = shortestOf(chains);
    const double centre = averageOfAll(chains);
    double sum = 0;
    bool has_change = false;
    for (const auto& chain : chains)
        for (const double value : chain.first(length)) has_change = has_change || value != chains.front()[0];
    if (!has_change) return 0;
    for (const auto& chain : chains)
        sum += laneSum(
            chain.first(length), [centre](double value) { return (value - centre) * (value - centre); });
    return sum / (static_cast<double>(length * chains.size()) - 1);
}

double plainRhat(const DrawRows& rows) {
    std::vector<double> means, variances;
    for (std::size_t i = 0; i < rows.num_rows; ++i) {
        means.push_back(averageOf(rows.row(i)));
        variances.push_back(varianceOf(rows.row(i)));
    }
    const double n = static_cast<double>(rows.length);
    const double within = averageOf(variances);
    const double between = n * varianceOf(means);
    if (within == 0)
        return between > 0 ? std::numeric_limits<double>::infinity()
                           : std::numeric_limits<double>::quiet_NaN();
    return std::sqrt((between / within + n - 1) / n);
}

} // namespace chainsong
