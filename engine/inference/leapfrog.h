#pragma once

#include "engine/inference/mass.h"
#include "engine/inference/normals.h"
#include "engine/inference/passes.h"
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

/// The first half of a leapfrog step of size `eps` (negative: back in time): leads to where the density is
/// wanted, `to.q`. They may be the same memory. With a mass that has directions, `from.force` must hold the
/// force there.
inline void leap(const Mass& mass, double eps, const PhasePoint& from, PhasePoint& to) {
    const std::size_t n = mass.scale.size();
    const double* const scale = mass.scale.data();
    if (mass.isDiagonal()) {
        const KickAndDrift arrays{from.q, from.p, from.grad, scale, to.q, to.p};
        n >= kLongPass ? kickAndDrift(arrays, eps, n) : passes::kickAndDrift<Pair>(arrays, eps, n);
        return;
    }
    for (std::size_t i = 0; i < n; ++i) to.p[i] = from.p[i] + 0.5 * eps * from.force[i];
    double* const velocity = to.force; // the force itself comes after the density
    std::copy_n(to.p, n, velocity);
    mass.stretch(velocity);
    for (std::size_t i = 0; i < n; ++i) to.q[i] = from.q[i] + eps * scale[i] * velocity[i];
}

/// The second half, once the log density and its gradient are known there.
inline void land(const Mass& mass, double eps, PhasePoint& to) {
    const std::size_t n = mass.scale.size();
    const double* const scale = mass.scale.data();
    const double half = 0.5 * eps;
    if (mass.isDiagonal()) {
        to.kinetic = 0.5
            * (n >= kLongPass ? finishKick(to.p, to.grad, scale, half, n)
                              : passes::finishKick<Pair>(to.p, to.grad, scale, half, n));
        return;
    }
    setForce(mass, to);
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
        to.p[i] += half * to.force[i];
        sum += to.p[i] * to.p[i];
    }
    to.kinetic = 0.5 * sum;
}

/// One leapfrog step, see leap().
template <LogDensity F>
void leapfrog(const F& log_density, const Mass& mass, double eps, const PhasePoint& from, PhasePoint& to) {
    const std::size_t n = mass.scale.size();
    leap(mass, eps, from, to);
    to.log_density = log_density(std::span<const double>(to.q, n), std::span<double>(to.grad, n));
    land(mass, eps, to);
}

} // namespace chainsong
