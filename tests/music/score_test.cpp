#include "engine/music/score.h"
#include "tests/music/random_score.h"

#include <gtest/gtest.h>

namespace chainsong {
namespace {

TEST(Metres, AreReadAndWrittenAsMusiciansWriteThem) {
    for (const char* text : {"3/4", "6/8", "4/4", "12/8", "5/16", "2/2", "32/1", "1/64"})
        EXPECT_EQ(metreName(*parseMetre(text)), text);
    for (const char* text :
        {"", "3", "3/", "/4", "0/4", "33/4", "3/5", "3/0", "-3/4", "3/128", "a/b", "3/4/4"})
        EXPECT_FALSE(parseMetre(text)) << text;
    EXPECT_EQ((Metre{6, 8}.barLength()), Tick{1440});
    EXPECT_EQ((Metre{6, 8}.beatLength()), Tick{240});
}

TEST(Tempos, AreKeptToTheMicrosecondAndClamped) {
    EXPECT_EQ(tempoAt({0}, 120).microseconds_per_quarter, 500'000);
    EXPECT_DOUBLE_EQ(tempoAt({0}, 1e9).tempoBpm(), 1000);
    EXPECT_DOUBLE_EQ(tempoAt({0}, -5).tempoBpm(), 4);
    for (int us : {60'001, 333'333, 500'000, 15'000'000})
        EXPECT_EQ(tempoAt({0}, TempoChange{{0}, us}.tempoBpm()).microseconds_per_quarter, us);
}

TEST(Normalising, BringsAnythingIntoOrder) {
    Score wild;
    wild.tempos = {{{960}, -5}, {{0}, 500'000}, {{960}, 400'000}};
    wild.metres = {{{-3}, {0, 7}}};
    wild.keys = {{{5}, {-1, Mode::kMinor}}};
    wild.markers = {{{9}, "b"}, {{1}, "a"}};
    Track track;
    track.program = 500;
    track.pan_127 = -1;
    track.notes = {{{960}, {0}, 200, 0, false}, {{-5}, {10}, 60, 200, false}};
    wild.tracks = {track};
    const Score score = normalised(wild);
    EXPECT_TRUE(isSound(score));
    ASSERT_EQ(score.tempos.size(), 2u);
    EXPECT_EQ(score.tempos[1].microseconds_per_quarter, 400'000); // of two at one tick the last stays
    EXPECT_EQ(score.metres[0].metre, (Metre{1, 4}));
    EXPECT_EQ(score.keys[0].key.tonic, 11);
    EXPECT_EQ(score.markers[0].text, "a");
    EXPECT_EQ(score.end, Tick{961});
    EXPECT_EQ(normalised(score), score);
}

TEST(Keys, AreThoseInForce) {
    Score score;
    EXPECT_EQ(keyAt(score, {0}), (Key{0, Mode::kMajor}));
    score.keys = {{{0}, {2, Mode::kMinor}}, {{960}, {5, Mode::kMajor}}};
    EXPECT_EQ(keyAt(score, {959}), (Key{2, Mode::kMinor}));
    EXPECT_EQ(keyAt(score, {960}), (Key{5, Mode::kMajor}));
}

TEST(Slices, HoldTheNotesThatBeginInThemAndTheMapsThatRuleThere) {
    Rng rng(3);
    for (int round = 0; round < 20; ++round) {
        const Score score = randomScore(rng);
        const Tick from{between(rng, 0, 4000)}, to{from.value + between(rng, 1, 6000)};
        const Score part = slice(score, from, to);
        EXPECT_TRUE(isSound(part));
        std::size_t expected = 0;
        for (const Track& track : score.tracks)
            for (const Note& note : track.notes) expected += note.start >= from && note.start < to;
        EXPECT_EQ(numNotes(part), expected);
        EXPECT_EQ(keyAt(part, {0}), keyAt(score, from));
        EXPECT_EQ(part.tempos.front().tempoBpm(), score.tempos.front().tempoBpm());
    }
}

TEST(Slices, OfTheWholePieceAreThePiece) {
    Rng rng(4);
    const Score score = randomScore(rng);
    EXPECT_EQ(slice(score, {0}, score.end), score);
    EXPECT_EQ(numNotes(slice(score, score.end, {0})), 0u);
}

} // namespace
} // namespace chainsong
