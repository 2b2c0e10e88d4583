#include "engine/inference/transforms.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace chainsong {
namespace {

/// log(1 + e^x) without overflow.
double softplus(double x) { return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }

/// Between two finite bounds: lower + width * logistic(q).
Constrained constrainBetween(double lower, double upper, double q) {
    const double width = upper - lower;
    const double near_zero =
        1 / (1 + std::exp(std::abs(q))); // the smaller of logistic(q) and 1 - logistic(q)
    const double share = q > 0 ? 1 - near_zero : near_zero;
    const double value = q > 0 ? upper - width * near_zero : lower + width * near_zero;
    const double slope = width * near_zero * (1 - near_zero);
    // Rounding must not put the value onto a bound: densities are often undefined there.
    const double inside = std::clamp(value, std::nextafter(lower, upper), std::nextafter(upper, lower));
    return {inside, slope, std::log(width) - softplus(q) - softplus(-q), 1 - 2 * share};
}

} // namespace

Constrained constrain(const Transform& transform, double q) {
    const bool has_lower = std::isfinite(transform.lower);
    const bool has_upper = std::isfinite(transform.upper);
    if (has_lower && has_upper) return constrainBetween(transform.lower, transform.upper, q);
    if (!has_lower && !has_upper) return {q, 1, 0, 0};
    const double distance = std::exp(q);
    if (has_lower) return {transform.lower + distance, distance, q, 1};
    return {transform.upper - distance, -distance, q, 1};
}

double unconstrain(const Transform& transform, double value) {
    const bool has_lower = std::isfinite(transform.lower);
    const bool has_upper = std::isfinite(transform.upper);
    constexpr double kSmallest = std::numeric_limits<double>::min();
    if (has_lower && has_upper) {
        const double width = transform.upper - transform.lower;
        const double share = std::clamp((value - transform.lower) / width, 1e-15, 1 - 1e-15);
        return std::log(share) - std::log1p(-share);
    }
    if (has_lower) return std::log(std::max(value - transform.lower, kSmallest));
    if (has_upper) return std::log(std::max(transform.upper - value, kSmallest));
    return value;
}

Target boundedTarget(std::string name, std::vector<BoundedParameter> parameters,
    std::function<double(std::span<const double>, std::span<double>)> log_density) {
    Target target;
    target.name = std::move(name);
    target.dimension = static_cast<int>(parameters.size());
    std::vector<Transform> transforms;
    for (BoundedParameter& parameter : parameters) {
        target.parameter_names.push_back(std::move(parameter.name));
        transforms.push_back(parameter.transform);
    }
    target.constrain = [transforms](std::span<const double> q, std::span<double> values) {
        assert(q.size() == transforms.size() && values.size() == transforms.size());
        for (std::size_t i = 0; i < q.size(); ++i) values[i] = constrain(transforms[i], q[i]).value;
    };
    target.log_density = [transforms, density = std::move(log_density)](
                             std::span<const double> q, std::span<double> grad) {
        // Several chains call at once, so the scratch belongs to the thread; it is allocated once for each.
        thread_local Vec theta;
        thread_local std::vector<Constrained> mapped;
        theta.resize(q.size());
        mapped.resize(q.size());
        double log_jacobian = 0;
        for (std::size_t i = 0; i < q.size(); ++i) {
            mapped[i] = constrain(transforms[i], q[i]);
            theta[i] = mapped[i].value;
            log_jacobian += mapped[i].log_jacobian;
        }
        const double log_p = density(theta, grad);
        for (std::size_t i = 0; i < grad.size(); ++i)
            grad[i] = grad[i] * mapped[i].slope + mapped[i].log_jacobian_slope;
        return log_p + log_jacobian;
    };
    return target;
}

} // namespace chainsong
