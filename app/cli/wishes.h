#pragma once

#include "engine/compose/request.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace CLI {
class Validator;
}

// Words of the command line as values of the engine, and the checks that refuse the others with a sentence.
namespace chainsong {

CLI::Validator aKey();
CLI::Validator aMetre();
CLI::Validator instrumentNames();
CLI::Validator constraintSpecs();
CLI::Validator barRanges();
CLI::Validator trackNumbers();
CLI::Validator pitchRanges();

/// "piano, cello" as a list; names that are unknown are an Error.
Result<std::vector<std::string>> parseInstruments(std::string_view text);
/// "5-8" or "5" counted from 1 as first and past last bar from 0.
Result<std::pair<int, int>> parseBarRange(std::string_view text);
/// "1,3" counted from 1 as indices from 0.
Result<std::vector<int>> parseTrackNumbers(std::string_view text);
/// "C4-C6" or "60-84" as MIDI keys, both included.
Result<std::pair<int, int>> parsePitchRange(std::string_view text);
/// Specs that were checked before.
Result<std::vector<Constraint>> parseConstraints(const std::vector<std::string>& specs);

/// The phrases of a library that are near what is asked for; none if no library is named.
Result<std::vector<RememberedPhrase>> rememberFrom(const std::string& library_path, const std::string& prompt,
    const std::vector<Chip>& edited_chips, const Score* melody);

} // namespace chainsong
