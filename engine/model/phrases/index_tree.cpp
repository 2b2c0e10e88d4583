#include "engine/model/phrases/index_tree.h"

#include "engine/model/phrases/index_tree_shape.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

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
    IndexTreeShape m_shape;
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
