#include "engine/inference/block_moments.h"

#include "engine/inference/draw_rows.h"

#include <algorithm>

namespace chainsong {
namespace {

constexpr std::size_t kBlock = 256;

} // namespace

Moments Moments::of(std::span<const double> values) {
    if (values.empty()) return {};
    const double first = values.front(), count = static_cast<double>(values.size());
    double sum = 0;
    for (const double value : values) sum += value - first;
    const double shift = sum / count;
    double squares = 0;
    for (const double value : values) squares += (value - first - shift) * (value - first - shift);
    return {count, first + shift, squares};
}

Moments Moments::with(const Moments& others) const {
    if (count == 0) return others;
    if (others.count == 0) return *this;
    const double both = count + others.count, gap = others.mean - mean;
    return {both, mean + gap * others.count / both,
        squares + others.squares + gap * gap * count * others.count / both};
}

Moments BlockMoments::of(std::span<const double> series, std::size_t first, std::size_t past_last) {
    while ((m_blocks.size() + 1) * kBlock <= series.size())
        m_blocks.push_back(Moments::of(series.subspan(m_blocks.size() * kBlock, kBlock)));
    const std::size_t first_block = (first + kBlock - 1) / kBlock, past_block = past_last / kBlock;
    if (first_block >= past_block) return Moments::of(series.subspan(first, past_last - first));
    Moments all = Moments::of(series.subspan(first, first_block * kBlock - first));
    for (std::size_t block = first_block; block < past_block; ++block) all = all.with(m_blocks[block]);
    return all.with(Moments::of(series.subspan(past_block * kBlock, past_last - past_block * kBlock)));
}

} // namespace chainsong
