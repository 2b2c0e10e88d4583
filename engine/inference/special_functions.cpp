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
    // A rational first guess (Abramowitz and Stegun 26.2.23, error below 4.5e-4), then Halley's method on
    // erfc.
    const double t = std::sqrt(-2 * std::log(p));
    double x = -(t
        - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
    for (int i = 0; i < 3; ++i) {
        const double error = 0.5 * std::erfc(-x / std::numbers::sqrt2) - p;
        const double step = error * kSqrtTwoPi * std::exp(0.5 * x * x);
        x -= step / (1 + 0.5 * x * step);
    }
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
