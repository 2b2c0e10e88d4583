#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace chainsong {

/// A vector that was found: its number (in the order of adding) and its Euclidean distance from the query.
struct Neighbour {
    std::uint32_t id = 0;
    float distance = 0;
    bool operator==(const Neighbour&) const = default;
};

/// Exact neighbours among many vectors: boxes in boxes, eight in each, points at the bottom. Vectors come in
/// batches; each batch is a block of its own until it is worth merging, so adding stays cheap. A block's
/// shape follows from its number of points alone: a file holds no pointer that could lead astray. Immutable
/// blocks: a copy is cheap, many threads may ask.
class IndexTree {
public:
    /// 1..kMostDimensions
    explicit IndexTree(int num_dimensions);
    static constexpr int kMostDimensions = 256;

    /// Rows of numDimensions() finite numbers. Their ids go on from size().
    void add(std::span<const float> rows);
    /// All blocks as one: the quickest answers, after the last batch.
    void merge();

    int numDimensions() const { return m_num_dimensions; }
    std::size_t size() const { return m_size; }
    std::size_t numBlocks() const { return m_blocks.size(); }

    /// Every vector within the radius (included), the nearest first, equals by id.
    std::vector<Neighbour> within(std::span<const float> query, float radius) const;
    /// The `count` nearest (all, if there are fewer), the nearest first, equals by id.
    std::vector<Neighbour> nearest(std::span<const float> query, std::size_t count) const;
    /// The distance that both compute, bit for bit.
    static float distance(std::span<const float> a, std::span<const float> b);

    /// As a file holds it; to begin at a multiple of 64 bytes.
    std::vector<std::uint8_t> bytes() const;
    /// The same tree over bytes that `owner` keeps alive, nothing copied. Fails if they are no such tree.
    static Result<IndexTree> over(std::span<const std::uint8_t> bytes, std::shared_ptr<const void> owner);

    /// Points in a leaf, and leaves or nodes in a node.
    static constexpr std::size_t kLeaf = 32;
    static constexpr std::size_t kFan = 8;

private:
    struct Block {
        std::size_t num_points = 0;
        std::uint32_t first_id = 0;
        std::span<const float> boxes; // groups of kFan boxes: for each dimension kFan lows, kFan highs
        std::span<const float> points; // leaves: for each dimension kLeaf numbers
        std::span<const std::uint32_t> ids; // kLeaf a leaf
        std::shared_ptr<const void> owner;
    };
    class Search;

    static Block built(int num_dimensions, std::span<const float> rows, std::uint32_t first_id);
    void rowsOf(const Block& block, std::span<float> rows, std::uint32_t first_id) const;
    void mergeLast(std::size_t count);

    int m_num_dimensions;
    std::size_t m_size = 0;
    std::vector<Block> m_blocks; // ids ascend from block to block
};

} // namespace chainsong
