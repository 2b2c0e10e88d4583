#include "engine/model/phrases/index_tree_shape.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <limits>
#include <numeric>

namespace chainsong {
namespace {

constexpr std::size_t kLeaf = IndexTree::kLeaf;
constexpr std::size_t kFan = IndexTree::kFan;
constexpr float kFar = std::numeric_limits<float>::infinity();

/// The arrays of a block in memory of its own.
struct Arrays {
    std::vector<float> boxes, points;
    std::vector<std::uint32_t> ids;
};

/// Puts rows into leaves so that each aligned run of 2^k leaves lies close together.
class Sorter {
public:
    Sorter(std::span<const float> rows, std::size_t dims)
        : m_rows(rows)
        , m_dims(dims)
        , m_order(rows.size() / dims) {
        std::iota(m_order.begin(), m_order.end(), 0u);
        split(0, m_order.size());
    }
    const std::vector<std::uint32_t>& order() const { return m_order; }

private:
    float at(std::uint32_t row, std::size_t dim) const { return m_rows[row * m_dims + dim]; }

    std::size_t widestDimension(std::size_t first, std::size_t past_last) const {
        std::size_t widest = 0;
        double most = -1;
        const std::size_t stride =
            std::max<std::size_t>(1, (past_last - first) / 4096); // a sample says enough
        for (std::size_t k = 0; k < m_dims; ++k) {
            double sum = 0, squares = 0, count = 0;
            for (std::size_t i = first; i < past_last; i += stride) {
                const double value = at(m_order[i], k);
                sum += value;
                squares += value * value;
                count += 1;
            }
            const double variance = squares / count - sum / count * (sum / count);
            if (variance > most) {
                most = variance;
                widest = k;
            }
        }
        return widest;
    }

    void split(std::size_t first, std::size_t past_last) {
        const std::size_t leaves = (past_last - first + kLeaf - 1) / kLeaf;
        if (leaves < 2) return;
        const std::size_t middle = first + std::bit_floor(leaves - 1) * kLeaf; // the left side is full
        const std::size_t dim = widestDimension(first, past_last);
        const auto begin = m_order.begin();
        std::nth_element(begin + static_cast<std::ptrdiff_t>(first),
            begin + static_cast<std::ptrdiff_t>(middle), begin + static_cast<std::ptrdiff_t>(past_last),
            [&](std::uint32_t a, std::uint32_t b) {
                return at(a, dim) != at(b, dim) ? at(a, dim) < at(b, dim) : a < b;
            });
        split(first, middle);
        split(middle, past_last);
    }

    std::span<const float> m_rows;
    std::size_t m_dims;
    std::vector<std::uint32_t> m_order;
};

void boundLeaves(const std::vector<float>& points, std::size_t num_points, std::size_t dims,
    const IndexTreeShape& shape, std::vector<float>& boxes) {
    for (std::size_t leaf = 0; leaf < shape.num_leaves; ++leaf) {
        const std::size_t filled = std::min(kLeaf, num_points - leaf * kLeaf);
        float* const box =
            boxes.data() + (shape.first_group[0] + leaf / kFan) * groupFloats(dims) + leaf % kFan;
        for (std::size_t k = 0; k < dims; ++k) {
            const float* const values = points.data() + (leaf * dims + k) * kLeaf;
            const auto [low, high] = std::minmax_element(values, values + filled);
            box[2 * kFan * k] = *low;
            box[2 * kFan * k + kFan] = *high;
        }
    }
}

void boundNodes(std::size_t dims, const IndexTreeShape& shape, std::vector<float>& boxes) {
    for (std::size_t level = 1; level < static_cast<std::size_t>(shape.num_levels); ++level)
        for (std::size_t node = 0; node < shape.num_boxes[level]; ++node) {
            float* const box =
                boxes.data() + (shape.first_group[level] + node / kFan) * groupFloats(dims) + node % kFan;
            const float* const inner =
                boxes.data() + (shape.first_group[level - 1] + node) * groupFloats(dims);
            for (std::size_t k = 0; k < dims; ++k) {
                const float* const lows = inner + 2 * kFan * k;
                box[2 * kFan * k] = *std::min_element(lows, lows + kFan);
                box[2 * kFan * k + kFan] = *std::max_element(lows + kFan, lows + 2 * kFan);
            }
        }
}

} // namespace

IndexTree::Block IndexTree::built(int num_dimensions, std::span<const float> rows, std::uint32_t first_id) {
    const auto dims = static_cast<std::size_t>(num_dimensions);
    const std::size_t num_points = rows.size() / dims;
    const IndexTreeShape shape(num_points);
    const Sorter sorter(rows, dims);
    auto arrays = std::make_shared<Arrays>();
    arrays->points.resize(shape.num_leaves * dims * kLeaf);
    arrays->ids.resize(shape.num_leaves * kLeaf);
    for (std::size_t i = 0; i < num_points; ++i) {
        const std::uint32_t row = sorter.order()[i];
        arrays->ids[i] = row;
        for (std::size_t k = 0; k < dims; ++k)
            arrays->points[(i / kLeaf * dims + k) * kLeaf + i % kLeaf] = rows[row * dims + k];
    }
    // Boxes that stand for nothing are empty, so that no minimum minds them.
    arrays->boxes.resize(shape.num_groups * groupFloats(dims));
    for (std::size_t i = 0; i < arrays->boxes.size(); ++i)
        arrays->boxes[i] = i / kFan % 2 == 0 ? kFar : -kFar;
    boundLeaves(arrays->points, num_points, dims, shape, arrays->boxes);
    boundNodes(dims, shape, arrays->boxes);
    return {num_points, first_id, arrays->boxes, arrays->points, arrays->ids, arrays};
}

void IndexTree::rowsOf(const Block& block, std::span<float> rows, std::uint32_t first_id) const {
    const auto dims = static_cast<std::size_t>(m_num_dimensions);
    for (std::size_t i = 0; i < block.num_points; ++i) {
        if (block.ids[i] >= block.num_points) continue; // only in a damaged file
        float* const row = rows.data() + (block.first_id - first_id + block.ids[i]) * dims;
        for (std::size_t k = 0; k < dims; ++k)
            row[k] = block.points[(i / kLeaf * dims + k) * kLeaf + i % kLeaf];
    }
}

void IndexTree::mergeLast(std::size_t count) {
    const std::size_t first = m_blocks.size() - count;
    const std::uint32_t first_id = m_blocks[first].first_id;
    std::vector<float> rows((m_size - first_id) * static_cast<std::size_t>(m_num_dimensions));
    for (std::size_t b = first; b < m_blocks.size(); ++b) rowsOf(m_blocks[b], rows, first_id);
    m_blocks.resize(first);
    m_blocks.push_back(built(m_num_dimensions, rows, first_id));
}

void IndexTree::add(std::span<const float> rows) {
    assert(rows.size() % static_cast<std::size_t>(m_num_dimensions) == 0);
    if (rows.empty()) return;
    m_blocks.push_back(built(m_num_dimensions, rows, static_cast<std::uint32_t>(m_size)));
    m_size += m_blocks.back().num_points;
    // Blocks at least halve from one to the next (Bentley and Saxe 1980): few of them, each point moved few
    // times.
    std::size_t count = 1;
    std::size_t points = m_blocks.back().num_points;
    while (count < m_blocks.size() && m_blocks[m_blocks.size() - count - 1].num_points < 2 * points) {
        points += m_blocks[m_blocks.size() - count - 1].num_points;
        ++count;
    }
    if (count > 1) mergeLast(count);
}

void IndexTree::merge() {
    if (m_blocks.size() > 1) mergeLast(m_blocks.size());
}

} // namespace chainsong
