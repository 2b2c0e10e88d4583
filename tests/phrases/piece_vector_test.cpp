#include "engine/model/phrases/piece_vector.h"
#include "tests/phrases/pieces.h"

#include <gtest/gtest.h>

#include <cmath>

namespace chainsong {
namespace {

PieceVector encoded(const Score& score) {
    const auto vector = encodePiece(score);
    EXPECT_TRUE(vector) << sentence(vector.error());
    return vector ? *vector : PieceVector{};
}

Score pieceOne() {
    Score score = melodies({randomKeys(64, 1), randomKeys(64, 2)});
    score.metres = {{Tick{}, Metre{4, 4}}};
    score.tempos = {tempoAt(Tick{}, 80)};
    return score;
}

Score pieceTwo() {
    std::vector<int> low = randomKeys(96, 3);
    for (int& key : low) key -= 12;
    Score score = melodies({low, low}, 2);
    score.metres = {{Tick{}, Metre{3, 4}}};
    score.tempos = {tempoAt(Tick{}, 160)};
    score.tracks[0].program = 73;
    return normalised(score);
}

TEST(PieceVector, SaysFormVoicesAndMelodyOfAPiece) {
    const PieceVector vector = encoded(pieceOne());
    EXPECT_EQ(keyName(vector.key), "C major");
    EXPECT_EQ(metreName(vector.metre), "4/4");
    EXPECT_NEAR(vector.tempo_bpm, 80, 0.01);
    EXPECT_EQ(vector.num_bars, 8);
    ASSERT_EQ(vector.voices.size(), 2u);
    EXPECT_EQ(vector.voices[0].program, 40);
    EXPECT_EQ(vector.voices[0].notes_per_bar, 8);
    EXPECT_NE(vector.melody, MelodyVector{});
    EXPECT_EQ(distanceOf(vector, vector), 0);
}

TEST(PieceVector, APathBeginsAndEndsAtItsPiecesAndItsMiddleLiesBetween) {
    const PieceVector first = encoded(pieceOne()), second = encoded(pieceTwo());
    EXPECT_EQ(between(first, second, 0), first);
    EXPECT_EQ(between(first, second, 1), second);
    const PieceVector middle = between(first, second, 0.5);
    EXPECT_NEAR(middle.tempo_bpm, 80 * std::sqrt(2.0), 0.01);
    EXPECT_EQ(keyName(middle.key), "G major"); // C, G, D
    EXPECT_EQ(middle.num_bars, 12); // 8 and 16
    const double whole = distanceOf(first, second);
    EXPECT_LT(distanceOf(first, middle), whole);
    EXPECT_LT(distanceOf(middle, second), whole);
    for (int step = 1; step <= 10; ++step)
        EXPECT_GT(distanceOf(first, between(first, second, step / 10.0)),
            distanceOf(first, between(first, second, (step - 1) / 10.0)));
}

TEST(PieceVector, ComesBackFromItsFile) {
    const PieceVector vector = encoded(pieceTwo());
    const std::string text = pieceVectorJson(vector);
    const auto again = pieceVectorFromJson(text);
    ASSERT_TRUE(again) << sentence(again.error());
    EXPECT_EQ(*again, vector);
}

TEST(PieceVector, OtherFilesAreRefusedWithASentence) {
    const std::string text = pieceVectorJson(encoded(pieceOne()));
    const auto without = [&text](const std::string& name) {
        std::string other = text;
        other.replace(other.find('"' + name + '"') + 1, 1, "x");
        return other;
    };
    for (const char* name : {"chainsong_vector", "key", "metre", "tempo_bpm", "bars", "voices", "program",
             "drums", "mean_key", "pitch_class_entropy_bits", "groove_consistency", "melody"}) {
        const auto vector = pieceVectorFromJson(without(name));
        ASSERT_FALSE(vector) << name;
        EXPECT_FALSE(vector.error().what.empty());
    }
    for (const char* wrong : {"", "[]", "{}", "null", "{\"chainsong_vector\":2}"})
        EXPECT_FALSE(pieceVectorFromJson(wrong));
    EXPECT_FALSE(pieceVectorFromJson(text.substr(0, text.size() / 2)));
    EXPECT_FALSE(encodePiece(Score{}));
}

} // namespace
} // namespace chainsong
