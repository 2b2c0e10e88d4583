// An index tree as bytes: a head, the number of points of each block, and each block's arrays, all at
// multiples of 64.
#include "engine/model/phrases/index_tree_shape.h"

#include <array>
#include <bit>
#include <cstring>

namespace chainsong {
namespace {

static_assert(std::endian::native == std::endian::little, "the arrays are mapped as they lie in the file");

constexpr std::size_t kAlignment = 64;
constexpr std::size_t kMostBlocks = 64;

struct Head {
    std::array<char, 8> tag{'c', 's', '-', 't', 'r', 'e', 'e', '1'};
    std::uint32_t num_dimensions = 0;
    std::uint32_t num_blocks = 0;
    std::array<std::uint64_t, kMostBlocks> num_points{};
};

std::size_t aligned(std::size_t size) { return (size + kAlignment - 1) / kAlignment * kAlignment; }

struct Sizes {
    std::size_t boxes = 0, points = 0, ids = 0; // bytes

    Sizes(std::size_t num_points, std::size_t dims) {
        const IndexTreeShape shape(num_points);
        boxes = shape.num_groups * groupFloats(dims) * sizeof(float);
        points = shape.num_leaves * IndexTree::kLeaf * dims * sizeof(float);
        ids = shape.num_leaves * IndexTree::kLeaf * sizeof(std::uint32_t);
    }
    std::size_t all() const { return aligned(boxes) + aligned(points) + aligned(ids); }
};

template <class T> void put(std::vector<std::uint8_t>& bytes, std::size_t at, std::span<const T> values) {
    if (!values.empty()) std::memcpy(bytes.data() + at, values.data(), values.size_bytes());
}

template <class T>
std::span<const T> viewed(std::span<const std::uint8_t> bytes, std::size_t at, std::size_t size) {
    return {reinterpret_cast<const T*>(bytes.data() + at), size / sizeof(T)};
}

} // namespace

std::vector<std::uint8_t> IndexTree::bytes() const {
    const auto dims = static_cast<std::size_t>(m_num_dimensions);
    Head head;
    head.num_dimensions = static_cast<std::uint32_t>(dims);
    head.num_blocks = static_cast<std::uint32_t>(m_blocks.size());
    std::size_t size = aligned(sizeof(Head));
    for (std::size_t b = 0; b < m_blocks.size(); ++b) {
        head.num_points[b] = m_blocks[b].num_points;
        size += Sizes(m_blocks[b].num_points, dims).all();
    }
    std::vector<std::uint8_t> bytes(size);
    std::memcpy(bytes.data(), &head, sizeof head);
    std::size_t at = aligned(sizeof(Head));
    for (const Block& block : m_blocks) {
        const Sizes sizes(block.num_points, dims);
        put(bytes, at, block.boxes);
        put(bytes, at += aligned(sizes.boxes), block.points);
        put(bytes, at += aligned(sizes.points), block.ids);
        at += aligned(sizes.ids);
    }
    return bytes;
}

Result<IndexTree> IndexTree::over(std::span<const std::uint8_t> bytes, std::shared_ptr<const void> owner) {
    const Error damaged{"the index tree is damaged"};
    Head head;
    const Head expected;
    if (bytes.size() < sizeof head || reinterpret_cast<std::uintptr_t>(bytes.data()) % kAlignment != 0)
        return damaged;
    std::memcpy(&head, bytes.data(), sizeof head);
    if (head.tag != expected.tag || head.num_dimensions < 1 || head.num_dimensions > kMostDimensions
        || head.num_blocks > kMostBlocks)
        return damaged;
    IndexTree tree(static_cast<int>(head.num_dimensions));
    std::size_t at = aligned(sizeof head);
    for (std::size_t b = 0; b < head.num_blocks; ++b) {
        // No more points than bytes, so that nothing below can overflow.
        if (head.num_points[b] == 0 || head.num_points[b] > bytes.size()) return damaged;
        const std::size_t num_points = head.num_points[b];
        const Sizes sizes(num_points, head.num_dimensions);
        if (at > bytes.size() || sizes.all() > bytes.size() - at) return damaged;
        const std::size_t points_at = at + aligned(sizes.boxes);
        const std::size_t ids_at = points_at + aligned(sizes.points);
        tree.m_blocks.push_back({num_points, static_cast<std::uint32_t>(tree.m_size),
            viewed<float>(bytes, at, sizes.boxes), viewed<float>(bytes, points_at, sizes.points),
            viewed<std::uint32_t>(bytes, ids_at, sizes.ids), owner});
        tree.m_size += num_points;
        at += sizes.all();
    }
    if (at != bytes.size() || tree.m_size > UINT32_MAX) return damaged;
    return tree;
}

} // namespace chainsong
