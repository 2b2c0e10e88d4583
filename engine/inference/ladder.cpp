#include "engine/inference/ladder.h"

#include "engine/inference/smc.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chainsong {
namespace {

constexpr double kMinusInfinity = -std::numeric_limits<double>::infinity();
constexpr std::size_t kMaxDense = 200; // dimensions
constexpr double kPriorDraws = 5; // that the diagonal is worth beside the sample's covariance

/// In place, the lower triangle by rows; false when the matrix is not positive.
bool choleskyRoot(Vec& a, std::size_t n) {
    const auto at = [](std::size_t i, std::size_t k) { return i * (i + 1) / 2 + k; };
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t k = 0; k <= i; ++k) {
            double sum = a[at(i, k)];
            for (std::size_t j = 0; j < k; ++j) sum -= a[at(i, j)] * a[at(k, j)];
            if (i != k) {
                a[at(i, k)] = sum / a[at(k, k)];
            } else {
                if (!(sum > 0 && std::isfinite(sum))) return false;
                a[at(i, i)] = std::sqrt(sum);
            }
        }
    return true;
}

} // namespace

Vec updatedLogWeights(double step, std::span<const double> log_likelihoods) {
    Vec log_weights;
    log_weights.reserve(log_likelihoods.size());
    for (const double x : log_likelihoods)
        log_weights.push_back(x == kMinusInfinity ? x : step * x); // 0 * infinity would be no number
    return log_weights;
}

Result<double> nextTemperature(
    double temperature, double ess_share, std::span<const double> log_likelihoods) {
    const auto essAfter = [&](double step) {
        return effectiveSampleSize(updatedLogWeights(step, log_likelihoods));
    };
    // Particles outside the likelihood's support count for nothing at once, however small the step.
    const double wanted = ess_share * essAfter(0);
    if (!(wanted > 0)) return Error{"no particle has a likelihood above zero", {}};
    const double longest = 1 - temperature;
    if (essAfter(longest) >= wanted) return 1.0;
    // The right step may be 1e-12 or 0.5, so its logarithm is halved, from the smallest that changes
    // anything.
    double low = std::log(std::max(1e-300, temperature * 1e-15)), high = std::log(longest);
    if (essAfter(std::exp(low)) < wanted)
        return Error{"the likelihood is so uneven that the temperature cannot be raised above "
                + std::to_string(temperature),
            {}};
    for (int halving = 0; halving < 60; ++halving) {
        const double middle = 0.5 * (low + high);
        (essAfter(std::exp(middle)) >= wanted ? low : high) = middle;
    }
    const double next = temperature + std::exp(low);
    if (!(next > temperature * (1 + 1e-13)))
        return Error{"the temperature stands still at " + std::to_string(temperature), {}};
    return std::min(next, 1.0);
}

void fitWhitening(const Particles& particles, std::span<const double> log_weights, TemperedStage& stage) {
    const std::size_t n = particles.dimension;
    const double total = logSumExp(log_weights);
    const auto forEach = [&](const auto& visit) {
        for (std::size_t i = 0; i < log_weights.size(); ++i)
            if (const double weight = std::exp(log_weights[i] - total); weight > 0)
                visit(weight, particles.q.data() + i * n);
    };
    stage.centre.assign(n, 0);
    forEach([&](double weight, const double* q) {
        for (std::size_t k = 0; k < n; ++k) stage.centre[k] += weight * q[k];
    });
    Vec variances(n);
    forEach([&](double weight, const double* q) {
        for (std::size_t k = 0; k < n; ++k)
            variances[k] += weight * (q[k] - stage.centre[k]) * (q[k] - stage.centre[k]);
    });
    for (double& variance : variances)
        if (!(variance > 0 && std::isfinite(variance))) variance = 1e-300;
    const double ess = effectiveSampleSize(log_weights);
    if (n <= kMaxDense && ess > 4 * static_cast<double>(n)) {
        stage.root.assign(n * (n + 1) / 2, 0);
        forEach([&](double weight, const double* q) {
            double* row = stage.root.data();
            for (std::size_t i = 0; i < n; row += ++i) {
                const double scaled = weight * (q[i] - stage.centre[i]);
                for (std::size_t k = 0; k <= i; ++k) row[k] += scaled * (q[k] - stage.centre[k]);
            }
        });
        const double kept = ess / (ess + kPriorDraws);
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t k = 0; k < i; ++k) stage.root[i * (i + 1) / 2 + k] *= kept;
        if (choleskyRoot(stage.root, n)) return;
    }
    stage.root.clear();
    for (const double variance : variances) stage.root.push_back(std::sqrt(variance));
}

Status checkLadder(std::span<const TemperedStage> ladder, std::size_t dimension) {
    double below = 0;
    for (const TemperedStage& stage : ladder) {
        if (!(stage.temperature > below && stage.temperature <= 1))
            return Error{"the temperatures of a ladder must rise from 0 to 1", {}};
        below = stage.temperature;
        const bool has_root =
            stage.root.size() == dimension || stage.root.size() == dimension * (dimension + 1) / 2;
        if (stage.centre.size() != dimension || !has_root)
            return Error{"the ladder belongs to a target of another dimension", {}};
        if (!(stage.step_size > 0) || stage.num_leapfrogs < 1)
            return Error{"a stage of the ladder has no step size", {}};
    }
    if (!ladder.empty() && below != 1) return Error{"the ladder does not reach temperature 1", {}};
    return Done{};
}

} // namespace chainsong
