#include "engine/inference/ranked_draws.h"

#include "engine/inference/special_functions.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

namespace chainsong {
namespace {

/// The middle draw of an odd number, which belongs to no half.
constexpr std::uint32_t kNowhere = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
/// Fewer are sorted by comparing.
constexpr std::size_t kFewDraws = 1024;
constexpr int kDigitBits = 11;
constexpr int kNumDigits = 3; // from the first bit that differs
constexpr std::size_t kNumBuckets = std::size_t{1} << kDigitBits;

/// Doubles as unsigned numbers of the same order; both zeros are one.
std::uint64_t keyOf(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);
    return (bits & kSign) != 0 ? ~bits : bits | kSign;
}

double valueOf(std::uint64_t key) { return std::bit_cast<double>((key & kSign) != 0 ? key & ~kSign : ~key); }

double scoreOf(double rank, std::size_t count) {
    return normalQuantile((rank - 0.375) / (static_cast<double>(count) + 0.25));
}

} // namespace

void NormalScores::prepare(std::size_t count) {
    if (count == m_count) return;
    m_count = count;
    m_lower.resize((count + 1) / 2);
    for (std::size_t i = 0; i < m_lower.size(); ++i) m_lower[i] = scoreOf(static_cast<double>(i + 1), count);
}

double NormalScores::at(std::size_t twice_rank) const {
    if (twice_rank % 2 != 0) return scoreOf(0.5 * static_cast<double>(twice_rank), m_count);
    const std::size_t rank = twice_rank / 2;
    return rank <= m_lower.size() ? m_lower[rank - 1] : -m_lower[m_count - rank];
}

void RankedDraws::sort(DrawSpans chains) {
    m_num_chains = chains.size();
    m_length = shortestOf(chains);
    const std::size_t half = m_length / 2;
    m_draws.resize(m_num_chains * m_length);
    auto* out = m_draws.data();
    std::uint32_t place = 0;
    for (const auto& chain : chains)
        for (std::size_t i = 0; i < m_length; ++i) {
            const bool is_middle = m_length % 2 != 0 && i == half;
            *out++ = {keyOf(chain[i]), is_middle ? kNowhere : place++};
        }
    sortByKey();
}

/// Three passes of counting by the first 33 bits in which any keys differ; what they leave equal is compared.
void RankedDraws::sortByKey() {
    const auto is_below = [](const Keyed& a, const Keyed& b) { return a.key < b.key; };
    if (m_draws.size() < kFewDraws) return std::sort(m_draws.begin(), m_draws.end(), is_below);
    std::uint64_t differing = 0;
    for (const Keyed& draw : m_draws) differing |= draw.key ^ m_draws.front().key;
    const int common = differing == 0 ? 0 : std::countl_zero(differing);
    const auto digit = [common](std::uint64_t key, int number) { // 0 is the lowest
        return ((key << common) >> (64 - kDigitBits * (kNumDigits - number))) & (kNumBuckets - 1);
    };
    std::array<std::array<std::uint32_t, kNumBuckets>, kNumDigits> places{};
    for (const Keyed& draw : m_draws)
        for (int i = 0; i < kNumDigits; ++i) ++places[static_cast<std::size_t>(i)][digit(draw.key, i)];
    m_spare.resize(m_draws.size());
    for (int i = 0; i < kNumDigits; ++i) {
        auto& next = places[static_cast<std::size_t>(i)];
        std::uint32_t first = 0;
        for (std::uint32_t& bucket : next) bucket = std::exchange(first, first + bucket);
        for (const Keyed& draw : m_draws) m_spare[next[digit(draw.key, i)]++] = draw;
        std::swap(m_draws, m_spare);
    }
    const int compared = 64 - kDigitBits * kNumDigits;
    const auto prefix = [&](const Keyed& draw) { return (draw.key << common) >> compared; };
    for (std::size_t first = 0; first < m_draws.size();) {
        std::size_t past = first + 1;
        while (past < m_draws.size() && prefix(m_draws[past]) == prefix(m_draws[first])) ++past;
        const auto from = m_draws.begin() + static_cast<std::ptrdiff_t>(first);
        const auto to = m_draws.begin() + static_cast<std::ptrdiff_t>(past);
        if (past - first > 1 && !std::is_sorted(from, to, is_below)) std::sort(from, to, is_below);
        first = past;
    }
}

double RankedDraws::at(std::size_t rank) const { return valueOf(m_draws[rank].key); }

double RankedDraws::quantile(double probability) const {
    const double index = (static_cast<double>(m_draws.size()) - 1) * probability;
    const double low = std::floor(index + 4 * std::numeric_limits<double>::epsilon());
    const auto below = static_cast<std::size_t>(low);
    if (!(index > low) || below + 1 >= m_draws.size() || at(below + 1) == at(below)) return at(below);
    const double share = index - low;
    return (1 - share) * at(below) + share * at(below + 1);
}

void RankedDraws::writeScores(
    const std::vector<Keyed>& sorted, NormalScores& scores, std::span<double> out) const {
    scores.prepare(out.size());
    std::size_t num_before = 0;
    for (std::size_t first = 0; first < sorted.size();) {
        std::size_t past = first, num_equal = 0; // of those that count
        for (; past < sorted.size() && sorted[past].key == sorted[first].key; ++past)
            num_equal += sorted[past].place != kNowhere ? 1 : 0;
        if (num_equal > 0) {
            const double score = scores.at(2 * num_before + num_equal + 1);
            for (std::size_t i = first; i < past; ++i)
                if (sorted[i].place != kNowhere) out[sorted[i].place] = score;
        }
        num_before += num_equal;
        first = past;
    }
}

void RankedDraws::writeScores(NormalScores& scores, DrawRows& halves) const {
    halves.resize(2 * m_num_chains, m_length / 2);
    writeScores(m_draws, scores, halves.values);
}

bool RankedDraws::writeFoldedScores(NormalScores& scores, DrawRows& halves) {
    const double median = quantile(0.5);
    // Distances grow both ways from the median: two sorted rows are merged.
    const auto upper = std::ranges::lower_bound(m_draws, keyOf(median), {}, &Keyed::key);
    auto above = static_cast<std::size_t>(upper - m_draws.begin()), num_below = above;
    const auto distance = [&](std::size_t i) { return keyOf(std::abs(at(i) - median)); };
    const std::uint64_t none = std::numeric_limits<std::uint64_t>::max();
    m_spare.clear();
    m_spare.reserve(m_draws.size());
    std::uint64_t up = above < m_draws.size() ? distance(above) : none;
    std::uint64_t down = num_below > 0 ? distance(num_below - 1) : none;
    while (up != none || down != none) {
        const bool is_above = up <= down;
        const Keyed next{is_above ? up : down, m_draws[is_above ? above : num_below - 1].place};
        if (next.place != kNowhere) m_spare.push_back(next);
        if (is_above)
            up = ++above < m_draws.size() ? distance(above) : none;
        else
            down = --num_below > 0 ? distance(num_below - 1) : none;
    }
    if (m_spare.empty() || m_spare.front().key == m_spare.back().key) return false;
    halves.resize(2 * m_num_chains, m_length / 2);
    writeScores(m_spare, scores, halves.values);
    return true;
}

} // namespace chainsong
