#include "engine/music/self_similarity.h"

#include <gtest/gtest.h>

#include <vector>

namespace chainsong {
namespace {

/// Quarters in 4/4, one key after the other.
Score quarters(const std::vector<int>& keys) {
    Score score;
    score.tracks.resize(1);
    for (const int key : keys) {
        score.tracks[0].notes.push_back({score.end, {480}, static_cast<std::uint8_t>(key), 80});
        score.end = score.end + Tick{480};
    }
    return score;
}

TEST(BarSimilarity, ComparesBarsThatLieSoFarApart) {
    const Score score = quarters({60, 62, 64, 65, 67, 69, 71, 72, 60, 62, 64, 65, 67, 69, 71, 60});
    EXPECT_DOUBLE_EQ(barSimilarity(score, 1), 0);
    EXPECT_DOUBLE_EQ(barSimilarity(score, 2), (1 + 0.75) / 2);
    EXPECT_DOUBLE_EQ(barSimilarity(score, 8), 0) << "no bars so far apart";
    EXPECT_DOUBLE_EQ(barSimilarity(Score{}, 1), 0);
}

TEST(CompressionRatio, SaysHowMuchPatternsTell) {
    EXPECT_DOUBLE_EQ(compressionRatio(Score{}), 1);
    EXPECT_DOUBLE_EQ(compressionRatio(quarters({60, 70})), 1) << "two notes are told as two notes";
    // A scale of eight is one note and seven steps: no shorter than 2 + 7 - 1 told, at most.
    const std::vector<int> phrase{60, 67, 62, 71};
    std::vector<int> sequence;
    for (int k = 0; k < 4; ++k)
        for (const int key : phrase) sequence.push_back(key + 2 * k);
    // Four notes and three moves say all sixteen.
    EXPECT_DOUBLE_EQ(compressionRatio(quarters(sequence)), 16.0 / 7);
    EXPECT_LT(compressionRatio(quarters({60, 63, 61, 72, 66, 59, 75, 50})), 1.5)
        << "no pattern, little to save";
}

} // namespace
} // namespace chainsong
