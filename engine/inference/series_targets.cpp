#include "engine/inference/data_targets.h"
#include "engine/inference/transforms.h"

#include <array>
#include <cmath>
#include <utility>

namespace chainsong {
namespace {

/// ARMA(1, 1); q: mu, phi, theta, log sigma. The slopes of the errors run along with the errors.
double movingAverageLogDensity(const Vec& y, std::span<const double> q, std::span<double> grad) {
    const double mu = q[0], phi = q[1], theta = q[2], sigma = std::exp(q[3]);
    const double precision = 1 / (sigma * sigma);
    const double count = static_cast<double>(y.size());
    double error = y[0] - mu - phi * mu;
    std::array<double, 3> slope{-1 - phi, -mu, 0}; // of the error, by mu, phi, theta
    double sum_squares = error * error;
    std::array<double, 3> sum{error * slope[0], error * slope[1], 0};
    for (std::size_t t = 1; t < y.size(); ++t) {
        slope = {-1 - theta * slope[0], -y[t - 1] - theta * slope[1], -error - theta * slope[2]};
        error = y[t] - mu - phi * y[t - 1] - theta * error;
        sum_squares += error * error;
        for (std::size_t k = 0; k < 3; ++k) sum[k] += error * slope[k];
    }
    const double ratio = sigma * sigma / 6.25;
    if (!grad.empty()) {
        grad[0] = -precision * sum[0] - mu / 100;
        grad[1] = -precision * sum[1] - phi / 4;
        grad[2] = -precision * sum[2] - theta / 4;
        grad[3] = -count + precision * sum_squares + 1 - 2 * ratio / (1 + ratio);
    }
    return -0.5 * (mu * mu / 100 + phi * phi / 4 + theta * theta / 4) - std::log1p(ratio) + q[3]
        - count * q[3] - 0.5 * precision * sum_squares;
}

/// GARCH(1, 1); q: mu, log alpha0, logit alpha1, logit(beta1 / (1 - alpha1)).
double volatilityLogDensity(
    const Vec& y, double first_sigma, std::span<const double> q, std::span<double> grad) {
    const Constrained alpha0 = constrain(kPositive, q[1]);
    const Constrained alpha1 = constrain(kUnitInterval, q[2]);
    const Constrained share = constrain(kUnitInterval, q[3]);
    const double room = 1 - alpha1.value, beta1 = room * share.value;
    double h = first_sigma * first_sigma;
    std::array<double, 4> h_slope{}; // of the variance h, by mu, alpha0, alpha1, beta1
    std::array<double, 4> sum{};
    double log_p = alpha0.log_jacobian + alpha1.log_jacobian + share.log_jacobian + std::log(room);
    for (std::size_t t = 0; t < y.size(); ++t) {
        const double rest = y[t] - q[0];
        const double by_h = 0.5 * (rest * rest / h - 1) / h;
        log_p -= 0.5 * (std::log(h) + rest * rest / h);
        for (std::size_t k = 0; k < 4; ++k) sum[k] += by_h * h_slope[k];
        sum[0] += rest / h;
        h_slope = {beta1 * h_slope[0] - 2 * alpha1.value * rest, beta1 * h_slope[1] + 1,
            beta1 * h_slope[2] + rest * rest, beta1 * h_slope[3] + h};
        h = alpha0.value + alpha1.value * rest * rest + beta1 * h;
    }
    if (!grad.empty()) {
        grad[0] = sum[0];
        grad[1] = sum[1] * alpha0.slope + alpha0.log_jacobian_slope;
        grad[2] = (sum[2] - sum[3] * share.value - 1 / room) * alpha1.slope + alpha1.log_jacobian_slope;
        grad[3] = sum[3] * room * share.slope + share.log_jacobian_slope;
    }
    return log_p;
}

/// A mixture of two normals; q: mu1, log(mu2 - mu1), log sigma1, log sigma2, logit theta.
double mixtureLogDensity(const Vec& y, std::span<const double> q, std::span<double> grad) {
    const double gap = std::exp(q[1]);
    const std::array<double, 2> mu{q[0], q[0] + gap};
    const std::array<double, 2> sigma{std::exp(q[2]), std::exp(q[3])};
    const Constrained theta = constrain(kUnitInterval, q[4]);
    const std::array<double, 2> log_front{std::log(theta.value) - q[2], std::log1p(-theta.value) - q[3]};
    std::array<double, 2> by_mu{}, by_log_sigma{};
    double by_theta = 4 / theta.value - 4 / (1 - theta.value);
    double log_p =
        4 * std::log(theta.value) + 4 * std::log1p(-theta.value) + theta.log_jacobian + q[1] + q[2] + q[3];
    for (std::size_t k = 0; k < 2; ++k) {
        log_p -= 0.125 * (mu[k] * mu[k] + sigma[k] * sigma[k]);
        by_mu[k] = -0.25 * mu[k];
        by_log_sigma[k] = 1 - 0.25 * sigma[k] * sigma[k];
    }
    for (const double y_i : y) {
        const std::array<double, 2> z{(y_i - mu[0]) / sigma[0], (y_i - mu[1]) / sigma[1]};
        const double log_0 = log_front[0] - 0.5 * z[0] * z[0], log_1 = log_front[1] - 0.5 * z[1] * z[1];
        const double decay = std::exp(-std::abs(log_0 - log_1));
        log_p += std::max(log_0, log_1) + std::log1p(decay);
        const double share_0 = (log_0 > log_1 ? 1 : decay) / (1 + decay);
        const std::array<double, 2> share{share_0, 1 - share_0};
        for (std::size_t k = 0; k < 2; ++k) {
            by_mu[k] += share[k] * z[k] / sigma[k];
            by_log_sigma[k] += share[k] * (z[k] * z[k] - 1);
        }
        by_theta += share[0] / theta.value - share[1] / (1 - theta.value);
    }
    if (!grad.empty()) {
        grad[0] = by_mu[0] + by_mu[1];
        grad[1] = by_mu[1] * gap + 1;
        grad[2] = by_log_sigma[0];
        grad[3] = by_log_sigma[1];
        grad[4] = by_theta * theta.slope + theta.log_jacobian_slope;
    }
    return log_p;
}

} // namespace

Result<Target> movingAverageTarget(const NamedNumbers& data) {
    const auto y = numbersOf(data, "y");
    if (!y) return y.error();
    Target target;
    target.dimension = 4;
    target.parameter_names = {"mu", "phi", "theta", "sigma"};
    target.log_density = [y = *y](std::span<const double> q, std::span<double> grad) {
        return movingAverageLogDensity(y, q, grad);
    };
    target.constrain = [](std::span<const double> q, std::span<double> out) {
        for (std::size_t i = 0; i < 3; ++i) out[i] = q[i];
        out[3] = std::exp(q[3]);
    };
    return target;
}

Result<Target> volatilityTarget(const NamedNumbers& data) {
    const auto y = numbersOf(data, "y");
    if (!y) return y.error();
    const auto first_sigma = numberOf(data, "sigma1");
    if (!first_sigma) return first_sigma.error();
    if (!(*first_sigma > 0)) return Error{"\"sigma1\" must be positive", {}};
    Target target;
    target.dimension = 4;
    target.parameter_names = {"mu", "alpha0", "alpha1", "beta1"};
    target.log_density = [y = *y, first_sigma = *first_sigma](
                             std::span<const double> q, std::span<double> grad) {
        return volatilityLogDensity(y, first_sigma, q, grad);
    };
    target.constrain = [](std::span<const double> q, std::span<double> out) {
        out[0] = q[0];
        out[1] = std::exp(q[1]);
        out[2] = constrain(kUnitInterval, q[2]).value;
        out[3] = (1 - out[2]) * constrain(kUnitInterval, q[3]).value;
    };
    return target;
}

Result<Target> normalMixtureTarget(const NamedNumbers& data) {
    const auto y = numbersOf(data, "y");
    if (!y) return y.error();
    Target target;
    target.dimension = 5;
    target.parameter_names = {"mu[1]", "mu[2]", "sigma[1]", "sigma[2]", "theta"};
    target.log_density = [y = *y](std::span<const double> q, std::span<double> grad) {
        return mixtureLogDensity(y, q, grad);
    };
    target.constrain = [](std::span<const double> q, std::span<double> out) {
        out[0] = q[0];
        out[1] = q[0] + std::exp(q[1]);
        out[2] = std::exp(q[2]);
        out[3] = std::exp(q[3]);
        out[4] = constrain(kUnitInterval, q[4]).value;
    };
    return target;
}

} // namespace chainsong
