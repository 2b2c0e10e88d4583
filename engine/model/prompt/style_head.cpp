#include "engine/model/prompt/style_head.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace chainsong {
namespace {

constexpr double kLeastScore = 0.6;
constexpr std::size_t kShortest = 5, kLongest = 24;
/// Measured at scores from 0.6, 0.65 and 0.7.
constexpr std::array kCalibration{std::pair{0.6, 0.75}, std::pair{0.65, 0.79}, std::pair{0.7, 0.81}};

std::vector<std::string> gramsOf(std::string_view word) {
    const std::string marked = "<" + std::string(word) + ">";
    std::vector<std::string> grams;
    for (std::size_t n = 2; n <= 4; ++n)
        for (std::size_t i = 0; i + n <= marked.size(); ++i) grams.push_back(marked.substr(i, n));
    std::sort(grams.begin(), grams.end());
    grams.erase(std::unique(grams.begin(), grams.end()), grams.end());
    return grams;
}

class Head {
public:
    Head() {
        for (const auto& [word, meaning] : latinWords()) {
            const auto grams = gramsOf(word);
            for (const std::string& gram : grams) m_rows_of[gram].push_back(m_meanings.size());
            m_norms.push_back(std::sqrt(static_cast<double>(grams.size())));
            m_meanings.push_back(meaning);
        }
    }

    std::optional<StyleGuess> guess(std::string_view word) const {
        const auto grams = gramsOf(word);
        std::vector<double> scores(m_meanings.size(), 0.0);
        for (const std::string& gram : grams)
            if (const auto found = m_rows_of.find(gram); found != m_rows_of.end())
                for (const std::size_t row : found->second) scores[row] += 1;
        for (std::size_t row = 0; row < scores.size(); ++row)
            scores[row] /= m_norms[row] * std::sqrt(static_cast<double>(grams.size()));
        const auto best = std::max_element(scores.begin(), scores.end());
        if (best == scores.end() || *best < kLeastScore) return std::nullopt;
        const Meaning& meaning = m_meanings[static_cast<std::size_t>(best - scores.begin())];
        constexpr std::array kHeads{Sense::kStyle, Sense::kMood, Sense::kEnergy, Sense::kDensity};
        if (std::find(kHeads.begin(), kHeads.end(), meaning.sense) == kHeads.end()) return std::nullopt;
        double confidence = 0;
        for (const auto& [from, share] : kCalibration)
            if (*best >= from) confidence = share;
        return StyleGuess{meaning.sense, meaning.value, confidence};
    }

private:
    std::vector<Meaning> m_meanings;
    std::vector<double> m_norms;
    std::unordered_map<std::string, std::vector<std::size_t>> m_rows_of;
};

} // namespace

std::optional<StyleGuess> guessStyle(std::string_view word) {
    if (word.size() < kShortest || word.size() > kLongest) return std::nullopt;
    static const Head kHead;
    return kHead.guess(word);
}

} // namespace chainsong
