#include "engine/model/prompt/terms.h"

#include "engine/model/prompt/key_names.h"
#include "engine/model/prompt/numerals.h"
#include "engine/model/prompt/style_head.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace chainsong {
namespace {

constexpr double kGuessed = 0.8; // confidence in a mended word

struct Phrase {
    Meaning meaning;
    std::size_t num_tokens = 0;
};

std::optional<Phrase> longestPhraseAt(const std::vector<Token>& tokens, std::size_t first) {
    std::optional<Phrase> longest;
    const std::size_t most = std::min(mostTokensFrom(tokens[first].text), tokens.size() - first);
    for (std::size_t count = 1; count <= most; ++count) {
        if (const auto meaning = meaningOf(joined(tokens, first, count))) longest = Phrase{*meaning, count};
        // "string quartets", "alto saxophones": the ending of the last word may differ.
        const Token& last = tokens[first + count - 1];
        if (count < 2 || last.kind != TokenKind::kWord || (longest && longest->num_tokens == count)) continue;
        const std::string all = joined(tokens, first, count);
        for (const std::string_view ending : {"s", "es"})
            if (last.text.ends_with(ending))
                if (const auto meaning =
                        meaningOf(std::string_view(all).substr(0, all.size() - ending.size())))
                    longest = Phrase{*meaning, count};
    }
    if (!longest && tokens[first].kind == TokenKind::kWord)
        if (const auto meaning = meaningOfVariant(tokens[first].text)) return Phrase{*meaning, 1};
    return longest;
}

/// Signs that carry no meaning of their own: quotes, brackets.
bool isSilent(const Token& token) { return token.kind == TokenKind::kSign; }

/// "AABA": letters from A on, each new one the next of the alphabet, at least one of them twice.
bool isForm(std::string_view word) {
    if (word.size() < 3 || word.size() > 8) return false;
    char next = 'a';
    for (const char letter : word) {
        if (letter > next || letter < 'a') return false;
        if (letter == next) ++next;
    }
    return next > 'b' && static_cast<std::size_t>(next - 'a') < word.size();
}

/// A token that no table knows.
Term strangerAt(const Token& token) {
    Term term;
    term.sense = isSilent(token) ? Sense::kFiller : Sense::kUnknown;
    if (isSilent(token)) term.value = token.text;
    if (token.kind != TokenKind::kWord) return term;
    if (isForm(token.text)) {
        term.sense = Sense::kForm;
        for (const char letter : token.text) term.value += static_cast<char>(letter - 'a' + 'A');
    } else if (const auto guess = guessStyle(token.text)) {
        term.sense = guess->sense;
        term.value = guess->value;
        term.confidence = guess->confidence;
        term.is_by_style_head = true;
    }
    return term;
}

Term termAt(const std::vector<Token>& tokens, std::size_t first, std::size_t& num_tokens) {
    Term term;
    const auto key = namedKeyAt(tokens, first);
    const auto numeral = numeralAt(tokens, first);
    const auto phrase = key ? std::nullopt : longestPhraseAt(tokens, first);
    if (key) {
        term.sense = Sense::kKey;
        term.value = keyName(key->key);
        term.confidence = key->confidence;
        num_tokens = key->num_tokens;
    } else if (phrase && (!numeral || phrase->num_tokens > numeral->num_tokens)) {
        term.sense = phrase->meaning.sense;
        term.value = phrase->meaning.value;
        if (term.value.empty()) term.value = joined(tokens, first, phrase->num_tokens);
        term.confidence = phrase->meaning.is_guess ? kGuessed : 1;
        num_tokens = phrase->num_tokens;
    } else if (numeral) {
        term.sense = Sense::kNumber;
        term.number = numeral->value;
        term.is_words = numeral->is_words;
        term.value = numeral->digits;
        num_tokens = numeral->num_tokens;
    } else {
        term = strangerAt(tokens[first]);
        num_tokens = 1;
    }
    term.is_chinese = tokens[first].kind == TokenKind::kHan;
    term.touches_last = tokens[first].touches_last;
    term.span = {tokens[first].span.first, tokens[first + num_tokens - 1].span.past_last};
    return term;
}

/// "sixteen (16)": the number in brackets says nothing new.
void dropBracketedRepeat(std::vector<Term>& terms) {
    if (terms.size() < 4) return;
    const Term* last = &terms[terms.size() - 4];
    const bool is_repeat = last[0].sense == Sense::kNumber && last[1].value == "(" && last[3].value == ")"
        && last[2].sense == Sense::kNumber && last[2].number == last[0].number;
    if (is_repeat) terms.resize(terms.size() - 3);
}

} // namespace

std::vector<Term> termsOf(const std::vector<Token>& tokens) {
    std::vector<Term> terms;
    for (std::size_t at = 0; at < tokens.size();) {
        std::size_t num_tokens = 1;
        terms.push_back(termAt(tokens, at, num_tokens));
        dropBracketedRepeat(terms);
        at += num_tokens;
    }
    return terms;
}

} // namespace chainsong
