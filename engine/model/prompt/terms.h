#pragma once

#include "engine/model/prompt/lexicon.h"
#include "engine/model/prompt/tokens.h"

#include <string>
#include <vector>

namespace chainsong {

/// A word, number, name or sign of a prompt with what it means: what the grammar's rules read.
struct Term {
    Sense sense = Sense::kUnknown;
    std::string value; // the lexicon's or else the words; a key's name; the digits of a Chinese numeral
    double number = 0;
    double confidence = 1; // 0..1
    bool is_words = false; // a number in words
    bool is_by_style_head = false; // no rule knows the word
    bool is_chinese = false;
    bool touches_last = false;
    TextSpan span;
};
/// Reads the tokens from left to right: a key's name, else the longest of phrase and numeral.
std::vector<Term> termsOf(const std::vector<Token>& tokens);

} // namespace chainsong
