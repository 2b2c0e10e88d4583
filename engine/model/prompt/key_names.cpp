#include "engine/model/prompt/key_names.h"

#include "engine/model/prompt/lexicon.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace chainsong {
namespace {

constexpr std::array<int, 7> kPitchOfLetter{9, 11, 0, 2, 4, 5, 7}; // a … g

struct Spelled {
    std::string_view word;
    int tonic;
};
/// German names of black keys; "b" and "h" are read where a German mode follows.
constexpr std::array<Spelled, 14> kGermanNames{
    {{"cis", 1}, {"des", 1}, {"dis", 3}, {"es", 3}, {"fis", 6}, {"ges", 6}, {"gis", 8}, {"as", 8},
        {"ais", 10}, {"b", 10}, {"h", 11}, {"ces", 11}, {"eis", 5}, {"his", 0}}};

/// A tonic as written, before its mode.
struct ReadTonic {
    int tonic = 0;
    std::size_t past = 0; // the token behind it
    bool is_upper = false;
    std::optional<Mode> own_mode; // "Am", "F#m", "gmaj"
    bool is_marked = false; // has an accidental: no article, no other word looks like it
};

std::string_view textAt(const std::vector<Token>& tokens, std::size_t i) {
    return i < tokens.size() ? std::string_view(tokens[i].text) : std::string_view();
}
bool touches(const std::vector<Token>& tokens, std::size_t i) {
    return i < tokens.size() && tokens[i].touches_last;
}

/// Signs and words before (Chinese) or behind (English) a letter.
std::optional<int> accidentalOf(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, int>, 8> kAccidentals{
        {{"#", 1}, {"♯", 1}, {"sharp", 1}, {"升", 1}, {"b", -1}, {"♭", -1}, {"flat", -1}, {"降", -1}}};
    for (const auto& [known, shift] : kAccidentals)
        if (known == text) return shift;
    return std::nullopt;
}

std::optional<int> letterOf(char letter) {
    if (letter < 'a' || letter > 'g') return std::nullopt;
    return kPitchOfLetter[static_cast<std::size_t>(letter - 'a')];
}

/// "d", "bb", "bbm", "am", "f" with "#" or "sharp" behind it.
std::optional<ReadTonic> letterFirst(const std::vector<Token>& tokens, std::size_t at) {
    const std::string_view word = textAt(tokens, at);
    if (word.empty() || word.size() > 6 || tokens[at].kind != TokenKind::kWord) return std::nullopt;
    const auto natural = letterOf(word[0]);
    if (!natural) return std::nullopt;
    ReadTonic read{*natural, at + 1, tokens[at].is_upper, {}, false};
    std::string_view rest = word.substr(1);
    if (rest.starts_with('b')) {
        read.tonic += 11;
        read.is_marked = true;
        rest.remove_prefix(1);
    }
    for (const std::string_view written : {"flat", "sharp"}) // "bflat"
        if (!read.is_marked && rest == written) {
            read.tonic += *accidentalOf(written) + 12;
            read.is_marked = true;
            rest = {};
        }
    if ((rest == "m" && read.is_upper) || rest == "min")
        read.own_mode = Mode::kMinor;
    else if (rest == "maj")
        read.own_mode = Mode::kMajor;
    else if (!rest.empty())
        return std::nullopt;
    if (!read.is_marked && word.size() == 1) {
        const std::string_view next = textAt(tokens, read.past);
        const bool is_sign = next == "#" || next == "♯" || next == "♭";
        if ((is_sign && touches(tokens, read.past)) || next == "sharp" || next == "flat") {
            read.tonic += *accidentalOf(next) + 12;
            read.is_marked = true;
            ++read.past;
            if (textAt(tokens, read.past) == "m" && touches(tokens, read.past)) {
                read.own_mode = Mode::kMinor;
                ++read.past;
            }
        }
    }
    read.tonic %= 12;
    return read;
}

/// "升f", "降b", "#f", "♭b", and "be" for 降E where Chinese follows, as Chinese writers put it.
std::optional<ReadTonic> accidentalFirst(const std::vector<Token>& tokens, std::size_t at) {
    const std::string_view own = textAt(tokens, at);
    const bool is_before_chinese = at + 1 < tokens.size() && tokens[at + 1].kind == TokenKind::kHan;
    if (own.size() == 2 && own[0] == 'b' && letterOf(own[1]) && is_before_chinese)
        return ReadTonic{(*letterOf(own[1]) + 11) % 12, at + 1, true, {}, true};
    const auto shift = accidentalOf(textAt(tokens, at));
    const std::string_view word = textAt(tokens, at + 1);
    if (!shift || word.size() != 1 || textAt(tokens, at) == "flat" || textAt(tokens, at) == "sharp")
        return std::nullopt;
    const auto natural = letterOf(word[0]);
    if (!natural) return std::nullopt;
    return ReadTonic{(*natural + *shift + 12) % 12, at + 2, true, {}, true};
}

struct ReadMode {
    Mode mode = Mode::kMajor;
    std::size_t past = 0;
    bool is_german = false;
};

std::optional<Mode> modeOf(std::string_view name) {
    for (int mode = 0; mode < kNumModes; ++mode)
        if (modeName(static_cast<Mode>(mode)) == name) return static_cast<Mode>(mode);
    return std::nullopt;
}

/// The mode behind a tonic, the longest name that fits; "调" alone is major.
std::optional<ReadMode> modeAt(const std::vector<Token>& tokens, std::size_t at) {
    for (std::string_view kind : {"自然", "和声", "旋律"})
        if (at + 2 < tokens.size() && joined(tokens, at, 2) == kind) return modeAt(tokens, at + 2);
    const std::size_t most =
        at < tokens.size() ? std::min(mostTokensFrom(tokens[at].text), tokens.size() - at) : 0;
    for (std::size_t count = most; count > 0; --count) {
        const auto meaning = meaningOf(joined(tokens, at, count));
        if (!meaning || meaning->sense != Sense::kMode) continue;
        const bool is_german = textAt(tokens, at) == "dur" || textAt(tokens, at) == "moll";
        return ReadMode{*modeOf(meaning->value), at + count, is_german};
    }
    const std::string_view word = textAt(tokens, at);
    constexpr std::array<std::pair<std::string_view, Mode>, 6> kShort{
        {{"maj", Mode::kMajor}, {"min", Mode::kMinor}, {"dor", Mode::kDorian}, {"phryg", Mode::kPhrygian},
            {"lyd", Mode::kLydian}, {"mix", Mode::kMixolydian}}};
    for (const auto& [written, mode] : kShort)
        if (word == written) return ReadMode{mode, at + 1, false};
    return std::nullopt;
}

/// True if the words before `at` announce a key: "in", "key of".
bool isAnnounced(const std::vector<Token>& tokens, std::size_t at) {
    if (at == 0) return false;
    const std::string_view before = tokens[at - 1].text;
    if (before == "in" || before == "key") return true;
    const std::string_view earlier = at >= 2 ? std::string_view(tokens[at - 2].text) : std::string_view();
    return (before == "of" || before == ":" || before == "=" || before == "is") && earlier == "key";
}

/// "a minor key", "a major work": an article, no tonic.
bool isArticle(
    const std::vector<Token>& tokens, std::size_t at, const ReadTonic& tonic, const ReadMode& mode) {
    if (tonic.is_marked || tokens[at].text != "a" || tokens[at + 1].kind != TokenKind::kWord) return false;
    const std::string_view last = tokens[mode.past - 1].text;
    if (last == "key" || last == "mode" || last == "tonality") return true;
    const auto behind = mode.past < tokens.size() ? meaningOf(tokens[mode.past].text) : std::nullopt;
    if (tonic.is_upper && at == 0 && !behind && mode.past < tokens.size()
        && tokens[mode.past].kind == TokenKind::kWord)
        return true; // "A minor disaster": at the beginning every letter is a capital one
    if (tonic.is_upper && at > 0) return false;
    const bool is_followed = mode.past < tokens.size() && tokens[mode.past].kind == TokenKind::kWord;
    const std::string_view next = textAt(tokens, mode.past);
    constexpr std::array<std::string_view, 8> kBehindKeys{
        "for", "with", "and", "at", "in", "on", "please", "by"};
    const bool goes_on = std::find(kBehindKeys.begin(), kBehindKeys.end(), next) != kBehindKeys.end();
    return is_followed && !goes_on && !isAnnounced(tokens, at) && !tonic.is_upper;
}

std::optional<NamedKey> germanKeyAt(const std::vector<Token>& tokens, std::size_t first) {
    if (tokens[first].kind != TokenKind::kWord) return std::nullopt;
    const auto mode = modeAt(tokens, first + 1);
    if (!mode || !mode->is_german) return std::nullopt;
    for (const Spelled& name : kGermanNames)
        if (name.word == tokens[first].text) return NamedKey{{name.tonic, mode->mode}, mode->past - first, 1};
    return std::nullopt;
}

/// "mi minor", "sol majeur": syllables are tonics only before a mode.
std::optional<NamedKey> syllableKeyAt(const std::vector<Token>& tokens, std::size_t first) {
    constexpr std::array<Spelled, 7> kSyllables{
        {{"do", 0}, {"re", 2}, {"mi", 4}, {"fa", 5}, {"sol", 7}, {"la", 9}, {"si", 11}}};
    for (const Spelled& name : kSyllables)
        if (name.word == tokens[first].text)
            if (const auto mode = modeAt(tokens, first + 1))
                return NamedKey{{name.tonic, mode->mode}, mode->past - first, 0.9};
    return std::nullopt;
}

bool isClauseEnd(const std::vector<Token>& tokens, std::size_t at) {
    constexpr std::array<std::string_view, 7> kEnds{",", ".", ";", "!", "?", "、", "…"};
    return at >= tokens.size() || std::find(kEnds.begin(), kEnds.end(), tokens[at].text) != kEnds.end();
}
bool isLetter(const std::vector<Token>& tokens, std::size_t at) {
    return at < tokens.size() && tokens[at].kind == TokenKind::kWord && tokens[at].text.size() == 1;
}

/// "…, 2 minutes, G": an item of a list, unless the list is one of letters ("A, B, A").
bool isListItem(const std::vector<Token>& tokens, std::size_t first, std::size_t past) {
    const bool begins = first == 0 || isClauseEnd(tokens, first - 1);
    const bool is_all = first == 0 && past >= tokens.size();
    if (!begins || is_all || !isClauseEnd(tokens, past)) return false;
    return !isLetter(tokens, past + 1) && !(first >= 2 && isLetter(tokens, first - 2));
}

} // namespace

std::optional<NamedKey> namedKeyAt(const std::vector<Token>& tokens, std::size_t first) {
    if (first >= tokens.size()) return std::nullopt;
    if (auto german = germanKeyAt(tokens, first)) return german;
    if (auto syllable = syllableKeyAt(tokens, first)) return syllable;
    auto tonic = accidentalFirst(tokens, first);
    if (!tonic) tonic = letterFirst(tokens, first);
    if (!tonic) return std::nullopt;
    const std::size_t num_tonic = tonic->past - first;
    if (tonic->own_mode) return NamedKey{{tonic->tonic, *tonic->own_mode}, num_tonic, 0.9};
    if (const auto mode = modeAt(tokens, tonic->past)) {
        if (isArticle(tokens, first, *tonic, *mode)) return std::nullopt;
        return NamedKey{{tonic->tonic, mode->mode}, mode->past - first, 1};
    }
    if (textAt(tokens, tonic->past) == "调")
        return NamedKey{{tonic->tonic, Mode::kMajor}, num_tonic + 1, 0.8};
    const bool ends = isClauseEnd(tokens, tonic->past);
    const bool is_named = tonic->is_marked || tonic->is_upper;
    const bool stands_alone = is_named || ends;
    const bool is_article = tokens[first].text == "a" && first + 1 < tokens.size() && !tonic->is_marked
        && tokens[first + 1].kind == TokenKind::kWord && meaningOf(tokens[first + 1].text)
        && meaningOf(tokens[first + 1].text)->sense != Sense::kFiller;
    if (isAnnounced(tokens, first) && stands_alone && !is_article)
        return NamedKey{{tonic->tonic, Mode::kMajor}, num_tonic, 0.8};
    if (is_named && isListItem(tokens, first, tonic->past))
        return NamedKey{{tonic->tonic, Mode::kMajor}, num_tonic, 0.7};
    return std::nullopt;
}

} // namespace chainsong
