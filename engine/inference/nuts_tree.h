#pragma once

#include "engine/inference/leapfrog.h"
#include "engine/inference/nuts_work.h"

#include <algorithm>
#include <concepts>
#include <utility>

namespace chainsong {

/// e^(H0 - H). A gain of more nats than the limit never happens at equilibrium; while a chain falls from a
/// poor start it keeps the weights finite.
inline double weightOf(double energy_error) {
    constexpr double kHighestGain = 600;
    return std::exp(std::min(-energy_error, kHighestGain));
}

/// Grows the subtrees of a trajectory by doubling (Hoffman and Gelman 2014), with multinomial sampling and
/// the generalised U-turn criterion (Betancourt 2017), checked on the subtrees' seams too (as in Stan
/// since 2.21). Whoever owns it evaluates the points, so that those of several chains can be evaluated at
/// once.
class NutsTree {
public:
    enum class Growth { kUnfinished, kWhole, kFailed };

    NutsTree(Rng& rng, double energy_0, NutsWork& work)
        : m_rng(rng)
        , m_energy_0(energy_0)
        , m_work(work) { }

    /// Begins a subtree of 2^depth points that follow point `from`, forwards (1) or back in time (-1).
    void begin(int depth, int from, int direction, int from_index) {
        m_num_wanted = 1 << depth;
        m_num_points = 0;
        m_num_pending = 0;
        m_direction = direction;
        m_index = from_index;
        m_from = from;
        m_to = m_work.takePoint(3);
    }
    int direction() const { return m_direction; }
    const PhasePoint& from() { return m_work.point(m_from); }
    /// Where the point after `from` is wanted.
    PhasePoint& to() { return m_work.point(m_to); }

    /// Takes the point that is now in `to`. After kFailed (it diverged, or a part turned back) nothing of the
    /// subtree may be used.
    Growth addPoint() {
        const PhasePoint& point = to();
        ++m_num_all_points;
        const double error = point.kinetic - point.log_density - m_energy_0;
        if (!(error < kDivergenceEnergy)) { // NaN too
            m_diverged = true;
            return Growth::kFailed;
        }
        const double weight = weightOf(error), accept = std::min(1.0, weight);
        m_sum_accept += accept;
        m_sum_symmetric_accept += 2 * accept / (1 + weight);
        m_index += m_direction;
        TrajectorySpan* const pending = m_work.pending();
        pending[m_num_pending++] = {m_to, m_to, m_to, m_index, weight, nullptr};
        // Two spans of one length become one: as often as the number of points can be halved.
        for (int count = ++m_num_points; count % 2 == 0; count /= 2) {
            TrajectorySpan& first = pending[m_num_pending - 2];
            const TrajectorySpan& second = pending[m_num_pending - 1];
            const bool is_second_sampled = m_rng.uniform() * (first.weight + second.weight) < second.weight;
            --m_num_pending;
            if (!join(first, second, is_second_sampled)) return Growth::kFailed;
        }
        if (m_num_points == m_num_wanted) return Growth::kWhole;
        m_from = m_to;
        m_to = m_work.takePoint(3);
        return Growth::kUnfinished;
    }
    /// The subtree, once it is whole.
    const TrajectorySpan& whole() const { return m_work.pending()[0]; }

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

    int numPoints() const { return m_num_all_points; }
    bool diverged() const { return m_diverged; }
    double sumAccept() const { return m_sum_accept; }
    double sumSymmetricAccept() const { return m_sum_symmetric_accept; }

private:
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
    double m_energy_0;
    NutsWork& m_work;
    int m_from = 0, m_to = 0;
    int m_direction = 1, m_index = 0; // of the newest point
    int m_num_wanted = 1, m_num_points = 0, m_num_pending = 0; // of the subtree
    int m_num_all_points = 0; // of all subtrees
    bool m_diverged = false;
    double m_sum_accept = 0;
    double m_sum_symmetric_accept = 0;
};

/// One transition, point by point: while it is growing, bring the point after `from()` into `to()` and call
/// add(), or endHere() where none may follow. No allocation; the work is the transition's until it has
/// finished.
class NutsTransition {
public:
    NutsTransition(const Rng& rng, const State& state, const Mass& mass, int max_depth, NutsWork& work)
        : m_rng(rng)
        , m_work(work)
        , m_max_depth(std::min(max_depth, work.maxDepth()))
        , m_energy_0(begin(state, mass))
        , m_tree(m_rng, m_energy_0, work) {
        beginSubtree();
    }
    NutsTransition(const NutsTransition&) = delete;
    NutsTransition& operator=(const NutsTransition&) = delete;

    bool isGrowing() const { return m_is_growing; }
    int direction() const { return m_tree.direction(); }
    const PhasePoint& from() { return m_tree.from(); }
    PhasePoint& to() { return m_tree.to(); }

    void endHere() { m_is_growing = false; }
    void add() {
        const auto growth = m_tree.addPoint();
        if (growth == NutsTree::Growth::kUnfinished) return;
        m_is_growing = growth == NutsTree::Growth::kWhole && joinSubtree();
        if (m_is_growing) beginSubtree();
    }

    /// Moves the state to the point that was drawn.
    StepInfo finish(State& state, int num_leapfrogs) {
        const PhasePoint& sampled = m_work.point(m_trajectory.sample);
        std::copy_n(sampled.q, m_work.dimension(), state.q.begin());
        std::copy_n(sampled.grad, m_work.dimension(), state.grad.begin());
        state.log_density = sampled.log_density;
        StepInfo info;
        info.energy = sampled.kinetic - sampled.log_density;
        info.energy_error = info.energy - m_energy_0;
        info.num_leapfrogs = num_leapfrogs;
        info.tree_depth = m_depth;
        const double num_points = std::max(m_tree.numPoints(), 1);
        info.accept_prob = info.tuned_by = m_tree.sumAccept() / num_points;
        info.symmetric_accept = m_tree.sumSymmetricAccept() / num_points;
        info.index = m_trajectory.sample_index;
        info.diverged = m_tree.diverged();
        info.accepted = info.index != 0;
        return info;
    }

private:
    double begin(const State& state, const Mass& mass) {
        m_work.reset();
        const int start = m_work.takePoint(3);
        PhasePoint& origin = m_work.point(start);
        std::copy(state.q.begin(), state.q.end(), origin.q);
        std::copy(state.grad.begin(), state.grad.end(), origin.grad);
        origin.log_density = state.log_density;
        origin.kinetic = drawMomentum(m_rng, {origin.p, m_work.dimension()});
        if (!mass.isDiagonal()) setForce(mass, origin);
        m_trajectory = {start, start, start, 0, 1, nullptr};
        return origin.kinetic - origin.log_density;
    }
    void beginSubtree() {
        const int direction = m_rng() >> 63 ? 1 : -1;
        if (direction != m_direction_of_end) { // the trajectory's "end" is where it grows next
            std::swap(m_trajectory.begin, m_trajectory.end);
            m_direction_of_end = direction;
        }
        const int steps = direction > 0 ? m_steps_forward : m_steps_back;
        m_tree.begin(m_depth, m_trajectory.end, direction, direction * steps);
    }
    /// Whether the trajectory goes on.
    bool joinSubtree() {
        (m_tree.direction() > 0 ? m_steps_forward : m_steps_back) += 1 << m_depth;
        ++m_depth;
        const TrajectorySpan& added = m_tree.whole();
        // Biased progressive sampling: the new half is preferred, which keeps the balance because both halves
        // are equally likely to have been built second.
        const bool is_added_sampled = m_rng.uniform() * m_trajectory.weight < added.weight;
        return m_tree.join(m_trajectory, added, is_added_sampled) && m_depth < m_max_depth;
    }

    Rng m_rng;
    NutsWork& m_work;
    int m_max_depth;
    TrajectorySpan m_trajectory; // before m_energy_0, with which it begins
    double m_energy_0;
    NutsTree m_tree;
    int m_depth = 0; // doublings so far
    int m_direction_of_end = 1;
    int m_steps_back = 0, m_steps_forward = 0;
    bool m_is_growing = true;
};

/// How a trajectory goes from one point to the next: writes what follows `from`, forwards (1) or back in time
/// (-1), and keeps volumes. False: the trajectory ends at `from`, and would end there seen from anywhere.
template <class W>
concept TrajectoryWalk = requires(W& walk, const PhasePoint& from, int direction, PhasePoint& to) {
    { walk(from, direction, to) } -> std::same_as<bool>;
    { walk.num_leapfrogs } -> std::convertible_to<int>;
};

/// One transition along trajectories of that walk. No allocation.
template <TrajectoryWalk Walk>
StepInfo stepAlong(
    Walk& walk, const Rng& rng, State& state, const Mass& mass, int max_depth, NutsWork& work) {
    NutsTransition transition(rng, state, mass, max_depth, work);
    while (transition.isGrowing())
        if (walk(transition.from(), transition.direction(), transition.to()))
            transition.add();
        else
            transition.endHere();
    return transition.finish(state, walk.num_leapfrogs);
}

} // namespace chainsong
