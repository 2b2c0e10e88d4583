#include "engine/model/phrases/index_tree.h"

#include "engine/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace chainsong {
namespace {

/// Clustered, with duplicates and points on a lattice, so that equal distances happen.
std::vector<float> randomRows(std::size_t count, int dims, std::uint64_t seed) {
    Rng rng(seed);
    std::vector<float> rows;
    for (std::size_t i = 0; i < count; ++i)
        for (int k = 0; k < dims; ++k)
            rows.push_back(i % 5 == 0 ? static_cast<float>(rng.below(3)) : static_cast<float>(rng.normal()));
    return rows;
}

std::span<const float> rowOf(const std::vector<float>& rows, std::size_t i, int dims) {
    return std::span(rows).subspan(i * static_cast<std::size_t>(dims), static_cast<std::size_t>(dims));
}

std::vector<Neighbour> allByDistance(const std::vector<float>& rows, int dims, std::span<const float> query) {
    std::vector<Neighbour> all;
    for (std::size_t i = 0; i * static_cast<std::size_t>(dims) < rows.size(); ++i)
        all.push_back({static_cast<std::uint32_t>(i), IndexTree::distance(query, rowOf(rows, i, dims))});
    std::sort(all.begin(), all.end(), [](const Neighbour& a, const Neighbour& b) {
        return a.distance != b.distance ? a.distance < b.distance : a.id < b.id;
    });
    return all;
}

void expectExact(const IndexTree& tree, const std::vector<float>& rows, int dims, std::uint64_t seed) {
    const std::vector<float> queries = randomRows(40, dims, seed);
    const std::size_t all_rows = rows.size() / static_cast<std::size_t>(dims);
    for (std::size_t q = 0; q < 40; ++q) {
        const auto query =
            q % 4 == 0 && !rows.empty() ? rowOf(rows, q % all_rows, dims) : rowOf(queries, q, dims);
        auto all = allByDistance(rows, dims, query);
        for (const std::size_t count : {std::size_t{1}, std::size_t{7}, std::size_t{100}}) {
            const auto nearest = tree.nearest(query, count);
            ASSERT_EQ(nearest,
                std::vector(
                    all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(count, all.size()))));
        }
        for (const float radius : {0.0f, 0.5f, 1.5f, 3.0f}) {
            const auto within = tree.within(query, radius);
            std::vector<Neighbour> expected;
            for (const Neighbour& n : all)
                if (n.distance <= radius) expected.push_back(n);
            ASSERT_EQ(within, expected) << "radius " << radius;
        }
    }
}

TEST(IndexTree, FindsWhatBruteForceFindsAtEverySize) {
    for (const int dims : {1, 3, 16, 96})
        for (const std::size_t count : {1, 31, 32, 33, 256, 257, 2000, 9000}) {
            if (count * static_cast<std::size_t>(dims) > 300'000) continue;
            const auto rows = randomRows(count, dims, count);
            IndexTree tree(dims);
            tree.add(rows);
            SCOPED_TRACE(testing::Message() << count << " points, " << dims << " dimensions");
            expectExact(tree, rows, dims, 99);
        }
}

TEST(IndexTree, GrowsBatchByBatchAndStaysExact) {
    constexpr int kDims = 8;
    IndexTree tree(kDims);
    std::vector<float> rows;
    for (std::uint64_t batch = 0; batch < 60; ++batch) {
        const auto more = randomRows(1 + 37 * batch % 101, kDims, batch);
        tree.add(more);
        rows.insert(rows.end(), more.begin(), more.end());
    }
    EXPECT_EQ(tree.size() * kDims, rows.size());
    EXPECT_LE(tree.numBlocks(), 13u); // logarithmic
    expectExact(tree, rows, kDims, 5);
    tree.merge();
    EXPECT_EQ(tree.numBlocks(), 1u);
    expectExact(tree, rows, kDims, 6);
}

TEST(IndexTree, AnEmptyTreeFindsNothing) {
    const IndexTree tree(4);
    const std::vector<float> query(4, 0.0f);
    EXPECT_TRUE(tree.within(query, 1e9f).empty());
    EXPECT_TRUE(tree.nearest(query, 3).empty());
}

TEST(IndexTree, QuestionsThatAreNoNumbersFindNothingAndHarmNothing) {
    IndexTree tree(2);
    tree.add(randomRows(500, 2, 1));
    const std::vector<float> nowhere(2, std::numeric_limits<float>::quiet_NaN());
    EXPECT_TRUE(tree.within(nowhere, 1).empty());
    EXPECT_TRUE(tree.nearest(nowhere, 3).empty());
    EXPECT_TRUE(tree.within(std::vector<float>{0, 0}, -1).empty());
    EXPECT_EQ(tree.within(std::vector<float>{0, 0}, std::numeric_limits<float>::infinity()).size(), 500u);
}

/// Bytes at a multiple of 64, as a mapped file has them.
struct Mapped {
    std::shared_ptr<std::vector<std::uint8_t>> room;
    std::span<std::uint8_t> bytes;
    explicit Mapped(const std::vector<std::uint8_t>& content)
        : room(std::make_shared<std::vector<std::uint8_t>>(content.size() + 64)) {
        const auto address = reinterpret_cast<std::uintptr_t>(room->data());
        bytes = std::span(*room).subspan((64 - address % 64) % 64, content.size());
        std::copy(content.begin(), content.end(), bytes.begin());
    }
};

TEST(IndexTree, ComesBackFromItsBytes) {
    const auto rows = randomRows(3000, 16, 3);
    IndexTree tree(16);
    tree.add(std::span(rows).first(16 * 2900));
    tree.add(std::span(rows).subspan(16 * 2900));
    ASSERT_EQ(tree.numBlocks(), 2u);
    const Mapped file(tree.bytes());
    const auto again = IndexTree::over(file.bytes, file.room);
    ASSERT_TRUE(again) << sentence(again.error());
    EXPECT_EQ(again->size(), 3000u);
    expectExact(*again, rows, 16, 4);
    EXPECT_EQ(again->bytes(), tree.bytes());
    IndexTree grown = *again;
    grown.add(randomRows(10, 16, 8));
    EXPECT_EQ(grown.size(), 3010u);
}

TEST(IndexTree, CutOrBrokenBytesAreRefusedOrHarmless) {
    IndexTree tree(4);
    tree.add(randomRows(700, 4, 3));
    const auto bytes = tree.bytes();
    for (std::size_t size = 0; size < bytes.size(); size += 61) {
        const Mapped cut(
            std::vector<std::uint8_t>(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)));
        EXPECT_FALSE(IndexTree::over(cut.bytes, cut.room)) << size;
    }
    Rng rng(17);
    const std::vector<float> query(4, 0.5f);
    for (int trial = 0; trial < 3000; ++trial) {
        const Mapped broken(bytes);
        const std::size_t most = trial % 2 == 0 ? 600 : bytes.size(); // half of them in the head
        for (int i = 0; i < 3; ++i) broken.bytes[rng.below(most)] = static_cast<std::uint8_t>(rng.below(256));
        auto read = IndexTree::over(broken.bytes, broken.room);
        if (!read) continue;
        for (const Neighbour& n : read->within(query, 1)) ASSERT_LT(n.id, read->size());
        for (const Neighbour& n : read->nearest(query, 5)) ASSERT_LT(n.id, read->size());
        read->merge();
    }
}

} // namespace
} // namespace chainsong
