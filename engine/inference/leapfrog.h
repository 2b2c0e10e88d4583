#pragma once

#include "engine/inference/mass.h"
#include "engine/inference/normals.h"
#include "engine/inference/pairs.h"
#include "engine/inference/state.h"

#include <algorithm>

namespace chainsong {

/// Draws a whitened momentum; returns its kinetic energy.
inline double drawMomentum(Rng& rng, std::span<double> p) { return 0.5 * drawNormals(rng, p); }

/// One point of a trajectory, somewhere in preallocated memory.
struct PhasePoint {
    double* q = nullptr;
    double* p = nullptr; // whitened, see Mass
    double* grad = nullptr; // of the log density by q
    double* force = nullptr; // the same, whitened; kept up where the mass has directions
    double log_density = 0;
    double kinetic = 0;
};

/// The force at a point, for a mass with directions.
inline void setForce(const Mass& mass, PhasePoint& point) {
    for (std::size_t i = 0; i < mass.scale.size(); ++i) point.force[i] = mass.scale[i] * point.grad[i];
    mass.stretch(point.force);
}

/// Moves `to` half a kick on from its gradient, and takes its kinetic energy.
inline void finishKick(const double* scale, double half, std::size_t n, PhasePoint& to) {
    double* const p = to.p;
    const double* const grad = to.grad;
    Pair sums[2] = {};
    std::size_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (std::size_t k = 0; k < 2; ++k) {
            const Pair kicked =
                pairAt(p + i + 2 * k) + half * pairAt(scale + i + 2 * k) * pairAt(grad + i + 2 * k);
            putPair(kicked, p + i + 2 * k);
            sums[k] += kicked * kicked;
        }
    double sum = (sums[0][0] + sums[0][1]) + (sums[1][0] + sums[1][1]);
    for (; i < n; ++i) {
        p[i] += half * scale[i] * grad[i];
        sum += p[i] * p[i];
    }
    to.kinetic = 0.5 * sum;
}

/// One leapfrog step of size `eps` (negative: back in time) from one point to another; they may be the same
/// memory. With a mass that has directions, `from.force` must hold the force there.
template <LogDensity F>
void leapfrog(const F& log_density, const Mass& mass, double eps, const PhasePoint& from, PhasePoint& to) {
    const std::size_t n = mass.scale.size();
    const double* const scale = mass.scale.data();
    const double half = 0.5 * eps;
    if (mass.isDiagonal()) {
        std::size_t i = 0;
        for (; i + 2 <= n; i += 2) {
            const Pair s = pairAt(scale + i);
            const Pair half_kicked = pairAt(from.p + i) + half * s * pairAt(from.grad + i);
            putPair(half_kicked, to.p + i);
            putPair(pairAt(from.q + i) + eps * s * half_kicked, to.q + i);
        }
        for (; i < n; ++i) {
            to.p[i] = from.p[i] + half * scale[i] * from.grad[i];
            to.q[i] = from.q[i] + eps * scale[i] * to.p[i];
        }
        to.log_density = log_density(std::span<const double>(to.q, n), std::span<double>(to.grad, n));
        finishKick(scale, half, n, to);
        return;
    }
    for (std::size_t i = 0; i < n; ++i) to.p[i] = from.p[i] + half * from.force[i];
    double* const velocity = to.force; // the force itself comes after the density
    std::copy_n(to.p, n, velocity);
    mass.stretch(velocity);
    for (std::size_t i = 0; i < n; ++i) to.q[i] = from.q[i] + eps * scale[i] * velocity[i];
    to.log_density = log_density(std::span<const double>(to.q, n), std::span<double>(to.grad, n));
    setForce(mass, to);
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
        to.p[i] += half * to.force[i];
        sum += to.p[i] * to.p[i];
    }
    to.kinetic = 0.5 * sum;
}

} // namespace chainsong
