#include "engine/model/prompt/tokens.h"

#include "engine/base/numbers.h"
#include "engine/base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

namespace chainsong {
namespace {

constexpr double kBeyondAllBounds = 1e300;

/// Latin-1 and Latin Extended-A letters without their accents, from U+00C0; a space stands for no letter.
constexpr std::u32string_view kPlainLatin =
    U"aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
    U"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    U"lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// Traditional characters that musicians write, and the simple ones the lexicon knows.
constexpr std::u32string_view kTraditional =
    U"樂調節鋼聲號長無個寫請幫來給與鐘鍾對單雙絃絲輕靜歡憂傷壯嚴緊張慶讚韻風搖籃進圓華"
    U"爾豎鍵簫鑼揚電貝間於樸動強勁熱戲憤懷舊夢賦練習變創隨興敘內為開過這種兩點滿緩莊祕"
    U"聖詠頌薩豐復陽陰諧愛蘭馬瑪視韓國鄉邊擊組曠遠氣勵誼時構優麗歷測學試帶讓還麼們後裡"
    U"從譜獨協環繞筆藍靈鄰賽納羅達倫庫蘇貓鳥課濃純斷續約條線龍鳳飛鬧奮惱淒悽涼愴歎嘆團"
    U"結滾態現經詩詞話說鬆淨裏雜簡眾盡軍隊階級類顯歐義奧亞";
constexpr std::u32string_view kSimplified =
    U"乐调节钢声号长无个写请帮来给与钟钟对单双弦丝轻静欢忧伤壮严紧张庆赞韵风摇篮进圆华"
    U"尔竖键箫锣扬电贝间于朴动强劲热戏愤怀旧梦赋练习变创随兴叙内为开过这种两点满缓庄秘"
    U"圣咏颂萨丰复阳阴谐爱兰马玛视韩国乡边击组旷远气励谊时构优丽历测学试带让还么们后里"
    U"从谱独协环绕笔蓝灵邻赛纳罗达伦库苏猫鸟课浓纯断续约条线龙凤飞闹奋恼凄凄凉怆叹叹团"
    U"结滚态现经诗词话说松净里杂简众尽军队阶级类显欧义奥亚";
static_assert(kTraditional.size() == kSimplified.size());

bool isHan(char32_t c) { return (c >= 0x3400 && c <= 0x9FFF) || c == 0x3007 || (c >= 0xF900 && c <= 0xFAFF); }
bool isDigit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool isLatin(char32_t c) { return c >= U'a' && c <= U'z'; }
bool isCombining(char32_t c) { return (c >= 0x300 && c <= 0x36F) || (c >= 0xFE00 && c <= 0xFE0F); }
bool isInvisible(char32_t c) {
    return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xAD || (c >= 0x2000 && c <= 0x200F)
        || (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) || c == 0x3000 || c == 0xFEFF;
}
bool isSign(char32_t c) {
    constexpr std::u32string_view kOthers = U"♯♭♮♩♪♫，。、；：！？（）【】《》「」『』“”‘’…·～–—−×";
    return (c > 0x20 && c < 0x7F && !isDigit(c) && !isLatin(c))
        || kOthers.find(c) != std::u32string_view::npos;
}

char32_t narrow(char32_t c) {
    if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;
    switch (c) {
    case U'，': return U',';
    case U'。': return U'.';
    case U'；': return U';';
    case U'：': return U':';
    case U'‘':
    case U'’': return U'\'';
    case U'–':
    case U'—':
    case U'−':
    case U'～': return U'-';
    default: return c;
    }
}

/// The character under which words are looked up.
char32_t folded(char32_t original) {
    const char32_t c = narrow(original);
    if (c >= U'A' && c <= U'Z') return c - U'A' + U'a';
    if (c >= 0xC0 && c - 0xC0 < kPlainLatin.size() && kPlainLatin[c - 0xC0] != U' ')
        return kPlainLatin[c - 0xC0];
    if (isHan(c)) {
        static const auto simple = [] {
            std::unordered_map<char32_t, char32_t> table;
            for (std::size_t i = 0; i < kTraditional.size(); ++i) table[kTraditional[i]] = kSimplified[i];
            return table;
        }();
        const auto found = simple.find(c);
        if (found != simple.end()) return found->second;
    }
    return c;
}

/// Reads tokens from left to right over the folded text.
class Scanner {
public:
    explicit Scanner(std::u32string_view prompt)
        : m_prompt(prompt) {
        m_text.reserve(prompt.size());
        for (char32_t c : prompt) m_text.push_back(folded(c));
    }

    std::vector<Token> scan() {
        while (m_at < m_text.size()) {
            const char32_t c = m_text[m_at];
            if (isInvisible(c) || partsWords()) {
                ++m_at;
                continue;
            }
            const std::size_t first = m_at;
            if (isDigit(c))
                number(first);
            else if (isLatin(c))
                add(TokenKind::kWord, first, wordEnd());
            else if (isHan(c))
                add(TokenKind::kHan, first, first + 1);
            else if (isSign(c))
                add(TokenKind::kSign, first, first + 1);
            else
                add(TokenKind::kOther, first, otherEnd());
        }
        return std::move(m_tokens);
    }

private:
    char32_t at(std::size_t i) const { return i < m_text.size() ? m_text[i] : U'\0'; }

    /// A hyphen between a letter and what follows it at once: "d-moll", "16-bar", but not "60-76".
    bool partsWords() const {
        if (at(m_at) != U'-' || m_at == 0) return false;
        const char32_t before = at(m_at - 1), after = at(m_at + 1);
        const auto isOfWord = [](char32_t c) { return isLatin(c) || isHan(c); };
        return (isOfWord(before) && (isOfWord(after) || isDigit(after) || isInvisible(after)))
            || (isDigit(before) && isOfWord(after));
    }

    std::size_t wordEnd() const {
        std::size_t end = m_at;
        while (isLatin(at(end)) || isCombining(at(end)) || (at(end) == U'\'' && isLatin(at(end + 1)))) ++end;
        return end;
    }

    std::size_t otherEnd() const {
        std::size_t end = m_at;
        const auto isOther = [](char32_t c) {
            return !isInvisible(c) && !isDigit(c) && !isLatin(c) && !isHan(c) && !isSign(c);
        };
        while (end < m_text.size() && (isOther(m_text[end]) || m_text[end] == 0x200D)) ++end;
        return std::max(end, m_at + 1);
    }

    std::size_t digitsEnd(std::size_t from) const {
        while (isDigit(at(from))) ++from;
        return from;
    }
    double valueOf(std::size_t first, std::size_t past_last) const {
        return parseNumber(encodeUtf8(std::u32string_view(m_text).substr(first, past_last - first)))
            .value_or(kBeyondAllBounds);
    }

    void number(std::size_t first) {
        std::size_t end = digitsEnd(first);
        if (at(end) == U'.' && isDigit(at(end + 1))) end = digitsEnd(end + 1);
        double value = valueOf(first, end);
        if (at(end) == U'e' && isDigit(at(end + 1))) {
            end = digitsEnd(end + 1);
            value = valueOf(first, end);
        } else if (at(end) == U'^' && isDigit(at(end + 1))) {
            const std::size_t exponent = end + 1;
            end = digitsEnd(exponent);
            value = std::pow(value, valueOf(exponent, end));
        }
        if (first > 0 && at(first - 1) == U'-' && (first == 1 || isInvisible(at(first - 2)))) value = -value;
        add(TokenKind::kNumber, first, end);
        m_tokens.back().number = std::isfinite(value) ? std::min(value, kBeyondAllBounds) : kBeyondAllBounds;
    }

    void add(TokenKind kind, std::size_t first, std::size_t past_last) {
        Token token;
        token.kind = kind;
        for (std::size_t i = first; i < past_last; ++i)
            if (!isCombining(m_text[i])) token.text += encodeUtf8(std::u32string_view(&m_text[i], 1));
        const char32_t original = narrow(m_prompt[first]);
        token.is_upper = original != m_text[first] && kind == TokenKind::kWord;
        token.touches_last = !m_tokens.empty() && m_tokens.back().span.past_last == static_cast<int>(first);
        token.span = {static_cast<int>(first), static_cast<int>(past_last)};
        m_tokens.push_back(std::move(token));
        m_at = past_last;
    }

    std::u32string_view m_prompt;
    std::u32string m_text;
    std::size_t m_at = 0;
    std::vector<Token> m_tokens;
};

} // namespace

std::vector<Token> tokensOf(std::u32string_view prompt) { return Scanner(prompt).scan(); }

std::string joined(const std::vector<Token>& tokens, std::size_t first, std::size_t count) {
    std::string text;
    for (std::size_t i = first; i < first + count; ++i) {
        const bool needs_space =
            i > first && tokens[i].kind != TokenKind::kHan && tokens[i - 1].kind != TokenKind::kHan;
        if (needs_space) text += ' ';
        text += tokens[i].text;
    }
    return text;
}

} // namespace chainsong
