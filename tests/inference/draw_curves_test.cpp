#include "engine/inference/draw_curves.h"

#include "engine/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace chainsong {
namespace {

ChainValues wandering(std::size_t num_chains, std::size_t num_draws, double memory, std::uint64_t seed) {
    Rng rng(seed);
    ChainValues chains(num_chains, std::vector<double>(num_draws));
    for (auto& chain : chains) {
        double x = rng.normal();
        for (double& value : chain) value = x = memory * x + rng.normal();
    }
    return chains;
}

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

} // namespace

TEST(GrowingLengths, GrowEvenlyAndEndWithAllDraws) {
    EXPECT_EQ(growingLengths(100, 4), (std::vector<std::size_t>{25, 50, 75, 100}));
    EXPECT_EQ(growingLengths(10, 20), (std::vector<std::size_t>{8, 9, 10}));
    EXPECT_TRUE(growingLengths(7, 20).empty());
}

TEST(RunningMean, IsTheMeanOfTheFirstDrawsWithItsError) {
    const ChainValues chains = wandering(4, 1000, 0.5, 1);
    const RunningMean running = runningMean(chains, 10);
    ASSERT_EQ(running.lengths.size(), 10U);
    for (std::size_t i = 0; i < running.lengths.size(); ++i) {
        ChainValues first;
        for (std::size_t c = 0; c < 4; ++c) {
            first.emplace_back(
                chains[c].begin(), chains[c].begin() + static_cast<std::ptrdiff_t>(running.lengths[i]));
            const double sum = std::accumulate(first[c].begin(), first[c].end(), 0.0);
            EXPECT_NEAR(running.means[c][i], sum / static_cast<double>(running.lengths[i]), 1e-12);
        }
        EXPECT_NEAR(running.overall[i], meanOf(first), 1e-12);
        EXPECT_EQ(running.mcse[i], mcseMean(first));
    }
    EXPECT_LT(running.mcse.back(), running.mcse.front());
}

TEST(EssGrowth, EndsAtTheRunsEssAndGrowsWithIndependentDraws) {
    const ChainValues chains = wandering(4, 1000, 0, 2);
    const EssGrowth growth = essGrowth(chains, 5);
    EXPECT_EQ(growth.lengths, (std::vector<std::size_t>{200, 400, 600, 800, 1000}));
    EXPECT_EQ(growth.bulk.back(), essBulk(chains));
    EXPECT_EQ(growth.tail.back(), essTail(chains));
    // Independent draws: about one each; the estimate is within a few per cent.
    for (std::size_t i = 0; i < 5; ++i)
        EXPECT_NEAR(growth.bulk[i] / (4.0 * static_cast<double>(growth.lengths[i])), 1, 0.2);
}

TEST(EssGrowth, StopsWhenAsked) {
    std::stop_source source;
    source.request_stop();
    EXPECT_TRUE(essGrowth(wandering(2, 100, 0, 3), 5, source.get_token()).lengths.empty());
    EXPECT_TRUE(runningMean(wandering(2, 100, 0, 3), 5, source.get_token()).lengths.empty());
}

TEST(Autocorrelations, AreThoseOfTheDefinition) {
    const auto values = wandering(1, 300, 0.8, 4).front();
    const auto found = autocorrelations(values, 20);
    ASSERT_EQ(found.size(), 21U);
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / 300;
    const auto covariance = [&](std::size_t lag) {
        double sum = 0;
        for (std::size_t i = lag; i < values.size(); ++i)
            sum += (values[i] - mean) * (values[i - lag] - mean);
        return sum;
    };
    for (std::size_t lag = 0; lag <= 20; ++lag)
        EXPECT_NEAR(found[lag], covariance(lag) / covariance(0), 1e-10);
}

TEST(Autocorrelations, SayNothingOfConstantsAndNan) {
    EXPECT_TRUE(autocorrelations(std::vector<double>(100, 0.1), 20).empty());
    EXPECT_TRUE(autocorrelations(std::vector<double>{1, kNan, 2, 3}, 20).empty());
    EXPECT_TRUE(autocorrelations({}, 20).empty());
    EXPECT_EQ(autocorrelations(std::vector<double>{1, 2, 4}, 20).size(), 3U);
}

TEST(EnergySpread, LevelsAreCentredAndStepsAreDifferences) {
    const EnergySpread spread = energySpread(std::vector<double>{1, 4, 1, 6});
    EXPECT_EQ(spread.levels, (std::vector<double>{-2, 1, -2, 3}));
    EXPECT_EQ(spread.steps, (std::vector<double>{3, -3, 5}));
    EXPECT_TRUE(energySpread({}).steps.empty());
}

TEST(DrawCurves, SurviveEmptyConstantAndBrokenChains) {
    for (const ChainValues& chains : {ChainValues{}, ChainValues{{}, {}}, ChainValues{{1, 2, 3}},
             ChainValues(4, std::vector<double>(50, 7.0)), ChainValues{std::vector<double>(20, kNan)},
             ChainValues{{1, 2, 3, 4, 5, 6, 7, 8, 9}, {}}}) {
        const RunningMean running = runningMean(chains, 10);
        const EssGrowth growth = essGrowth(chains, 10);
        EXPECT_EQ(running.lengths, growth.lengths);
        for (const double ess : growth.bulk) EXPECT_TRUE(std::isnan(ess));
        for (const double error : running.mcse) EXPECT_TRUE(std::isnan(error));
    }
}

} // namespace chainsong
