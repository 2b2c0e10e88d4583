#pragma once

#include "engine/model/prompt/lexicon.h"

#include <optional>
#include <string_view>

namespace chainsong {

/// What the style head takes a word for that no rule knows.
struct StyleGuess {
    Sense sense = Sense::kUnknown; // kStyle, kMood, kEnergy or kDensity
    std::string_view value;
    double confidence = 0; // 0..1
};

/// A linear head over a word's character n-grams (n = 2..4, both ends marked): one row for each Latin word of
/// the lexicon, its score the cosine. Taken only if the best row is one of style, mood, energy or density and
/// its score at least 0.6; else the word stays "not understood". Confidence is calibrated on words with two
/// typing errors against ordinary English words, one unknown word in five being meant as such a word
/// (docs/muse.md).
std::optional<StyleGuess> guessStyle(std::string_view word);

} // namespace chainsong
