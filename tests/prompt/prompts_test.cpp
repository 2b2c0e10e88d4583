#include "engine/model/prompt/parser.h"
#include "tests/prompt/expectation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

namespace chainsong {
namespace {

TEST(Prompts, AreReadExactlyAsTheirWritersMeantThem) {
    for (const char* table : {"prompts_40.tsv", "prompts_more.tsv"}) {
        const auto cases = readCases(std::string(CHAINSONG_SOURCE "/tests/prompt/") + table);
        ASSERT_GE(cases.size(), 40u) << table;
        for (const PromptCase& one : cases)
            EXPECT_EQ(asText(parsePrompt(one.prompt)), inOrder(one.expected)) << one.prompt;
    }
}

TEST(Prompts, AFormIsReadFromItsLetters) {
    for (const char* prompt :
        {"a waltz in AABA form", "AABA-Form, Walzer", "圆舞曲,AABA曲式", "aaba waltz"}) {
        const ParsedPrompt parsed = parsePrompt(prompt);
        const Chip* form = findChip(parsed.chips, "form");
        ASSERT_TRUE(form) << prompt;
        EXPECT_EQ(std::get<std::string>(form->value), "AABA");
        EXPECT_TRUE(parsed.not_understood.empty()) << prompt;
    }
    for (const char* prompt : {"add a bass", "a cab ride", "aa batteries", "abcd"})
        EXPECT_FALSE(findChip(parsePrompt(prompt).chips, "form")) << prompt;
}

TEST(StyleHead, TakesMangledWordsForWhatTheyAreLikeAndLeavesStrangersAlone) {
    for (const auto& [prompt, name, value] :
        {std::tuple{"xpressive", "mood", "lyrical"}, std::tuple{"gracefullnes", "mood", "graceful"}}) {
        const ParsedPrompt parsed = parsePrompt(prompt);
        const auto found = std::find_if(parsed.chips.begin(), parsed.chips.end(), [&](const Chip& chip) {
            return chip.name == name && chip.value == ChipValue(std::string(value));
        });
        ASSERT_NE(found, parsed.chips.end()) << prompt;
        if (found->source == ChipSource::kStyleHead) {
            EXPECT_GE(found->confidence, 0.7);
            EXPECT_LT(found->confidence, 1);
        }
    }
    const ParsedPrompt strangers = parsePrompt("zorble quux, weltschmerzig kaleidoscope");
    EXPECT_TRUE(strangers.chips.empty());
    EXPECT_EQ(strangers.not_understood.size(), 4u);
}

} // namespace
} // namespace chainsong
