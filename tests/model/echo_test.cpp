#include "engine/model/muse/echo.h"

#include <gtest/gtest.h>

namespace chainsong {
namespace {

Event note(int position, int pitch, int part = 0) { return {false, position, part, pitch, 11, 5}; }

/// A bar of four quarters with the given pitches in part 0.
void playBar(EchoMemory& memory, std::array<int, 4> pitches) {
    for (int beat = 0; beat < 4; ++beat)
        memory.advance(note(24 * beat, pitches[static_cast<std::size_t>(beat)]));
    memory.advance(kBarLine);
}

TEST(Echo, a_tune_that_comes_back_after_three_bars_is_recognised_and_continued) {
    EchoMemory memory;
    playBar(memory, {60, 62, 64, 65});
    playBar(memory, {67, 69, 71, 72});
    playBar(memory, {50, 51, 52, 53});
    playBar(memory, {60, 62, 64, 65});
    EXPECT_EQ(memory.melody(0).lag, 3);
    EXPECT_EQ(memory.melody(0).strength, 2);
    EXPECT_EQ(memory.pitchAt(3, 0, 0), 67);
    EXPECT_EQ(memory.durationAt(3, 0, 0, 67), 11);
    EXPECT_EQ(memory.velocityAt(3, 0, 0, 67), 5);
    memory.advance(note(0, 67));
    memory.advance(note(24, 40)); // the tune goes another way
    EXPECT_EQ(memory.melody(0).strength, 0);
}

TEST(Echo, a_rhythm_is_followed_whatever_its_pitches) {
    EchoMemory memory;
    for (int bar = 0; bar < 3; ++bar) {
        memory.advance(note(0, 60 + bar));
        memory.advance(note(0, 70 + bar, 1));
        memory.advance(note(36, 80 + bar, 1));
        memory.advance(kBarLine);
    }
    EXPECT_EQ(memory.rhythm().lag, 1);
    EXPECT_EQ(memory.melody(1).strength, 0);
    EXPECT_EQ(memory.nextPlace(1).position, 0);
    memory.advance(note(0, 66));
    EXPECT_EQ(memory.nextPlace(1).part, 1);
    memory.advance(note(0, 77, 1));
    EXPECT_EQ(memory.nextPlace(1).position, 36);
    memory.advance(note(36, 77, 1));
    EXPECT_EQ(memory.nextPlace(1).position, EchoMemory::kEchoBarLine);
    EXPECT_EQ(memory.nextPlace(9).position, EchoMemory::kNoEcho) << "nine bars ago there was nothing yet";
}

TEST(Echo, a_chord_is_continued_above_its_last_note) {
    EchoMemory memory;
    for (const int pitch : {60, 64, 67}) memory.advance(note(0, pitch));
    memory.advance(kBarLine);
    EXPECT_EQ(memory.pitchAt(1, 0, 0), 60);
    memory.advance(note(0, 60));
    EXPECT_EQ(memory.pitchAt(1, 0, 0), 64);
    EXPECT_EQ(memory.nextPlace(1).position, 0) << "the chord goes on at the same place";
    memory.advance(note(0, 66));
    EXPECT_EQ(memory.pitchAt(1, 0, 0), 67);
}

TEST(Echo, bars_long_past_are_forgotten_so_that_memory_stays_small) {
    EchoMemory memory;
    playBar(memory, {60, 62, 64, 65});
    for (int bar = 0; bar < 60; ++bar) playBar(memory, {50 + bar, 0, 0, 0});
    playBar(memory, {60, 62, 64, 65});
    EXPECT_EQ(memory.pitchAt(61, 0, 0), EchoMemory::kNoEcho);
}

} // namespace
} // namespace chainsong
