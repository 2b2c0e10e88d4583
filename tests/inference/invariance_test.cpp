#include "invariance.h"

#include "engine/inference/hmc.h"
#include "engine/inference/nuts.h"
#include "engine/inference/random_walk.h"
#include "engine/inference/transforms.h"
#include "slow_nuts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chainsong::test {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;

Transition nuts(const ExactTarget& target, double step_size, Vec inverse_mass, int max_depth = 10) {
    Mass mass(inverse_mass.size());
    mass.set(inverse_mass);
    auto work = std::make_shared<NutsWork>(inverse_mass.size(), max_depth);
    return [=](Rng rng, State& state) {
        nutsStep(rng, state, target.log_density, {step_size, max_depth}, mass, *work);
    };
}

/// A mass with the direction (cos, sin) of `angle`, along which the variance is `variance`.
Mass stretched(Vec inverse_mass, double angle, double variance) {
    Mass mass(2);
    mass.set(inverse_mass);
    mass.addDirections({std::cos(angle), std::sin(angle)}, Vec{variance});
    return mass;
}

Transition nutsAlong(const ExactTarget& target, double step_size, Mass mass) {
    auto work = std::make_shared<NutsWork>(2, 10);
    return [=](Rng rng, State& state) {
        nutsStep(rng, state, target.log_density, {step_size, 10}, mass, *work);
    };
}

Transition hmcAlong(const ExactTarget& target, double step_size, Mass mass) {
    auto work = std::make_shared<HmcWork>(2);
    return [=](Rng rng, State& state) {
        hmcStep(rng, state, target.log_density, {step_size, 3}, mass, *work);
    };
}

Transition hmc(const ExactTarget& target, double step_size, int num_leapfrogs, Vec inverse_mass) {
    Mass mass(inverse_mass.size());
    mass.set(inverse_mass);
    auto work = std::make_shared<HmcWork>(inverse_mass.size());
    return [=](Rng rng, State& state) {
        hmcStep(rng, state, target.log_density, {step_size, num_leapfrogs}, mass, *work);
    };
}

Transition randomWalk(const ExactTarget& target, double scale, Vec sd) {
    auto work = std::make_shared<RandomWalkWork>(sd.size());
    return [=](Rng rng, State& state) { randomWalkStep(rng, state, target.log_density, {scale, sd}, *work); };
}

template <NutsBug kBug> Transition slowNuts(const ExactTarget& target, double step_size, int max_depth) {
    return [=](Rng rng, State& state) {
        SlowNuts<kBug>::step(rng, state, target.log_density, step_size, max_depth);
    };
}

TEST(Invariance, EveryKernelLeavesItsTargetAsItIs) {
    const ExactTarget normal = correlatedNormal(), banana = smallBanana(), gamma = logGamma();
    EXPECT_THAT(findFaults(normal, randomWalk(normal, 1, {0.8, 2})), IsEmpty());
    EXPECT_THAT(findFaults(normal, hmc(normal, 0.5, 4, {1, 1})), IsEmpty());
    EXPECT_THAT(findFaults(normal, hmc(normal, 0.6, 3, {1, 9})), IsEmpty());
    EXPECT_THAT(findFaults(normal, nuts(normal, 0.5, {1, 1})), IsEmpty());
    EXPECT_THAT(findFaults(normal, nuts(normal, 0.8, {1, 9})), IsEmpty());
    EXPECT_THAT(findFaults(normal, nuts(normal, 0.3, {1, 1}, 2)), IsEmpty());
    EXPECT_THAT(findFaults(banana, nuts(banana, 0.4, {2, 1})), IsEmpty());
    EXPECT_THAT(findFaults(banana, hmc(banana, 0.3, 5, {2, 1})), IsEmpty());
    EXPECT_THAT(findFaults(gamma, nuts(gamma, 0.9, {0.4})), IsEmpty());
    EXPECT_THAT(findFaults(gamma, randomWalk(gamma, 1, {1})), IsEmpty());
    EXPECT_THAT(findFaults(normal, nutsAlong(normal, 0.8, stretched({1, 9}, 0.785, 1.8))), IsEmpty());
    EXPECT_THAT(findFaults(normal, hmcAlong(normal, 0.7, stretched({1, 9}, 0.785, 1.8))), IsEmpty());
    EXPECT_THAT(findFaults(banana, nutsAlong(banana, 0.4, stretched({2, 1}, 2, 0.3))), IsEmpty());
}

TEST(Invariance, TheObviousSlowSamplerAgrees) {
    const ExactTarget normal = correlatedNormal();
    EXPECT_THAT(findFaults(normal, slowNuts<NutsBug::kNone>(normal, 0.5, 8)), IsEmpty());
}

// The bugs from here on are planted. The same oracle must find each of them.

TEST(PlantedBug, AGradientWithTheWrongSignIsFound) {
    ExactTarget wrong = correlatedNormal();
    wrong.log_density = [right = wrong.log_density](std::span<const double> x, std::span<double> grad) {
        const double log_p = right(x, grad);
        for (double& g : grad) g = -g;
        return log_p;
    };
    EXPECT_THAT(findFaults(wrong, nuts(wrong, 0.5, {1, 1})), Contains("gradient 0"));
}

TEST(PlantedBug, AMissingJacobianIsFound) {
    const ExactTarget wrong = logGamma(0);
    EXPECT_THAT(findFaults(wrong, nuts(wrong, 0.9, {0.4})), Contains("mean"));
}

/// HMC with something wrong in one place.
enum class HmcBug {
    kNone,
    kAcceptsAlways,
    kNoLastHalfKick,
    kForgetsKineticEnergy,
    kKeepsMomentum,
    kStaleGradient
};

template <HmcBug kBug> Transition buggyHmc(const ExactTarget& target, double step_size, int num_leapfrogs) {
    auto kept_momentum = std::make_shared<Vec>();
    return [=](Rng rng, State& state) {
        State to = state;
        Vec p(to.q.size());
        for (double& p_i : p) p_i = rng.normal();
        if (kBug == HmcBug::kKeepsMomentum && !kept_momentum->empty()) p = *kept_momentum;
        const auto kinetic = [&] {
            double sum = 0;
            for (const double p_i : p) sum += 0.5 * p_i * p_i;
            return kBug == HmcBug::kForgetsKineticEnergy ? 0 : sum;
        };
        const double energy_before = kinetic() - to.log_density;
        for (int l = 0; l < num_leapfrogs; ++l) {
            for (std::size_t i = 0; i < p.size(); ++i) p[i] += 0.5 * step_size * to.grad[i];
            for (std::size_t i = 0; i < p.size(); ++i) to.q[i] += step_size * p[i];
            to.log_density = target.log_density(to.q, to.grad);
            if (kBug == HmcBug::kNoLastHalfKick && l + 1 == num_leapfrogs) break;
            for (std::size_t i = 0; i < p.size(); ++i) p[i] += 0.5 * step_size * to.grad[i];
        }
        const bool accepts = kBug == HmcBug::kAcceptsAlways
            || rng.uniform() < std::exp(energy_before - (kinetic() - to.log_density));
        // Keeping the momentum is sound only if it is turned round on rejection; this one does not.
        if (kBug == HmcBug::kKeepsMomentum) *kept_momentum = p;
        if (accepts && kBug == HmcBug::kStaleGradient) to.grad = state.grad;
        if (accepts) state = to;
    };
}

TEST(PlantedBug, HmcThatAcceptsAlwaysIsFound) {
    const ExactTarget normal = correlatedNormal();
    EXPECT_THAT(findFaults(normal, buggyHmc<HmcBug::kNone>(normal, 0.7, 4)), IsEmpty());
    EXPECT_THAT(findFaults(normal, buggyHmc<HmcBug::kAcceptsAlways>(normal, 0.7, 4)), Not(IsEmpty()));
}

TEST(PlantedBug, ALeapfrogWithoutItsLastHalfKickIsFound) {
    const ExactTarget normal = correlatedNormal();
    EXPECT_THAT(findFaults(normal, buggyHmc<HmcBug::kNoLastHalfKick>(normal, 0.7, 4)), Not(IsEmpty()));
}

TEST(PlantedBug, AnEnergyWithoutItsKineticPartIsFound) {
    const ExactTarget normal = correlatedNormal();
    EXPECT_THAT(findFaults(normal, buggyHmc<HmcBug::kForgetsKineticEnergy>(normal, 0.7, 4)), Not(IsEmpty()));
}

TEST(PlantedBug, AMomentumKeptWithoutBeingTurnedRoundIsFound) {
    const ExactTarget normal = correlatedNormal();
    EXPECT_THAT(findFaults(normal, buggyHmc<HmcBug::kKeepsMomentum>(normal, 0.7, 4)), Not(IsEmpty()));
}

TEST(PlantedBug, AGradientLeftBehindAtTheOldPlaceIsFound) {
    const ExactTarget normal = correlatedNormal();
    EXPECT_THAT(
        findFaults(normal, buggyHmc<HmcBug::kStaleGradient>(normal, 0.7, 4), 1, 20'000, 10), Not(IsEmpty()));
}

TEST(PlantedBug, ASeedThatIsTheSameForEveryDrawIsFound) {
    const ExactTarget normal = correlatedNormal();
    const Transition right = nuts(normal, 0.5, {1, 1});
    const Transition biased = [&](Rng, State& state) { right(Rng(1), state); };
    EXPECT_THAT(findFaults(normal, biased), Not(IsEmpty()));
}

TEST(PlantedBug, ARandomWalkThatDriftsIsFound) {
    const ExactTarget normal = correlatedNormal();
    const Transition drifting = [&](Rng rng, State& state) {
        Vec proposal = state.q;
        for (double& q : proposal) q += 0.3 + rng.normal();
        const double proposed = normal.log_density(proposal, {});
        if (rng.uniform() < std::exp(proposed - state.log_density)) {
            state.q = proposal;
            state.log_density = proposed;
        }
    };
    EXPECT_THAT(findFaults(normal, drifting), Contains("mean 1"));
}

TEST(PlantedBug, WrongWeightsInsideASubtreeAreFound) {
    const ExactTarget normal = correlatedNormal();
    EXPECT_THAT(findFaults(normal, slowNuts<NutsBug::kGreedySubtree>(normal, 0.9, 8)), Not(IsEmpty()));
}

TEST(PlantedBug, ASubtreeUsedAfterItTurnedBackIsFound) {
    const ExactTarget normal = correlatedNormal();
    EXPECT_THAT(findFaults(normal, slowNuts<NutsBug::kKeepsTurnedSubtree>(normal, 0.9, 8)), Not(IsEmpty()));
}

} // namespace
} // namespace chainsong::test
