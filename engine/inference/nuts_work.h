#pragma once

#include "engine/inference/leapfrog.h"

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace chainsong {

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
        m_pending.resize(depth + 1);
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
    /// The whole spans of a subtree that wait for a neighbour of their length, the longest first.
    TrajectorySpan* pending() { return m_pending.data(); }

private:
    std::size_t m_dimension;
    int m_max_depth;
    Vec m_memory;
    std::vector<PhasePoint> m_points;
    std::vector<int> m_uses, m_free_points;
    std::vector<double*> m_sums, m_free_sums;
    std::vector<TrajectorySpan> m_pending;
    std::size_t m_num_points_used = 0, m_num_free_points = 0;
    std::size_t m_num_sums_used = 0, m_num_free_sums = 0;
};

} // namespace chainsong
