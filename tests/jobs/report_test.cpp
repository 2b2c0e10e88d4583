#include "engine/jobs/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <limits>

namespace chainsong {
namespace {

using nlohmann::json;

Chip chip(std::string name, ChipValue value) {
    Chip made;
    made.name = std::move(name);
    made.value = std::move(value);
    made.confidence = 0.75;
    made.evidence = {3, 8};
    return made;
}

std::vector<Chip> oneOfEachKind() {
    return {chip("key", std::string("D minor")), chip("bars", 16.0),
        chip("tempo_range", std::pair(60.0, 76.0)),
        chip("instruments", std::vector<std::string>{"piano", "cello"})};
}

TEST(Report, ChipsComeBackAsTheyWere) {
    const auto chips = oneOfEachKind();
    const auto back = chipsFromJson(chipsJson(chips));
    ASSERT_TRUE(back) << sentence(back.error());
    EXPECT_EQ(*back, chips);
}

TEST(Report, ParsedPromptIsOneLineWithTheNamesThatScriptsRelyOn) {
    ParsedPrompt parsed;
    parsed.prompt = "a \"waltz\"\nlike 雨";
    parsed.chips = oneOfEachKind();
    parsed.not_understood = {{10, 16}};
    const std::string line = parsedPromptJson(parsed);
    EXPECT_EQ(line.find('\n'), std::string::npos);

    const json read = json::parse(line);
    EXPECT_EQ(read["prompt"], parsed.prompt);
    EXPECT_EQ(read["not_understood"], json::parse("[[10, 16]]"));
    EXPECT_EQ(read["chips"][0],
        json::parse(
            R"({"name": "key", "value": "D minor", "weight": 1, "source": "grammar", "confidence": 0.75,
            "evidence": [3, 8]})"));
    EXPECT_EQ(read["chips"][1]["value"].dump(), "16"); // a whole number stays whole
    EXPECT_EQ(read["chips"][2]["value"].dump(), "[60,76]");
    EXPECT_EQ(read["chips"][3]["value"], json::parse(R"(["piano", "cello"])"));
}

TEST(Report, HoldsEveryFigureOfAComposition) {
    ComposeResult result;
    result.request_chips = oneOfEachKind();
    result.log_evidence = -123.5;
    result.ess_per_bar_line = {32, 20.5};
    result.constraints = {{"key", true, false, "bar 3: G#4 is outside D minor"}};
    result.seconds = 1.5;
    result.seed = std::numeric_limits<std::uint64_t>::max();
    result.model = "rules";
    result.draws.resize(2);
    const json read = json::parse(reportJson("a waltz", result));
    EXPECT_EQ(read["request"]["prompt"], "a waltz");
    EXPECT_EQ(read["request"]["chips"].size(), 4u);
    EXPECT_EQ(read["log_evidence"], -123.5);
    EXPECT_EQ(read["ess"], json::parse("[32, 20.5]"));
    EXPECT_EQ(read["constraints"][0]["name"], "key");
    EXPECT_EQ(read["constraints"][0]["hard"], true);
    EXPECT_EQ(read["constraints"][0]["satisfied"], false);
    EXPECT_EQ(read["seconds"], 1.5);
    EXPECT_EQ(read["seed"].dump(), "18446744073709551615");
    EXPECT_EQ(read["model"], "rules");
    EXPECT_EQ(read["pieces"].size(), 2u);
}

TEST(Report, InfiniteFiguresAndBrokenTextStillGiveJson) {
    ComposeResult result;
    result.log_evidence = -std::numeric_limits<double>::infinity();
    const json read = json::parse(reportJson("caf\xE9 \xFF", result));
    EXPECT_TRUE(read["log_evidence"].is_null());
    EXPECT_TRUE(read["request"]["prompt"].is_string());
}

TEST(Report, WhatIsNoListOfChipsIsRefusedWithASentence) {
    for (const char* const text :
        {"", "{", "{}", "[1]", "[{}]", R"([{"name": 3, "value": 1}])", R"([{"name": "key"}])",
            R"([{"name": "key", "value": {}}])", R"([{"name": "key", "value": [1, "a"]}])",
            R"([{"name": "key", "value": 1, "source": "nobody"}])", "[[[[[[[["}) {
        const auto chips = chipsFromJson(text);
        ASSERT_FALSE(chips) << text;
        EXPECT_FALSE(chips.error().what.empty());
    }
    EXPECT_TRUE(chipsFromJson("[]"));
    const std::string deep(100'000, '[');
    EXPECT_FALSE(chipsFromJson(deep));
}

} // namespace
} // namespace chainsong
