#pragma once

#include "engine/inference/leapfrog.h"

#include <algorithm>
#include <cassert>
#include <concepts>
#include <cstdint>
#include <utility>

namespace chainsong {

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
        const std::size_t stride = (dimension + 7) / 8 * 8; // each array begins with a cache line
        m_memory.resize((4 * num_points + num_sums) * stride + 8);
        m_points.resize(num_points);
        m_uses.resize(num_points);
        m_free_points.resize(num_points);
        m_free_sums.resize(num_sums);
        const std::size_t past_line = reinterpret_cast<std::uintptr_t>(m_memory.data()) % 64 / sizeof(double);
        double* next = m_memory.data() + (8 - past_line) % 8;
        for (PhasePoint& point : m_points) {
            point = {next, next + stride, next + 2 * stride, next + 3 * stride};
            next += 4 * stride;
        }
        for (std::size_t i = 0; i < num_sums; ++i, next += stride) m_sums.push_back(next);
    }

    int maxDepth() const { return m_max_depth; }
    std::size_t dimension() const { return m_dimension; }
    PhasePoint& point(int id) { return m_points[static_cast<std::size_t>(id)]; }

    void reset() {
        m_num_points_used = m_num_free_points = 0;
        m_num_sums_used = m_num_free_sums = 0;
    }
    /// A point with `uses` owners, each of whom must release it. Those just released come first: they are
    /// still in the cache.
    int takePoint(int uses) {
        assert(m_num_free_points > 0 || m_num_points_used < m_points.size());
        const int id = m_num_free_points > 0 ? m_free_points[--m_num_free_points]
                                             : static_cast<int>(m_num_points_used++);
        m_uses[static_cast<std::size_t>(id)] = uses;
        return id;
    }
    void releasePoint(int id) {
        if (--m_uses[static_cast<std::size_t>(id)] == 0) m_free_points[m_num_free_points++] = id;
    }
    double* takeSum() {
        assert(m_num_free_sums > 0 || m_num_sums_used < m_sums.size());
        return m_num_free_sums > 0 ? m_free_sums[--m_num_free_sums] : m_sums[m_num_sums_used++];
    }
    void releaseSum(double* sum) { m_free_sums[m_num_free_sums++] = sum; }

private:
    std::size_t m_dimension;
    int m_max_depth;
    Vec m_memory;
    std::vector<PhasePoint> m_points;
    std::vector<int> m_uses, m_free_points;
    std::vector<double*> m_sums, m_free_sums;
    std::size_t m_num_points_used = 0, m_num_free_points = 0;
    std::size_t m_num_sums_used = 0, m_num_free_sums = 0;
};

/// A stretch of the trajectory: its ends (points in the work's memory), the sum of its momenta, and one point
/// drawn from it in proportion to e^-energy.
struct TrajectorySpan {
    int begin = 0; // the end it grew from
    int end = 0;
    int sample = 0;
    int sample_index = 0; // steps from the transition's start, negative: back in time
    double weight = 0; // the sum of e^(H0 - H)
    double* momentum_sum = nullptr; // null: a single point, whose momentum it is
};

/// e^(H0 - H). A gain of more nats than the limit never happens at equilibrium; while a chain falls from a
/// poor start it keeps the weights finite.
inline double weightOf(double energy_error) {
    constexpr double kHighestGain = 600;
    return std::exp(std::min(-energy_error, kHighestGain));
}

/// How a trajectory goes from one point to the next: writes what follows `from`, forwards (1) or back in time
/// (-1), and keeps volumes. False: the trajectory ends at `from`, and would end there seen from anywhere.
template <class W>
concept TrajectoryWalk = requires(W& walk, const PhasePoint& from, int direction, PhasePoint& to) {
    { walk(from, direction, to) } -> std::same_as<bool>;
    { walk.num_leapfrogs } -> std::convertible_to<int>;
};

/// Grows one trajectory by doubling (Hoffman and Gelman 2014), with multinomial sampling and the generalised
/// U-turn criterion (Betancourt 2017), checked on the subtrees' seams too (as in Stan since 2.21).
template <TrajectoryWalk Walk> class NutsTree {
public:
    NutsTree(Rng& rng, Walk& walk, double energy_0, NutsWork& work)
        : m_rng(rng)
        , m_walk(walk)
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
        const bool is_second_sampled = m_rng.uniform() * (out.weight + second.weight) < second.weight;
        return join(out, second, is_second_sampled);
    }

    /// Makes `first` the union of both spans; false when the union turns back on itself.
    bool join(TrajectorySpan& first, const TrajectorySpan& second, bool is_second_sampled) {
        const bool is_going_on = sumMomenta(first, second);
        m_work.releasePoint(first.end);
        m_work.releasePoint(second.begin);
        m_work.releasePoint(is_second_sampled ? first.sample : second.sample);
        if (is_second_sampled) {
            first.sample = second.sample;
            first.sample_index = second.sample_index;
        }
        first.end = second.end;
        first.weight += second.weight;
        return is_going_on;
    }

    int numPoints() const { return m_num_points; }
    bool diverged() const { return m_diverged; }
    double sumAccept() const { return m_sum_accept; }
    double sumSymmetricAccept() const { return m_sum_symmetric_accept; }

private:
    bool addPoint(int from, int direction, int index, TrajectorySpan& out) {
        const int id = m_work.takePoint(3);
        PhasePoint& point = m_work.point(id);
        if (!m_walk(m_work.point(from), direction, point)) return false;
        ++m_num_points;
        const double error = point.kinetic - point.log_density - m_energy_0;
        if (!(error < kDivergenceEnergy)) { // NaN too
            m_diverged = true;
            return false;
        }
        const double weight = weightOf(error), accept = std::min(1.0, weight);
        m_sum_accept += accept;
        m_sum_symmetric_accept += 2 * accept / (1 + weight);
        out = {id, id, id, index, weight, nullptr};
        return true;
    }

    /// One pass over memory: adds up the momenta of both spans and answers whether the union, and each span
    /// with the other's nearest point, still moves apart at both of its ends.
    bool sumMomenta(TrajectorySpan& first, const TrajectorySpan& second) {
        const std::size_t n = m_work.dimension();
        const bool is_long = n >= kLongPass;
        SpanMomenta momenta{m_work.point(first.begin).p, m_work.point(first.end).p,
            m_work.point(second.begin).p, m_work.point(second.end).p, first.momentum_sum, second.momentum_sum,
            first.momentum_sum};
        if (momenta.sum == nullptr) first.momentum_sum = momenta.sum = m_work.takeSum();
        if (momenta.first_sum == nullptr && momenta.second_sum == nullptr) // two points: no seam to check
            return is_long ? addPoints(momenta, n) : passes::addPoints<Pair>(momenta, n);
        if (momenta.first_sum == nullptr) momenta.first_sum = momenta.first_begin;
        if (momenta.second_sum == nullptr)
            momenta.second_sum = momenta.second_begin;
        else
            m_work.releaseSum(second.momentum_sum);
        return is_long ? addSpans(momenta, n) : passes::addSpans<Pair>(momenta, n);
    }

    Rng& m_rng;
    Walk& m_walk;
    double m_energy_0;
    NutsWork& m_work;
    int m_num_points = 0;
    bool m_diverged = false;
    double m_sum_accept = 0;
    double m_sum_symmetric_accept = 0;
};

/// One transition along trajectories of that walk. No allocation.
template <TrajectoryWalk Walk>
StepInfo stepAlong(Walk& walk, Rng rng, State& state, const Mass& mass, int max_depth, NutsWork& work) {
    work.reset();
    const int start = work.takePoint(3);
    PhasePoint& origin = work.point(start);
    std::copy(state.q.begin(), state.q.end(), origin.q);
    std::copy(state.grad.begin(), state.grad.end(), origin.grad);
    origin.log_density = state.log_density;
    origin.kinetic = drawMomentum(rng, {origin.p, work.dimension()});
    if (!mass.isDiagonal()) setForce(mass, origin);
    const double energy_0 = origin.kinetic - origin.log_density;

    StepInfo info;
    NutsTree<Walk> tree(rng, walk, energy_0, work);
    TrajectorySpan trajectory{start, start, start, 0, 1, nullptr};
    int steps_back = 0, steps_forward = 0;
    for (int direction_of_end = 1; info.tree_depth < std::min(max_depth, work.maxDepth());) {
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
        const bool is_added_sampled = rng.uniform() * trajectory.weight < added.weight;
        if (!tree.join(trajectory, added, is_added_sampled)) break;
    }

    const PhasePoint& sampled = work.point(trajectory.sample);
    std::copy_n(sampled.q, work.dimension(), state.q.begin());
    std::copy_n(sampled.grad, work.dimension(), state.grad.begin());
    state.log_density = sampled.log_density;
    info.energy = sampled.kinetic - sampled.log_density;
    info.energy_error = info.energy - energy_0;
    info.num_leapfrogs = walk.num_leapfrogs;
    const double num_points = std::max(tree.numPoints(), 1);
    info.accept_prob = info.tuned_by = tree.sumAccept() / num_points;
    info.symmetric_accept = tree.sumSymmetricAccept() / num_points;
    info.index = trajectory.sample_index;
    info.diverged = tree.diverged();
    info.accepted = info.index != 0;
    return info;
}

} // namespace chainsong
