#include "engine/inference/diagnostics.h"

#include "engine/base/random.h"
#include "engine/inference/special_functions.h"
#include "reference_files.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace chainsong::test {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

void expectClose(double actual, double expected, const std::string& what) {
    EXPECT_NEAR(actual, expected, 1e-9 * std::max(1.0, std::abs(expected))) << what;
}

TEST(Diagnostics, AgreeWithRsPosteriorToNineDigits) {
    const auto reference = referenceJson("diagnostics/expected.json");
    if (!reference) GTEST_SKIP() << "no reference files";
    int num_compared = 0;
    for (const auto& [file, expected] : reference->items()) {
        const ChainValues chains = referenceColumns("diagnostics/" + file);
        // With 4 draws in half a chain R's truncation reads one element too many (an ESS of 8 where the cap
        // is 19.3).
        const bool is_short = file == "in_short_2x8.csv";
        const auto check = [&](const char* name, double actual) {
            if (!expected.contains(name) || !expected.at(name).is_number()) return;
            expectClose(actual, expected.at(name).get<double>(), file + " " + name);
            ++num_compared;
        };
        check("rhat", rhat(chains));
        check("rhat_basic", rhatBasic(chains));
        check("mean", meanOf(chains));
        check("sd", sdOf(chains));
        if (is_short) continue;
        check("ess_bulk", essBulk(chains));
        check("ess_tail", essTail(chains));
        check("ess_mean", essMean(chains));
        check("ess_sd", essSd(chains));
        check("ess_median", essQuantile(chains, 0.5));
        check("ess_q05", essQuantile(chains, 0.05));
        check("ess_q95", essQuantile(chains, 0.95));
        check("ess_basic", essMean(chains));
        check("mcse_mean", mcseMean(chains));
        check("mcse_sd", mcseSd(chains));
        check("mcse_median", mcseQuantile(chains, 0.5));
        check("mcse_q05", mcseQuantile(chains, 0.05));
        check("mcse_q95", mcseQuantile(chains, 0.95));
    }
    EXPECT_GT(num_compared, 100);
}

TEST(Diagnostics, FourDrawsInHalfAChainGiveTheCapOfTheEss) {
    const ChainValues chains{{1, -2, 0.5, 3, -1, 2, 0.1, -0.7}, {-1, 0.3, 2.5, -3, 1.2, 0.2, -0.1, 0.9}};
    EXPECT_LE(essMean(chains), 16 * std::log10(16) + 1e-9);
    EXPECT_GT(essMean(chains), 0);
}

TEST(Diagnostics, SayNothingWhereTheDrawsSayNothing) {
    const double nan = std::nan("");
    const std::vector<std::pair<const char*, ChainValues>> cases{
        {"no chains", {}},
        {"empty chains", {{}, {}}},
        {"one draw", {{1}}},
        {"three draws in half a chain", {{1, 2, 3, 4, 5, 6, 7}}},
        {"constant", {ChainValues::value_type(100, 3.0), ChainValues::value_type(100, 3.0)}},
        {"not a number", {{1, 2, nan, 4, 5, 6, 7, 8, 9}}},
        {"infinite", {{1, 2, kInfinity, 4, 5, 6, 7, 8, 9}}},
    };
    for (const auto& [name, chains] : cases) {
        SCOPED_TRACE(name);
        EXPECT_TRUE(std::isnan(rhat(chains)));
        EXPECT_TRUE(std::isnan(essBulk(chains)));
        EXPECT_TRUE(std::isnan(essTail(chains)));
        EXPECT_TRUE(std::isnan(essSd(chains)));
        EXPECT_TRUE(std::isnan(mcseMean(chains)));
        EXPECT_TRUE(std::isnan(mcseSd(chains)));
        EXPECT_TRUE(std::isnan(mcseQuantile(chains, 0.5)));
        EXPECT_EQ(summaryOf("x", chains).name, "x");
    }
}

TEST(Diagnostics, ChainsThatStandStillInDifferentPlacesDisagreeInfinitely) {
    const ChainValues stuck{ChainValues::value_type(50, 1.0), ChainValues::value_type(50, 2.0)};
    EXPECT_EQ(rhat(stuck), kInfinity);
    EXPECT_LT(essBulk(stuck), 4);
}

TEST(Diagnostics, OneChainIsComparedWithItself) {
    Rng rng(3);
    ChainValues steady(1), drifting(1);
    for (int i = 0; i < 1000; ++i) {
        steady[0].push_back(rng.normal());
        drifting[0].push_back(rng.normal() + 0.005 * i);
    }
    EXPECT_LT(rhat(steady), 1.01);
    EXPECT_GT(rhat(drifting), 1.05);
}

TEST(Diagnostics, ChainsOfDifferentLengthsAreCutToTheShortest) {
    Rng rng(4);
    ChainValues chains(2);
    for (int i = 0; i < 300; ++i)
        for (auto& chain : chains) chain.push_back(rng.normal());
    ChainValues longer = chains;
    longer[1].insert(longer[1].end(), 50, 1e9);
    EXPECT_EQ(rhat(longer), rhat(chains));
    EXPECT_EQ(essBulk(longer), essBulk(chains));
    EXPECT_EQ(meanOf(longer), meanOf(chains));
}

TEST(Diagnostics, TableHasOneLineAName) {
    Rng rng(5);
    std::vector<ChainColumns> chains(4, ChainColumns(2));
    for (auto& chain : chains)
        for (int i = 0; i < 500; ++i) {
            chain[0].push_back(rng.normal());
            chain[1].push_back(10 + 2 * rng.normal());
        }
    const std::vector<std::string> names{"a", "b"};
    const auto rows = diagnose(names, chains);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[1].name, "b");
    EXPECT_NEAR(rows[1].mean, 10, 4 * rows[1].mcse_mean);
    EXPECT_NEAR(rows[1].q95, 10 + 2 * 1.6449, 0.3);
    EXPECT_LT(rows[0].rhat, 1.01);
    EXPECT_GT(rows[0].ess_tail, 1000);
}

TEST(Diagnostics, TheTableIsTheSameOnAnyNumberOfThreads) {
    Rng rng(15);
    std::vector<ChainColumns> chains(3, ChainColumns(40));
    for (auto& chain : chains)
        for (std::size_t i = 0; i < chain.size(); ++i)
            for (int draw = 0; draw < 300; ++draw) chain[i].push_back(i % 7 == 0 ? 4 : rng.normal());
    std::vector<std::string> names;
    for (int i = 0; i < 40; ++i) names.push_back("x." + std::to_string(i));
    const auto alone = diagnose(names, chains);
    for (const int num_threads : {-1, 0, 2, 3, 100}) {
        const auto rows = diagnose(names, chains, num_threads);
        ASSERT_EQ(rows.size(), alone.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            EXPECT_EQ(rows[i].name, alone[i].name);
            EXPECT_TRUE(rows[i].rhat == alone[i].rhat || std::isnan(alone[i].rhat));
            EXPECT_TRUE(rows[i].ess_tail == alone[i].ess_tail || std::isnan(alone[i].ess_tail));
            EXPECT_TRUE(rows[i].mcse_mean == alone[i].mcse_mean || std::isnan(alone[i].mcse_mean));
        }
    }
}

TEST(Diagnostics, ManyQuantitiesOfFewDrawsAreDoneInNoTimeAndSayWhatFewDrawsCan) {
    constexpr std::size_t kMany = 10'000;
    Rng rng(16);
    const std::vector<std::string> names(kMany, "x");
    std::vector<ChainColumns> chains(4, ChainColumns(kMany));
    for (auto& chain : chains)
        for (auto& column : chain)
            for (int draw = 0; draw < 8; ++draw) column.push_back(rng.normal());
    for (const SummaryRow& row : diagnose(names, chains)) ASSERT_TRUE(std::isfinite(row.rhat));
    for (auto& chain : chains)
        for (auto& column : chain) column.pop_back();
    for (const SummaryRow& row : diagnose(names, chains)) {
        ASSERT_TRUE(std::isnan(row.rhat)) << "three draws in half a chain";
        ASSERT_TRUE(std::isnan(row.ess_bulk));
        ASSERT_TRUE(std::isfinite(row.mean));
    }
}

TEST(Diagnostics, DrawsOfAnySizeHaveTheSameRanks) {
    Rng rng(17);
    ChainValues chains(4);
    for (auto& chain : chains)
        for (int i = 0; i < 500; ++i) chain.push_back(rng.normal());
    const double rhat_of_ones = rhat(chains), bulk_of_ones = essBulk(chains), mean_of_ones = essMean(chains);
    for (const double scale : {0x1p-1000, 0x1p-40, 0x1p40, 0x1p1000}) {
        ChainValues scaled = chains;
        for (auto& chain : scaled)
            for (double& value : chain) value *= scale;
        EXPECT_EQ(rhat(scaled), rhat_of_ones) << scale;
        EXPECT_EQ(essBulk(scaled), bulk_of_ones) << scale;
        // Where squares overflow or vanish, nothing is said rather than too much.
        if (scale > 1e-100 && scale < 1e100)
            EXPECT_NEAR(essMean(scaled), mean_of_ones, 1e-9 * mean_of_ones);
        else
            EXPECT_TRUE(std::isnan(essMean(scaled))) << scale;
    }
}

TEST(Diagnostics, EnergiesThatBarelyChangeHaveALowFractionOfInformation) {
    Rng rng(6);
    std::vector<double> free, sticky{0};
    for (int i = 0; i < 2000; ++i) {
        free.push_back(rng.normal());
        sticky.push_back(0.98 * sticky.back() + rng.normal());
    }
    EXPECT_GT(ebfmi(free), 1.5);
    EXPECT_LT(ebfmi(sticky), 0.3);
    EXPECT_TRUE(std::isnan(ebfmi(std::vector<double>{1, 2})));
}

/// Each draw's rank among all by counting, ties sharing their mean rank; as normal scores.
ChainValues countedScores(const ChainValues& chains) {
    std::vector<double> sorted;
    for (const auto& chain : chains) sorted.insert(sorted.end(), chain.begin(), chain.end());
    std::sort(sorted.begin(), sorted.end());
    ChainValues scores = chains;
    for (auto& chain : scores)
        for (double& value : chain) {
            const auto [first, past] = std::equal_range(sorted.begin(), sorted.end(), value);
            const double rank = 0.5 * static_cast<double>(first - sorted.begin() + 1 + past - sorted.begin());
            value = normalQuantile((rank - 0.375) / (static_cast<double>(sorted.size()) + 0.25));
        }
    return scores;
}

double averageIn(const std::vector<double>& x) {
    double sum = 0;
    for (const double value : x) sum += value;
    return sum / static_cast<double>(x.size());
}

/// Geyer's sequence from sums over all pairs of draws, no transform.
double summedEss(const ChainValues& halves) {
    const std::size_t n = halves.front().size();
    std::vector<double> covariance(n, 0), means;
    for (const auto& half : halves) {
        means.push_back(averageIn(half));
        for (std::size_t lag = 0; lag < n; ++lag)
            for (std::size_t i = 0; i + lag < n; ++i)
                covariance[lag] += (half[i] - means.back()) * (half[i + lag] - means.back())
                    / static_cast<double>(n * halves.size());
    }
    double between = 0;
    for (const double mean : means)
        between +=
            (mean - averageIn(means)) * (mean - averageIn(means)) / static_cast<double>(means.size() - 1);
    const double length = static_cast<double>(n), count = length * static_cast<double>(halves.size());
    const double within = covariance[0] * length / (length - 1), total = covariance[0] + between;
    const auto rho = [&](std::size_t lag) { return lag == 0 ? 1 : 1 - (within - covariance[lag]) / total; };
    double tau = -1, smallest = 1e300;
    for (std::size_t t = 0; t + 3 < n; t += 2) {
        const double pair = rho(t) + rho(t + 1);
        if (!(pair > 0)) {
            tau += std::max(rho(t), 0.0);
            break;
        }
        smallest = std::min(smallest, pair);
        tau += 2 * smallest;
    }
    return count / std::max(tau, 1 / std::log10(count));
}

ChainValues halvesOf(const ChainValues& chains) {
    ChainValues halves;
    for (const auto& chain : chains) {
        const auto half = static_cast<std::ptrdiff_t>(chain.size() / 2);
        halves.emplace_back(chain.begin(), chain.begin() + half);
        halves.emplace_back(chain.end() - half, chain.end());
    }
    return halves;
}

/// Halves as whole chains again, which split into the same halves.
ChainValues rejoined(const ChainValues& halves) {
    ChainValues chains;
    for (std::size_t i = 0; i < halves.size(); i += 2) {
        chains.push_back(halves[i]);
        chains.back().insert(chains.back().end(), halves[i + 1].begin(), halves[i + 1].end());
    }
    return chains;
}

TEST(Diagnostics, SortsAndTransformsGiveWhatCountingAndSummingGive) {
    struct Case {
        const char* name;
        std::size_t length;
        double correlation;
        double (*shown)(double x);
    };
    const auto same = [](double x) { return x; };
    const std::vector<Case> cases{
        {"independent", 1000, 0, same},
        {"few draws, an odd number", 101, 0.5, same},
        {"an odd number", 1001, 0.9, same},
        {"slower than the lags tried first", 2000, 0.995, same},
        {"ties", 1500, 0.6, [](double x) { return std::round(2 * x); }},
        {"two values", 1500, 0.6, [](double x) { return x > 0.5 ? 1.0 : 0.0; }},
        {"both zeros are one value", 1500, 0.3, [](double x) { return x < 0  ? -0.0
                                                                   : x < 0.5 ? 0.0
                                                                             : x; }},
        {"far from zero", 1500, 0.3, [](double x) { return 1e9 + 1e-6 * x; }},
        {"one draw far out", 1500, 0.3, [](double x) { return x > 3.2 ? 1e100 : 1e-9 * x; }},
    };
    for (const Case& one : cases) {
        SCOPED_TRACE(one.name);
        Rng rng(11);
        ChainValues chains(4);
        for (auto& chain : chains) {
            double x = rng.normal();
            for (std::size_t i = 0; i < one.length; ++i) {
                x = one.correlation * x + std::sqrt(1 - one.correlation * one.correlation) * rng.normal();
                chain.push_back(one.shown(x));
            }
        }
        expectClose(essBulk(chains), summedEss(countedScores(halvesOf(chains))), "bulk");
        expectClose(essMean(chains), summedEss(halvesOf(chains)), "mean");
        const double low = quantileOf(chains, 0.05);
        ChainValues below = chains, distances = chains;
        for (auto& chain : below)
            for (double& value : chain) value = value <= low ? 1 : 0;
        expectClose(essQuantile(chains, 0.05), summedEss(halvesOf(below)), "5 %");
        const double median = quantileOf(chains, 0.5);
        for (auto& chain : distances)
            for (double& value : chain) value = std::abs(value - median);
        expectClose(rhat(chains),
            std::max(rhatBasic(rejoined(countedScores(halvesOf(chains)))),
                rhatBasic(rejoined(countedScores(halvesOf(distances))))),
            "R-hat");
    }
}

TEST(SpecialFunctions, QuantilesInvertTheirProbabilities) {
    // Known values: R's qnorm and qbeta.
    EXPECT_NEAR(normalQuantile(0.975), 1.959963984540054, 1e-14);
    EXPECT_NEAR(normalQuantile(1e-10), -6.361340902404056, 1e-13);
    EXPECT_EQ(normalQuantile(0.5), 0);
    EXPECT_EQ(normalQuantile(0), -kInfinity);
    EXPECT_EQ(normalQuantile(1), kInfinity);
    for (const double p : {0.01, 0.1586553, 0.5, 0.8413447, 0.999})
        for (const double a : {0.5, 1.0, 20.0, 5000.0})
            EXPECT_NEAR(betaProbability(betaQuantile(p, a, 3), a, 3), p, 1e-9);
    EXPECT_NEAR(betaProbability(0.3, 2, 5), 0.579825, 1e-12);
}

TEST(Diagnostics, NestedRhatIsItsDefinition) {
    // Worked by hand: group means 2 and 5 (variance 4.5); within chains 1, between the chains of a group 2.
    const ChainValues chains{{0, 1, 2}, {2, 3, 4}, {3, 4, 5}, {5, 6, 7}};
    EXPECT_DOUBLE_EQ(nestedRhat(chains, 2), std::sqrt(1 + 4.5 / 3));
    EXPECT_DOUBLE_EQ(nestedRhat(chains, 1), std::sqrt(1 + 13.0 / 3)) << "each chain its own group";
    EXPECT_TRUE(std::isnan(nestedRhat(chains, 3)));
    EXPECT_TRUE(std::isnan(nestedRhat(chains, 4))) << "one group has nothing to be compared with";
    EXPECT_TRUE(std::isnan(nestedRhat({}, 1)));
    EXPECT_TRUE(std::isinf(nestedRhat({{1, 1}, {2, 2}}, 1)));
}

TEST(Diagnostics, SteinsIdentitiesSeeAWrongDistributionThatRhatDoesNot) {
    Rng rng(8);
    ChainValues right(4), wrong(4), right_slopes, wrong_slopes;
    for (std::size_t c = 0; c < 4; ++c)
        for (int i = 0; i < 1000; ++i) {
            right[c].push_back(rng.normal());
            wrong[c].push_back(1.2 * rng.normal() + 0.2);
        }
    const auto slopesOf = [](ChainValues x) { // of the standard normal
        for (auto& chain : x)
            for (double& value : chain) value = -value;
        return x;
    };
    const SteinCheck sound = steinCheck(right, slopesOf(right)), off = steinCheck(wrong, slopesOf(wrong));
    EXPECT_LT(std::abs(sound.slope_z), 4);
    EXPECT_LT(std::abs(sound.product_z), 4);
    EXPECT_GT(std::abs(off.slope_z), 4);
    EXPECT_GT(std::abs(off.product_z), 4);
    EXPECT_LT(rhat(wrong), 1.01);
}

} // namespace
} // namespace chainsong::test
