#include "invariance.h"

#include <numbers>

namespace chainsong::test {

ExactTarget correlatedNormal() {
    constexpr double kCorrelation = 0.8, kRest = 0.6; // kRest = sqrt(1 - 0.64)
    ExactTarget target;
    target.log_density = [](std::span<const double> x, std::span<double> grad) {
        const double a = x[0], b = (x[1] / 3 - kCorrelation * a) / kRest;
        if (!grad.empty()) {
            grad[0] = -a + b * kCorrelation / kRest;
            grad[1] = -b / (3 * kRest);
        }
        return -0.5 * (a * a + b * b);
    };
    target.draw = [](Rng& rng) {
        const double a = rng.normal(), b = rng.normal();
        return Vec{a, 3 * (kCorrelation * a + kRest * b)};
    };
    target.moments = {
        {"mean 1", [](const Vec& x) { return x[0]; }, 0},
        {"mean 2", [](const Vec& x) { return x[1]; }, 0},
        {"square 1", [](const Vec& x) { return x[0] * x[0]; }, 1},
        {"square 2", [](const Vec& x) { return x[1] * x[1]; }, 9},
        {"product", [](const Vec& x) { return x[0] * x[1]; }, 2.4},
        {"centre", [](const Vec& x) { return std::abs(x[0]) < 1 ? 1.0 : 0.0; }, 0.682689492137086},
    };
    return target;
}

ExactTarget smallBanana() {
    constexpr double kBend = 0.1, kSd = 2;
    ExactTarget target;
    target.log_density = [](std::span<const double> x, std::span<double> grad) {
        const double rest = x[1] + kBend * (x[0] * x[0] - kSd * kSd);
        if (!grad.empty()) {
            grad[0] = -x[0] / (kSd * kSd) - 2 * kBend * x[0] * rest;
            grad[1] = -rest;
        }
        return -0.5 * (x[0] * x[0] / (kSd * kSd) + rest * rest);
    };
    target.draw = [](Rng& rng) {
        const double x = kSd * rng.normal();
        return Vec{x, rng.normal() - kBend * (x * x - kSd * kSd)};
    };
    target.moments = {
        {"mean 1", [](const Vec& x) { return x[0]; }, 0},
        {"mean 2", [](const Vec& x) { return x[1]; }, 0},
        {"square 1", [](const Vec& x) { return x[0] * x[0]; }, kSd * kSd},
        {"square 2", [](const Vec& x) { return x[1] * x[1]; }, 1 + 2 * kBend * kBend * kSd * kSd * kSd * kSd},
        {"bend", [](const Vec& x) { return x[0] * x[0] * x[1]; }, -2 * kBend * kSd * kSd * kSd * kSd},
    };
    return target;
}

ExactTarget logGamma(double jacobian) {
    ExactTarget target;
    target.log_density = [jacobian](std::span<const double> q, std::span<double> grad) {
        const double theta = std::exp(q[0]);
        if (!grad.empty()) grad[0] = 2 + jacobian - 2 * theta;
        return (2 + jacobian) * q[0] - 2 * theta;
    };
    target.draw = [](Rng& rng) {
        double sum = 0; // of three exponentials with mean 1/2
        for (int i = 0; i < 3; ++i) sum -= 0.5 * std::log(1 - rng.uniform());
        return Vec{std::log(sum)};
    };
    target.moments = {
        {"mean", [](const Vec& q) { return std::exp(q[0]); }, 1.5},
        {"square", [](const Vec& q) { return std::exp(2 * q[0]); }, 3},
        {"mean log", [](const Vec& q) { return q[0]; }, 1.5 - std::numbers::egamma - std::numbers::ln2},
    };
    return target;
}

} // namespace chainsong::test
