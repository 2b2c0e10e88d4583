#include "engine/music/tempo_map.h"
#include "tests/music/random_score.h"

#include <gtest/gtest.h>

#include <limits>

namespace chainsong {
namespace {

TEST(TempoMap, CountsSecondsAcrossTempoChanges) {
    EXPECT_DOUBLE_EQ(TempoMap().secondsAt({960}), 1.0);
    const TempoMap map({{{0}, 500'000}, {{960}, 1'000'000}});
    EXPECT_DOUBLE_EQ(map.secondsAt({1440}), 2.0);
    EXPECT_DOUBLE_EQ(map.tempoBpmAt({959}), 120.0);
    EXPECT_DOUBLE_EQ(map.tempoBpmAt({960}), 60.0);
    EXPECT_DOUBLE_EQ(map.secondsAt({-480}), -0.5);
}

TEST(TempoMap, IsItsOwnInverseAtEveryTick) {
    Rng rng(7);
    for (int round = 0; round < 50; ++round) {
        std::vector<TempoChange> tempos;
        Tick at;
        for (int i = 0; i < 20; ++i) {
            tempos.push_back({at, between(rng, 60'000, 15'000'000)});
            at.value += between(rng, 0, 5000);
        }
        const TempoMap map(tempos);
        double last = map.secondsAt({-1});
        for (int i = 0; i < 400; ++i) {
            const Tick tick{between(rng, -5000, 200'000)};
            EXPECT_EQ(map.tickAt(map.secondsAt(tick)), tick);
        }
        for (std::int64_t tick = 0; tick < 2000; ++tick) {
            EXPECT_GT(map.secondsAt({tick}), last);
            last = map.secondsAt({tick});
        }
    }
}

TEST(TempoMap, RoundsDownBetweenTicksAndSurvivesAnyNumber) {
    const TempoMap map(std::vector<TempoChange>{{{0}, 480'000}}); // a tick lasts one millisecond
    EXPECT_EQ(map.tickAt(0.0015), Tick{1});
    EXPECT_EQ(map.tickAt(-0.0005), Tick{-1});
    for (double seconds : {1e300, -1e300, std::numeric_limits<double>::quiet_NaN()}) map.tickAt(seconds);
}

TEST(MetreMap, CountsBarsAndBeatsFromOneForPeople) {
    const MetreMap map({{{0}, {3, 4}}, {{1440 * 2}, {6, 8}}});
    EXPECT_EQ(map.barAt({1439}), 0);
    EXPECT_EQ(map.barAt({1440}), 1);
    EXPECT_EQ(map.barStart(3), (Tick{1440 * 3}));
    EXPECT_EQ(map.metreOfBar(2), (Metre{6, 8}));
    EXPECT_EQ(map.barBeatAt({1440 + 480 + 7}), (BarBeat{2, 2, {7}}));
    EXPECT_EQ(map.barBeatAt({2880 + 240}), (BarBeat{3, 2, {0}}));
    EXPECT_EQ(map.barLineFrom({1}), Tick{1440});
    EXPECT_EQ(map.barLineFrom({1440}), Tick{1440});
}

TEST(MetreMap, LetsAChangeInsideABarCutItShort) {
    const MetreMap map({{{0}, {4, 4}}, {{480}, {3, 4}}});
    EXPECT_EQ(map.barLength(0), Tick{480});
    EXPECT_EQ(map.barStart(1), Tick{480});
    EXPECT_EQ(map.barAt({479}), 0);
    EXPECT_EQ(map.barAt({480}), 1);
    EXPECT_EQ(map.barStart(2), Tick{480 + 1440});
}

TEST(MetreMap, PutsEveryTickIntoExactlyOneBar) {
    Rng rng(11);
    for (int round = 0; round < 30; ++round) {
        const Score score = randomScore(rng);
        const MetreMap map(score.metres);
        for (int bar = 0; bar < numBars(score); ++bar) {
            EXPECT_EQ(map.barAt(map.barStart(bar)), bar);
            EXPECT_EQ(map.barAt(map.barStart(bar + 1) - Tick{1}), bar);
        }
        EXPECT_EQ(map.barStart(numBars(score)), score.end);
    }
}

TEST(MetreMap, SurvivesPiecesThatLastForYears) {
    const MetreMap map(std::vector<MetreChange>{{{0}, {1, 64}}});
    EXPECT_GT(map.barAt({std::int64_t{1} << 40}), 0);
    Score score;
    score.end = {std::int64_t{1} << 60};
    EXPECT_GT(numBars(score), 0);
    EXPECT_GT(durationSeconds(score), 0);
}

} // namespace
} // namespace chainsong
