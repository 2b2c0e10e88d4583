#include "engine/model/phrases/index_tree.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

// Exactness. The distance to a box and the distance to a point in it are sums of the same shape in the same
// order, and rounding is monotone: the first is never above the second, to the last bit. So nothing within
// the radius is ever passed over, and answers equal brute force bit for bit. (This file is compiled without
// contraction into fused operations.)
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)        \
    && !defined(__SANITIZE_THREAD__)
#define CHAINSONG_FAST __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define CHAINSONG_FAST
#endif

namespace chainsong {
namespace {

constexpr std::size_t kLeaf = IndexTree::kLeaf;
constexpr std::size_t kFan = IndexTree::kFan;
constexpr float kFar = std::numeric_limits<float>::infinity();

/// Squared distances of the query to eight boxes.
CHAINSONG_FAST void toBoxes(const float* query, std::size_t dims, const float* boxes, float* squared) {
    std::array<float, kFan> sum{};
    for (std::size_t k = 0; k < dims; ++k, boxes += 2 * kFan)
        for (std::size_t j = 0; j < kFan; ++j) {
            const float below = boxes[j] - query[k], above = query[k] - boxes[kFan + j];
            float outside = below > 0.0f ? below : 0.0f;
            outside = above > outside ? above : outside;
            sum[j] += outside * outside;
        }
    std::copy(sum.begin(), sum.end(), squared);
}

/// Squared distances of the query to the points of a leaf. False: all of them lie beyond the limit, and the
/// sums are not complete.
CHAINSONG_FAST bool toPoints(
    const float* query, std::size_t dims, const float* points, float limit, float* squared) {
    std::array<float, kLeaf> sum{};
    const std::size_t half = dims / 2;
    for (std::size_t k = 0; k < dims; ++k, points += kLeaf) {
        if (k == half && dims >= 8) {
            float least = sum[0];
            for (std::size_t j = 1; j < kLeaf; ++j) least = sum[j] < least ? sum[j] : least;
            if (least > limit) return false;
        }
        for (std::size_t j = 0; j < kLeaf; ++j) {
            const float difference = points[j] - query[k];
            sum[j] += difference * difference;
        }
    }
    std::copy(sum.begin(), sum.end(), squared);
    return true;
}

/// How many boxes stand on each level, leaves' boxes first, and where a level's groups begin (the root's
/// first).
struct Shape {
    std::size_t num_leaves = 0, num_groups = 0;
    int num_levels = 0;
    std::array<std::size_t, 24> num_boxes{}, first_group{};

    explicit Shape(std::size_t num_points)
        : num_leaves((num_points + kLeaf - 1) / kLeaf) {
        std::size_t boxes = num_leaves;
        while (true) {
            num_boxes[static_cast<std::size_t>(num_levels++)] = boxes;
            if (boxes <= kFan) break;
            boxes = (boxes + kFan - 1) / kFan;
        }
        for (int level = num_levels - 1; level >= 0; --level) {
            const auto l = static_cast<std::size_t>(level);
            first_group[l] = num_groups;
            num_groups += (num_boxes[l] + kFan - 1) / kFan;
        }
    }
};

std::size_t groupFloats(std::size_t dims) { return 2 * kFan * dims; }

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
    const Shape& shape, std::vector<float>& boxes) {
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

void boundNodes(std::size_t dims, const Shape& shape, std::vector<float>& boxes) {
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

bool comesBefore(const Neighbour& a, const Neighbour& b) {
    return a.distance != b.distance ? a.distance < b.distance : a.id < b.id;
}

} // namespace

/// One question to one block. Distances are squared here.
class IndexTree::Search {
public:
    Search(const Block& block, std::size_t dims, std::span<const float> query, float limit, std::size_t most,
        std::vector<Neighbour>& found)
        : m_block(block)
        , m_shape(block.num_points)
        , m_dims(dims)
        , m_query(query)
        , m_limit(limit)
        , m_most(most)
        , m_found(found) { }

    void run() { visit(m_shape.num_levels - 1, 0); }
    float limit() const { return m_limit; }

private:
    bool wantsNearest() const { return m_most > 0; }

    void visit(int level, std::size_t group) {
        const auto l = static_cast<std::size_t>(level);
        std::array<float, kFan> squared;
        toBoxes(m_query.data(), m_dims,
            m_block.boxes.data() + (m_shape.first_group[l] + group) * groupFloats(m_dims), squared.data());
        const std::size_t count = std::min(kFan, m_shape.num_boxes[l] - group * kFan);
        std::array<std::uint8_t, kFan> order{0, 1, 2, 3, 4, 5, 6, 7};
        if (wantsNearest())
            std::sort(order.begin(), order.begin() + count,
                [&](std::uint8_t a, std::uint8_t b) { return squared[a] < squared[b]; });
        for (std::size_t i = 0; i < count; ++i) {
            if (!(squared[order[i]] <= m_limit)) continue;
            const std::size_t child = group * kFan + order[i];
            if (level == 0)
                lookInto(child);
            else
                visit(level - 1, child);
        }
    }

    void lookInto(std::size_t leaf) {
        std::array<float, kLeaf> squared;
        if (!toPoints(m_query.data(), m_dims, m_block.points.data() + leaf * m_dims * kLeaf, m_limit,
                squared.data()))
            return;
        const std::size_t filled = std::min(kLeaf, m_block.num_points - leaf * kLeaf);
        for (std::size_t j = 0; j < filled; ++j)
            if (squared[j] <= m_limit) take(m_block.ids[leaf * kLeaf + j], squared[j]);
    }

    void take(std::uint32_t id_in_block, float squared) {
        if (id_in_block >= m_block.num_points) return; // only in a damaged file
        const Neighbour neighbour{m_block.first_id + id_in_block, squared};
        if (!wantsNearest()) {
            m_found.push_back(neighbour);
            return;
        }
        if (m_found.size() >= m_most) {
            if (!comesBefore(neighbour, m_found.front())) return;
            std::pop_heap(m_found.begin(), m_found.end(), comesBefore);
            m_found.pop_back();
        }
        m_found.push_back(neighbour);
        std::push_heap(m_found.begin(), m_found.end(), comesBefore);
        if (m_found.size() == m_most) m_limit = m_found.front().distance;
    }

    const Block& m_block;
    Shape m_shape;
    std::size_t m_dims;
    std::span<const float> m_query;
    float m_limit;
    std::size_t m_most; // 0: all within the limit
    std::vector<Neighbour>& m_found; // a heap with the farthest on top if the nearest are wanted
};

IndexTree::IndexTree(int num_dimensions)
    : m_num_dimensions(num_dimensions) {
    assert(num_dimensions >= 1 && num_dimensions <= kMostDimensions);
}

IndexTree::Block IndexTree::built(int num_dimensions, std::span<const float> rows, std::uint32_t first_id) {
    const auto dims = static_cast<std::size_t>(num_dimensions);
    const std::size_t num_points = rows.size() / dims;
    const Shape shape(num_points);
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

std::vector<Neighbour> IndexTree::within(std::span<const float> query, float radius) const {
    assert(query.size() == static_cast<std::size_t>(m_num_dimensions));
    std::vector<Neighbour> found;
    if (!(radius >= 0)) return found;
    for (const Block& block : m_blocks) Search(block, query.size(), query, radius * radius, 0, found).run();
    for (Neighbour& neighbour : found) neighbour.distance = std::sqrt(neighbour.distance);
    std::sort(found.begin(), found.end(), comesBefore);
    return found;
}

std::vector<Neighbour> IndexTree::nearest(std::span<const float> query, std::size_t count) const {
    assert(query.size() == static_cast<std::size_t>(m_num_dimensions));
    std::vector<Neighbour> found;
    if (count == 0) return found;
    float limit = std::numeric_limits<float>::max();
    for (const Block& block : m_blocks) {
        Search search(block, query.size(), query, limit, count, found);
        search.run();
        limit = search.limit();
    }
    std::sort_heap(found.begin(), found.end(), comesBefore);
    for (Neighbour& neighbour : found) neighbour.distance = std::sqrt(neighbour.distance);
    return found;
}

float IndexTree::distance(std::span<const float> a, std::span<const float> b) {
    float sum = 0;
    for (std::size_t k = 0; k < a.size(); ++k) sum += (a[k] - b[k]) * (a[k] - b[k]);
    return std::sqrt(sum);
}

} // namespace chainsong
