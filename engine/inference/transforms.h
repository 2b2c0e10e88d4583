#pragma once

#include "engine/inference/log_density.h"

#include <limits>
#include <string>
#include <vector>

namespace chainsong {

/// A smooth one-to-one map from the real line to the open interval (lower, upper); either end may be
/// infinite. Both infinite: the identity; one: an exponential; none: the logistic curve. As in the Stan
/// reference manual.
struct Transform {
    double lower = -std::numeric_limits<double>::infinity();
    double upper = std::numeric_limits<double>::infinity();
    bool operator==(const Transform&) const = default;
};

inline constexpr Transform kReal{};
inline constexpr Transform kPositive{0, std::numeric_limits<double>::infinity()};
inline constexpr Transform kUnitInterval{0, 1};

/// A value inside the bounds, with the two derivatives that a change of variables needs.
struct Constrained {
    double value = 0;
    double slope = 1; // d value / d q
    double log_jacobian = 0; // log |slope|
    double log_jacobian_slope = 0; // d log_jacobian / d q
};
Constrained constrain(const Transform& transform, double q);
/// The real number that maps to `value`; a value on or beyond a bound is moved just inside.
double unconstrain(const Transform& transform, double value);

/// A named parameter with its bounds and unit.
struct BoundedParameter {
    std::string name;
    Transform transform;
    std::string unit = {};
};

/// Makes a target out of a density over bounded parameters: `log_density(theta, grad)` is written by somebody
/// who thinks in the parameters' own units, and never sees a value outside the bounds.
Target boundedTarget(std::string name, std::vector<BoundedParameter> parameters,
    std::function<double(std::span<const double>, std::span<double>)> log_density);

} // namespace chainsong
