#pragma once

#include "engine/base/random.h"
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
};

/// The obvious, slow no-U-turn sampler with unit mass: the whole trajectory in a list, every check on the
/// list itself. The sampler in the engine must draw from the same distribution.
template <NutsBug kBug = NutsBug::kNone> class SlowNuts {
public:
    template <LogDensity F>
    static void step(Rng rng, State& state, const F& log_density, double step_size, int max_depth) {
        std::deque<Point> trajectory(1);
        Point& start = trajectory.front();
        start.q = state.q;
        start.grad = state.grad;
        start.log_density = state.log_density;
        for (std::size_t i = 0; i < state.q.size(); ++i) start.p.push_back(rng.normal());
        const double energy_0 = energy(start);
        Point sample = start;
        double weight = kBug == NutsBug::kWeightOffByOne ? 2 : 1;
        for (int depth = 0; depth < max_depth; ++depth) {
            const bool is_forward = rng() >> 63;
            std::vector<Point> added;
            Point last = is_forward ? trajectory.back() : trajectory.front();
            for (int i = 0; i < 1 << depth; ++i) {
                last = leap(last, log_density, is_forward ? step_size : -step_size);
                added.push_back(last);
            }
            bool is_sound = true;
            for (const Point& point : added) is_sound = is_sound && energy(point) - energy_0 < 1000;
            std::vector<Point> ordered = added; // in the order of time
            if (!is_forward) ordered.assign(added.rbegin(), added.rend());
            if (!is_sound) break;
            if (kBug != NutsBug::kKeepsTurnedSubtree && turnsInside(ordered, 0, ordered.size())) break;
            double added_weight = 0;
            const Point* candidate = pick(added, 0, added.size(), energy_0, rng, added_weight);
            if (rng.uniform() < added_weight / weight) sample = *candidate;
            weight += added_weight;
            trajectory.insert(
                is_forward ? trajectory.end() : trajectory.begin(), ordered.begin(), ordered.end());
            const std::vector<Point> all(trajectory.begin(), trajectory.end());
            if (turns(all, 0, all.size())) break;
        }
        state.q = sample.q;
        state.grad = sample.grad;
        state.log_density = sample.log_density;
    }

private:
    struct Point {
        Vec q, p, grad;
        double log_density = 0;
    };

    static double dot(const Vec& a, const Vec& b) {
        double sum = 0;
        for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
        return sum;
    }
    static double energy(const Point& point) { return 0.5 * dot(point.p, point.p) - point.log_density; }

    template <LogDensity F> static Point leap(Point point, const F& log_density, double eps) {
        for (std::size_t i = 0; i < point.q.size(); ++i) point.p[i] += 0.5 * eps * point.grad[i];
        for (std::size_t i = 0; i < point.q.size(); ++i) point.q[i] += eps * point.p[i];
        point.log_density = log_density(point.q, point.grad);
        for (std::size_t i = 0; i < point.q.size(); ++i) point.p[i] += 0.5 * eps * point.grad[i];
        return point;
    }

    /// A point of [first, past), in proportion to its weight, by the halves' weights.
    static const Point* pick(const std::vector<Point>& points, std::size_t first, std::size_t past,
        double energy_0, Rng& rng, double& weight) {
        if (past - first == 1) {
            weight = std::exp(energy_0 - energy(points[first]));
            return &points[first];
        }
        const std::size_t middle = (first + past) / 2;
        double weight_1 = 0, weight_2 = 0;
        const Point* const one = pick(points, first, middle, energy_0, rng, weight_1);
        const Point* const two = pick(points, middle, past, energy_0, rng, weight_2);
        weight = weight_1 + weight_2;
        if (kBug == NutsBug::kGreedySubtree) return two;
        return rng.uniform() * weight < weight_2 ? two : one;
    }

    static Vec momentumSum(const std::vector<Point>& points, std::size_t first, std::size_t past) {
        Vec sum(points[first].p.size());
        for (std::size_t k = first; k < past; ++k)
            for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += points[k].p[i];
        return sum;
    }
    static bool turnsBetween(const std::vector<Point>& points, std::size_t first, std::size_t past) {
        const Vec sum = momentumSum(points, first, past);
        return !(dot(sum, points[first].p) > 0 && dot(sum, points[past - 1].p) > 0);
    }
    /// The whole, and each half with the point next to it in the other.
    static bool turns(const std::vector<Point>& points, std::size_t first, std::size_t past) {
        if (past - first < 2) return false;
        if (turnsBetween(points, first, past)) return true;
        const std::size_t middle = (first + past) / 2;
        return past - first > 2
            && (turnsBetween(points, first, middle + 1) || turnsBetween(points, middle - 1, past));
    }
    static bool turnsInside(const std::vector<Point>& points, std::size_t first, std::size_t past) {
        if (past - first < 2) return false;
        const std::size_t middle = (first + past) / 2;
        return turns(points, first, past) || turnsInside(points, first, middle)
            || turnsInside(points, middle, past);
    }
};

} // namespace chainsong::test
