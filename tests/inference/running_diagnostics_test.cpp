#include "engine/inference/running_diagnostics.h"

#include "engine/base/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace chainsong::test {
namespace {

constexpr std::size_t kChains = 4;

/// Quantities of a run that grows: each next one mixes more slowly, the last one disagrees between chains.
struct GrowingRun {
    explicit GrowingRun(std::size_t num_quantities)
        : columns(kChains, std::vector<std::vector<double>>(num_quantities)) {
        for (std::size_t i = 0; i < num_quantities; ++i) names.push_back("q" + std::to_string(i));
    }

    void grow(std::size_t chain, int num_draws) {
        for (int draw = 0; draw < num_draws; ++draw)
            for (std::size_t i = 0; i < names.size(); ++i) {
                auto& column = columns[chain][i];
                const double keep = 1 - 1 / (1 + 3.0 * static_cast<double>(i));
                const double before = column.empty() ? 0 : column.back();
                column.push_back(keep * before + std::sqrt(1 - keep * keep) * rng.normal()
                    + (i + 1 == names.size() ? 0.3 * static_cast<double>(chain) : 0));
            }
    }
    void growAll(int num_draws) {
        for (std::size_t chain = 0; chain < kChains; ++chain) grow(chain, num_draws);
    }
    RunningDiagnostics::Source source() const {
        return [this](std::size_t quantity, std::size_t chain) {
            return std::span<const double>(columns[chain][quantity]);
        };
    }
    std::vector<SummaryRow> diagnosed() const { return diagnose(names, columns); }

    Rng rng{5};
    std::vector<std::string> names;
    std::vector<ChainColumns> columns;
};

void expectSame(const SummaryRow& actual, const SummaryRow& expected) {
    EXPECT_EQ(actual.name, expected.name);
    for (const auto member :
        {&SummaryRow::mean, &SummaryRow::mcse_mean, &SummaryRow::sd, &SummaryRow::q5, &SummaryRow::q50,
            &SummaryRow::q95, &SummaryRow::ess_bulk, &SummaryRow::ess_tail, &SummaryRow::rhat})
        EXPECT_EQ(actual.*member, expected.*member) << actual.name;
}

TEST(RunningDiagnostics, EndWhereDiagnosingEverythingEnds) {
    GrowingRun run(5);
    RunningDiagnostics running(run.names, kChains, run.source());
    for (const int more : {3, 40, 1, 333, 1000, 2500}) { // batches come chain by chain, unevenly
        for (std::size_t chain = 0; chain < kChains; ++chain) {
            run.grow(chain, more + static_cast<int>(chain));
            if (chain % 2 == 0) running.judgeNext();
        }
    }
    running.judgeAll();
    const auto expected = run.diagnosed();
    ASSERT_EQ(running.rows().size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(running.rows()[i].num_draws, running.numDraws());
        expectSame(running.rows()[i].row, expected[i]);
    }
}

TEST(RunningDiagnostics, EveryRowIsThatOfAsManyDrawsAsItSays) {
    GrowingRun run(3);
    RunningDiagnostics running(run.names, kChains, run.source(), {.always_below = 0});
    for (int look = 0; look < 40; ++look) {
        run.growAll(37);
        running.judgeNext();
    }
    for (const RunningRow& known : running.rows()) {
        ASSERT_GT(known.num_draws, 0u);
        const std::size_t quantity = static_cast<std::size_t>(&known - running.rows().data());
        ChainValues first;
        for (const auto& chain : run.columns)
            first.emplace_back(chain[quantity].begin(),
                chain[quantity].begin() + static_cast<std::ptrdiff_t>(known.num_draws));
        expectSame(known.row, summaryOf(run.names[quantity], first));
    }
}

TEST(RunningDiagnostics, NoRowStaysOlderThanItsPace) {
    GrowingRun run(12);
    const RunningPace pace{.growth = 1.25, .growth_of_worst = 1.1, .always_below = 0};
    RunningDiagnostics running(run.names, kChains, run.source(), pace);
    std::size_t num_judged = 0;
    for (int look = 0; look < 150; ++look) {
        run.growAll(20);
        while (running.judgeNext()) ++num_judged;
        for (const RunningRow& row : running.rows())
            EXPECT_LT(static_cast<double>(running.numDraws()), 1.25 * static_cast<double>(row.num_draws) + 1);
    }
    // By 1.25 from 20 to 3000 draws are 23 looks, by 1.1 53.
    EXPECT_LT(num_judged, 12u * 23 + 4u * 53);
}

TEST(RunningDiagnostics, TheFarthestFromSettledAreJudgedMoreOften) {
    GrowingRun run(12);
    RunningDiagnostics running(run.names, kChains, run.source(), {.always_below = 0});
    std::vector<std::set<std::size_t>> looks(12);
    for (int look = 0; look < 150; ++look) {
        run.growAll(20);
        while (running.judgeNext()) { }
        for (std::size_t i = 0; i < 12; ++i) looks[i].insert(running.rows()[i].num_draws);
    }
    EXPECT_GT(looks[11].size(), looks[0].size() * 3 / 2);
}

TEST(RunningDiagnostics, FewDrawsAreJudgedAtEveryNews) {
    GrowingRun run(2);
    RunningDiagnostics running(run.names, kChains, run.source());
    EXPECT_FALSE(running.judgeNext()) << "there is nothing yet";
    EXPECT_TRUE(std::isnan(running.rows()[0].row.rhat));
    run.growAll(7);
    EXPECT_FALSE(running.judgeNext()) << "three draws in half a chain say nothing";
    for (int look = 0; look < 5; ++look) {
        run.growAll(1);
        while (running.judgeNext()) { }
        for (const RunningRow& row : running.rows()) EXPECT_EQ(row.num_draws, running.numDraws());
    }
}

TEST(RunningDiagnostics, MomentsAreKnownToTheLastDraw) {
    GrowingRun run(3);
    RunningDiagnostics running(run.names, kChains, run.source());
    for (const int more : {1, 8, 9, 240, 300, 1001, 4096}) {
        run.growAll(more);
        for (std::size_t quantity = 0; quantity < 3; ++quantity) {
            ChainValues values;
            for (const auto& chain : run.columns) values.push_back(chain[quantity]);
            const RunningNow now = running.nowOf(quantity);
            EXPECT_EQ(now.num_draws, values[0].size());
            EXPECT_NEAR(now.mean, meanOf(values), 1e-12);
            EXPECT_NEAR(now.sd, sdOf(values), 1e-12);
            const double expected = rhatBasic(values);
            if (std::isnan(expected))
                EXPECT_TRUE(std::isnan(now.rhat_basic));
            else
                EXPECT_NEAR(now.rhat_basic, expected, 1e-12);
        }
    }
}

TEST(RunningDiagnostics, SayNothingMisleadingOfOddDraws) {
    const double nan = std::nan("");
    std::vector<ChainColumns> chains(2, ChainColumns(4));
    for (int i = 0; i < 300; ++i)
        for (auto& chain : chains) {
            chain[0].push_back(0.1); // a constant
            chain[1].push_back(i == 200 ? nan : i % 7);
            chain[2].push_back(i == 200 ? 1 / 0.0 : i % 7);
            chain[3].push_back(&chain == &chains[0] ? 1 : 2); // stuck in two places
        }
    const std::vector<std::string> names{"constant", "nan", "infinite", "stuck"};
    RunningDiagnostics running(names, 2,
        [&](std::size_t i, std::size_t chain) { return std::span<const double>(chains[chain][i]); });
    running.judgeAll();
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_TRUE(std::isnan(running.rows()[i].row.rhat)) << names[i];
        EXPECT_FALSE(running.nowOf(i).rhat_basic < 2) << names[i];
    }
    EXPECT_EQ(running.nowOf(0).sd, 0);
    EXPECT_EQ(running.rows()[0].row.sd, 0);
    EXPECT_TRUE(std::isinf(running.rows()[3].row.rhat));
    EXPECT_TRUE(std::isinf(running.nowOf(3).rhat_basic));
}

TEST(RunningDiagnostics, NoQuantitiesAndNoChainsAreNoTrouble) {
    RunningDiagnostics none({}, 4, [](std::size_t, std::size_t) { return std::span<const double>(); });
    EXPECT_FALSE(none.judgeNext());
    none.judgeAll();
    RunningDiagnostics no_chains(
        {"x"}, 0, [](std::size_t, std::size_t) { return std::span<const double>(); });
    EXPECT_FALSE(no_chains.judgeNext());
    EXPECT_TRUE(std::isnan(no_chains.nowOf(0).mean));
    no_chains.judgeAll();
    EXPECT_TRUE(std::isnan(no_chains.rows()[0].row.rhat));
}

} // namespace
} // namespace chainsong::test
