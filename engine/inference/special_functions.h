#pragma once

namespace chainsong {

/// The standard normal's quantile: x with P(Z <= x) = p; plus or minus infinity at 1 and 0.
double normalQuantile(double p);
/// Regularised incomplete beta function I_x(a, b) = P(Beta(a, b) <= x).
double betaProbability(double x, double a, double b);
/// Its inverse in x.
double betaQuantile(double p, double a, double b);

} // namespace chainsong
