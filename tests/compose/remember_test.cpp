#include "engine/compose/remember.h"

#include <gtest/gtest.h>

namespace chainsong {
namespace {

TEST(Remember, a_phrase_of_two_bars_becomes_notes_of_bars_that_the_prior_can_read) {
    Phrase phrase;
    phrase.program = 73;
    phrase.first_bar = 4;
    phrase.past_last_bar = 6;
    phrase.length_steps = 2 * 72; // 3/4
    phrase.notes = {{0, 24, 60}, {48, 24, 62}, {72 + 24, 12, 64}};
    const RememberedPhrase remembered =
        rememberedPhrase(phrase, {"tunes/kesh.mid", "folk-dance", "The Kesh", "jig", "PD"});
    ASSERT_EQ(remembered.notes.size(), 3u);
    EXPECT_EQ(remembered.notes[2].position, 24) << "counted from its own bar line";
    EXPECT_EQ(remembered.notes[2].duration, 11);
    EXPECT_EQ(remembered.notes[2].pitch, 64);
    EXPECT_EQ(remembered.parts, (std::vector<Part>{{73, false}}));
    EXPECT_EQ(remembered.origin, "The Kesh, bars 5-6 (folk-dance)");
}

} // namespace
} // namespace chainsong
