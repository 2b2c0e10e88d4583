#include "engine/inference/smc.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chainsong {
namespace {

constexpr double kMinusInfinity = -std::numeric_limits<double>::infinity();

double largest(std::span<const double> values) {
    return values.empty() ? kMinusInfinity : *std::max_element(values.begin(), values.end());
}

} // namespace

double logSumExp(std::span<const double> log_values) {
    const double top = largest(log_values);
    if (top == kMinusInfinity) return top;
    double sum = 0;
    for (const double x : log_values) sum += std::exp(x - top);
    return top + std::log(sum);
}

double effectiveSampleSize(std::span<const double> log_weights) {
    const double top = largest(log_weights);
    if (top == kMinusInfinity) return 0;
    double sum = 0, sum_of_squares = 0;
    for (const double x : log_weights) {
        const double w = std::exp(x - top);
        sum += w;
        sum_of_squares += w * w;
    }
    return sum * sum / sum_of_squares;
}

std::vector<int> systematicAncestors(std::span<const double> log_weights, Rng& rng) {
    const std::size_t count = log_weights.size();
    const double total = logSumExp(log_weights);
    assert(total > kMinusInfinity && "resampling needs a particle that lives");
    std::vector<int> ancestors(count);
    const double offset = rng.uniform();
    double cumulative = 0; // in units of 1/N
    std::size_t next = 0;
    int last_alive = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const double weight = std::exp(log_weights[i] - total);
        if (weight > 0) last_alive = static_cast<int>(i);
        cumulative += weight * static_cast<double>(count);
        for (; next < count && static_cast<double>(next) + offset < cumulative; ++next)
            ancestors[next] = static_cast<int>(i);
    }
    for (; next < count; ++next) ancestors[next] = last_alive; // what rounding left over
    return ancestors;
}

int drawIndex(std::span<const double> log_weights, Rng& rng) {
    const double top = largest(log_weights);
    if (top == kMinusInfinity) return -1;
    double total = 0;
    for (const double x : log_weights) total += std::exp(x - top);
    const double target = rng.uniform() * total;
    double cumulative = 0;
    int last_alive = -1;
    for (std::size_t i = 0; i < log_weights.size(); ++i) {
        const double weight = std::exp(log_weights[i] - top);
        if (weight > 0) last_alive = static_cast<int>(i);
        cumulative += weight;
        if (target < cumulative) return static_cast<int>(i);
    }
    return last_alive;
}

double SmcState::logEvidence() const {
    return log_evidence_before + logSumExp(log_weights) - std::log(static_cast<double>(log_weights.size()));
}

} // namespace chainsong
