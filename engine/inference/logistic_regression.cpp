#include "engine/inference/logistic_regression.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

// This file, like that of the network, is compiled with -ffp-contract=fast.

namespace chainsong {
namespace {

using Lane2 = double __attribute__((vector_size(16)));
using Lane4 = double __attribute__((vector_size(32)));
template <class Lane> struct Integers;
template <> struct Integers<Lane2> { using Type = std::int64_t __attribute__((vector_size(16))); };
template <> struct Integers<Lane4> { using Type = std::int64_t __attribute__((vector_size(32))); };

constexpr std::size_t kRows = LogisticRegression::kRows;
constexpr std::size_t kChunk = 2; // blocks whose columns stay in the nearest cache between the two passes
constexpr std::size_t kMostPoints = 16; // that go through the data together
constexpr std::size_t kColumns = 8; // slopes that are summed at once: enough to keep the adders busy

/// x = e^x for x <= 0, cut at -708: 2^n times a polynomial in the rest, good to the last digit but one.
template <class Lane> [[gnu::always_inline]] inline void exponential(Lane& x) {
    const Lane lowest = Lane{} - 708.0, shift = Lane{} + 6755399441055744.0; // 1.5 * 2^52
    x = x < lowest ? lowest : x;
    const Lane shifted = x * 1.4426950408889634 + shift;
    const Lane whole = shifted - shift;
    const Lane r = (x - whole * 0.693147180369123816490) - whole * 1.90821492927058770002e-10;
    Lane p = r * (1.0 / 479001600) + 1.0 / 39916800;
    p = p * r + 1.0 / 3628800;
    p = p * r + 1.0 / 362880;
    p = p * r + 1.0 / 40320;
    p = p * r + 1.0 / 5040;
    p = p * r + 1.0 / 720;
    p = p * r + 1.0 / 120;
    p = p * r + 1.0 / 24;
    p = p * r + 1.0 / 6;
    p = p * r + 0.5;
    p = p * r + 1.0;
    p = p * r + 1.0;
    typename Integers<Lane>::Type bits;
    std::memcpy(&bits, &shifted, sizeof bits);
    bits = (bits + 1023) << 52; // the shift left n in the lowest bits
    Lane power;
    std::memcpy(&power, &bits, sizeof power);
    x = p * power;
}

template <class Lane> [[gnu::always_inline]] inline void load(Lane& lane, const double* from) {
    std::memcpy(&lane, from, sizeof lane);
}

/// One block: its log likelihood but for the sum of log(1 + e^-|x|), whose factors are multiplied; writes
/// what each observation leaves over, y - P(1).
template <class Lane>
[[gnu::always_inline]] inline void blockPass(const LogisticRegression::Blocks& data, std::size_t block,
    std::span<const double> b, Lane* linear, Lane* product, double* rest) {
    constexpr std::size_t kWidth = sizeof(Lane) / sizeof(double), kLanes = kRows / kWidth;
    Lane x[kLanes] = {};
    const double* column = data.columns[block * b.size()].x;
    for (std::size_t k = 0; k < b.size(); ++k, column += kRows)
        for (std::size_t l = 0; l < kLanes; ++l) {
            Lane value;
            load(value, column + l * kWidth);
            x[l] += value * b[k];
        }
    const Lane zero{}, one = Lane{} + 1.0;
    for (std::size_t l = 0; l < kLanes; ++l) {
        Lane y, share;
        load(y, data.y[block].x + l * kWidth);
        load(share, data.share[block].x + l * kWidth);
        Lane decay = x[l] > zero ? -x[l] : x[l];
        exponential(decay);
        linear[l] += (y - 1.0) * x[l] + (x[l] < zero ? x[l] : zero);
        product[l] *= one + share * decay;
        const Lane left = share * (y - (x[l] > zero ? one : decay) / (one + decay));
        std::memcpy(rest + l * kWidth, &left, sizeof left);
    }
}

/// slope[Columns] += some columns of a chunk times what its observations leave over. Few columns are summed
/// in several lanes each.
template <class Lane, std::size_t Columns>
[[gnu::always_inline]] inline void addSlopes(
    const double* columns, std::size_t block_stride, std::size_t count, const double* rest, double* slope) {
    constexpr std::size_t kWidth = sizeof(Lane) / sizeof(double), kLanes = kRows / kWidth;
    constexpr std::size_t kSums = Columns > 4 ? 1 : Columns > 2 ? 2 : 4;
    Lane sum[Columns][kSums] = {};
    for (std::size_t block = 0; block < count; ++block, columns += block_stride)
        for (std::size_t l = 0; l < kLanes; ++l) {
            Lane left, value;
            load(left, rest + block * kRows + l * kWidth);
            for (std::size_t k = 0; k < Columns; ++k) {
                load(value, columns + k * kRows + l * kWidth);
                sum[k][l % kSums] += value * left;
            }
        }
    for (std::size_t k = 0; k < Columns; ++k)
        for (std::size_t l = 0; l < kSums; ++l)
            for (std::size_t w = 0; w < kWidth; ++w) slope[k] += sum[k][l][w];
}

/// grad += the columns of a chunk times what its observations leave over.
template <class Lane>
[[gnu::always_inline]] inline void slopePass(const LogisticRegression::Blocks& data, std::size_t first,
    std::size_t count, const double* rest, std::span<double> grad) {
    const std::size_t n = grad.size();
    for (std::size_t start = 0; start < n; start += kColumns) {
        const double* const columns = data.columns[first * n + start].x;
        double* const slope = grad.data() + start;
        switch (std::min(kColumns, n - start)) {
        case 1: addSlopes<Lane, 1>(columns, n * kRows, count, rest, slope); break;
        case 2: addSlopes<Lane, 2>(columns, n * kRows, count, rest, slope); break;
        case 3: addSlopes<Lane, 3>(columns, n * kRows, count, rest, slope); break;
        case 4: addSlopes<Lane, 4>(columns, n * kRows, count, rest, slope); break;
        case 5: addSlopes<Lane, 5>(columns, n * kRows, count, rest, slope); break;
        case 6: addSlopes<Lane, 6>(columns, n * kRows, count, rest, slope); break;
        case 7: addSlopes<Lane, 7>(columns, n * kRows, count, rest, slope); break;
        default: addSlopes<Lane, kColumns>(columns, n * kRows, count, rest, slope); break;
        }
    }
}

/// What a point has gathered so far.
template <class Lane> struct Gathered {
    static constexpr std::size_t kLanes = kRows * sizeof(double) / sizeof(Lane);
    Lane linear[kLanes], product[kLanes];
    double log_p;

    [[gnu::always_inline]] inline void clear() {
        for (std::size_t l = 0; l < kLanes; ++l) {
            linear[l] = Lane{};
            product[l] = Lane{} + 1.0;
        }
        log_p = 0;
    }
    [[gnu::always_inline]] inline void takeLogarithms() {
        for (Lane& lane : product) {
            for (std::size_t w = 0; w < sizeof(Lane) / sizeof(double); ++w) log_p -= std::log(lane[w]);
            lane = Lane{} + 1.0;
        }
    }
};

/// Some points, each with its log likelihood and, unless `grads` is null, its gradient.
struct Group {
    const double* points;
    double* log_likelihoods;
    double* grads;
    std::size_t count;
};

/// Chunk by chunk, each for all points: the first brings it into the cache.
template <class Lane>
[[gnu::always_inline]] inline void logLikelihoods(
    const LogisticRegression::Blocks& data, std::size_t n, const Group& group) {
    constexpr std::size_t kMostFactors = 512; // of at most 2: the product stays far below infinity
    Gathered<Lane> gathered[kMostPoints];
    for (std::size_t i = 0; i < group.count; ++i) gathered[i].clear();
    if (group.grads != nullptr) std::fill_n(group.grads, group.count * n, 0.0);
    alignas(32) double rest[kChunk * kRows];
    for (std::size_t first = 0; first < data.count; first += kChunk) {
        const std::size_t count = std::min(kChunk, data.count - first);
        for (std::size_t i = 0; i < group.count; ++i) {
            Gathered<Lane>& point = gathered[i];
            for (std::size_t block = 0; block < count; ++block)
                blockPass<Lane>(data, first + block, {group.points + i * n, n}, point.linear, point.product,
                    rest + block * kRows);
            if (group.grads != nullptr) slopePass<Lane>(data, first, count, rest, {group.grads + i * n, n});
            if ((first + kChunk) % kMostFactors == 0) point.takeLogarithms();
        }
    }
    for (std::size_t i = 0; i < group.count; ++i) {
        gathered[i].takeLogarithms();
        for (const Lane& lane : gathered[i].linear)
            for (std::size_t w = 0; w < sizeof(Lane) / sizeof(double); ++w) gathered[i].log_p += lane[w];
        group.log_likelihoods[i] = gathered[i].log_p;
    }
}

void plainLikelihoods(const LogisticRegression::Blocks& data, std::size_t n, const Group& group) {
    logLikelihoods<Lane2>(data, n, group);
}
#if defined(__x86_64__)
__attribute__((target("avx2,fma"))) void wideLikelihoods(
    const LogisticRegression::Blocks& data, std::size_t n, const Group& group) {
    logLikelihoods<Lane4>(data, n, group);
}
#endif

/// The processor decides when the program runs.
void likelihoodsByProcessor(const LogisticRegression::Blocks& data, std::size_t n, const Group& group) {
#if defined(__x86_64__)
    static const bool has_wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (has_wide) return wideLikelihoods(data, n, group);
#endif
    plainLikelihoods(data, n, group);
}

} // namespace

LogisticRegression::LogisticRegression(std::span<const double> rows, std::span<const double> y)
    : m_num_columns(rows.size() / y.size()) {
    m_blocks.count = (y.size() + kRows - 1) / kRows;
    m_blocks.columns.resize(m_blocks.count * m_num_columns);
    m_blocks.y.resize(m_blocks.count);
    m_blocks.share.resize(m_blocks.count);
    for (std::size_t i = 0; i < y.size(); ++i) {
        const std::size_t block = i / kRows, place = i % kRows;
        m_blocks.y[block].x[place] = y[i];
        m_blocks.share[block].x[place] = 1;
        for (std::size_t k = 0; k < m_num_columns; ++k)
            m_blocks.columns[block * m_num_columns + k].x[place] = rows[i * m_num_columns + k];
    }
}

void LogisticRegression::evaluate(
    std::span<const double> points, std::span<double> log_likelihoods, std::span<double> grads) const {
    const std::size_t n = m_num_columns;
    for (std::size_t start = 0; start < log_likelihoods.size(); start += kMostPoints)
        likelihoodsByProcessor(m_blocks, n,
            {points.data() + start * n, log_likelihoods.data() + start,
                grads.empty() ? nullptr : grads.data() + start * n,
                std::min(kMostPoints, log_likelihoods.size() - start)});
}

} // namespace chainsong
