#include "engine/inference/special_functions.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace chainsong {
namespace {

constexpr double kSqrtTwoPi = 2.50662827463100050242;

/// log of the gamma function for positive x. std::lgamma writes a global sign, which threads would race for.
double logGamma(double x) {
    int sign = 0;
    return ::lgamma_r(x, &sign);
}

/// Continued fraction of the incomplete beta function, by Lentz's method (DLMF 8.17.22).
double betaFraction(double x, double a, double b) {
    constexpr double kTiny = 1e-300;
    const auto kept = [](double value) { return std::abs(value) < kTiny ? kTiny : value; };
    double c = 1;
    double d = 1 / kept(1 - (a + b) * x / (a + 1));
    double fraction = d;
    for (int m = 1; m <= 10'000; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / kept(1 + even * d);
        c = kept(1 + even / c);
        fraction *= c * d;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / kept(1 + odd * d);
        c = kept(1 + odd / c);
        fraction *= c * d;
        if (std::abs(c * d - 1) < 1e-15) break;
    }
    return fraction;
}

} // namespace

double normalQuantile(double p) {
    if (!(p > 0 && p < 1)) {
        if (p == 0) return -std::numeric_limits<double>::infinity();
        return p == 1 ? std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
    }
    if (p == 0.5) return 0;
    if (p > 0.5) return -normalQuantile(1 - p);
    // Acklam's rational approximation, good to 1.2e-9, then one step of Halley's method on erfc.
    constexpr double kTail = 0.02425;
    double x = 0;
    if (p < kTail) {
        const double t = std::sqrt(-2 * std::log(p));
        x = (((((-7.784894002430293e-03 * t - 3.223964580411365e-01) * t - 2.400758277161838) * t
                  - 2.549732539343734)
                     * t
                 + 4.374664141464968)
                    * t
                + 2.938163982698783)
            / ((((7.784695709041462e-03 * t + 3.224671290700398e-01) * t + 2.445134137142996) * t
                   + 3.754408661907416)
                    * t
                + 1);
    } else {
        const double q = p - 0.5, r = q * q;
        x = (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r
                  + 1.383577518672690e+02)
                     * r
                 - 3.066479806614716e+01)
                    * r
                + 2.506628277459239)
            * q
            / (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r
                    + 6.680131188771972e+01)
                       * r
                   - 1.328068155288572e+01)
                    * r
                + 1);
    }
    const double error = 0.5 * std::erfc(-x / std::numbers::sqrt2) - p;
    const double step = error * kSqrtTwoPi * std::exp(0.5 * x * x);
    x -= step / (1 + 0.5 * x * step);
    return x;
}

double betaProbability(double x, double a, double b) {
    if (!(x > 0)) return 0;
    if (x >= 1) return 1;
    const double log_front =
        logGamma(a + b) - logGamma(a) - logGamma(b) + a * std::log(x) + b * std::log1p(-x);
    if (x < (a + 1) / (a + b + 2)) return std::exp(log_front) * betaFraction(x, a, b) / a;
    return 1 - std::exp(log_front) * betaFraction(1 - x, b, a) / b;
}

double betaQuantile(double p, double a, double b) {
    double low = 0, high = 1;
    for (int i = 0; i < 200 && high - low > 1e-16 * high; ++i) { // bisection: slow, and cannot fail
        const double middle = 0.5 * (low + high);
        (betaProbability(middle, a, b) < p ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

} // namespace chainsong
