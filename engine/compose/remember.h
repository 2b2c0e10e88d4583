#pragma once

#include "engine/model/events.h"
#include "engine/model/phrases/range_queryer.h"

#include <string>
#include <vector>

namespace chainsong {

/// At most this many phrases are looked at: the network was trained with one to four.
constexpr int kMostRemembered = 4;

/// The phrases of a library that are near what is asked for: by the words of the prompt and its style, and,
/// if there is a melody already, near its last bars. No two are from one piece. Empty if nothing is near.
std::vector<RememberedPhrase> rememberedFor(const RangeQueryer& queryer, const std::string& prompt,
    const std::vector<Chip>& chips, const Score* melody);

/// A phrase of a library as the prior reads it.
RememberedPhrase rememberedPhrase(const Phrase& phrase, const PhraseSource& source);

} // namespace chainsong
