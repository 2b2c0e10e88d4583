#include "tests/compose/exact_toy.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace chainsong;
using namespace chainsong::toy;

namespace {

constexpr int kRuns = 200;

double standardErrorsOff(const Verdict& verdict) {
    return std::abs(verdict.evidence_ratio - 1) / std::max(1e-9, verdict.evidence_ratio_error);
}

} // namespace

TEST(ExactToy, MarginalsOfTheRecursionAreProbabilities) {
    const Exact exact = solve(makeProblem());
    EXPECT_LT(
        exact.log_evidence, -14); // one piece in a million or fewer keeps the pins: rejection is hopeless
    for (const Row& row : exact.marginals) {
        double sum = 0;
        for (const double p : row) sum += p;
        EXPECT_NEAR(sum, 1, 1e-9);
    }
}

TEST(ExactToy, SmcWithLookAheadIsWithinThreeHundredthsAtSixtyFourParticles) {
    for (const int look_ahead : {1, 2, 4}) {
        const Verdict verdict = judge(makeProblem(), 64, look_ahead, kRuns);
        EXPECT_LE(verdict.pooled_tv, 0.03) << look_ahead;
    }
}

TEST(ExactToy, EvidenceIsUnbiasedForAnyLookAhead) {
    for (const int look_ahead : {0, 1, 2}) {
        const Verdict verdict = judge(makeProblem(), 64, look_ahead, kRuns);
        EXPECT_LT(standardErrorsOff(verdict), 3.5) << look_ahead << ": " << verdict.evidence_ratio;
    }
    // With the whole way to the next pin in view nothing is left to chance.
    const Verdict verdict = judge(makeProblem(), 64, 8, 20);
    EXPECT_NEAR(verdict.evidence_ratio, 1, 1e-6);
}

TEST(ExactToy, MaskingWithoutWeightsIsBiasedAndTheOracleSeesIt) {
    const Verdict verdict = judge(makeProblem(), 64, 0, kRuns, Fault::kDropsMass);
    EXPECT_GT(verdict.pooled_tv, 0.2);
    EXPECT_GT(standardErrorsOff(verdict), 10);
    // More particles do not help.
    EXPECT_GT(judge(makeProblem(), 256, 0, 50, Fault::kDropsMass).pooled_tv, 0.2);
}

TEST(ExactToy, ResamplingTheNeighbourInsteadIsSeenByTheOracle) {
    const Verdict right = judge(makeProblem(), 64, 0, kRuns);
    const Verdict wrong = judge(makeProblem(), 64, 0, kRuns, Fault::kResamplesOffByOne);
    EXPECT_LT(right.pooled_tv, 0.06);
    EXPECT_GT(wrong.pooled_tv, 0.12);
}

TEST(ExactToy, ParticleGibbsLeavesTheExactDistributionAsItIs) {
    const Problem problem = makeProblem();
    const Exact exact = solve(problem);
    constexpr int kSweeps = 4000, kParticles = 8;
    std::vector<int> path(kNumNotes);
    {
        ChainSystem start(problem, 64, 8, rngFor(3, 0, 0));
        Rng rng = rngFor(3, 0, 1);
        const SmcRun run = runSmc(start, rng);
        path = start.path(drawIndex(run.final_state.log_weights, rng));
    }
    Table mean(kNumNotes, Row(kNumPitches, 0.0));
    std::vector<int> num_changes(kNumNotes, 0);
    for (int s = 0; s < kSweeps; ++s) {
        ChainSystem system(problem, kParticles, 2, rngFor(3, 1, static_cast<std::uint64_t>(s)));
        system.follow(path);
        Rng rng = rngFor(3, 2, static_cast<std::uint64_t>(s));
        const int winner = conditionalSmc(system, rng);
        ASSERT_GE(winner, 0);
        for (std::size_t t = 0; t < path.size(); ++t) {
            num_changes[t] += path[t] != system.path(winner)[t];
            ++mean[t][static_cast<std::size_t>(system.path(winner)[t])];
        }
        path = system.path(winner);
    }
    double tv = 0;
    for (std::size_t t = 0; t < mean.size(); ++t)
        for (std::size_t i = 0; i < kNumPitches; ++i)
            tv += std::abs(mean[t][i] / kSweeps - exact.marginals[t][i]) / 2 / kNumNotes;
    EXPECT_LT(tv, 0.03);
    EXPECT_GT(num_changes[2], kSweeps / 5); // ancestor sampling moves the beginning as well as the end
    EXPECT_EQ(num_changes[5], 0); // a pin
}

TEST(Smc, SystematicResamplingTakesEachParticleItsShareRoundedUpOrDown) {
    Rng rng(5);
    const std::vector<double> weights{0.1, 0.45, 0.0, 0.25, 0.2};
    std::vector<double> log_weights;
    for (const double w : weights) log_weights.push_back(std::log(w) + 300);
    for (int run = 0; run < 100; ++run) {
        std::vector<int> count(weights.size(), 0);
        for (const int a : systematicAncestors(log_weights, rng)) ++count[static_cast<std::size_t>(a)];
        for (std::size_t i = 0; i < weights.size(); ++i) {
            EXPECT_GE(count[i], std::floor(5 * weights[i]));
            EXPECT_LE(count[i], std::ceil(5 * weights[i]));
        }
    }
}

TEST(Smc, WeightsFarFromOneKeepTheirMeaning) {
    const std::vector<double> equal{-2000, -2000, -2000};
    EXPECT_NEAR(effectiveSampleSize(equal), 3, 1e-9);
    EXPECT_NEAR(logSumExp(equal), -2000 + std::log(3), 1e-9);
    const double nothing = -std::numeric_limits<double>::infinity();
    EXPECT_EQ(effectiveSampleSize(std::vector<double>{nothing, nothing}), 0);
    Rng rng(1);
    EXPECT_EQ(drawIndex(std::vector<double>{nothing, nothing}, rng), -1);
    EXPECT_EQ(drawIndex(std::vector<double>{nothing, 800}, rng), 1);
}
