#include "engine/model/muse/trainer.h"

#include <gtest/gtest.h>

namespace chainsong {
namespace {

TEST(Estimates, AreRatiosOfSumsWithAnIntervalOverPieces) {
    PartEvaluation part{"chorale", {}};
    EXPECT_EQ(museNatsPerNote(part).value, 0);
    for (int i = 0; i < 40; ++i) part.pieces.push_back({100, 400, i % 2 == 0 ? 150.0 : 250.0, 500.0});
    EXPECT_DOUBLE_EQ(museNatsPerNote(part).value, 2);
    EXPECT_DOUBLE_EQ(museNatsPerCell(part).value, 0.5);
    EXPECT_DOUBLE_EQ(ngramNatsPerNote(part).value, 5);
    EXPECT_DOUBLE_EQ(ngramNatsPerNote(part).low, 5) << "nothing varies";
    // The mean of 40 values of sd 0.5 has a standard error of 0.079.
    const PooledNats note = museNatsPerNote(part);
    EXPECT_NEAR(note.high - note.low, 2 * 1.96 * 0.079, 0.04);
    EXPECT_LT(note.low, 2);
    EXPECT_GT(note.high, 2);
}

} // namespace
} // namespace chainsong
