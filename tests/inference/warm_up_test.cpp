#include "engine/inference/warm_up.h"

#include "engine/inference/targets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace chainsong {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(WarmUp, WindowsAreStans) {
    EXPECT_THAT(massWindowEnds(1000), ElementsAre(100, 150, 250, 450, 950));
    EXPECT_THAT(massWindowEnds(2000), ElementsAre(100, 150, 250, 450, 850, 1950));
    EXPECT_THAT(massWindowEnds(400), ElementsAre(100, 150, 350));
    EXPECT_THAT(massWindowEnds(200), ElementsAre(100, 150));
    EXPECT_THAT(massWindowEnds(175), ElementsAre(100, 125));
    EXPECT_THAT(massWindowEnds(150), ElementsAre(100));
    EXPECT_THAT(massWindowEnds(100), ElementsAre(90));
    EXPECT_THAT(massWindowEnds(19), IsEmpty());
    EXPECT_THAT(massWindowEnds(0), IsEmpty());
}

TEST(WarmUp, DualAveragingFindsTheStepSizeOfTheWantedAcceptance) {
    for (const double wanted : {0.6, 0.8, 0.95}) {
        DualAveraging steps(10, wanted);
        for (int i = 0; i < 2000; ++i) steps.learn(std::exp(-steps.stepSize())); // accepts e^-step
        EXPECT_NEAR(steps.averagedStepSize(), -std::log(wanted), 0.02);
    }
}

TEST(WarmUp, DualAveragingSurvivesAnswersThatAreNoNumbers) {
    DualAveraging steps(1, 0.8);
    for (int i = 0; i < 10'000; ++i) steps.learn(std::nan(""));
    EXPECT_GT(steps.stepSize(), 0);
    EXPECT_TRUE(std::isfinite(steps.stepSize()));
}

TEST(WarmUp, TheFirstStepSizeFitsTheScale) {
    for (const double sd : {1e-30, 0.01, 1.0, 1e6}) {
        const auto density = [sd](std::span<const double> q, std::span<double> grad) {
            const double z = q[0] / sd;
            if (!grad.empty()) grad[0] = -z / sd;
            return -0.5 * z * z;
        };
        const Mass mass(1);
        HmcWork work(1);
        const State state = stateAt(density, {sd});
        const double step_size = reasonableStepSize(Rng(1), state, density, mass, 1, work);
        EXPECT_GT(step_size, sd / 20);
        EXPECT_LT(step_size, sd * 20);
    }
}

TEST(WarmUp, BothRulesLearnTheScalesOfANormal) {
    const Target target = illConditionedTarget(8);
    for (const MassRule rule : {MassRule::kVariance, MassRule::kFisher}) {
        MassAdaptation adaptation(rule, 1000, 8);
        Mass mass(8);
        Rng rng(2);
        StepInfo moved;
        moved.index = 1;
        for (int draw = 0; draw < 1000; ++draw) {
            Vec q;
            for (int i = 0; i < 8; ++i) q.push_back(std::pow(10, -2 + 4.0 * i / 7) * rng.normal());
            adaptation.learn(draw, stateAt(target.log_density, std::move(q)), moved, mass);
        }
        for (std::size_t i = 0; i < 8; ++i) {
            const double variance = std::pow(10, -4 + 8.0 * static_cast<double>(i) / 7);
            // Windows of some 500 draws: the variance's relative standard error is sqrt(2 / 500); the
            // gradients are exact multiples of the draws, so the Fisher rule has no error at all.
            const double tolerance = rule == MassRule::kFisher ? 1e-9 : 0.3;
            EXPECT_NEAR(mass.inverse[i] / variance, 1, tolerance) << "coordinate " << i;
            EXPECT_DOUBLE_EQ(mass.scale[i] * mass.scale[i] / mass.inverse[i], 1);
        }
    }
}

TEST(WarmUp, DrawsThatDidNotMoveOrDivergedTeachTheFisherRuleNothing) {
    MassAdaptation adaptation(MassRule::kFisher, 1000, 1);
    Mass mass(1);
    StepInfo stuck, diverged;
    diverged.index = 2;
    diverged.diverged = true;
    for (int draw = 0; draw < 400; ++draw) {
        State state{{draw * 1.0}, 0, {draw * 2.0}};
        adaptation.learn(draw, state, draw % 2 == 0 ? stuck : diverged, mass);
    }
    EXPECT_EQ(mass.inverse[0], 1);
}

TEST(WarmUp, AConstantGradientLeavesTheMassAsItWas) {
    MassAdaptation adaptation(MassRule::kFisher, 1000, 1);
    Mass mass(1);
    StepInfo moved;
    moved.index = 1;
    for (int draw = 0; draw < 400; ++draw) adaptation.learn(draw, State{{draw * 1.0}, 0, {3.0}}, moved, mass);
    EXPECT_EQ(mass.inverse[0], 1);
}

} // namespace
} // namespace chainsong
