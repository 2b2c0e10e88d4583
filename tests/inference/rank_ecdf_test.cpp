#include "engine/inference/rank_ecdf.h"

#include "engine/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace chainsong {
namespace {

ChainValues normalChains(std::size_t num_chains, std::size_t num_draws, std::uint64_t seed) {
    Rng rng(seed);
    ChainValues chains(num_chains, std::vector<double>(num_draws));
    for (auto& chain : chains)
        for (double& x : chain) x = rng.normal();
    return chains;
}

bool staysInside(const RankEcdf& plot, const EcdfBand& band) {
    for (const auto& row : plot.differences)
        for (std::size_t i = 0; i < row.size(); ++i)
            if (row[i] < band.lower[i] - 1e-12 || row[i] > band.upper[i] + 1e-12) return false;
    return true;
}

EcdfBand bandFor(const ChainValues& chains) {
    const std::size_t n = chains.front().size(), k = numEcdfPoints(n);
    return ecdfBand(n, chains.size(), k, ecdfBandLevel(n, chains.size(), k, 0.95));
}

} // namespace

TEST(RankEcdf, DifferencesAreCountsOfRanks) {
    // Ranks of the first chain: 1, 2, 5, 6; of the second: 3, 4, 7, 8.
    const RankEcdf plot = rankEcdf({{6, 1, 2, 5}, {8, 3, 7, 4}}, 1);
    EXPECT_EQ(plot.fractions, (std::vector<double>{0, 0.25, 0.5, 0.75, 1}));
    EXPECT_EQ(plot.differences[0], (std::vector<double>{0, 0.25, 0, 0.25, 0}));
    EXPECT_EQ(plot.differences[1], (std::vector<double>{0, -0.25, 0, -0.25, 0}));
}

/// All 252 ways to deal ten ranks to two chains of five: the band's true probability by counting.
TEST(RankEcdf, TheBandHoldsWhatItPromisesOfAllDeals) {
    constexpr std::size_t kDraws = 5;
    const double level = ecdfBandLevel(kDraws, 2, kDraws, 0.8);
    const EcdfBand band = ecdfBand(kDraws, 2, kDraws, level);
    std::vector<int> owner(2 * kDraws, 0);
    std::fill(owner.begin() + kDraws, owner.end(), 1);
    int inside = 0, all = 0;
    do {
        ChainValues chains(2);
        for (std::size_t rank = 0; rank < owner.size(); ++rank)
            chains[static_cast<std::size_t>(owner[rank])].push_back(static_cast<double>(rank));
        inside += staysInside(rankEcdf(chains, 1), band) ? 1 : 0;
        ++all;
    } while (std::next_permutation(owner.begin(), owner.end()));
    ASSERT_EQ(all, 252);
    const double held = inside / 252.0;
    // Counts are whole: it may hold more than promised, and less by the simulation's error (sd 0.009) alone.
    EXPECT_GE(held, 0.8 - 3 * 0.009);
    EXPECT_LT(held, 0.95);
}

TEST(RankEcdf, AgreeingChainsStayInsideIn95OfAHundredRuns) {
    for (const auto& [num_chains, num_draws] :
        {std::pair<std::size_t, std::size_t>{4, 100}, {4, 1000}, {2, 250}, {8, 200}}) {
        constexpr int kRuns = 600;
        const EcdfBand band = bandFor(normalChains(num_chains, num_draws, 1));
        int inside = 0;
        for (int run = 0; run < kRuns; ++run) {
            const auto chains = normalChains(num_chains, num_draws, 1000 + static_cast<std::uint64_t>(run));
            inside += staysInside(rankEcdf(chains, 1), band) ? 1 : 0;
        }
        const double held = inside / static_cast<double>(kRuns);
        // Errors of these runs (0.009) and of the band's own simulation (0.005), and whole counts above.
        EXPECT_NEAR(held, 0.955, 3 * std::hypot(0.009, 0.005) + 0.005) << num_chains << " x " << num_draws;
    }
}

TEST(RankEcdf, AShiftedOrAWiderChainLeavesTheBand) {
    auto shifted = normalChains(4, 500, 3);
    for (double& x : shifted[2]) x += 0.4;
    EXPECT_FALSE(staysInside(rankEcdf(shifted, 1), bandFor(shifted)));
    auto wider = normalChains(4, 500, 4);
    for (double& x : wider[1]) x *= 1.6;
    EXPECT_FALSE(staysInside(rankEcdf(wider, 1), bandFor(wider)));
}

TEST(RankEcdf, QuantitiesWithFewValuesAreNoOffenders) {
    int outside = 0;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        auto chains = normalChains(4, 200, seed);
        for (auto& chain : chains)
            for (double& x : chain) x = x > 0.3 ? 1 : 0;
        outside += staysInside(rankEcdf(chains, 1), bandFor(chains)) ? 0 : 1;
    }
    EXPECT_LE(outside, 7); // 2 expected of 40; more than 7 in one case of a thousand
}

TEST(RankEcdf, TheBandNarrowsWithTheRootOfTheDraws) {
    const double level = ecdfBandLevel(2000, 4, 100, 0.95);
    const EcdfBand few = ecdfBand(1000, 4, 100, level), many = ecdfBand(100'000, 4, 100, level);
    EXPECT_NEAR(few.upper[50] / many.upper[50], 10, 0.5);
    EXPECT_DOUBLE_EQ(few.upper.front(), 0);
    EXPECT_DOUBLE_EQ(few.lower.back(), 0);
    for (std::size_t i = 0; i <= 100; ++i) EXPECT_NEAR(many.upper[i], -many.lower[100 - i], 1e-9);
}

TEST(RankEcdf, StickyChainsAreThinnedUntilTheBandIsMeantForThem) {
    Rng rng(5);
    ChainValues chains(4, std::vector<double>(4000));
    for (auto& chain : chains) {
        double x = 0;
        for (double& value : chain) value = x = 0.9 * x + rng.normal();
    }
    // AR(1) with 0.9: one independent draw of the mean in 19.
    const std::size_t stride = independentStride(chains);
    EXPECT_GE(stride, 12U);
    EXPECT_LE(stride, 30U);
    EXPECT_LE(independentStride(normalChains(4, 1000, 1)), 2U);
    // Chains that stand apart are not thinned for it.
    auto apart = normalChains(4, 1000, 2);
    for (double& x : apart[0]) x += 50;
    EXPECT_LE(independentStride(apart), 2U);
    const RankEcdf plot = rankEcdf(chains, stride);
    EXPECT_EQ(plot.stride, stride);
    EXPECT_EQ(plot.fractions.size(), numEcdfPoints(4000 / stride) + 1);
}

TEST(RankEcdf, NothingIsSaidWhereNothingCanBeCompared) {
    EXPECT_TRUE(rankEcdf({}, 1).differences.empty());
    EXPECT_TRUE(rankEcdf({{1, 2, 3, 4, 5}}, 1).differences.empty());
    EXPECT_TRUE(rankEcdf({{1, 2, 3}, {1, 2, 3}}, 1).differences.empty());
    EXPECT_TRUE(rankEcdf({{1, 2, 3, 4}, {}}, 1).differences.empty());
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_TRUE(rankEcdf({{1, kNan, 3, 4}, {1, 2, 3, 4}}, 1).differences.empty());
    EXPECT_EQ(independentStride({{1, 1, 1, 1, 1, 1, 1, 1, 1}}), 1U);
    EXPECT_TRUE(ecdfBand(0, 4, 1, 0.05).lower.empty());
}

} // namespace chainsong
