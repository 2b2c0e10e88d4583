#include "engine/model/prompt/numerals.h"

#include <array>
#include <string_view>
#include <utility>

namespace chainsong {
namespace {

using NumberWord = std::pair<std::string_view, int>;

constexpr std::array<NumberWord, 20> kEnglishSmall{{{"zero", 0}, {"one", 1}, {"two", 2}, {"three", 3},
    {"four", 4}, {"five", 5}, {"six", 6}, {"seven", 7}, {"eight", 8}, {"nine", 9}, {"ten", 10},
    {"eleven", 11}, {"twelve", 12}, {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16},
    {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}}};
constexpr std::array<NumberWord, 9> kEnglishTens{{{"twenty", 20}, {"thirty", 30}, {"forty", 40},
    {"fourty", 40}, {"fifty", 50}, {"sixty", 60}, {"seventy", 70}, {"eighty", 80}, {"ninety", 90}}};
constexpr std::array<NumberWord, 24> kGermanSmall{
    {{"null", 0}, {"ein", 1}, {"eins", 1}, {"zwei", 2}, {"zwo", 2}, {"drei", 3}, {"vier", 4}, {"funf", 5},
        {"fuenf", 5}, {"sechs", 6}, {"sieben", 7}, {"acht", 8}, {"neun", 9}, {"zehn", 10}, {"zwolf", 12},
        {"zwoelf", 12}, {"dreizehn", 13}, {"vierzehn", 14}, {"funfzehn", 15}, {"fuenfzehn", 15},
        {"sechzehn", 16}, {"siebzehn", 17}, {"achtzehn", 18}, {"neunzehn", 19}}};
constexpr std::array<NumberWord, 10> kGermanTens{
    {{"zwanzig", 20}, {"dreisig", 30}, {"dreissig", 30}, {"vierzig", 40}, {"funfzig", 50}, {"fuenfzig", 50},
        {"sechzig", 60}, {"siebzig", 70}, {"achtzig", 80}, {"neunzig", 90}}};
constexpr std::array<NumberWord, 13> kChineseDigits{{{"零", 0}, {"〇", 0}, {"一", 1}, {"二", 2}, {"两", 2},
    {"三", 3}, {"四", 4}, {"五", 5}, {"六", 6}, {"七", 7}, {"八", 8}, {"九", 9}, {"俩", 2}}};
constexpr std::array<NumberWord, 4> kChinesePowers{{{"十", 10}, {"百", 100}, {"千", 1000}, {"万", 10000}}};

template <class Table> std::optional<int> lookUp(const Table& table, std::string_view word) {
    for (const auto& [known, value] : table)
        if (known == word) return value;
    return std::nullopt;
}

/// Words one after another: what a reader has taken so far.
class WordCursor {
public:
    WordCursor(const std::vector<Token>& tokens, std::size_t at)
        : m_tokens(tokens)
        , m_first(at)
        , m_at(at) { }
    std::string_view word() const {
        return m_at < m_tokens.size() ? std::string_view(m_tokens[m_at].text) : std::string_view();
    }
    template <class Table> std::optional<int> take(const Table& table) {
        const auto value = lookUp(table, word());
        if (value) ++m_at;
        return value;
    }
    bool skip(std::string_view wanted) {
        if (word() != wanted) return false;
        ++m_at;
        return true;
    }
    void goTo(std::size_t at) { m_at = at; }
    std::size_t at() const { return m_at; }
    std::size_t taken() const { return m_at - m_first; }

private:
    const std::vector<Token>& m_tokens;
    std::size_t m_first;
    std::size_t m_at;
};

/// Below a hundred: "seven", "twenty four".
std::optional<int> takeEnglishPair(WordCursor& words) {
    if (const auto tens = words.take(kEnglishTens)) {
        const auto unit = lookUp(kEnglishSmall, words.word());
        if (!unit || *unit < 1 || *unit > 9) return tens;
        words.take(kEnglishSmall);
        return *tens + *unit;
    }
    return words.take(kEnglishSmall);
}

std::optional<Numeral> englishNumeral(const std::vector<Token>& tokens, std::size_t first) {
    WordCursor words(tokens, first);
    if (words.skip("dozen")) return Numeral{12, 1, true, {}};
    const bool has_article = words.skip("a") || words.word() == "hundred";
    std::optional<int> value = has_article ? std::optional(1) : takeEnglishPair(words);
    if (!value) return std::nullopt;
    if (words.skip("dozen")) return Numeral{12.0 * *value, words.taken(), true, {}};
    if (words.skip("hundred")) {
        *value *= 100;
        const std::size_t before_rest = words.at();
        words.skip("and");
        if (const auto rest = takeEnglishPair(words))
            *value += *rest;
        else
            words.goTo(before_rest);
    } else if (has_article) {
        return std::nullopt;
    }
    return Numeral{static_cast<double>(*value), words.taken(), true, {}};
}

/// One written word: "sechzehn", "einundzwanzig", "hundertzwanzig".
std::optional<int> germanValue(std::string_view word) {
    if (word == "elf") return 11;
    if (const auto small = lookUp(kGermanSmall, word)) return small;
    if (const auto tens = lookUp(kGermanTens, word)) return tens;
    const std::size_t hundred = word.find("hundert");
    if (hundred != std::string_view::npos) {
        const auto before = hundred == 0 ? std::optional(1) : lookUp(kGermanSmall, word.substr(0, hundred));
        const std::string_view rest = word.substr(hundred + 7);
        const auto after = rest.empty() ? std::optional(0) : germanValue(rest);
        if (before && after && *before < 10 && *after < 100) return *before * 100 + *after;
        return std::nullopt;
    }
    const std::size_t joint = word.find("und");
    if (joint == std::string_view::npos) return std::nullopt;
    const auto unit = lookUp(kGermanSmall, word.substr(0, joint));
    const auto tens = lookUp(kGermanTens, word.substr(joint + 3));
    return unit && tens && *unit < 10 ? std::optional(*unit + *tens) : std::nullopt;
}

std::optional<Numeral> chineseNumeral(const std::vector<Token>& tokens, std::size_t first) {
    Numeral numeral{0, 0, true, {}};
    double sum = 0, pending = 0;
    bool has_powers = false;
    for (std::size_t i = first; i < tokens.size() && numeral.num_tokens < 12; ++i, ++numeral.num_tokens) {
        if (tokens[i].kind != TokenKind::kHan) break;
        if (const auto digit = lookUp(kChineseDigits, tokens[i].text)) {
            if (has_powers && pending > 0) break; // 十二八拍 says twelve, then eight
            numeral.digits += static_cast<char>('0' + *digit);
            pending = has_powers ? *digit : pending * 10 + *digit;
        } else if (const auto power = lookUp(kChinesePowers, tokens[i].text)) {
            if (i == first && *power > 10) break; // 千万别, 百搭: no number begins so
            has_powers = true;
            if (*power == 10000)
                sum = (sum + pending) * *power;
            else
                sum += (i == first || pending == 0 ? 1 : pending) * *power;
            pending = 0;
        } else {
            break;
        }
    }
    if (numeral.num_tokens == 0) return std::nullopt;
    numeral.value = sum + pending;
    if (has_powers) numeral.digits.clear();
    const std::size_t past = first + numeral.num_tokens;
    const bool is_about = has_powers && pending == 0 && past < tokens.size()
        && (tokens[past].text == "来" || tokens[past].text == "多" || tokens[past].text == "余");
    if (is_about) ++numeral.num_tokens; // 二十来小节
    return numeral;
}

} // namespace

std::optional<Numeral> numeralAt(const std::vector<Token>& tokens, std::size_t first) {
    if (first >= tokens.size()) return std::nullopt;
    const Token& token = tokens[first];
    if (token.kind == TokenKind::kNumber) return Numeral{token.number, 1, false, {}};
    if (token.kind == TokenKind::kHan) return chineseNumeral(tokens, first);
    if (token.kind != TokenKind::kWord) return std::nullopt;
    if (auto english = englishNumeral(tokens, first)) return english;
    // "ein" is an article far more often than a number.
    const auto german = token.text == "ein" ? std::nullopt : germanValue(token.text);
    return german ? std::optional(Numeral{static_cast<double>(*german), 1, true, {}}) : std::nullopt;
}

} // namespace chainsong
