#pragma once

#include "engine/base/random.h"
#include "engine/inference/state.h"

namespace chainsong {

/// Diagonal mass matrix: the inverse mass of each coordinate, which is an estimate of its variance.
struct Mass {
    explicit Mass(std::size_t dimension)
        : inverse(dimension, 1)
        , root(dimension, 1) { }
    /// Takes over `inverse_mass`; every entry must be positive and finite.
    void set(std::span<const double> inverse_mass) {
        inverse.assign(inverse_mass.begin(), inverse_mass.end());
        for (std::size_t i = 0; i < root.size(); ++i) root[i] = 1 / std::sqrt(inverse[i]);
    }

    Vec inverse;
    Vec root; // square root of the mass: sd of the momentum
};

/// Draws a momentum; returns its kinetic energy.
inline double drawMomentum(Rng& rng, const Mass& mass, std::span<double> p) {
    double kinetic = 0;
    for (std::size_t i = 0; i < p.size(); ++i) {
        const double z = rng.normal();
        p[i] = z * mass.root[i];
        kinetic += 0.5 * z * z;
    }
    return kinetic;
}

/// Sum of mass.inverse * a * b. Four running sums, so that the processor can work on them at once; always in
/// the same order, so that the same seed gives the same draws.
inline double innerProduct(const double* inverse_mass, const double* a, const double* b, std::size_t n) {
    double sum[4] = {0, 0, 0, 0};
    std::size_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (std::size_t k = 0; k < 4; ++k) sum[k] += inverse_mass[i + k] * a[i + k] * b[i + k];
    for (; i < n; ++i) sum[0] += inverse_mass[i] * a[i] * b[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/// One point of a trajectory, somewhere in preallocated memory.
struct PhasePoint {
    double* q = nullptr;
    double* p = nullptr;
    double* grad = nullptr;
    double log_density = 0;
    double kinetic = 0;
};

/// One leapfrog step of size `eps` (negative: back in time) from one point to another; they may be the same
/// memory.
template <LogDensity F>
void leapfrog(const F& log_density, const Mass& mass, double eps, const PhasePoint& from, PhasePoint& to) {
    const std::size_t n = mass.inverse.size();
    const double* inverse_mass = mass.inverse.data();
    for (std::size_t i = 0; i < n; ++i) {
        const double half_kicked = from.p[i] + 0.5 * eps * from.grad[i];
        to.p[i] = half_kicked;
        to.q[i] = from.q[i] + eps * inverse_mass[i] * half_kicked;
    }
    to.log_density = log_density(std::span<const double>(to.q, n), std::span<double>(to.grad, n));
    for (std::size_t i = 0; i < n; ++i) to.p[i] += 0.5 * eps * to.grad[i];
    to.kinetic = 0.5 * innerProduct(inverse_mass, to.p, to.p, n);
}

} // namespace chainsong
