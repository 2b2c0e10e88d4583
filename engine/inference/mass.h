#pragma once

#include "engine/inference/log_density.h"

#include <cmath>
#include <cstddef>
#include <utility>

namespace chainsong {

/// The metric of HMC and NUTS: an inverse mass matrix, which is an estimate of the posterior's covariance. It
/// is S (I + U (L - I) U') S: a diagonal S of scales, and a few orthonormal directions U along which, after
/// scaling, the variance is L instead of 1. Without directions it is diagonal.
///
/// The kernels move in whitened coordinates, where the mass is one: their momentum is the standard normal z,
/// the velocity is A z and the force A' gradient, with A A' the inverse mass and A = S (I + U (sqrt L - I)
/// U').
struct Mass {
    explicit Mass(std::size_t dimension)
        : inverse(dimension, 1)
        , scale(dimension, 1) { }

    /// Makes it diagonal; every entry must be positive and finite.
    void set(std::span<const double> inverse_mass) {
        inverse.assign(inverse_mass.begin(), inverse_mass.end());
        for (std::size_t i = 0; i < scale.size(); ++i) scale[i] = std::sqrt(inverse[i]);
        directions.clear();
        stretches.clear();
    }
    /// Adds to a diagonal one: `new_directions` holds orthonormal vectors one after the other, `variances`
    /// what there is along each after scaling.
    void addDirections(Vec new_directions, std::span<const double> variances) {
        directions = std::move(new_directions);
        stretches.clear();
        for (const double variance : variances) stretches.push_back(std::sqrt(variance) - 1);
        const std::size_t n = scale.size();
        for (std::size_t k = 0; k < variances.size(); ++k)
            for (std::size_t i = 0; i < n; ++i) {
                const double share = scale[i] * directions[k * n + i];
                inverse[i] += (variances[k] - 1) * share * share;
            }
    }
    bool isDiagonal() const { return stretches.empty(); }
    std::size_t rank() const { return stretches.size(); }

    /// z += U (sqrt L - I) U' z.
    void stretch(double* z) const {
        const std::size_t n = scale.size();
        for (std::size_t k = 0; k < stretches.size(); ++k) {
            const double* const direction = directions.data() + k * n;
            double along = 0;
            for (std::size_t i = 0; i < n; ++i) along += direction[i] * z[i];
            along *= stretches[k];
            for (std::size_t i = 0; i < n; ++i) z[i] += along * direction[i];
        }
    }

    Vec inverse; // the diagonal of the inverse mass
    Vec scale; // S; its square is `inverse` where there are no directions
    Vec directions; // U, one after the other
    Vec stretches; // sqrt L - 1, one a direction
};

} // namespace chainsong
