#include "engine/inference/population.h"

#include "engine/inference/smc.h"
#include "engine/inference/state.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <utility>

namespace chainsong {
namespace {

constexpr double kMinusInfinity = -std::numeric_limits<double>::infinity();
constexpr std::size_t kBatch = 64; // points evaluated at a time; a stop is noticed between batches

} // namespace

void GuardedParts::refuse(std::span<double> values, std::span<double> grads, const std::string& why) {
    if (num_refused == 0) first_refusal = why;
    num_refused += static_cast<std::int64_t>(values.size());
    std::fill(values.begin(), values.end(), kMinusInfinity);
    std::fill(grads.begin(), grads.end(), 0.0);
}

void GuardedParts::evaluate(const BatchDensity& density, std::span<const double> points,
    std::span<double> values, std::span<double> grads) {
    for (std::size_t start = 0; start < values.size(); start += kBatch) {
        const std::size_t count = std::min(kBatch, values.size() - start);
        const auto some_points = points.subspan(start * m_dimension, count * m_dimension);
        const auto some_values = values.subspan(start, count);
        const auto some_grads =
            grads.empty() ? grads : grads.subspan(start * m_dimension, count * m_dimension);
        if (isStopped()) {
            std::fill(some_values.begin(), some_values.end(), kMinusInfinity);
            std::fill(some_grads.begin(), some_grads.end(), 0.0);
            continue;
        }
        try {
            density(some_points, some_values, some_grads);
        } catch (const std::exception& exception) {
            refuse(some_values, some_grads, exception.what());
        } catch (...) { // a stranger's code may throw anything, and a thread must not die of it
            refuse(some_values, some_grads, "the density threw something that is no std::exception");
        }
        for (std::size_t i = 0; i < count; ++i)
            if (std::isnan(some_values[i]) || some_values[i] == -kMinusInfinity)
                refuse(some_values.subspan(i, 1),
                    grads.empty() ? grads : some_grads.subspan(i * m_dimension, m_dimension),
                    std::isnan(some_values[i]) ? "the density is not a number" : "the density is infinite");
    }
}

void GuardedParts::logPrior(
    std::span<const double> points, std::span<double> values, std::span<double> grads) {
    evaluate(m_parts.log_prior, points, values, grads);
}

void GuardedParts::logLikelihood(
    std::span<const double> points, std::span<double> values, std::span<double> grads) {
    num_evaluations += static_cast<std::int64_t>(values.size());
    evaluate(m_parts.log_likelihood, points, values, grads);
}

Particles::Particles(std::size_t count, std::size_t size)
    : dimension(size)
    , q(count * size)
    , prior_grad(count * size)
    , likelihood_grad(count * size)
    , log_prior(count)
    , log_likelihood(count) { }

void Particles::copy(std::size_t to, const Particles& from, std::size_t which) {
    const auto copyRow = [&](const Vec& source, Vec& target) {
        std::copy_n(source.data() + which * dimension, dimension, target.data() + to * dimension);
    };
    copyRow(from.q, q);
    copyRow(from.prior_grad, prior_grad);
    copyRow(from.likelihood_grad, likelihood_grad);
    log_prior[to] = from.log_prior[which];
    log_likelihood[to] = from.log_likelihood[which];
}

void Whitening::addMapped(double factor, std::span<const double> z, std::span<double> q) const {
    const std::size_t n = q.size();
    if (!m_is_dense) {
        for (std::size_t i = 0; i < n; ++i) q[i] += factor * m_stage.root[i] * z[i];
        return;
    }
    const double* row = m_stage.root.data();
    for (std::size_t i = 0; i < n; row += ++i) {
        double sum = 0;
        for (std::size_t k = 0; k <= i; ++k) sum += row[k] * z[k];
        q[i] += factor * sum;
    }
}

void Whitening::addSlope(double factor, std::span<const double> grad, std::span<double> z) const {
    const std::size_t n = z.size();
    if (!m_is_dense) {
        for (std::size_t i = 0; i < n; ++i) z[i] += factor * m_stage.root[i] * grad[i];
        return;
    }
    const double* row = m_stage.root.data();
    for (std::size_t i = 0; i < n; row += ++i) {
        const double scaled = factor * grad[i];
        for (std::size_t k = 0; k <= i; ++k) z[k] += row[k] * scaled;
    }
}

MoveWork::MoveWork(std::size_t count, std::size_t dimension)
    : moved(count, dimension)
    , momenta(count * dimension)
    , step_sizes(count)
    , energies(count)
    , gradient(dimension) { }

double movedTogether(Rng rng, Particles& particles, std::size_t first, std::size_t count, std::size_t offset,
    const TemperedStage& stage, GuardedParts& parts, MoveWork& work) {
    const std::size_t n = particles.dimension;
    const Whitening whitening(stage);
    Particles& moved = work.moved;
    const auto row = [n](Vec& values, std::size_t i) { return std::span<double>(values.data() + i * n, n); };
    const auto kick = [&](std::size_t i, double share) {
        const auto likelihood = row(moved.likelihood_grad, i), prior = row(moved.prior_grad, i);
        for (std::size_t k = 0; k < n; ++k) work.gradient[k] = prior[k] + stage.temperature * likelihood[k];
        whitening.addSlope(share * work.step_sizes[i], work.gradient, row(work.momenta, i));
    };
    const auto energy = [&](std::size_t i) {
        double kinetic = 0;
        for (const double p : row(work.momenta, i)) kinetic += 0.5 * p * p;
        return kinetic - moved.log_prior[i] - stage.temperature * moved.log_likelihood[i];
    };

    // Lengths and step sizes vary, so that no trajectory keeps hitting the same place on its orbit. They are
    // drawn before anything is looked at, which leaves the distribution as it is.
    const double length = stage.num_leapfrogs * (2 + 2 * rng.uniform()) / 3;
    const int num_leapfrogs = std::max(1, static_cast<int>(length + rng.uniform()));
    for (std::size_t i = 0; i < count; ++i) {
        moved.copy(i, particles, first + i);
        for (double& p : row(work.momenta, i)) p = rng.normal();
        work.step_sizes[i] = stage.step_size * (0.8 + 0.4 * rng.uniform());
        work.energies[i] = energy(i);
    }
    for (int step = 0; step < num_leapfrogs; ++step) {
        for (std::size_t i = 0; i < count; ++i) {
            kick(i, step == 0 ? 0.5 : 1);
            whitening.addMapped(work.step_sizes[i], row(work.momenta, i), row(moved.q, i));
        }
        const std::span<const double> points(moved.q.data(), count * n);
        parts.logPrior(points, {moved.log_prior.data(), count}, {moved.prior_grad.data(), count * n});
        parts.logLikelihood(
            points, {moved.log_likelihood.data(), count}, {moved.likelihood_grad.data(), count * n});
    }
    double sum_accept = 0;
    for (std::size_t i = 0; i < count; ++i) {
        kick(i, 0.5);
        const double error = energy(i) - work.energies[i];
        const double accept_prob = error < kDivergenceEnergy ? std::min(1.0, std::exp(-error)) : 0; // NaN: 0
        sum_accept += accept_prob;
        if (rng.uniform() < accept_prob)
            particles.copy(first + i + offset, moved, i);
        else
            particles.copy(first + i + offset, particles, first + i);
    }
    return sum_accept;
}

std::vector<std::size_t> systematicChoice(std::span<const double> log_weights, std::size_t count, Rng& rng) {
    const double total = logSumExp(log_weights);
    std::vector<std::size_t> chosen;
    chosen.reserve(count);
    const double offset = rng.uniform();
    double cumulative = 0; // in units of 1 / count
    std::size_t last_alive = 0;
    for (std::size_t i = 0; i < log_weights.size(); ++i) {
        const double weight = std::exp(log_weights[i] - total);
        if (weight > 0) last_alive = i;
        cumulative += weight * static_cast<double>(count);
        while (chosen.size() < count && static_cast<double>(chosen.size()) + offset < cumulative)
            chosen.push_back(i);
    }
    chosen.resize(count, last_alive); // what rounding left over
    return chosen;
}

} // namespace chainsong
