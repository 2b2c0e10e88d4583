#include "engine/inference/verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace chainsong {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

SummaryRow row(std::string name, double rhat, double ess_bulk, double ess_tail) {
    SummaryRow out;
    out.name = std::move(name);
    out.rhat = rhat;
    out.ess_bulk = ess_bulk;
    out.ess_tail = ess_tail;
    return out;
}

TEST(RunVerdict, FollowsTheTrafficLight) {
    struct Case {
        double rhat, ess_bulk, ess_tail;
        Light light;
    };
    const Case cases[] = {
        {1.005, 800, 700, Light::kGood},
        {1.0099, 400, 400, Light::kGood},
        {1.011, 800, 700, Light::kKeepGoing},
        {1.005, 399, 700, Light::kKeepGoing},
        {1.005, 800, 399, Light::kKeepGoing},
        {1.049, 200, 200, Light::kKeepGoing},
        {1.051, 800, 800, Light::kNotYet},
        {1.005, 199, 800, Light::kNotYet},
        {INFINITY, 2, 2, Light::kNotYet},
    };
    for (const Case& one : cases) {
        const SummaryRow rows[] = {row("x", one.rhat, one.ess_bulk, one.ess_tail)};
        EXPECT_EQ(verdictOf(rows, 4, 1000).light, one.light)
            << one.rhat << " " << one.ess_bulk << " " << one.ess_tail;
    }
}

TEST(RunVerdict, NamesTheWorstFirstAndAtMostFive) {
    const SummaryRow rows[] = {row("fine", 1.001, 900, 900), row("bad", 1.2, 30, 30), row("worst", 1.9, 4, 4),
        row("lame", 1.02, 300, 300), row("d", 1.03, 300, 300), row("e", 1.04, 300, 300),
        row("f", 1.05, 300, 300)};
    const RunVerdict verdict = verdictOf(rows, 4, 1000);
    EXPECT_THAT(verdict.worst, ElementsAre("worst", "bad", "f", "e", "d"));
    EXPECT_DOUBLE_EQ(verdict.worst_rhat, 1.9);
    EXPECT_DOUBLE_EQ(verdict.lowest_ess, 4);
    EXPECT_NE(verdict.sentence.find("do not agree"), std::string::npos);
    ASSERT_FALSE(verdict.warnings.empty());
    EXPECT_NE(verdict.warnings[0].find("worst, bad, f"), std::string::npos);
    EXPECT_NE(verdict.warnings[0].find("smc"), std::string::npos) << "what to do";
}

TEST(RunVerdict, SaysWhenItIsTooEarlyOrNothingMoved) {
    const SummaryRow rows[] = {row("x", 1.0, 20, 20)};
    EXPECT_EQ(verdictOf(rows, 4, 24).light, Light::kTooEarly);
    const SummaryRow constant[] = {row("x", std::nan(""), std::nan(""), std::nan(""))};
    const RunVerdict still = verdictOf(constant, 4, 1000);
    EXPECT_EQ(still.light, Light::kTooEarly);
    EXPECT_NE(still.sentence.find("constant"), std::string::npos);
    EXPECT_EQ(verdictOf({}, 0, 0).light, Light::kTooEarly);
}

TEST(RunVerdict, TellsChainsThatDisagreeFromChainsThatAreShort) {
    const auto sentenceOf = [](double rhat, double ess, int num_chains) {
        const SummaryRow rows[] = {row("x", rhat, ess, ess)};
        return verdictOf(rows, num_chains, 1000).sentence;
    };
    using testing::HasSubstr;
    EXPECT_THAT(sentenceOf(1.3, 40, 4), HasSubstr("do not agree yet (R-hat 1.300, 40 of 400"));
    EXPECT_THAT(sentenceOf(1.02, 60, 4), HasSubstr("too few independent draws (R-hat 1.020, 60 of 400"));
    EXPECT_THAT(sentenceOf(1.02, 900, 4), HasSubstr("nearly agree (R-hat 1.020, 900 of 400"));
    EXPECT_THAT(sentenceOf(1.004, 300, 4), HasSubstr("agree, but a few more"));
    EXPECT_THAT(sentenceOf(1.004, 30, 1), HasSubstr("two halves of the chain do not contradict"));
    EXPECT_THAT(sentenceOf(INFINITY, 2, 4), HasSubstr("R-hat ∞"));
}

TEST(RunVerdict, DrawsThatAreNoNumbersAreRedAndNamedHoweverWellTheRestAgrees) {
    std::vector<SummaryRow> rows{row("fine", 1.001, 900, 900)};
    for (const double mean : std::vector<double>{std::nan(""), INFINITY, -INFINITY}) {
        rows.push_back(row("q" + std::to_string(rows.size()), std::nan(""), std::nan(""), std::nan("")));
        rows.back().mean = mean;
    }
    const RunVerdict verdict = verdictOf(rows, 4, 1000);
    EXPECT_EQ(verdict.light, Light::kNotYet);
    ASSERT_FALSE(verdict.warnings.empty());
    EXPECT_NE(verdict.warnings[0].find("q1, q2, q3"), std::string::npos);
    EXPECT_EQ(verdict.warnings[0].find("fine"), std::string::npos);
}

TEST(RunVerdict, ManyShortChainsAreTooEarlyNotConstant) {
    SummaryRow moving = row("x", std::nan(""), std::nan(""), std::nan(""));
    moving.sd = 1;
    const RunVerdict verdict = verdictOf(std::vector<SummaryRow>{moving}, 20, 7);
    EXPECT_EQ(verdict.light, Light::kTooEarly);
    EXPECT_EQ(verdict.sentence, "Too early to say: each chain needs 8 draws at least.");
}

TEST(RunVerdict, AConstantBesideGoodQuantitiesDoesNotSpoilThem) {
    const SummaryRow rows[] = {
        row("x", 1.001, 900, 900), row("constant", std::nan(""), std::nan(""), std::nan(""))};
    const RunVerdict verdict = verdictOf(rows, 4, 1000);
    EXPECT_EQ(verdict.light, Light::kGood);
    EXPECT_THAT(verdict.worst, IsEmpty());
    EXPECT_THAT(verdict.warnings, IsEmpty());
}

TEST(RunVerdict, TroubleOfTheSamplerDimsTheGreenLightAndIsExplained) {
    const SummaryRow rows[] = {row("x", 1.001, 900, 900)};
    const RunVerdict diverged = verdictOf(rows, 4, 1000, {.num_divergences = 3});
    EXPECT_EQ(diverged.light, Light::kKeepGoing);
    ASSERT_EQ(diverged.warnings.size(), 1u);
    EXPECT_EQ(diverged.warnings[0].substr(0, 23), "3 transitions diverged:");
    EXPECT_EQ(verdictOf(rows, 4, 1000, {.lowest_ebfmi = 0.1}).light, Light::kKeepGoing);
    EXPECT_EQ(verdictOf(rows, 4, 1000, {.lowest_ebfmi = NAN}).light, Light::kGood) << "unknown is no trouble";
    EXPECT_EQ(verdictOf(rows, 4, 1000, {.num_at_max_depth = 5}).light, Light::kGood) << "slow is not wrong";
}

TEST(RunVerdict, OneChainIsJudgedWithAWarning) {
    const SummaryRow rows[] = {row("x", 1.001, 900, 900)};
    const RunVerdict verdict = verdictOf(rows, 1, 1000);
    EXPECT_EQ(verdict.light, Light::kGood);
    ASSERT_EQ(verdict.warnings.size(), 1u);
    EXPECT_NE(verdict.warnings[0].find("Run four"), std::string::npos);
}

} // namespace
} // namespace chainsong
