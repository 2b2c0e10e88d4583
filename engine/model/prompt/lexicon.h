#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace chainsong {

/// What kind of thing a word of a prompt says.
enum class Sense {
    kFiller, // carries no musical demand
    kNoun, // no demand either, but can be counted: "three movements" is no metre
    kUnknown,
    // demands; the value is the chip's
    kInstrument,
    kEnsemble, // value: instruments by comma; "4|voice,voice…" also asks for that many voices
    kStyle,
    kMood,
    kEnergy,
    kDensity,
    kTempo, // value: "60-76"
    kMetre,
    kMode,
    kKey, // made by the key reader, never in a table
    kVoices,
    kLength, // value: bars that "short" and "long" stand for
    // parts of larger demands
    kNumber,
    kBars,
    kSeconds,
    kMinutes,
    kMinuteAndHalf,
    kHalf,
    kVoiceUnit,
    kOctaveUnit,
    kBeats, // 拍, "beats", "time": after numbers
    kTimeNoun, // "time", "metre": after a metre
    kBpm,
    kPerMinute,
    kTempoNoun,
    kNoteValue, // value: quarters
    kDotted,
    kFractionOf, // 分之
    kGroup, // duet, trio …: how many
    kMeasureWord, // 把 支 个 between a number and an instrument
    kNegation,
    kToo, // "too", 太
    kVery,
    kAnd,
    kOr,
    kComma,
    kBetween,
    kTo,
    kIn,
    kAt,
    kSlash,
    kEquals,
    kColon,
    kStop,
    // how a wish is meant
    kOrdinal, // "grade", "op.", 第: the number behind it is a name, not a count
    kAtMost, // "below", 不超过: before a number
    kAtLeast,
    kAside, // "I play the": the instrument behind it is somebody's own
    kCorrection, // "I mean": what was named before is taken back
    kLacking, // "drumless"; value: the instrument
    kFine, // "are fine", 可以: ends a list of what is wanted
    kVibes, // an instrument in a list of them, else "beach vibes"
    kNoteNoun, // 音: "few" or "many" may follow
    kAmount, // 多, 少; value: the density
    kForm, // made of letters, "AABA", never in a table
};

/// One line of a lexicon: words, parted by '|', that mean the same.
struct LexiconLine {
    Sense sense;
    std::string_view value;
    std::string_view words;
};

std::span<const LexiconLine> englishLexicon();
std::span<const LexiconLine> chineseLexicon();
std::span<const LexiconLine> germanLexicon();
/// Metres that a style has when nobody says otherwise: "waltz" → "3/4". Empty if it has none.
std::string_view metreOfStyle(std::string_view style);

struct Meaning {
    Sense sense = Sense::kUnknown;
    std::string_view value;
    bool is_guess = false; // by a spelling mistake
};
/// All single Latin words of the tables, in no order.
std::vector<std::pair<std::string_view, Meaning>> latinWords();
/// How many tokens the longest phrase has that begins with this one; at least 1.
std::size_t mostTokensFrom(std::string_view first_token);
/// The meaning of exactly this phrase, as `joined` spells it.
std::optional<Meaning> meaningOf(std::string_view phrase);
/// The meaning of a single Latin word without its ending, or with one letter mended.
std::optional<Meaning> meaningOfVariant(std::string_view word);

} // namespace chainsong
