#pragma once

#include "engine/inference/leapfrog.h"

#include <cassert>
#include <cstdint>
#include <utility>

namespace chainsong {

/// The no-U-turn sampler.
struct NutsParams {
    double step_size = 0.1;
    int max_depth = 10; // at most what the NutsWork was made for
};

/// Memory of a trajectory: points and momentum sums that come and go while the tree grows. Allocated once a
/// chain.
class NutsWork {
public:
    NutsWork(std::size_t dimension, int max_depth)
        : m_dimension(dimension)
        , m_max_depth(max_depth) {
        // A span keeps three points: its two ends and its sample. One span can be pending at each depth, and
        // the trajectory, the span being returned and the point being made come on top.
        const std::size_t depth = static_cast<std::size_t>(max_depth);
        const std::size_t num_points = 3 * (depth + 3), num_sums = depth + 3;
        m_memory.resize((3 * num_points + num_sums) * dimension);
        m_points.resize(num_points);
        m_uses.resize(num_points);
        m_free_points.reserve(num_points);
        m_free_sums.reserve(num_sums);
        double* next = m_memory.data();
        for (PhasePoint& point : m_points) {
            point = {next, next + dimension, next + 2 * dimension};
            next += 3 * dimension;
        }
        for (std::size_t i = 0; i < num_sums; ++i, next += dimension) m_sums.push_back(next);
        reset();
    }

    int maxDepth() const { return m_max_depth; }
    std::size_t dimension() const { return m_dimension; }
    PhasePoint& point(int id) { return m_points[static_cast<std::size_t>(id)]; }

    void reset() {
        m_free_points.clear();
        m_free_sums.clear();
        for (std::size_t i = m_points.size(); i-- > 0;) m_free_points.push_back(static_cast<int>(i));
        m_free_sums.assign(m_sums.begin(), m_sums.end());
    }
    /// A point with `uses` owners, each of whom must release it.
    int takePoint(int uses) {
        assert(!m_free_points.empty());
        const int id = m_free_points.back();
        m_free_points.pop_back();
        m_uses[static_cast<std::size_t>(id)] = uses;
        return id;
    }
    void releasePoint(int id) {
        if (--m_uses[static_cast<std::size_t>(id)] == 0) m_free_points.push_back(id);
    }
    double* takeSum() {
        assert(!m_free_sums.empty());
        double* const sum = m_free_sums.back();
        m_free_sums.pop_back();
        return sum;
    }
    void releaseSum(double* sum) { m_free_sums.push_back(sum); }

private:
    std::size_t m_dimension;
    int m_max_depth;
    Vec m_memory;
    std::vector<PhasePoint> m_points;
    std::vector<int> m_uses, m_free_points;
    std::vector<double*> m_sums, m_free_sums;
};

/// A stretch of the trajectory: its ends (points in the work's memory), the sum of its momenta, and one point
/// drawn from it in proportion to e^-energy.
struct TrajectorySpan {
    int begin = 0; // the end it grew from
    int end = 0;
    int sample = 0;
    int sample_index = 0; // steps from the transition's start, negative: back in time
    double log_weight = 0; // log of the sum of e^(H0 - H)
    double* momentum_sum = nullptr; // null: a single point, whose momentum it is
};

/// log(e^a + e^b).
inline double logAdd(double a, double b) {
    const double high = a > b ? a : b;
    const double low = a > b ? b : a;
    return std::isinf(low) ? high : high + std::log1p(std::exp(low - high));
}

/// Grows one trajectory by doubling (Hoffman and Gelman 2014), with multinomial sampling and the generalised
/// U-turn criterion (Betancourt 2017), checked on the subtrees' seams too (as in Stan since 2.21).
template <LogDensity F> class NutsTree {
public:
    NutsTree(Rng& rng, const F& log_density, const NutsParams& params, const Mass& mass, double energy_0,
        NutsWork& work)
        : m_rng(rng)
        , m_log_density(log_density)
        , m_step_size(params.step_size)
        , m_mass(mass)
        , m_energy_0(energy_0)
        , m_work(work) { }

    /// Adds 2^depth points after point `from`. False: the subtree diverged or turned back, and nothing of it
    /// may be used.
    bool grow(int depth, int from, int direction, int from_index, TrajectorySpan& out) {
        if (depth == 0) return addPoint(from, direction, from_index + direction, out);
        TrajectorySpan second;
        const int half = 1 << (depth - 1);
        if (!grow(depth - 1, from, direction, from_index, out)) return false;
        if (!grow(depth - 1, out.end, direction, from_index + direction * half, second)) return false;
        const double log_weight = logAdd(out.log_weight, second.log_weight);
        const bool is_second_sampled = m_rng.uniform() < std::exp(second.log_weight - log_weight);
        return join(out, second, is_second_sampled, log_weight);
    }

    /// Makes `first` the union of both spans; false when the union turns back on itself.
    bool join(
        TrajectorySpan& first, const TrajectorySpan& second, bool is_second_sampled, double log_weight) {
        const bool is_going_on = sumMomenta(first, second);
        m_work.releasePoint(first.end);
        m_work.releasePoint(second.begin);
        m_work.releasePoint(is_second_sampled ? first.sample : second.sample);
        if (is_second_sampled) {
            first.sample = second.sample;
            first.sample_index = second.sample_index;
        }
        first.end = second.end;
        first.log_weight = log_weight;
        return is_going_on;
    }

    int numLeapfrogs() const { return m_num_leapfrogs; }
    bool diverged() const { return m_diverged; }
    double sumAccept() const { return m_sum_accept; }
    double sumSymmetricAccept() const { return m_sum_symmetric_accept; }

private:
    bool addPoint(int from, int direction, int index, TrajectorySpan& out) {
        const int id = m_work.takePoint(3);
        PhasePoint& point = m_work.point(id);
        leapfrog(m_log_density, m_mass, direction * m_step_size, m_work.point(from), point);
        ++m_num_leapfrogs;
        const double error = point.kinetic - point.log_density - m_energy_0;
        const bool is_usable = error < kDivergenceEnergy; // false for NaN
        if (is_usable) {
            const double ratio = std::exp(-std::abs(error));
            m_sum_accept += error > 0 ? ratio : 1;
            m_sum_symmetric_accept += 2 * ratio / (1 + ratio);
        }
        m_diverged = m_diverged || !is_usable;
        out = {id, id, id, index, -error, nullptr};
        return is_usable;
    }

    /// One pass over memory: adds up the momenta of both spans and answers whether the union, and each span
    /// with the other's nearest point, still moves apart at both of its ends.
    bool sumMomenta(TrajectorySpan& first, const TrajectorySpan& second) {
        const std::size_t n = m_work.dimension();
        const double* inverse_mass = m_mass.inverse.data();
        const double* first_begin = m_work.point(first.begin).p;
        const double* first_end = m_work.point(first.end).p;
        const double* second_begin = m_work.point(second.begin).p;
        const double* second_end = m_work.point(second.end).p;
        if (first.momentum_sum == nullptr && second.momentum_sum == nullptr) { // two points: no seam to check
            double* const sum = m_work.takeSum();
            for (std::size_t i = 0; i < n; ++i) sum[i] = first_begin[i] + second_begin[i];
            first.momentum_sum = sum;
            return innerProduct(inverse_mass, sum, first_begin, n) > 0
                && innerProduct(inverse_mass, sum, second_end, n) > 0;
        }
        double* const sum = first.momentum_sum != nullptr ? first.momentum_sum : m_work.takeSum();
        const double* first_sum = first.momentum_sum != nullptr ? first.momentum_sum : first_begin;
        const double* second_sum = second.momentum_sum != nullptr ? second.momentum_sum : second_begin;
        double whole_begin = 0, whole_end = 0, left_begin = 0, left_end = 0, right_begin = 0, right_end = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const double left = (first_sum[i] + second_begin[i]) * inverse_mass[i];
            const double right = (second_sum[i] + first_end[i]) * inverse_mass[i];
            const double total = first_sum[i] + second_sum[i];
            const double whole = total * inverse_mass[i];
            sum[i] = total;
            whole_begin += whole * first_begin[i];
            whole_end += whole * second_end[i];
            left_begin += left * first_begin[i];
            left_end += left * second_begin[i];
            right_begin += right * first_end[i];
            right_end += right * second_end[i];
        }
        first.momentum_sum = sum;
        if (second.momentum_sum != nullptr) m_work.releaseSum(second.momentum_sum);
        return whole_begin > 0 && whole_end > 0 && left_begin > 0 && left_end > 0 && right_begin > 0
            && right_end > 0;
    }

    Rng& m_rng;
    const F& m_log_density;
    double m_step_size;
    const Mass& m_mass;
    double m_energy_0;
    NutsWork& m_work;
    int m_num_leapfrogs = 0;
    bool m_diverged = false;
    double m_sum_accept = 0;
    double m_sum_symmetric_accept = 0;
};

/// One NUTS transition. Pure: same stream, same state, same answer. No allocation.
template <LogDensity F>
StepInfo nutsStep(
    Rng rng, State& state, const F& log_density, const NutsParams& params, const Mass& mass, NutsWork& work) {
    work.reset();
    const int start = work.takePoint(3);
    PhasePoint& origin = work.point(start);
    std::copy(state.q.begin(), state.q.end(), origin.q);
    std::copy(state.grad.begin(), state.grad.end(), origin.grad);
    origin.log_density = state.log_density;
    origin.kinetic = drawMomentum(rng, mass, {origin.p, work.dimension()});
    const double energy_0 = origin.kinetic - origin.log_density;

    StepInfo info;
    NutsTree<F> tree(rng, log_density, params, mass, energy_0, work);
    TrajectorySpan trajectory{start, start, start, 0, 0, nullptr};
    int steps_back = 0, steps_forward = 0;
    for (int direction_of_end = 1; info.tree_depth < std::min(params.max_depth, work.maxDepth());) {
        const int direction = rng() >> 63 ? 1 : -1;
        if (direction != direction_of_end) { // the trajectory's "end" is where it grows next
            std::swap(trajectory.begin, trajectory.end);
            direction_of_end = direction;
        }
        int& steps = direction > 0 ? steps_forward : steps_back;
        TrajectorySpan added;
        if (!tree.grow(info.tree_depth, trajectory.end, direction, direction * steps, added)) break;
        steps += 1 << info.tree_depth;
        ++info.tree_depth;
        // Biased progressive sampling: the new half is preferred, which keeps the balance because both halves
        // are equally likely to have been built second.
        const bool is_added_sampled = rng.uniform() < std::exp(added.log_weight - trajectory.log_weight);
        const double log_weight = logAdd(trajectory.log_weight, added.log_weight);
        if (!tree.join(trajectory, added, is_added_sampled, log_weight)) break;
    }

    const PhasePoint& sampled = work.point(trajectory.sample);
    std::copy_n(sampled.q, work.dimension(), state.q.begin());
    std::copy_n(sampled.grad, work.dimension(), state.grad.begin());
    state.log_density = sampled.log_density;
    info.energy = sampled.kinetic - sampled.log_density;
    info.energy_error = info.energy - energy_0;
    info.num_leapfrogs = tree.numLeapfrogs();
    info.accept_prob = tree.sumAccept() / tree.numLeapfrogs();
    info.symmetric_accept = tree.sumSymmetricAccept() / tree.numLeapfrogs();
    info.index = trajectory.sample_index;
    info.diverged = tree.diverged();
    info.accepted = info.index != 0;
    return info;
}

} // namespace chainsong
