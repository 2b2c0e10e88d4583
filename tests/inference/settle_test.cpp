#include "engine/inference/settle.h"

#include "engine/inference/agreement.h"
#include "engine/inference/diagnostics.h"
#include "engine/inference/targets.h"
#include "engine/inference/verdict.h"

#include <gtest/gtest.h>

#include <cmath>

namespace chainsong {
namespace {

ChainValues columnOf(const Run& run, std::size_t column) {
    ChainValues values;
    for (const ChainRun& chain : run.chains) values.push_back(chain.columns[column]);
    return values;
}

TEST(Settle, WhatNutsCanDoStaysAsNutsDrawsIt) {
    RunOptions options;
    options.seed = 3;
    const auto settled = runUntilSettled(autoregressiveTarget(10), options, 10'000);
    const auto nuts = runChains(autoregressiveTarget(10), options);
    ASSERT_TRUE(settled && nuts);
    EXPECT_FALSE(settled->took_local_steps);
    EXPECT_EQ(settled->run.options.kernel, Kernel::kNuts);
    for (std::size_t c = 0; c < 4; ++c) EXPECT_EQ(settled->run.chains[c].columns, nuts->chains[c].columns);
}

TEST(Settle, TheBananaIsRightForEverySeedWithoutAThought) {
    double sum_squared_z = 0;
    for (std::uint64_t seed = 21; seed <= 30; ++seed) {
        RunOptions options;
        options.seed = seed;
        const auto settled = runUntilSettled(bananaTarget(), options, 10'000);
        ASSERT_TRUE(settled);
        EXPECT_TRUE(settled->took_local_steps);
        for (const std::size_t column : {0u, 1u}) { // x1 ~ N(0, 10), x2 ~ N(-0.03 (x1^2 - 100), 1)
            const ChainValues values = columnOf(settled->run, column);
            const double sd = column == 0 ? 10 : std::sqrt(1 + 0.03 * 0.03 * 2 * 1e4);
            EXPECT_LE(rhat(values), 1.01);
            const double z_mean = meanOf(values) / mcseMean(values);
            const double z_sd = (sdOf(values) - sd) / mcseSd(values);
            EXPECT_LT(std::abs(z_mean), 4);
            EXPECT_LT(std::abs(z_sd), 5);
            sum_squared_z += z_mean * z_mean;
        }
    }
    EXPECT_LT(std::sqrt(sum_squared_z / 20), 1.5);
}

TEST(Settle, TheSecondRunIsTheOneThatCanBeOrdered) {
    RunOptions options;
    options.seed = 4;
    const auto settled = runUntilSettled(bananaTarget(), options, 10'000);
    options.kernel = Kernel::kWalnuts;
    options.num_draws = static_cast<int>(settled->run.chains[0].stats.size());
    options.num_threads = 2;
    const auto ordered = runChains(bananaTarget(), options);
    ASSERT_TRUE(settled && ordered);
    for (std::size_t c = 0; c < 4; ++c) EXPECT_EQ(settled->run.chains[c].columns, ordered->chains[c].columns);
}

TEST(Settle, WhatNothingSettlesEndsAtTheMostDrawsAndDoesNotLookSettled) {
    RunOptions options;
    options.num_draws = 500;
    const auto settled = runUntilSettled(rosenbrockTarget(), options, 1500);
    ASSERT_TRUE(settled);
    EXPECT_TRUE(settled->took_local_steps);
    EXPECT_EQ(settled->run.end, RunEnd::kAllDraws);
    EXPECT_EQ(settled->run.chains[0].stats.size(), 1500u);
    EXPECT_GT(std::max(rhat(columnOf(settled->run, 0)), rhat(columnOf(settled->run, 1))), 1.01);
}

TEST(Settle, WhatMustWarnIsNeverCalledGood) {
    for (const Target& target : {funnelTarget(), rosenbrockTarget()})
        for (std::uint64_t seed = 41; seed <= 44; ++seed) {
            SCOPED_TRACE(target.name + ", seed " + std::to_string(seed));
            RunOptions options;
            options.seed = seed;
            const auto settled = runUntilSettled(target, options, 5000);
            ASSERT_TRUE(settled);
            const auto& run = settled->run;
            std::vector<ChainColumns> columns;
            SamplerTroubles troubles;
            for (const ChainRun& chain : run.chains) {
                columns.push_back(chain.columns);
                Vec energies;
                for (const DrawStats& draw : chain.stats) {
                    energies.push_back(draw.energy);
                    troubles.num_divergences += draw.diverged;
                }
                troubles.lowest_ebfmi = std::min(troubles.lowest_ebfmi, ebfmi(energies));
            }
            const RunVerdict verdict = verdictOf(
                diagnose(run.parameter_names, columns), 4, static_cast<int>(columns[0][0].size()), troubles);
            EXPECT_NE(verdict.light, Light::kGood);
            EXPECT_FALSE(verdict.warnings.empty() && verdict.worst.empty()) << "it says what is wrong";
        }
}

TEST(Settle, AStopRequestAndAFailureEndTheFirstRun) {
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = runUntilSettled(bananaTarget(), {}, 10'000, {}, stop.get_token());
    ASSERT_TRUE(stopped);
    EXPECT_FALSE(stopped->took_local_steps);
    EXPECT_TRUE(stopped->run.was_stopped);

    Target broken = bananaTarget();
    broken.log_density = [](std::span<const double>, std::span<double>) { return std::nan(""); };
    EXPECT_FALSE(runUntilSettled(broken, {}, 10'000));
}

TEST(Agreement, AskedOfEveryParameterAndTheLogDensity) {
    const auto run = runChains(normalTarget(2), {});
    ASSERT_TRUE(run);
    std::vector<ChainRun> chains = run->chains;
    const auto isGood = [&](const StopRule& rule) {
        std::vector<const ChainRun*> pointers;
        for (const ChainRun& chain : chains) pointers.push_back(&chain);
        return isGoodEnough(pointers, rule);
    };
    StopRule rule;
    rule.rhat = 1.01;
    rule.ess = 400;
    EXPECT_TRUE(isGood(rule));
    rule.ess = 1e6;
    EXPECT_FALSE(isGood(rule));
    rule.ess = 0;
    chains[1].failure = Error{"no start", "chain 2"};
    EXPECT_TRUE(isGood(rule)) << "a failed chain does not count";
    for (DrawStats& draw : chains[2].stats) draw.log_density += 10;
    EXPECT_FALSE(isGood(rule)) << "the log density is elsewhere";
    for (ChainRun& chain : chains) chain.failure = Error{"no start", {}};
    EXPECT_FALSE(isGood(rule));
}

} // namespace
} // namespace chainsong
