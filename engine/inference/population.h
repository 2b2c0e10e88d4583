#pragma once

#include "engine/base/random.h"
#include "engine/inference/log_density.h"
#include "engine/inference/tempered_smc.h"

#include <stop_token>

namespace chainsong {

/// A target's two factors, with everything contained that a stranger's code can do: what throws or is not a
/// number counts as zero and is reported; after a stop request nothing is evaluated any more.
class GuardedParts {
public:
    GuardedParts(const TemperingParts& parts, std::size_t dimension, std::stop_token stop)
        : m_parts(parts)
        , m_dimension(dimension)
        , m_stop(std::move(stop)) { }

    void logPrior(std::span<const double> points, std::span<double> values, std::span<double> grads);
    void logLikelihood(std::span<const double> points, std::span<double> values, std::span<double> grads);
    bool isStopped() const { return m_stop.stop_requested(); }

    std::int64_t num_evaluations = 0, num_refused = 0;
    std::string first_refusal;

private:
    void evaluate(const BatchDensity& density, std::span<const double> points, std::span<double> values,
        std::span<double> grads);
    void refuse(std::span<double> values, std::span<double> grads, const std::string& why);

    const TemperingParts& m_parts;
    std::size_t m_dimension;
    std::stop_token m_stop;
};

/// Points with both factors of the density and their gradients; `dimension` numbers a point.
struct Particles {
    Particles() = default;
    Particles(std::size_t count, std::size_t dimension);
    std::size_t count() const { return log_prior.size(); }
    /// Takes over one particle of another population.
    void copy(std::size_t to, const Particles& from, std::size_t which);

    std::size_t dimension = 0;
    Vec q, prior_grad, likelihood_grad;
    Vec log_prior, log_likelihood;
};

/// The affine map that makes a stage's particles a standard normal, about.
class Whitening {
public:
    explicit Whitening(const TemperedStage& stage)
        : m_stage(stage)
        , m_is_dense(stage.root.size() != stage.centre.size() || stage.centre.size() == 1) { }
    /// q += factor * root * z.
    void addMapped(double factor, std::span<const double> z, std::span<double> q) const;
    /// z += factor * root^T * grad.
    void addSlope(double factor, std::span<const double> grad, std::span<double> z) const;

private:
    const TemperedStage& m_stage;
    bool m_is_dense;
};

/// What a batch of Hamiltonian moves needs besides the particles; allocated once.
struct MoveWork {
    MoveWork() = default;
    MoveWork(std::size_t count, std::size_t dimension);
    Particles moved;
    Vec momenta, step_sizes, energies, gradient;
};

/// One Hamiltonian transition of particles [first, first + count) of `from`, written to `to` at the same
/// places plus `offset`. All of them make their leapfrog steps together. Returns the sum of their acceptance
/// probabilities.
double movedTogether(Rng rng, Particles& particles, std::size_t first, std::size_t count, std::size_t offset,
    const TemperedStage& stage, GuardedParts& parts, MoveWork& work);

/// `count` ancestors, each taken floor or ceil of count x weight times (systematic resampling).
std::vector<std::size_t> systematicChoice(std::span<const double> log_weights, std::size_t count, Rng& rng);

} // namespace chainsong
