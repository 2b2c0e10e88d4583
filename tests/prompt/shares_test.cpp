#include "tests/prompt/shares.h"

#include <gtest/gtest.h>

#include <iostream>

namespace chainsong {
namespace {

/// What at least must be right in a table, in per cent: what was reached, rounded down.
struct Floor {
    const char* table;
    std::size_t num_prompts;
    double objective;
    double subjective;
    double notices;
};

TEST(Shares, OfPromptsByHandAreRight) {
    for (const Floor& floor :
        {Floor{"prompts_300_en.tsv", 300, 99, 99, 99}, Floor{"prompts_300_zh.tsv", 300, 99, 100, 100},
            Floor{"prompts_60_unseen.tsv", 60, 99, 90, 100}}) {
        const auto cases = readCases(std::string(CHAINSONG_SOURCE "/tests/prompt/") + floor.table);
        ASSERT_EQ(cases.size(), floor.num_prompts) << floor.table;
        Shares shares;
        for (const PromptCase& one : cases) addTo(shares, one);
        std::cout << floor.table << ": objective " << shares.objective.num_right << "/"
                  << shares.objective.num_all << ", subjective " << shares.subjective.num_right << "/"
                  << shares.subjective.num_all << ", notices " << shares.notices.num_right << "/"
                  << shares.notices.num_all << "\n";
        for (const std::string& miss : shares.misses) std::cout << "  " << miss << "\n";
        EXPECT_GE(shares.objective.perCent(), floor.objective) << floor.table;
        EXPECT_GE(shares.subjective.perCent(), floor.subjective) << floor.table;
        EXPECT_GE(shares.notices.perCent(), floor.notices) << floor.table;
    }
}

} // namespace
} // namespace chainsong
