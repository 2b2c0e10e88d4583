#include "engine/model/prompt/parser.h"
#include "tests/prompt/expectation.h"

#include <gtest/gtest.h>

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

} // namespace
} // namespace chainsong
