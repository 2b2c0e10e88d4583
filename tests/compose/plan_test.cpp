#include "engine/compose/plan.h"

#include <gtest/gtest.h>

using namespace chainsong;

namespace {

Chip chip(std::string name, ChipValue value) {
    Chip made;
    made.name = std::move(name);
    made.value = std::move(value);
    made.source = ChipSource::kUser;
    return made;
}

using Names = std::vector<std::string>;

} // namespace

TEST(Plan, WhatIsAskedIsExactlyWhatIsPlanned) {
    ComposeRequest request;
    request.edited_chips = {chip("key", std::string("D minor")), chip("metre", std::string("3/4")),
        chip("bars", 12.0), chip("tempo_bpm", 88.0), chip("instruments", Names{"cello", "piano"})};
    const auto plan = planPiece(*makeRulePrior(), request);
    ASSERT_TRUE(plan) << sentence(plan.error());
    EXPECT_EQ(plan->frame.bars.size(), 12u);
    EXPECT_EQ(plan->frame.bars[5].metre, (Metre{3, 4}));
    EXPECT_EQ(plan->frame.bars[5].key, (Key{2, Mode::kMinor}));
    EXPECT_EQ(plan->frame.tempo_bpm, 88);
    ASSERT_EQ(plan->frame.parts.size(), 2u);
    EXPECT_EQ(plan->frame.parts[0].program, 42);
    EXPECT_EQ(plan->frame.parts[1].program, 0);
    for (const char* name : {"key", "metre", "bars", "tempo_bpm", "instruments"})
        EXPECT_NE(findChip(plan->request_chips, name), nullptr) << name;
    EXPECT_EQ(plan->base.end, (Tick{12 * 3 * 480}));
}

TEST(Plan, AConstraintDecidesTheFrameLikeAChip) {
    ComposeRequest request;
    for (const char* text : {"key:Bb major", "metre:6/8", "bars:5", "tempo:77", "instruments:flute, drums"})
        request.constraints.push_back(*parseConstraint(text));
    const auto plan = planPiece(*makeRulePrior(), request);
    ASSERT_TRUE(plan) << sentence(plan.error());
    EXPECT_EQ(plan->frame.bars.size(), 5u);
    EXPECT_EQ(plan->frame.bars[0].key.tonic, 10);
    EXPECT_EQ(plan->frame.bars[0].metre, (Metre{6, 8}));
    EXPECT_EQ(plan->frame.tempo_bpm, 77);
    ASSERT_EQ(plan->frame.parts.size(), 2u);
    EXPECT_TRUE(plan->frame.parts[1].is_drums);
}

TEST(Plan, SecondsBecomeBarsByTempoAndMetre) {
    ComposeRequest request;
    request.edited_chips = {
        chip("seconds", 30.0), chip("tempo_bpm", 120.0), chip("metre", std::string("4/4"))};
    const auto plan = planPiece(*makeRulePrior(), request);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->frame.bars.size(), 15u);
}

TEST(Plan, WhatIsLeftOpenComesFromStyleAndSeed) {
    ComposeRequest request;
    request.edited_chips = {chip("style", std::string("waltz")), chip("mood", std::string("sad"))};
    const auto plan = planPiece(*makeRulePrior(), request);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->frame.bars[0].metre, (Metre{3, 4}));
    EXPECT_EQ(plan->frame.bars[0].key.mode, Mode::kMinor);
    EXPECT_EQ(plan->frame.bars.size(), 16u);
    std::vector<int> tonics;
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        request.seed = seed;
        tonics.push_back(planPiece(*makeRulePrior(), request)->frame.bars[0].key.tonic);
    }
    EXPECT_NE(std::count(tonics.begin(), tonics.end(), tonics[0]), 30);
}

TEST(Plan, VoicesAndWithoutAreRespected) {
    ComposeRequest request;
    request.edited_chips = {chip("voices", 4.0), chip("instruments", Names{"voice"})};
    EXPECT_EQ(planPiece(*makeRulePrior(), request)->frame.parts.size(), 4u);
    request.edited_chips = {chip("style", std::string("rock")), chip("without", Names{"drums"})};
    const auto plan = planPiece(*makeRulePrior(), request);
    for (const Part& part : plan->frame.parts) EXPECT_FALSE(part.is_drums);
    request.edited_chips = {chip("instruments", Names{"piano", "kazoo of doom"})};
    const auto kazoo = planPiece(*makeRulePrior(), request);
    ASSERT_EQ(kazoo->notices.size(), 1u);
    EXPECT_NE(kazoo->notices[0].find("kazoo of doom"), std::string::npos);
    request.edited_chips = {chip("voices", 1e9)};
    EXPECT_LE(planPiece(*makeRulePrior(), request)->frame.parts.size(), 8u);
}

TEST(Plan, BadNumbersGetASentence) {
    ComposeRequest request;
    for (const double bars : {0.0, -3.0, 1e9}) {
        request.edited_chips = {chip("bars", bars)};
        const auto plan = planPiece(*makeRulePrior(), request);
        ASSERT_FALSE(plan);
        EXPECT_NE(plan.error().what.find("512"), std::string::npos);
    }
    request.edited_chips = {chip("metre", std::string("31/4"))};
    ASSERT_FALSE(planPiece(*makeRulePrior(), request));
    request.edited_chips.clear();
    request.temperature = 0;
    EXPECT_FALSE(planPiece(*makeRulePrior(), request));
    request.temperature = 1;
    request.num_particles = 0;
    EXPECT_FALSE(planPiece(*makeRulePrior(), request));
}

TEST(Plan, AnIrishReelIsPlayedAsReelsAre) {
    ComposeRequest request;
    request.prompt = "an Irish reel";
    const auto plan = planPiece(*makeRulePrior(), request);
    ASSERT_TRUE(plan);
    ASSERT_EQ(plan->frame.parts.size(), 1u);
    EXPECT_EQ(plan->frame.parts[0].program, 40) << "a violin";
}

TEST(Plan, AFormThatIsAskedForDecidesTheBarsAndWhatComesAgain) {
    ComposeRequest request;
    request.prompt = "a waltz in ABA form";
    auto plan = planPiece(*makeRulePrior(), request);
    ASSERT_TRUE(plan);
    ASSERT_EQ(plan->frame.bars.size(), 24u) << "eight bars a section";
    EXPECT_EQ(plan->frame.bars[15].form.kind, BarForm::Kind::kNew);
    EXPECT_EQ(plan->frame.bars[16].form, (BarForm{BarForm::Kind::kSame, 16}));
    ASSERT_EQ(plan->notices.size(), 1u) << "rules cannot keep a form, and the user reads so";
    EXPECT_NE(plan->notices[0].find("Only the prompt model"), std::string::npos);

    request.prompt = "a waltz in ABA form, 16 bars";
    plan = planPiece(*makeRulePrior(), request);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->frame.bars.size(), 16u);
    ASSERT_FALSE(plan->notices.empty()) << "three sections do not fit, and the user reads so";
    EXPECT_NE(plan->notices.back().find("3 equal sections"), std::string::npos);

    request.constraints = {*parseConstraint("form:ABA")};
    EXPECT_FALSE(planPiece(*makeRulePrior(), request)) << "a constraint is meant exactly";
    EXPECT_FALSE(parseConstraint("form:A1"));
}
