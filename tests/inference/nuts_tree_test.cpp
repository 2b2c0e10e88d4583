#include "engine/inference/nuts.h"

#include "engine/inference/targets.h"
#include "invariance.h"
#include "slow_nuts.h"

#include <gtest/gtest.h>

#include <array>

namespace chainsong::test {
namespace {

constexpr int kDepth = 3, kReach = (1 << kDepth) - 1, kNumIndices = 2 * kReach + 1;

/// The probability that a transition ends so many steps from its start (at kReach + steps).
using IndexLaw = std::array<double, kNumIndices>;

/// All that a transition from one point with one momentum can do, with its probability: every sequence of
/// directions is gone through, nothing is drawn.
class EveryTrajectory {
public:
    template <LogDensity F>
    EveryTrajectory(const F& log_density, const State& state, const Vec& p, double step_size)
        : m_points(kNumIndices) {
        const SlowPoint start{state.q, p, state.grad, state.log_density, 0};
        m_points[kReach] = start;
        for (std::size_t i = 1; i <= kReach; ++i) {
            m_points[kReach + i] = leap(m_points[kReach + i - 1], log_density, step_size, 1);
            m_points[kReach - i] = leap(m_points[kReach - i + 1], log_density, step_size, -1);
        }
        for (std::size_t i = 0; i < kNumIndices; ++i)
            m_weights[i] = std::exp(energyOf(start) - energyOf(m_points[i]));
        IndexLaw at_start{};
        at_start[kReach] = 1;
        follow(kReach, kReach + 1, at_start, 1);
    }
    const IndexLaw& law() const { return m_law; }

private:
    double weightOf(std::size_t first, std::size_t past) const {
        double sum = 0;
        for (std::size_t i = first; i < past; ++i) sum += m_weights[i];
        return sum;
    }
    void end(const IndexLaw& law, double probability) {
        for (std::size_t i = 0; i < kNumIndices; ++i) m_law[i] += probability * law[i];
    }
    void follow(std::size_t first, std::size_t past, const IndexLaw& law, double probability) {
        const std::size_t size = past - first;
        if (size == std::size_t{1} << kDepth) return end(law, probability);
        for (const bool is_forward : {false, true}) {
            const std::size_t new_first = is_forward ? past : first - size, new_past = new_first + size;
            if (turnsInside(m_points, new_first, new_past)) {
                end(law, probability / 2);
                continue;
            }
            const double new_weight = weightOf(new_first, new_past);
            const double taken = std::min(1.0, new_weight / weightOf(first, past));
            IndexLaw next{};
            for (std::size_t i = 0; i < kNumIndices; ++i) next[i] = (1 - taken) * law[i];
            for (std::size_t i = new_first; i < new_past; ++i) next[i] += taken * m_weights[i] / new_weight;
            const std::size_t both_first = std::min(first, new_first), both_past = std::max(past, new_past);
            if (turns(m_points, both_first, both_past))
                end(next, probability / 2);
            else
                follow(both_first, both_past, next, probability / 2);
        }
    }

    std::vector<SlowPoint> m_points;
    std::array<double, kNumIndices> m_weights{};
    IndexLaw m_law{};
};

constexpr double kStepSize = 0.7;

/// The largest deviation of how often each index was drawn from the sum of its probabilities, in standard
/// deviations.
template <class Step> double worstIndexZ(const Step& step) {
    const ExactTarget target = correlatedNormal();
    const State start = stateAt(target.log_density, {0.9, -1.2});
    IndexLaw expected{}, variance{}, seen{};
    for (std::uint64_t draw = 0; draw < 40'000; ++draw) {
        Rng momentum_rng = rngFor(4, 0, draw);
        Vec p(2);
        drawNormals(momentum_rng, p);
        const IndexLaw law = EveryTrajectory(target.log_density, start, p, kStepSize).law();
        for (std::size_t i = 0; i < kNumIndices; ++i) {
            expected[i] += law[i];
            variance[i] += law[i] * (1 - law[i]);
        }
        State state = start;
        seen[static_cast<std::size_t>(kReach + step(rngFor(4, 0, draw), state, target.log_density))] += 1;
    }
    double worst = 0;
    for (std::size_t i = 0; i < kNumIndices; ++i) {
        const double off = std::abs(seen[i] - expected[i]);
        worst = std::max(worst, off < 1e-6 ? 0 : off / std::sqrt(variance[i]));
    }
    return worst;
}

template <NutsBug kBug> double worstIndexZOf() {
    return worstIndexZ([](Rng rng, State& state, const auto& density) {
        return SlowNuts<kBug>::step(rng, state, density, kStepSize, kDepth).index;
    });
}

TEST(NutsTree, EveryIndexIsDrawnAsOftenAsEnumeratingAllTrajectoriesSays) {
    const Mass mass(2);
    NutsWork work(2, kDepth);
    EXPECT_LT(worstIndexZ([&](Rng rng, State& state, const auto& density) {
        return nutsStep(rng, state, density, {kStepSize, kDepth}, mass, work).index;
    }),
        5);
    EXPECT_LT(worstIndexZOf<NutsBug::kNone>(), 5);
}

TEST(PlantedBug, NoBugInTheTreeDrawsItsIndicesAsEnumerated) {
    EXPECT_GT(worstIndexZOf<NutsBug::kGreedySubtree>(), 6);
    EXPECT_GT(worstIndexZOf<NutsBug::kWeightOffByOne>(), 6);
    EXPECT_GT(worstIndexZOf<NutsBug::kKeepsTurnedSubtree>(), 6);
    EXPECT_GT(worstIndexZOf<NutsBug::kNoSeamChecks>(), 6);
}

/// How many of 4000 transitions along one chain the obvious sampler, from the same streams, makes otherwise:
/// in where they end, how long they are, or what they say of themselves.
template <NutsBug kBug> int numDifferences(double step_size) {
    const auto target = autoregressiveTarget(5);
    const Mass mass(5);
    NutsWork work(5, 8);
    State state = stateAt(target.log_density, Vec(5, 0.4));
    int num_differences = 0;
    for (std::uint64_t draw = 0; draw < 4000; ++draw) {
        State slow_state = state;
        const StepInfo slow =
            SlowNuts<kBug>::step(rngFor(8, 0, draw), slow_state, target.log_density, step_size, 8);
        const StepInfo fast =
            nutsStep(rngFor(8, 0, draw), state, target.log_density, {step_size, 8}, mass, work);
        bool is_same = slow.index == fast.index && slow.tree_depth == fast.tree_depth
            && slow.num_leapfrogs == fast.num_leapfrogs && slow.diverged == fast.diverged
            && std::abs(slow.accept_prob - fast.accept_prob) < 1e-9;
        for (std::size_t i = 0; i < 5; ++i)
            is_same = is_same && std::abs(slow_state.q[i] - state.q[i]) < 1e-9;
        num_differences += !is_same;
    }
    return num_differences;
}

TEST(NutsTree, TransitionByTransitionItIsTheObviousSampler) {
    EXPECT_EQ(numDifferences<NutsBug::kNone>(0.15), 0);
    EXPECT_EQ(numDifferences<NutsBug::kNone>(0.45), 0);
}

TEST(PlantedBug, AMissingCheckOfTheSeamsIsFoundTransitionByTransition) {
    EXPECT_GT(numDifferences<NutsBug::kNoSeamChecks>(0.15), 0);
}

TEST(PlantedBug, AnAcceptanceThatIsNotCutAtOneIsFoundTransitionByTransition) {
    EXPECT_GT(numDifferences<NutsBug::kAcceptNotCut>(0.45), 0);
}

} // namespace
} // namespace chainsong::test
