#include "engine/base/random.h"
#include "engine/base/text.h"
#include "engine/model/prompt/parser.h"
#include "engine/music/instruments.h"
#include "engine/music/score.h"
#include "tests/prompt/expectation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <clocale>
#include <cmath>

namespace chainsong {
namespace {

/// Whatever was written: values are in their ranges, spans in the text, the text is valid and short.
void expectSane(std::string_view prompt) {
    const ParsedPrompt parsed = parsePrompt(prompt);
    const std::u32string text = decodeUtf8(parsed.prompt);
    EXPECT_EQ(encodeUtf8(text), parsed.prompt);
    EXPECT_LE(text.size(), static_cast<std::size_t>(kMaxPromptCharacters));
    const auto isInside = [&](TextSpan span) {
        return span.first >= 0 && span.first < span.past_last
            && span.past_last <= static_cast<int>(text.size());
    };
    for (const TextSpan& span : parsed.not_understood) EXPECT_TRUE(isInside(span));
    for (const Chip& chip : parsed.chips) {
        EXPECT_TRUE(isInside(chip.evidence)) << chip.name;
        EXPECT_GT(chip.confidence, 0);
        EXPECT_LE(chip.confidence, 1);
        EXPECT_FALSE(chipLabel(chip).empty());
        if (const auto* number = std::get_if<double>(&chip.value)) {
            EXPECT_GE(*number, 1);
            EXPECT_LE(*number, 3600);
        }
        if (chip.name == "metre") {
            EXPECT_TRUE(parseMetre(std::get<std::string>(chip.value)));
        } else if (chip.name == "key") {
            EXPECT_TRUE(parseKey(std::get<std::string>(chip.value)));
        } else if (chip.name == "instruments") {
            for (const std::string& name : std::get<std::vector<std::string>>(chip.value))
                EXPECT_TRUE(name == kDrumsName || programOf(name)) << name;
        }
    }
}

std::string repeated(std::string_view part, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += part;
    return text;
}

TEST(HostilePrompts, Q0EmptyAsksForNothing) {
    expectSane("");
    EXPECT_TRUE(parsePrompt("").chips.empty());
    EXPECT_TRUE(parsePrompt(" \t\n ").not_understood.empty());
}

TEST(HostilePrompts, Q1OneMebibyteIsCutWithANotice) {
    for (const char* part : {"a", "piano ", "钢琴", "9", "no ", "in ", "(", "C#", "/4", "\xF0\x9F\x8E\xB9"}) {
        const std::string prompt = repeated(part, (1 << 20) / std::string_view(part).size());
        const auto start = std::chrono::steady_clock::now();
        expectSane(prompt);
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2)) << part;
        ASSERT_FALSE(parsePrompt(prompt).notices.empty());
        EXPECT_NE(parsePrompt(prompt).notices[0].find("4096"), std::string::npos);
    }
    expectSane(repeated("not too many very ", 60'000));
    expectSane(repeated("a walts vilion ", 60'000));
    EXPECT_TRUE(parsePrompt(repeated("a", 4096)).notices.empty());
}

TEST(HostilePrompts, Q2NulIsOnlyAGap) {
    expectSane(std::string_view("piano\0cello", 11));
    EXPECT_EQ(asText(parsePrompt(std::string_view("piano\0cello", 11))), "instruments=piano,cello");
}

TEST(HostilePrompts, Q3EmojiAreShownAsNotUnderstood) {
    const ParsedPrompt parsed = parsePrompt("👩‍🎤 piano 🎹🎻");
    EXPECT_EQ(asText(parsed), "instruments=piano; unknown=👩‍🎤,🎹🎻");
    expectSane("👩‍🎤👩🏽‍🎤🏳️‍🌈");
}

TEST(HostilePrompts, Q4DirectionOverridesHideNothing) {
    expectSane("\u202Eonaip\u202C piano \u2067x\u2069");
    EXPECT_EQ(asText(parsePrompt("\u202Epiano\u202C")), "instruments=piano");
}

TEST(HostilePrompts, Q5FiveThousandCombiningMarks) {
    expectSane("p" + repeated("\u0301", 5000));
    expectSane(repeated("\u0301", 5000));
    EXPECT_EQ(asText(parsePrompt("pia\u0301no")), "instruments=piano");
}

TEST(HostilePrompts, Q6UnknownWordsAreListedOneByOne) {
    EXPECT_EQ(asText(parsePrompt("zxcv qwertz 囧囧")), "unknown=zxcv,qwertz,囧囧");
    EXPECT_EQ(asText(parsePrompt("напиши вальс")), "unknown=напиши,вальс");
}

TEST(HostilePrompts, Q7FormatStringsAreText) {
    for (const char* prompt : {"%s%s%s%n", "{0} {} {{}}", "%1$*2$d", "${piano}", "\\x00\\n"})
        expectSane(prompt);
}

TEST(HostilePrompts, Q8TenThousandNewlines) {
    expectSane(repeated("\n", 10'000));
    EXPECT_EQ(asText(parsePrompt("piano\n\n\ncello")), "instruments=piano,cello");
}

TEST(HostilePrompts, Q9NumbersBeyondAllBounds) {
    expectSane("1e308 bpm -0 NaN inf");
    expectSane("1e999 bars " + repeated("9", 400) + " seconds 10^10^10 bars 1e308^1e308 bpm");
    expectSane("-0 bpm 0/0 0/4 4/0 -3/-4 999999999999/4 九九九九九九九九九九九九拍");
    EXPECT_EQ(asText(parsePrompt("1e308 bpm")), "tempo_bpm=300");
}

TEST(HostilePrompts, QaMarkupIsText) {
    expectSane("<b>waltz</b><script>alert('piano')</script>&lt;cello&gt;");
    EXPECT_NE(findChip(parsePrompt("<b>waltz</b>").chips, "style"), nullptr);
}

TEST(HostilePrompts, QbTenToTheNineNotesAreNoLength) {
    expectSane("write 10^9 notes");
    EXPECT_TRUE(parsePrompt("write 10^9 notes").chips.empty());
    EXPECT_EQ(asText(parsePrompt("write 10^9 notes")), "unknown=10^9");
}

TEST(HostilePrompts, QcInvalidUtf8BecomesReplacementCharacters) {
    for (const char* prompt : {"\xff\xfe", "piano\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80\x80 cello"})
        expectSane(prompt);
    EXPECT_NE(findChip(parsePrompt("\xff piano").chips, "instruments"), nullptr);
}

TEST(HostilePrompts, NeverNameAFile) {
    for (const char* prompt : {"/etc/passwd", "../../piano.mid", "C:\\piano", "file:///x"})
        expectSane(prompt);
}

TEST(HostilePrompts, MadeOfTheGrammarsOwnWordsAreSane) {
    const std::vector<std::string> words{"no", "not", "too", "in", "3", "/", "4", "拍", "四", "分之", "bars",
        "-", "to", "between", "and", "or", ",", ".", "piano", "a", "half", "minute", "♩", "=", "dotted",
        "tempo", "bpm", "at", "降", "b", "#", "D", "minor", "小调", "duet", "SATB choir", "without", "两",
        "把", "very", "slow", "1e9", "秒", ":", "voices", "octaves", "每分钟", "short", "waltz", "bass", "^"};
    Rng rng(99);
    for (int round = 0; round < 3000; ++round) {
        std::string prompt;
        for (std::uint64_t count = rng.below(14); count > 0; --count)
            prompt += words[rng.below(words.size())] + (rng.below(3) == 0 ? "" : " ");
        expectSane(prompt);
    }
}

TEST(HostilePrompts, OfRandomBytesAreSane) {
    Rng rng(100);
    for (int round = 0; round < 3000; ++round) {
        std::string prompt;
        for (std::uint64_t count = rng.below(60); count > 0; --count)
            prompt += static_cast<char>(rng.below(256));
        expectSane(prompt);
    }
}

TEST(Locale, ChangesNothing) {
    const std::string before =
        asText(parsePrompt("a quarter = 96.5, 1.5 minutes, D minor, PIANO IN THE FINAL"));
    for (const char* name : {"de_DE.UTF-8", "tr_TR.UTF-8", "C"}) {
        std::setlocale(LC_ALL, name);
        EXPECT_EQ(asText(parsePrompt("a quarter = 96.5, 1.5 minutes, D minor, PIANO IN THE FINAL")), before)
            << name;
    }
    EXPECT_NE(before.find("tempo_bpm=96.5"), std::string::npos);
    EXPECT_NE(before.find("seconds=90"), std::string::npos);
}

} // namespace
} // namespace chainsong
