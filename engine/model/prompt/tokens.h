#pragma once

#include "engine/model/prompt/chip.h"

#include <string>
#include <string_view>
#include <vector>

namespace chainsong {

/// What a stretch of a prompt is made of.
enum class TokenKind {
    kWord, // Latin letters
    kNumber, // digits, with a decimal point or an exponent
    kHan, // one Chinese character
    kSign, // one sign that the grammar may ask for: / = : # , …
    kOther, // anything else that is visible: other scripts, emoji
};

/// A piece of a prompt in the form in which words are looked up: lower case, without accents, full-width
/// forms made narrow, traditional characters made simple.
struct Token {
    TokenKind kind = TokenKind::kOther;
    std::string text;
    double number = 0; // kNumber only; beyond all bounds it is 1e300
    bool is_upper = false; // begins with a capital letter
    bool touches_last = false; // nothing stands between it and the token before
    TextSpan span;
};

/// Cuts a prompt into tokens. Hyphens inside words only part them; spaces and control characters vanish.
std::vector<Token> tokensOf(std::u32string_view prompt);

/// One spelling for all tokens of a phrase: Latin words with a space between, Chinese without.
std::string joined(const std::vector<Token>& tokens, std::size_t first, std::size_t count);

} // namespace chainsong
