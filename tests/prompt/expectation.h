#pragma once

#include "engine/model/prompt/chip.h"

#include <string>
#include <vector>

namespace chainsong {

/// What a parsed prompt holds, one sorted text: "bars=16; key=D minor; unknown=xylotron". Chips of one name
/// are put together; so are lists. Words of `unknown` are those of not_understood.
std::string asText(const ParsedPrompt& parsed);
/// The same order for an expectation as it is written in a table.
std::string inOrder(const std::string& expectation);

struct PromptCase {
    std::string prompt;
    std::string expected;
};
/// Lines of a table: prompt, tab, expectation; "#" begins a comment.
std::vector<PromptCase> readCases(const std::string& path);

} // namespace chainsong
