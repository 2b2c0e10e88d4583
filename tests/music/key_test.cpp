#include "engine/music/chord.h"
#include "engine/music/key.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace chainsong {
namespace {

TEST(Keys, ReadTheirOwnNamesBack) {
    for (int tonic = 0; tonic < 12; ++tonic) {
        for (int mode = 0; mode < kNumModes; ++mode) {
            const Key key{tonic, static_cast<Mode>(mode)};
            const auto read = parseKey(keyName(key));
            ASSERT_TRUE(read) << keyName(key);
            EXPECT_EQ(*read, key) << keyName(key);
        }
    }
}

TEST(Keys, AreSpelledByTheCircleOfFifths) {
    EXPECT_EQ(keyName({1, Mode::kMajor}), "Db major");
    EXPECT_EQ(keyName({1, Mode::kMinor}), "C# minor");
    EXPECT_EQ(keyName({6, Mode::kMajor}), "F# major");
    EXPECT_EQ(keyName({8, Mode::kMinor}), "G# minor");
    EXPECT_EQ(keyName({10, Mode::kMinor}), "Bb minor");
    EXPECT_EQ(keyName({3, Mode::kMinor}), "Eb minor");
    EXPECT_EQ(keyName({9, Mode::kDorian}), "A dorian");
    EXPECT_EQ(keyName({10, Mode::kLydian}), "Bb lydian");
}

TEST(Keys, AreReadInEverySpellingThatEnglishKnows) {
    const std::pair<const char*, Key> names[]{{"D minor", {2, Mode::kMinor}}, {"d Minor", {2, Mode::kMinor}},
        {"Bb major", {10, Mode::kMajor}}, {"F# dorian", {6, Mode::kDorian}}, {"C", {0, Mode::kMajor}},
        {"Cb major", {11, Mode::kMajor}}, {"B-flat major", {10, Mode::kMajor}},
        {"f sharp minor", {6, Mode::kMinor}}, {"Dm", {2, Mode::kMinor}}, {" E  major", {4, Mode::kMajor}},
        {"G mixolydian", {7, Mode::kMixolydian}}};
    for (const auto& [name, key] : names) {
        const auto read = parseKey(name);
        ASSERT_TRUE(read) << name;
        EXPECT_EQ(*read, key) << name;
    }
}

TEST(Keys, ThatAreNoneAreRefusedWithASentence) {
    for (const char* text : {"", "H minor", "D minr", "minor", "D minor minor", "#", "\xff"}) {
        const auto read = parseKey(text);
        ASSERT_FALSE(read) << text;
        EXPECT_FALSE(read.error().what.empty());
    }
}

TEST(Keys, HaveTheSignatureOfTheirRelatives) {
    EXPECT_EQ(signatureSharps({0, Mode::kMajor}), 0);
    EXPECT_EQ(signatureSharps({9, Mode::kMinor}), 0);
    EXPECT_EQ(signatureSharps({2, Mode::kDorian}), 0);
    EXPECT_EQ(signatureSharps({4, Mode::kPhrygian}), 0);
    EXPECT_EQ(signatureSharps({5, Mode::kLydian}), 0);
    EXPECT_EQ(signatureSharps({7, Mode::kMixolydian}), 0);
    EXPECT_EQ(signatureSharps({11, Mode::kLocrian}), 0);
    EXPECT_EQ(signatureSharps({4, Mode::kMajor}), 4);
    EXPECT_EQ(signatureSharps({5, Mode::kMinor}), -4);
    for (int sharps = -5; sharps <= 5; ++sharps)
        for (bool is_minor : {false, true})
            EXPECT_EQ(signatureSharps(keyFromSignature(sharps, is_minor)), sharps);
    EXPECT_EQ(keyFromSignature(-7, false), (Key{11, Mode::kMajor}));
    EXPECT_EQ(keyFromSignature(7, true), (Key{10, Mode::kMinor}));
}

TEST(Keys, HaveSevenNotesAndMinorAdmitsTheRaisedSixthAndSeventh) {
    for (int mode = 0; mode < kNumModes; ++mode) {
        int inside = 0;
        for (int pitch = 60; pitch < 72; ++pitch) inside += isInScale(pitch, {5, static_cast<Mode>(mode)});
        EXPECT_EQ(inside, static_cast<Mode>(mode) == Mode::kMinor ? 9 : 7);
    }
    EXPECT_TRUE(isInScale(68, {9, Mode::kMinor})); // G# in A minor
    EXPECT_FALSE(isInScale(61, {9, Mode::kMinor})); // C#
}

TEST(NoteNames, AreSpelledAsTheKeySpellsThem) {
    EXPECT_EQ(noteName(60), "C4");
    EXPECT_EQ(noteName(61, {2, Mode::kMajor}), "C#4");
    EXPECT_EQ(noteName(61, {8, Mode::kMajor}), "Db4");
    EXPECT_EQ(noteName(68, {9, Mode::kMinor}), "G#4");
    EXPECT_EQ(noteName(59, {6, Mode::kMajor}), "B3");
    EXPECT_EQ(noteName(53, {6, Mode::kMajor}), "E#3");
    EXPECT_EQ(noteName(0), "C-1");
    EXPECT_EQ(noteName(127), "G9");
}

TEST(NoteNames, ReadBackInEveryKey) {
    for (int tonic = 0; tonic < 12; ++tonic)
        for (int mode = 0; mode < kNumModes; ++mode)
            for (int pitch = 0; pitch < 128; ++pitch) {
                const std::string name = noteName(pitch, {tonic, static_cast<Mode>(mode)});
                const auto read = parseNoteName(name);
                // B# below C-1 would lie in octave -2, which has no notes of its own.
                if (read) {
                    EXPECT_EQ(*read, pitch) << name;
                } else {
                    EXPECT_TRUE(pitch == 0 && name == "B#-2") << name;
                }
            }
}

TEST(NoteNames, OutsideMidiAreRefused) {
    for (const char* text : {"", "C", "H4", "C10", "Cb-1", "G#9", "4C", "C44", "C-2"})
        EXPECT_FALSE(parseNoteName(text)) << text;
}

std::string notesOf(const Chord& chord) {
    std::string text;
    for (int pitch = 0; pitch < 12; ++pitch)
        if (contains(chord, pitch)) text += (text.empty() ? "" : " ") + std::to_string(pitch);
    return text;
}

TEST(Chords, HoldTheNotesOfTheirSymbols) {
    const std::pair<const char*, const char*> symbols[]{{"C", "0 4 7"}, {"Dm7", "0 2 5 9"},
        {"F#dim", "0 6 9"}, {"Bb/D", "2 5 10"}, {"Gsus4", "0 2 7"}, {"Cmaj7", "0 4 7 11"},
        {"E7b9", "2 4 5 8 11"}, {"A+", "1 5 9"}, {"Bdim7", "2 5 8 11"}, {"Cm6", "0 3 7 9"},
        {"G13", "2 4 5 7 9 11"}, {"Am7b5", "0 3 7 9"}, {"Caug7", "0 4 8 10"}, {"Dmaj9", "1 2 4 6 9"},
        {"C5", "0 7"}, {"CmM7", "0 3 7 11"}, {"F6", "0 2 5 9"}, {"C/Bb", "0 4 7 10"}, {"Cadd9", "0 2 4 7"},
        {"Cb", "3 6 11"}, {"Ebm", "3 6 10"}};
    for (const auto& [symbol, notes] : symbols) {
        const auto chord = parseChord(symbol);
        ASSERT_TRUE(chord) << symbol;
        EXPECT_EQ(notesOf(*chord), notes) << symbol;
        EXPECT_EQ(chord->symbol, symbol);
    }
    EXPECT_EQ(parseChord("Bb/D")->bass, 2);
}

TEST(Chords, ThatAreNoneAreRefused) {
    for (const char* symbol : {"", "H", "Cfoo", "C/", "C/H", "m7", "C7 ", "Dm7/F/A", "N.C."})
        EXPECT_FALSE(parseChord(symbol)) << symbol;
    EXPECT_FALSE(parseChord("C" + std::string(1'000'000, '(')));
}

} // namespace
} // namespace chainsong
