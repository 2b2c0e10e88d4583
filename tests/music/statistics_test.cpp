#include "engine/music/statistics.h"
#include "tests/music/random_score.h"

#include <gtest/gtest.h>

#include <cmath>

namespace chainsong {
namespace {

Score melody(const std::vector<int>& keys, std::int64_t length = 480) {
    Score score;
    score.tracks.resize(1);
    for (int key : keys) {
        Note note;
        note.start = score.end;
        note.length = {length};
        note.key = static_cast<std::uint8_t>(key);
        score.tracks[0].notes.push_back(note);
        score.end = score.end + note.length;
    }
    return score;
}

TEST(KeyEstimate, FindsTheKeyOfEveryScaleThatRestsOnItsTriad) {
    for (int tonic = 0; tonic < 12; ++tonic) {
        std::vector<int> major, minor;
        for (int step : {0, 2, 4, 5, 7, 9, 11, 12, 7, 4, 0}) major.push_back(60 + tonic + step);
        for (int step : {0, 2, 3, 5, 7, 8, 11, 12, 7, 3, 0}) minor.push_back(60 + tonic + step);
        EXPECT_EQ(estimateKey(melody(major)).key, (Key{tonic, Mode::kMajor}));
        EXPECT_EQ(estimateKey(melody(minor)).key, (Key{tonic, Mode::kMinor}));
        EXPECT_GT(estimateKey(melody(major)).correlation, 0.8);
    }
}

TEST(KeyEstimate, WeighsNotesByLengthAndHearsNoDrums) {
    Score score = melody({62, 65, 69, 61, 64, 62});
    Score with_drums = score;
    with_drums.tracks.push_back(melody({60, 60, 60, 60, 67, 67}).tracks[0]);
    with_drums.tracks[1].is_drums = true;
    EXPECT_EQ(estimateKey(with_drums).key, estimateKey(score).key);
    EXPECT_EQ(estimateKey(score).key, (Key{2, Mode::kMinor}));
}

TEST(KeyEstimate, OfNothingIsCMajorWithoutConviction) {
    EXPECT_EQ(estimateKey({}).key, Key{});
    EXPECT_EQ(estimateKey({}).correlation, 0);
    EXPECT_EQ(estimateKey(melody({60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71})).correlation, 0);
}

TEST(Statistics, MeasureWhatTheirNamesSay) {
    const Score score = melody({60, 64, 67, 72});
    EXPECT_DOUBLE_EQ(meanPitch(score), 65.75);
    EXPECT_DOUBLE_EQ(notesPerQuarter(score), 1.0);
    EXPECT_DOUBLE_EQ(pitchClassEntropyBits(score), 1.5);
    EXPECT_DOUBLE_EQ(scaleConsistency(score), 1.0);
    EXPECT_EQ(pitchExtent(score).lowest, 60);
    EXPECT_EQ(pitchExtent(score).highest, 72);
    EXPECT_DOUBLE_EQ(pitchClassDurations(score)[0], 2.0);
    EXPECT_DOUBLE_EQ(scaleConsistency(melody({60, 61, 62, 63})), 0.75);
}

TEST(Statistics, OfNothingAreDefined) {
    EXPECT_EQ(meanPitch({}), 0);
    EXPECT_EQ(notesPerQuarter({}), 0);
    EXPECT_EQ(pitchClassEntropyBits({}), 0);
    EXPECT_EQ(scaleConsistency({}), 0);
    EXPECT_EQ(grooveConsistency({}), 1);
    EXPECT_EQ(pitchExtent({}).highest, 0);
}

TEST(Statistics, StayInTheirBounds) {
    Rng rng(5);
    for (int round = 0; round < 50; ++round) {
        const Score score = randomScore(rng);
        EXPECT_LE(pitchClassEntropyBits(score), std::log2(12.0));
        EXPECT_GE(grooveConsistency(score), 0);
        EXPECT_LE(grooveConsistency(score), 1);
        EXPECT_GE(scaleConsistency(score), 7.0 / 12 * 0.5);
        EXPECT_LE(scaleConsistency(score), 1);
        EXPECT_LE(std::abs(estimateKey(score).correlation), 1);
    }
}

TEST(Groove, IsPerfectWhenEveryBarHasTheSameRhythm) {
    EXPECT_DOUBLE_EQ(grooveConsistency(melody(std::vector<int>(16, 60))), 1);
    Score uneven = melody(std::vector<int>(8, 60));
    uneven.tracks[0].notes.resize(4); // four onsets in bar 1, none in bar 2
    EXPECT_DOUBLE_EQ(grooveConsistency(uneven), 1 - 4.0 / 64);
}

TEST(Groove, OfAPieceThatLastsForYearsIsQuick) {
    Score score = melody({60});
    score.end = {std::int64_t{1} << 40};
    EXPECT_GT(grooveConsistency(score), 0.99);
}

} // namespace
} // namespace chainsong
