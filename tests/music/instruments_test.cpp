#include "engine/music/instruments.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace chainsong {
namespace {

TEST(Instruments, HaveNamesOfTheirOwnThatReadBack) {
    std::set<std::string_view> names;
    for (int program = 0; program < 128; ++program) {
        EXPECT_TRUE(names.insert(instrumentName(program)).second) << instrumentName(program);
        EXPECT_EQ(programOf(instrumentName(program)), program) << instrumentName(program);
        const KeyRange range = comfortableRange(program);
        EXPECT_LE(0, range.lowest);
        EXPECT_LT(range.lowest + 11, range.highest) << instrumentName(program);
        EXPECT_LE(range.highest, 127);
    }
    EXPECT_EQ(instrumentName(0), "piano");
    EXPECT_EQ(instrumentName(42), "cello");
    EXPECT_EQ(instrumentName(52), "voice");
}

TEST(Instruments, AreFoundByEveryWordOfTheCorpus) {
    const std::pair<const char*, int> words[]{{"violin", 40}, {"piano", 0}, {"voice", 52}, {"flute", 73},
        {"soprano", 52}, {"alto", 52}, {"tenor", 52}, {"bass", 52}, {"cello", 42}, {"viola", 41},
        {"fiddle", 110}, {"accordion", 21}, {"organ", 19}, {"harpsichord", 6}, {"classical guitar", 24},
        {"clarinet", 71}, {"bassoon", 70}, {"oboe", 68}, {"synth lead", 81}, {"horn", 60},
        {"distortion guitar", 30}, {"overdriven guitar", 29}, {"mandolin", 24}, {"electric bass", 33},
        {"bass voice", 52}, {"synth pad", 89}, {"strings", 48}, {"synth effects", 100}, {"trumpet", 56},
        {"french horn", 60}, {"synth strings", 50}, {"english horn", 69}, {"brass section", 61},
        {"slap bass", 36}, {"pizzicato strings", 45}, {"choir", 52}, {"electric piano", 4},
        {"contrabass", 43}, {"double bass", 43}, {"recorder", 74}, {"synth bass", 38}, {"synth brass", 62},
        {"timpani", 47}, {"acoustic bass", 32}, {"orchestra hit", 55}, {"tubular bells", 14}, {"koto", 107},
        {"trombone", 57}, {"shamisen", 106}, {"harp", 46}, {"tremolo strings", 44}, {"reverse cymbal", 119},
        {"muted electric guitar", 28}, {"jazz guitar", 26}, {"celesta", 8}, {"guitar harmonics", 31},
        {"acoustic guitar", 25}, {"baritone", 52}, {"honky-tonk piano", 3}, {"fretless bass", 35},
        {"brass", 61}, {"clavinet", 7}, {"alto saxophone", 65}, {"piccolo", 72}, {"guitar", 24},
        {"harmonica", 22}, {"applause", 126}, {"synth voice", 54}, {"rock organ", 18}, {"taiko drum", 116},
        {"electric guitar", 27}, {"church organ", 19}, {"music box", 10}, {"guitar fret noise", 120},
        {"soprano saxophone", 64}, {"synth drum", 118}, {"agogo", 113}, {"shakuhachi", 77},
        {"reed organ", 20}, {"bird tweet", 123}, {"seashore", 122}, {"sitar", 104}, {"tenor saxophone", 66},
        {"pan flute", 75}, {"dulcimer", 15}, {"melodic tom", 117}, {"tinkle bell", 112},
        {"baritone saxophone", 67}};
    for (const auto& [word, program] : words) EXPECT_EQ(programOf(word), program) << word;
}

TEST(Instruments, UnknownOnesAndTheDrumKitHaveNoProgram) {
    EXPECT_EQ(programOf("drums"), std::nullopt);
    EXPECT_EQ(programOf("xylotron"), std::nullopt);
    EXPECT_EQ(programOf(""), std::nullopt);
    EXPECT_EQ(programOf(" Cello "), 42);
}

} // namespace
} // namespace chainsong
