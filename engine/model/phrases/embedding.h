#pragma once

#include "engine/model/phrases/phrase.h"

#include <array>
#include <span>
#include <string_view>

namespace chainsong {

/// Where a melody lies among melodies. The distance of two is Euclidean, so it is a metric; 1 is about how
/// far the same phrase moves when a performer varies one or two of its notes. Transposition moves nothing.
constexpr int kMelodyDimensions = 16;
using MelodyVector = std::array<float, kMelodyDimensions>;

/// The vector of a phrase. Notes by position; no notes give zeros.
MelodyVector embedMelody(std::span<const PhraseNote> notes, int length_steps);
MelodyVector embedMelody(const Phrase& phrase);

/// Where words lie among words: unit length (zeros for no words), so distances run from 0 (the same words)
/// over 1.41 (nothing in common) to 2. Hashed character n-grams: any script, robust to typos.
constexpr int kTextDimensions = 96;
using TextVector = std::array<float, kTextDimensions>;
TextVector embedText(std::string_view words);

} // namespace chainsong
