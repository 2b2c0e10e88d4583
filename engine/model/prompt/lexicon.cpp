#include "engine/model/prompt/lexicon.h"

#include "engine/base/text.h"
#include "engine/model/prompt/tokens.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <vector>

namespace chainsong {
namespace {

constexpr std::size_t kShortestMended = 5; // shorter words are too near to each other

/// Words of tokens begin with a to z.
std::size_t letterIndex(std::string_view word) { return static_cast<std::size_t>(word[0] - 'a') % 26; }

struct Lexicon {
    std::unordered_map<std::string, Meaning> phrases;
    std::unordered_map<std::string, std::size_t> most_tokens; // of the phrases that begin with a token
    std::array<std::vector<std::pair<std::string, Meaning>>, 26>
        words; // Latin ones that can be mended, by letter

    Lexicon() {
        // English first: where two languages share a word ("tempo") its meaning stands.
        for (const auto lines : {englishLexicon(), chineseLexicon(), germanLexicon()})
            for (const LexiconLine& line : lines)
                for (const std::string& phrase : split(line.words, '|')) add(phrase, line);
    }

    void add(const std::string& phrase, const LexiconLine& line) {
        const auto tokens = tokensOf(decodeUtf8(phrase));
        const std::string key = joined(tokens, 0, tokens.size());
        std::size_t& most = most_tokens[tokens.at(0).text];
        most = std::max(most, tokens.size());
        const bool is_new = phrases.emplace(key, Meaning{line.sense, line.value}).second;
        const bool is_word = tokens.size() == 1 && tokens[0].kind == TokenKind::kWord;
        if (is_new && is_word && key.size() >= kShortestMended)
            words[letterIndex(key)].emplace_back(key, Meaning{line.sense, line.value, true});
    }
};

const Lexicon& lexicon() {
    static const Lexicon kLexicon;
    return kLexicon;
}

bool isNamed(Sense sense) {
    return sense == Sense::kInstrument || sense == Sense::kStyle || sense == Sense::kMood
        || sense == Sense::kTempo;
}

/// Words too short for the list of mended ones: a letter typed twice, two letters swapped.
std::optional<Meaning> meaningOfFumbled(std::string_view word) {
    constexpr std::size_t kShortest = 4, kLongest = 20;
    if (word.size() < kShortest || word.size() > kLongest) return std::nullopt;
    for (std::size_t i = 1; i + 1 < word.size(); ++i) {
        std::string mended(word);
        if (word[i] == word[i + 1])
            mended.erase(i, 1);
        else
            std::swap(mended[i], mended[i + 1]);
        const auto meaning = mended.size() >= kShortest ? meaningOf(mended) : std::nullopt;
        if (meaning && isNamed(meaning->sense)) return Meaning{meaning->sense, meaning->value, true};
    }
    return std::nullopt;
}

/// True if one letter left out, put in, changed or swapped with its neighbour makes `a` of `b`.
bool isOneSlipAway(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1) return false;
    std::size_t same = 0;
    while (same < a.size() && a[same] == b[same]) ++same;
    const std::string_view rest_a = a.substr(same), rest_b = b.substr(same);
    if (a.size() < b.size()) return rest_a == rest_b.substr(1);
    if (rest_a.empty() || rest_a.substr(1) == rest_b.substr(1)) return true;
    return rest_a.size() >= 2 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0]
        && rest_a.substr(2) == rest_b.substr(2);
}

} // namespace

std::vector<std::pair<std::string_view, Meaning>> latinWords() {
    std::vector<std::pair<std::string_view, Meaning>> words;
    for (const auto& [phrase, meaning] : lexicon().phrases) {
        const bool is_word =
            std::all_of(phrase.begin(), phrase.end(), [](char c) { return c >= 'a' && c <= 'z'; });
        if (is_word) words.emplace_back(phrase, meaning);
    }
    std::sort(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    return words;
}

std::optional<Meaning> meaningOf(std::string_view phrase) {
    const auto found = lexicon().phrases.find(std::string(phrase));
    return found == lexicon().phrases.end() ? std::nullopt : std::optional(found->second);
}

std::size_t mostTokensFrom(std::string_view first_token) {
    const auto found = lexicon().most_tokens.find(std::string(first_token));
    return found == lexicon().most_tokens.end() ? 1 : found->second;
}

std::optional<Meaning> meaningOfVariant(std::string_view word) {
    constexpr std::array<std::string_view, 10> kEndings{
        "'s", "s", "es", "n", "en", "e", "er", "em", "ly", "est"};
    for (std::string_view ending : kEndings) {
        if (word.size() < ending.size() + 3 || !word.ends_with(ending)) continue;
        const auto stem = meaningOf(word.substr(0, word.size() - ending.size()));
        if (stem) return stem;
    }
    if (const auto fumbled = meaningOfFumbled(word)) return fumbled;
    if (word.size() < kShortestMended || word.size() > 20) return std::nullopt;
    // People seldom miss the first letter.
    for (const auto& [known, meaning] : lexicon().words[letterIndex(word)])
        if (isOneSlipAway(known, word)) return meaning;
    return std::nullopt;
}

} // namespace chainsong
