#pragma once

#include "engine/inference/normals.h"
#include "engine/inference/state.h"

#include <cmath>
#include <deque>
#include <vector>

namespace chainsong::test {

/// What can be wrong with a no-U-turn sampler.
enum class NutsBug {
    kNone,
    kGreedySubtree, // inside a subtree the newer half always gives the sample
    kKeepsTurnedSubtree, // a subtree that turned back is used all the same
    kWeightOffByOne, // the start counts twice
    kNoSeamChecks, // only whole subtrees are checked for turns, not their halves with the next point
    kAcceptNotCut, // a gain of energy is reported as an acceptance above one
};

/// A point of a trajectory that is kept as a list.
struct SlowPoint {
    Vec q, p, grad;
    double log_density = 0;
    int index = 0; // steps from the start
};

inline double dot(const Vec& a, const Vec& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}
inline double energyOf(const SlowPoint& point) { return 0.5 * dot(point.p, point.p) - point.log_density; }

/// One leapfrog step with unit mass; `direction` -1: back in time.
template <LogDensity F>
SlowPoint leap(SlowPoint point, const F& log_density, double step_size, int direction) {
    const double eps = direction * step_size;
    for (std::size_t i = 0; i < point.q.size(); ++i) point.p[i] += 0.5 * eps * point.grad[i];
    for (std::size_t i = 0; i < point.q.size(); ++i) point.q[i] += eps * point.p[i];
    point.log_density = log_density(point.q, point.grad);
    for (std::size_t i = 0; i < point.q.size(); ++i) point.p[i] += 0.5 * eps * point.grad[i];
    point.index += direction;
    return point;
}

/// Whether points [first, past) turn back on themselves, by the sum of all their momenta.
inline bool turnsBetween(const std::vector<SlowPoint>& points, std::size_t first, std::size_t past) {
    Vec sum(points[first].p.size());
    for (std::size_t k = first; k < past; ++k)
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += points[k].p[i];
    return !(dot(sum, points[first].p) > 0 && dot(sum, points[past - 1].p) > 0);
}
/// The whole, and each half with the point next to it in the other.
inline bool turns(
    const std::vector<SlowPoint>& points, std::size_t first, std::size_t past, bool checks_seams = true) {
    if (past - first < 2) return false;
    if (turnsBetween(points, first, past)) return true;
    const std::size_t middle = (first + past) / 2;
    return checks_seams && past - first > 2
        && (turnsBetween(points, first, middle + 1) || turnsBetween(points, middle - 1, past));
}
/// The same, or any of the halves, quarters … does.
inline bool turnsInside(const std::vector<SlowPoint>& points, std::size_t first, std::size_t past) {
    if (past - first < 2) return false;
    const std::size_t middle = (first + past) / 2;
    return turns(points, first, past) || turnsInside(points, first, middle)
        || turnsInside(points, middle, past);
}

/// The obvious, slow no-U-turn sampler with unit mass: the whole trajectory in a list, every check on the
/// list itself. From the same stream it must come to the same place as the engine's.
template <NutsBug kBug = NutsBug::kNone> class SlowNuts {
public:
    template <LogDensity F>
    static StepInfo step(Rng rng, State& state, const F& log_density, double step_size, int max_depth) {
        std::deque<SlowPoint> trajectory(1);
        SlowPoint& start = trajectory.front();
        start = {state.q, Vec(state.q.size()), state.grad, state.log_density, 0};
        drawNormals(rng, start.p);
        const double energy_0 = energyOf(start);
        SlowPoint sample = start;
        double weight = kBug == NutsBug::kWeightOffByOne ? 2 : 1;
        StepInfo info;
        while (info.tree_depth < max_depth) {
            const int direction = rng() >> 63 ? 1 : -1;
            std::vector<SlowPoint> added;
            const SlowPoint& end = direction > 0 ? trajectory.back() : trajectory.front();
            if (!grow(end, log_density, step_size, direction, info, energy_0, added)) break;
            ++info.tree_depth;
            double added_weight = 0;
            const SlowPoint* const candidate = pick(added, 0, added.size(), energy_0, rng, added_weight);
            if (rng.uniform() * weight < added_weight) sample = *candidate;
            weight += added_weight;
            if (direction > 0)
                trajectory.insert(trajectory.end(), added.begin(), added.end());
            else
                trajectory.insert(trajectory.begin(), added.rbegin(), added.rend());
            const std::vector<SlowPoint> all(trajectory.begin(), trajectory.end());
            if (turns(all, 0, all.size(), kBug != NutsBug::kNoSeamChecks)) break;
        }
        state = {sample.q, sample.log_density, sample.grad};
        info.index = sample.index;
        info.accept_prob /= info.num_leapfrogs;
        return info;
    }

private:
    /// Doubles the trajectory's length, point by point, each of which may complete blocks of 2, 4, 8 …
    template <LogDensity F>
    static bool grow(SlowPoint last, const F& log_density, double step_size, int direction, StepInfo& info,
        double energy_0, std::vector<SlowPoint>& added) {
        const std::size_t num_wanted = std::size_t{1} << info.tree_depth;
        while (added.size() < num_wanted) {
            last = leap(last, log_density, step_size, direction);
            added.push_back(last);
            ++info.num_leapfrogs;
            const double error = energyOf(last) - energy_0;
            info.diverged = !(error < kDivergenceEnergy);
            if (info.diverged) return false;
            const double ratio = std::exp(-error);
            info.accept_prob += kBug == NutsBug::kAcceptNotCut ? ratio : std::min(1.0, ratio);
            if (kBug == NutsBug::kKeepsTurnedSubtree) continue;
            for (std::size_t block = 2; added.size() % block == 0; block *= 2)
                if (turns(added, added.size() - block, added.size(), kBug != NutsBug::kNoSeamChecks))
                    return false;
        }
        return true;
    }

    /// A point of [first, past), in proportion to its weight, by the halves' weights.
    static const SlowPoint* pick(const std::vector<SlowPoint>& points, std::size_t first, std::size_t past,
        double energy_0, Rng& rng, double& weight) {
        if (past - first == 1) {
            weight = std::exp(energy_0 - energyOf(points[first]));
            return &points[first];
        }
        const std::size_t middle = (first + past) / 2;
        double weight_1 = 0, weight_2 = 0;
        const SlowPoint* const one = pick(points, first, middle, energy_0, rng, weight_1);
        const SlowPoint* const two = pick(points, middle, past, energy_0, rng, weight_2);
        weight = weight_1 + weight_2;
        const bool is_second = rng.uniform() * weight < weight_2;
        return is_second || kBug == NutsBug::kGreedySubtree ? two : one;
    }
};

} // namespace chainsong::test
