#include "engine/inference/nuts.h"

#include "allocations.h"
#include "engine/inference/hmc.h"
#include "engine/inference/targets.h"
#include "engine/inference/walnuts.h"
#include "invariance.h"

#include <gtest/gtest.h>

namespace chainsong::test {
namespace {

double standardNormal(std::span<const double> q, std::span<double> grad) {
    double log_p = 0;
    for (std::size_t i = 0; i < q.size(); ++i) {
        if (!grad.empty()) grad[i] = -q[i];
        log_p -= 0.5 * q[i] * q[i];
    }
    return log_p;
}

TEST(Nuts, ASubtreeOfEightStepsIsTheOneStanBuilds) {
    // Stan's test of build_tree, re-derived by hand to eight digits.
    const Mass mass(3);
    NutsWork work(3, 10);
    const int start = work.takePoint(3);
    PhasePoint& origin = work.point(start);
    const double q[] = {1, -1, 1};
    for (int i = 0; i < 3; ++i) {
        origin.q[i] = q[i];
        origin.p[i] = -q[i];
        origin.grad[i] = -q[i];
    }
    Rng rng(1);
    LeapfrogWalk walk{standardNormal, mass, 0.1};
    NutsTree tree(rng, -0.1, work);
    tree.begin(3, start, 1, 0);
    auto growth = NutsTree::Growth::kUnfinished;
    while (growth == NutsTree::Growth::kUnfinished) {
        walk(tree.from(), tree.direction(), tree.to());
        growth = tree.addPoint();
    }
    ASSERT_EQ(growth, NutsTree::Growth::kWhole);
    const TrajectorySpan& span = tree.whole();
    EXPECT_EQ(walk.num_leapfrogs, 8);
    EXPECT_FALSE(tree.diverged());
    EXPECT_NEAR(span.weight, 0.36134657, 1e-8);
    for (int i = 0; i < 3; ++i) {
        EXPECT_NEAR(span.momentum_sum[i] + origin.p[i], -q[i] * 11.401228, 1e-6);
        EXPECT_NEAR(work.point(span.begin).p[i], -q[i] * 1.09475, 1e-7);
        EXPECT_NEAR(work.point(span.end).p[i], -q[i] * 1.4131583, 1e-7);
        EXPECT_NEAR(work.point(span.end).q[i], -q[i] * 0.022019938, 1e-8);
    }
}

TEST(Nuts, TheEnergyErrorShrinksWithTheSquareOfTheStep) {
    const auto errorAt = [](double eps) {
        const auto target = bananaTarget();
        const Mass mass(2);
        Vec q{0.5, 1.5}, p{-0.7, 0.4}, grad(2);
        PhasePoint point{q.data(), p.data(), grad.data(), nullptr};
        point.log_density = target.log_density(q, grad);
        const double before = 0.5 * (p[0] * p[0] + p[1] * p[1]) - point.log_density;
        for (int i = 0; i < static_cast<int>(std::lround(0.8 / eps)); ++i)
            leapfrog(target.log_density, mass, eps, point, point);
        return std::abs(point.kinetic - point.log_density - before);
    };
    EXPECT_NEAR(errorAt(0.02) / errorAt(0.01), 4, 0.2);
    EXPECT_NEAR(errorAt(0.01) / errorAt(0.005), 4, 0.1);
}

TEST(Nuts, ATransitionAllocatesNothing) {
    const auto target = autoregressiveTarget(50);
    const Mass mass(50);
    NutsWork nuts_work(50, 10);
    HmcWork hmc_work(50);
    WalnutsWork walnuts_work(50);
    State state = stateAt(target.log_density, Vec(50, 0.3));
    const long before = numAllocations();
    int num_leapfrogs = 0;
    for (std::uint64_t draw = 0; draw < 20; ++draw) {
        num_leapfrogs += nutsStep(rngFor(1, 0, draw), state, target.log_density, {0.15, 10}, mass, nuts_work)
                             .num_leapfrogs;
        hmcStep(rngFor(1, 1, draw), state, target.log_density, {0.15, 10}, mass, hmc_work);
        walnutsStep(rngFor(1, 2, draw), state, target.log_density, {0.4, 5}, mass, nuts_work, walnuts_work);
    }
    EXPECT_EQ(numAllocations(), before);
    EXPECT_GT(num_leapfrogs, 100);
}

TEST(Nuts, TheSameStreamGivesTheSameTransition) {
    const auto target = autoregressiveTarget(10);
    const Mass mass(10);
    State first = stateAt(target.log_density, Vec(10, 0.3)), second = first;
    NutsWork used(10, 10), fresh(10, 10);
    State elsewhere = stateAt(target.log_density, Vec(10, -1.0));
    nutsStep(
        Rng(9), elsewhere, target.log_density, {0.3, 10}, mass, used); // leaves old values in the scratch
    nutsStep(Rng(5), first, target.log_density, {0.3, 10}, mass, used);
    nutsStep(Rng(5), second, target.log_density, {0.3, 10}, mass, fresh);
    EXPECT_EQ(first.q, second.q);
    EXPECT_EQ(first.grad, second.grad);
}

TEST(Nuts, TheStateCarriesItsOwnDensityAndGradient) {
    const ExactTarget target = smallBanana();
    const Mass mass(2);
    NutsWork work(2, 10);
    State state = stateAt(target.log_density, {1, -0.5});
    for (std::uint64_t draw = 0; draw < 200; ++draw) {
        nutsStep(rngFor(3, 0, draw), state, target.log_density, {0.4, 10}, mass, work);
        Vec grad(2);
        EXPECT_EQ(state.log_density, target.log_density(state.q, grad));
        EXPECT_EQ(state.grad, grad);
    }
}

TEST(Nuts, AStepFarTooLargeIsReportedAsADivergenceAndGoesNowhere) {
    const auto target = illConditionedTarget(20);
    const Mass mass(20);
    NutsWork work(20, 10);
    State state = stateAt(target.log_density, Vec(20, 0.01));
    const Vec start = state.q;
    const StepInfo info = nutsStep(Rng(1), state, target.log_density, {100, 10}, mass, work);
    EXPECT_TRUE(info.diverged);
    EXPECT_EQ(info.accept_prob, 0);
    EXPECT_EQ(state.q, start);
}

TEST(Nuts, AGradientThatIsNoNumberIsADivergence) {
    const auto density = [](std::span<const double> q, std::span<double> grad) {
        for (double& g : grad) g = q[0] > 0.5 ? std::nan("") : -q[0];
        return -0.5 * q[0] * q[0];
    };
    const Mass mass(1);
    NutsWork work(1, 10);
    int num_divergences = 0;
    State state = stateAt(density, {0.0});
    for (std::uint64_t draw = 0; draw < 100; ++draw) {
        num_divergences += nutsStep(rngFor(1, 0, draw), state, density, {0.3, 10}, mass, work).diverged;
        ASSERT_TRUE(std::isfinite(state.q[0]));
    }
    EXPECT_GT(num_divergences, 0);
}

TEST(Nuts, TheDepthIsKept) {
    const auto target = normalTarget(3);
    const Mass mass(3);
    NutsWork work(3, 4);
    State state = stateAt(target.log_density, Vec(3, 0.5));
    const StepInfo info = nutsStep(Rng(1), state, target.log_density, {1e-4, 10}, mass, work);
    EXPECT_EQ(info.tree_depth, 4);
    EXPECT_EQ(info.num_leapfrogs, 15);
}

} // namespace
} // namespace chainsong::test
