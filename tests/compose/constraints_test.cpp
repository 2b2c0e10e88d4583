#include "engine/compose/constraints.h"

#include <gtest/gtest.h>

using namespace chainsong;

TEST(Constraints, TextReadsBackAsTheSameConstraint) {
    for (const char* text : {"range:C3-C5", "range@tracks=1;bars=2-4:C3-C5", "key:D minor", "key",
             "density~0.5:medium", "leap:7", "silence~2:1", "polyphony@tracks=1,3:1", "start:G4", "end:C",
             "cadence:tonic", "cadence:off", "chord@bars=3-3:Dm7", "metre:3/4", "bars:16", "tempo:96",
             "instruments:piano, cello", "pinned@tracks=2:3/2.5 C5 1, 4/1 D5 2", "range:C-1-G9"}) {
        const auto constraint = parseConstraint(text);
        ASSERT_TRUE(constraint) << text << ": " << constraint.error().what;
        const auto again = parseConstraint(specOf(*constraint));
        ASSERT_TRUE(again) << specOf(*constraint);
        EXPECT_EQ(*again, *constraint) << text;
    }
}

TEST(Constraints, ScopeCountsFromOneInTextAndFromZeroInside) {
    const auto constraint = parseConstraint("range@tracks=1,3;bars=2-4:C3-C5");
    ASSERT_TRUE(constraint);
    EXPECT_EQ(constraint->scope.tracks, (std::vector<int>{0, 2}));
    EXPECT_EQ(constraint->scope.first_bar, 1);
    EXPECT_EQ(constraint->scope.past_last_bar, 4);
    EXPECT_EQ(constraint->value, "C3-C5");
}

TEST(Constraints, NonsenseGetsASentenceThatHelps) {
    struct Row {
        const char* text;
        const char* says;
    };
    for (const Row& row : {
             Row{"", "there are key"},
             Row{"rnage:C3-C5", "there are key, chord, range"},
             Row{"range:C5-C3", "lower note"},
             Row{"range:banana", "C3-C5"},
             Row{"key:H purple", ""},
             Row{"leap:0", "semitones"},
             Row{"leap:two", "semitones"},
             Row{"polyphony~2:1", "weight"},
             Row{"key~-1:C", "weight"},
             Row{"key@bars=0-2:C", "bars"},
             Row{"key@planets=3:C", "scope"},
             Row{"key@tracks=x:C", "tracks"},
             Row{"density:thick", "density"},
             Row{"bars:0", "512"},
             Row{"bars:1000000000", "512"},
             Row{"tempo:0", "tempo"},
             Row{"metre:4", ""},
             Row{"pinned:here", "bar/beat"},
             Row{"pinned:1/1 X9", ""},
             Row{"start:H", "G4"},
             Row{"cadence:plagal", "tonic"},
             Row{"chord:@@@", ""},
         }) {
        const auto constraint = parseConstraint(row.text);
        ASSERT_FALSE(constraint) << row.text;
        EXPECT_FALSE(constraint.error().what.empty()) << row.text;
        EXPECT_NE(sentence(constraint.error()).find(row.says), std::string::npos)
            << row.text << " -> " << sentence(constraint.error());
    }
}

TEST(Constraints, EachHasAHelpLineAndAName) {
    EXPECT_GE(constraintTable().size(), 15u);
    for (const ConstraintKind& kind : constraintTable()) {
        EXPECT_FALSE(kind.help.empty());
        EXPECT_FALSE(kind.argument.empty());
        EXPECT_EQ(findConstraintKind(kind.name), &kind);
    }
    EXPECT_EQ(findConstraintKind("no such"), nullptr);
}

TEST(Constraints, MinorAdmitsTheRaisedSixthAndSeventh) {
    PieceFrame frame;
    frame.bars.assign(1, BarFrame{{}, Key{9, Mode::kMinor}});
    frame.parts.resize(1);
    const auto rule = makeRule(*parseConstraint("key"), frame, {0, {0}});
    ASSERT_TRUE(rule && *rule);
    KeySet keys = ~KeySet();
    (*rule)->limitKeys(0, 0, keys);
    EXPECT_TRUE(keys.test(68)); // G#
    EXPECT_TRUE(keys.test(67)); // G
    EXPECT_FALSE(keys.test(70)); // Bb
}
