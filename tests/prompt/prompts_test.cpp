#include "engine/model/prompt/parser.h"
#include "tests/prompt/expectation.h"

#include <gtest/gtest.h>

namespace chainsong {
namespace {

TEST(Prompts, AreReadExactlyAsTheirWritersMeantThem) {
    const auto cases = readCases(CHAINSONG_SOURCE "/tests/prompt/prompts_40.tsv");
    ASSERT_GE(cases.size(), 40u);
    for (const PromptCase& one : cases)
        EXPECT_EQ(asText(parsePrompt(one.prompt)), inOrder(one.expected)) << one.prompt;
}

} // namespace
} // namespace chainsong
