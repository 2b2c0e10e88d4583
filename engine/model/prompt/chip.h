#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace chainsong {

/// A stretch of a text, counted in characters (code points): first, and one past the last.
struct TextSpan {
    int first = 0;
    int past_last = 0;
    bool operator==(const TextSpan&) const = default;
};

/// Who put a chip there. A user's chip wins over the text.
enum class ChipSource { kGrammar, kStyleHead, kUser };
std::string_view chipSourceName(ChipSource source); // "grammar", "style head", "user"

/// A chip's value: a word or name, a number, a range of numbers, or a list of names.
using ChipValue = std::variant<std::string, double, std::pair<double, double>, std::vector<std::string>>;

/// One thing that a prompt asks for, in the names and values of the command line's `parse`:
///   key "D minor" · mode "minor" · metre "3/4" · tempo_bpm 96 · tempo_range [60, 76] · bars 16 · seconds 30
///   · instruments ["piano", "cello"] · without ["drums"] · voices 4 · style "waltz" · mood "sad" · energy
///   "low"|"medium"|"high" · density the same · octaves 2 · form "AABA" (parseForm)
struct Chip {
    std::string name;
    ChipValue value;
    double weight = 1;
    ChipSource source = ChipSource::kGrammar;
    double confidence = 1; // 0..1
    TextSpan evidence;
    bool operator==(const Chip&) const = default;
};

/// What was read from a prompt. Never fails: what was not understood is listed.
struct ParsedPrompt {
    std::string prompt; // valid UTF-8, at most kMaxPromptCharacters
    std::vector<Chip> chips;
    std::vector<TextSpan> not_understood;
    /// Sentences for the user: a number was clamped, two demands contradict each other, the text was cut.
    std::vector<std::string> notices;
};

constexpr int kMaxPromptCharacters = 4096;

/// The first chip of that name, or nullptr.
const Chip* findChip(const std::vector<Chip>& chips, std::string_view name);
/// "tempo 60–76 BPM", "instruments piano, cello": a chip in words for a label, in English.
std::string chipLabel(const Chip& chip);

} // namespace chainsong
