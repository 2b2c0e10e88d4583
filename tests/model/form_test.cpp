#include "engine/model/form.h"

#include <gtest/gtest.h>

namespace chainsong {
namespace {

using Kind = BarForm::Kind;

/// One part, bars of four quarters; each bar's pitch classes above C3.
EventPiece piece(const std::vector<std::vector<int>>& bars) {
    EventPiece made;
    made.frame.parts.resize(1);
    made.frame.bars.resize(bars.size());
    for (const auto& pitches : bars) {
        int position = 0;
        for (const int pitch : pitches) {
            made.events.push_back({false, position, 0, 60 + pitch, 23, 5});
            position += 24;
        }
        made.events.push_back(kBarLine);
    }
    return made;
}

TEST(Form, NamesWhatComesAgainAndWhatIsVaried) {
    const auto form =
        formOf(piece({{0, 2, 4, 5}, {7, 5, 4, 2}, {0, 2, 4, 5}, {7, 5, 4, 0}, {9, 9, 7, 7}, {}}));
    ASSERT_EQ(form.size(), 6u);
    EXPECT_EQ(form[0], (BarForm{Kind::kNew, 0}));
    EXPECT_EQ(form[1].kind, Kind::kNew);
    EXPECT_EQ(form[2], (BarForm{Kind::kSame, 2}));
    EXPECT_EQ(form[3], (BarForm{Kind::kVaried, 2})) << "three of four notes alike";
    EXPECT_EQ(form[4].kind, Kind::kNew);
    EXPECT_EQ(form[5].kind, Kind::kNew) << "an empty bar repeats nothing";
}

TEST(Form, ARepetitionUnderWayWinsOverAShorterLag) {
    const std::vector<int> a{0, 4, 7, 4}, b{2, 5, 9, 5};
    const auto form = formOf(piece({a, a, b, b, a, a, b, b}));
    EXPECT_EQ(form[1], (BarForm{Kind::kSame, 1}));
    EXPECT_EQ(form[3], (BarForm{Kind::kSame, 1}));
    for (std::size_t bar = 4; bar < 8; ++bar) EXPECT_EQ(form[bar], (BarForm{Kind::kSame, 4})) << bar;
}

TEST(Form, LettersSayEqualSections) {
    const auto form = parseForm("AABA'", 8);
    ASSERT_TRUE(form);
    EXPECT_EQ((*form)[1], (BarForm{Kind::kNew, 0}));
    EXPECT_EQ((*form)[3], (BarForm{Kind::kSame, 2}));
    EXPECT_EQ((*form)[5], (BarForm{Kind::kNew, 0}));
    EXPECT_EQ((*form)[7], (BarForm{Kind::kVaried, 4}));
    EXPECT_EQ(formName(*form), "AABA'");
    EXPECT_EQ(formName(*parseForm("free", 8)), "free");
    EXPECT_EQ(formName({}), "free");
    for (const char* text : {"", "AAB", "A1B", "ABABABABA", "'A"}) {
        const auto refused = parseForm(text, 8);
        ASSERT_FALSE(refused) << text;
        EXPECT_FALSE(refused.error().what.empty());
    }
}

TEST(FormPlans, ADrawnFormIsOneOfItsStyleAndFillsEveryBar) {
    FormPlans plans;
    const auto aab = *parseForm("AAB", 12), abab = *parseForm("ABAB", 16);
    for (int i = 0; i < 10; ++i) plans.add({{7}, aab}), plans.add({{8, 9}, abab});
    Rng rng(1);
    EXPECT_EQ(plans.draw({9}, 16, rng), abab);
    EXPECT_EQ(plans.draw({7}, 12, rng), aab);
    EXPECT_EQ(plans.draw({7}, 40, rng).size(), 40u);
    EXPECT_EQ(plans.draw({99}, 5, rng).size(), 5u) << "an unknown style has any form";
    EXPECT_TRUE(FormPlans().draw({7}, 8, rng).empty());
}

TEST(FormPlans, SurviveTheWayThroughAWeightsFileAndForeignNumbers) {
    FormPlans plans;
    plans.add({{3}, *parseForm("AA'B", 9)});
    Rng rng(1), again(1);
    EXPECT_EQ(FormPlans::fromTable(plans.table()).draw({3}, 9, rng), plans.draw({3}, 9, again));

    std::vector<float> hostile(static_cast<std::size_t>(FormPlans::numColumns()) * 3, -5.0f);
    for (std::size_t i = 0; i < hostile.size(); i += 2) hostile[i] = 40.0f;
    for (const BarForm& bar : FormPlans::fromTable(hostile).draw({40}, 64, rng))
        EXPECT_LE(bar.lag_bars, kMostFormLag);
    const auto drawn = FormPlans::fromTable(hostile).draw({}, 64, rng);
    for (std::size_t b = 0; b < drawn.size(); ++b)
        EXPECT_LE(drawn[b].lag_bars, static_cast<int>(b)) << "no bar repeats one before the piece";
}

} // namespace
} // namespace chainsong
