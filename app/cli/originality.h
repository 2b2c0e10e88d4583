#pragma once

#include "app/cli/console.h"
#include "engine/model/phrases/originality.h"
#include "engine/music/score.h"

#include <memory>
#include <optional>
#include <span>
#include <string>

namespace chainsong {

/// What the originality of a piece is measured by, as far as it is there: the training corpus' runs, a
/// library of the user's.
struct Yardsticks {
    std::optional<KnownRuns> training;
    std::shared_ptr<const PhraseLibrary> library;
};
/// Without a library if `library_path` is empty. Missing runs of the training corpus are remarked, not a
/// failure.
Result<Yardsticks> loadYardsticks(const std::string& library_path, Console& console);

/// For each piece and voice the longest run that stands elsewhere, and what people's music shares: JSON text.
std::string originalityJson(std::span<const Score> pieces, const Yardsticks& yardsticks);
/// A report (a JSON object as text) with that as its "originality".
std::string withOriginality(
    const std::string& report, std::span<const Score> pieces, const Yardsticks& yardsticks);
/// The same for people: one line a voice.
std::string originalityText(const Score& piece, const Yardsticks& yardsticks);

} // namespace chainsong
