#include "engine/inference/data_targets.h"
#include "engine/inference/transforms.h"

#include <cmath>
#include <cstddef>
#include <utility>

namespace chainsong {
namespace {

/// Scratch of one thread: n x n matrices, row by row.
struct Matrices {
    void resize(std::size_t n) {
        smooth.resize(n * n);
        root.resize(n * n);
        inverse_root.resize(n * n);
        weights.resize(n);
    }
    Vec smooth; // alpha^2 exp(-distance^2 / 2 rho^2)
    Vec root, inverse_root; // Cholesky factor L of the covariance, and L^-1; lower triangles
    Vec weights; // covariance^-1 y
};

/// Fills m.root from m.smooth with sigma on the diagonal; false where that is not positive definite.
bool factorise(Matrices& m, double sigma, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = m.smooth[i * n + j] + (i == j ? sigma : 0);
            for (std::size_t k = 0; k < j; ++k) sum -= m.root[i * n + k] * m.root[j * n + k];
            if (i == j && !(sum > 0)) return false;
            m.root[i * n + j] = i == j ? std::sqrt(sum) : sum / m.root[j * n + j];
        }
    return true;
}

void invertRoot(Matrices& m, std::size_t n) {
    for (std::size_t j = 0; j < n; ++j)
        for (std::size_t i = j; i < n; ++i) {
            double sum = i == j ? 1 : 0;
            for (std::size_t k = j; k < i; ++k) sum -= m.root[i * n + k] * m.inverse_root[k * n + j];
            m.inverse_root[i * n + j] = sum / m.root[i * n + i];
        }
}

/// theta: rho, alpha, sigma.
double gaussianProcessLogDensity(
    const Vec& x, const Vec& y, std::span<const double> theta, std::span<double> grad) {
    thread_local Matrices m; // several chains call at once
    const std::size_t n = x.size();
    m.resize(n);
    const double rho = theta[0], alpha = theta[1], sigma = theta[2];
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
            m.smooth[i * n + j] =
                alpha * alpha * std::exp(-0.5 * (x[i] - x[j]) * (x[i] - x[j]) / (rho * rho));
    if (!factorise(m, sigma, n)) return -std::numeric_limits<double>::infinity();
    invertRoot(m, n);

    double log_p = 24 * std::log(rho) - 4 * rho - alpha * alpha / 8 - sigma * sigma / 2;
    for (double& weight : m.weights) weight = 0;
    for (std::size_t i = 0; i < n; ++i) {
        double z = 0;
        for (std::size_t k = 0; k <= i; ++k) z += m.inverse_root[i * n + k] * y[k];
        for (std::size_t k = 0; k <= i; ++k) m.weights[k] += m.inverse_root[i * n + k] * z;
        log_p -= 0.5 * z * z + std::log(m.root[i * n + i]);
    }
    if (grad.empty()) return log_p;

    // d log p = 1/2 tr((w w' - C^-1) dC) for each parameter.
    double by_rho = 24 / rho - 4, by_alpha = -alpha / 4, by_sigma = -sigma;
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) {
            double inverse = 0;
            for (std::size_t k = std::max(i, j); k < n; ++k)
                inverse += m.inverse_root[k * n + i] * m.inverse_root[k * n + j];
            const double pull = 0.5 * (m.weights[i] * m.weights[j] - inverse);
            const double smooth = m.smooth[i * n + j];
            by_rho += pull * smooth * (x[i] - x[j]) * (x[i] - x[j]) / (rho * rho * rho);
            by_alpha += pull * smooth * 2 / alpha;
            if (i == j) by_sigma += pull;
        }
    grad[0] = by_rho;
    grad[1] = by_alpha;
    grad[2] = by_sigma;
    return log_p;
}

} // namespace

Result<Target> gaussianProcessTarget(const NamedNumbers& data) {
    const auto y = numbersOf(data, "y");
    if (!y) return y.error();
    const auto x = numbersOf(data, "x", y->size());
    if (!x) return x.error();
    if (y->size() > 2000) return Error{"a Gaussian process takes at most 2000 observations here", {}};
    return boundedTarget("gp_regr", {{"rho", kPositive}, {"alpha", kPositive}, {"sigma", kPositive}},
        [x = *x, y = *y](std::span<const double> theta, std::span<double> grad) {
            return gaussianProcessLogDensity(x, y, theta, grad);
        });
}

} // namespace chainsong
