#pragma once

#include "engine/model/prompt/tokens.h"

#include <optional>
#include <string>

namespace chainsong {

/// A number in digits or words, and how many tokens it takes.
struct Numeral {
    double value = 0;
    std::size_t num_tokens = 0;
    bool is_words = false;
    /// The digits of a Chinese numeral without 十: "四三" of 四三拍, where it is no 43.
    std::string digits;
};
/// The numeral that begins at `first`: "16", "twenty-four", "a hundred and ten", "sechzehn", "十六".
std::optional<Numeral> numeralAt(const std::vector<Token>& tokens, std::size_t first);

} // namespace chainsong
