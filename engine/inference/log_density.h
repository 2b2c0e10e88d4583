#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace chainsong {

class Rng;

using Vec = std::vector<double>;

/// log p(q) up to a constant; writes its gradient into `grad` (same size as q). An empty `grad` means that
/// only the value is wanted. Called from several threads at once when chains run side by side.
template <class F>
concept LogDensity = requires(const F& f, std::span<const double> q, std::span<double> grad) {
    { f(q, grad) } -> std::convertible_to<double>;
};

/// Log densities of many points, which lie one after another; `grads` is laid out like `points`, or empty
/// when only the values are wanted. A point's result must not depend on which others come with it.
using BatchDensity = std::function<void(
    std::span<const double> points, std::span<double> log_densities, std::span<double> grads)>;

/// A distribution in two factors, as tempering needs it: one that is drawn from exactly (a prior), and the
/// rest.
struct TemperingParts {
    std::function<void(Rng& rng, std::span<double> q)> draw_prior;
    BatchDensity log_prior; // normalised, or the evidence is off by its constant
    BatchDensity log_likelihood;
};

/// A distribution to draw from, with its type erased: what the kernels see is a density on the whole real
/// space, what the user sees are named parameters in their own units.
struct Target {
    std::string name;
    int dimension = 0; // of the real space the kernels move in
    /// One name for each value that `constrain` writes: "mu", "theta[3]". May be more or fewer than
    /// `dimension`.
    std::vector<std::string> parameter_names;
    /// A LogDensity over the real space, the log Jacobian of the transforms included.
    std::function<double(std::span<const double> q, std::span<double> grad)> log_density;
    /// Real space to named parameters; empty = they are the same numbers.
    std::function<void(std::span<const double> q, std::span<double> parameters)> constrain;
    /// The same density for many points at once, where that is cheaper; empty = one by one.
    BatchDensity log_densities = {};
    /// Prior and likelihood apart, where they are known.
    std::shared_ptr<const TemperingParts> parts = {};
};

} // namespace chainsong
