// Words as a point on a sphere: each word is the sum of random signs that the hashes of its character n-grams
// give, the text the sum of its words. Inner products are then, up to noise of 1/sqrt(dimensions), those of
// the n-gram counts (random projection: Achlioptas 2003).
#include "engine/base/text.h"
#include "engine/model/phrases/embedding.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace chainsong {
namespace {

constexpr std::size_t kShortest = 2, kLongest = 4; // n-grams
constexpr std::size_t kMostCharacters = 4096;
constexpr char32_t kEdge = U'\u0002'; // of a word

std::uint64_t mixed(std::uint64_t value) { // SplitMix64's finaliser
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ull;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBull;
    return value ^ (value >> 31);
}

bool isLetter(char32_t c) { return c > 0x7F || (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9'); }

void addSigns(std::u32string_view gram, TextVector& sum) {
    std::uint64_t hash = 0x9E3779B97F4A7C15ull * gram.size();
    for (const char32_t c : gram) hash = mixed(hash ^ c);
    for (std::size_t k = 0; k < sum.size(); ++k) {
        if (k % 64 == 0) hash = mixed(hash + 0x9E3779B97F4A7C15ull);
        sum[k] += (hash >> (k % 64) & 1) != 0 ? 1.0f : -1.0f;
    }
}

void scaleToUnit(TextVector& vector) {
    double squares = 0;
    for (const float x : vector) squares += static_cast<double>(x) * static_cast<double>(x);
    if (squares == 0) return;
    for (float& x : vector) x = static_cast<float>(static_cast<double>(x) / std::sqrt(squares));
}

/// Long words say more than short ones ("a", "in"), and each word counts once.
void addWord(std::u32string_view letters, TextVector& text) {
    const std::u32string word = kEdge + std::u32string(letters) + kEdge;
    TextVector sum{};
    for (std::size_t n = kShortest; n <= kLongest; ++n)
        for (std::size_t i = 0; i + n <= word.size(); ++i)
            addSigns(std::u32string_view(word).substr(i, n), sum);
    scaleToUnit(sum);
    constexpr double kFullLength = 4;
    const bool is_ascii = std::all_of(letters.begin(), letters.end(), [](char32_t c) { return c <= 0x7F; });
    const double weight = is_ascii ? std::min(1.0, static_cast<double>(letters.size()) / kFullLength) : 1;
    for (std::size_t k = 0; k < text.size(); ++k) text[k] += static_cast<float>(weight * weight) * sum[k];
}

} // namespace

TextVector embedText(std::string_view words) {
    const std::u32string characters = decodeUtf8(lowerAscii(words)).substr(0, kMostCharacters);
    std::vector<std::u32string> found(1);
    for (const char32_t c : characters) {
        if (isLetter(c))
            found.back() += c;
        else if (!found.back().empty())
            found.emplace_back();
    }
    if (found.back().empty()) found.pop_back();
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    TextVector text{};
    for (const std::u32string& word : found) addWord(word, text);
    scaleToUnit(text);
    return text;
}

} // namespace chainsong
