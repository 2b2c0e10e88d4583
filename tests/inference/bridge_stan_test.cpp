#include "engine/inference/bridge_stan.h"

#include "engine/inference/chains.h"
#include "engine/inference/diagnostics.h"

#include <gtest/gtest.h>

#include <cmath>

namespace chainsong {
namespace {

constexpr const char* kData = R"({"N": 5, "y": [1.2, 0.8, 2.1, 1.6, 1.3]})";

TEST(BridgeStan, AModelFromASharedLibraryIsATarget) {
    const auto target = bridgeStanTarget(BRIDGE_MODEL, kData, 1);
    ASSERT_TRUE(target) << sentence(target.error());
    EXPECT_EQ(target->name, "normal_model");
    EXPECT_EQ(target->dimension, 2);
    EXPECT_EQ(target->parameter_names, (std::vector<std::string>{"mu", "sigma", "moment[1]", "moment[2]"}));
    const Vec q{0.4, -0.3};
    Vec grad(2);
    const double value = target->log_density(q, grad);
    EXPECT_EQ(target->log_density(q, {}), value);
    for (std::size_t i = 0; i < 2; ++i) {
        Vec above = q, below = q;
        above[i] += 1e-6;
        below[i] -= 1e-6;
        EXPECT_NEAR(grad[i], (target->log_density(above, {}) - target->log_density(below, {})) / 2e-6, 1e-6);
    }
    Vec parameters(4);
    target->constrain(q, parameters);
    EXPECT_DOUBLE_EQ(parameters[3], std::exp(-0.6));
}

TEST(BridgeStan, ChainsDrawFromItOnSeveralThreadsAsOnOne) {
    const auto target = bridgeStanTarget(BRIDGE_MODEL, kData, 1);
    ASSERT_TRUE(target);
    RunOptions options;
    options.num_warm_up = 300;
    options.num_draws = 500;
    const auto alone = runChains(*target, options);
    options.num_threads = 4;
    const auto together = runChains(*target, options);
    ASSERT_TRUE(alone);
    ASSERT_TRUE(together);
    ChainValues mu;
    for (std::size_t c = 0; c < 4; ++c) {
        EXPECT_EQ(alone->chains[c].columns, together->chains[c].columns);
        mu.push_back(alone->chains[c].columns[0]);
        for (std::size_t i = 0; i < mu.back().size(); ++i) {
            const double sigma = alone->chains[c].columns[1][i];
            EXPECT_DOUBLE_EQ(alone->chains[c].columns[3][i], sigma * sigma);
        }
    }
    EXPECT_LT(rhat(mu), 1.03);
    EXPECT_NEAR(meanOf(mu), 1.4, 0.15) << "the mean of the data, hardly shrunk";
}

TEST(BridgeStan, WhatDoesNotFitIsExplained) {
    const auto refusal = [](const std::string& path, const std::string& data = kData) {
        const auto target = bridgeStanTarget(path, data, 1);
        return target ? std::string() : sentence(target.error());
    };
    EXPECT_NE(refusal("no/such/model.so").find("cannot be loaded"), std::string::npos);
    EXPECT_NE(refusal(BRIDGE_MODEL, "{}").find("variable name=y"), std::string::npos);
    EXPECT_NE(refusal(BRIDGE_MODEL, "").find("refuses its data"), std::string::npos);
    EXPECT_NE(refusal(BRIDGE_MODEL_OLD).find("BridgeStan 1"), std::string::npos);
    EXPECT_NE(refusal(BRIDGE_MODEL_LACKING).find("bs_log_density_gradient"), std::string::npos);
}

TEST(BridgeStan, APointTheModelRefusesIsQuoted) {
    const auto target = bridgeStanTarget(BRIDGE_MODEL, kData, 1);
    ASSERT_TRUE(target);
    RunOptions options;
    options.starts = {{0, 20}};
    options.num_chains = 1;
    const auto run = runChains(*target, options);
    ASSERT_FALSE(run);
    EXPECT_NE(run.error().what.find("Scale parameter"), std::string::npos);
}

TEST(BridgeStan, WhatAModelPrintsStaysOutOfTheResults) {
    const auto target = bridgeStanTarget(BRIDGE_MODEL, R"({"y": [1], "prints": 1})", 1);
    ASSERT_TRUE(target);
    Vec grad(2);
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    target->log_density(Vec{0, 0}, grad);
    EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "mu is here\n");
}

TEST(BridgeStan, TransformedParametersThatAreRefusedAreNoNumbers) {
    const auto target = bridgeStanTarget(BRIDGE_MODEL, R"({"y": [1, 2], "refuses_transformed": 1})", 1);
    ASSERT_TRUE(target);
    RunOptions options;
    options.num_warm_up = options.num_draws = 20;
    options.num_threads = 4;
    const auto run = runChains(*target, options);
    ASSERT_TRUE(run);
    for (const Vec& column : run->chains[3].columns) {
        EXPECT_EQ(column.size(), 20u);
        EXPECT_TRUE(std::isnan(column.back()));
    }
}

TEST(BridgeStanDeathTest, AModelThatEndsTheProgramIsNamed) {
    const auto target = bridgeStanTarget(BRIDGE_MODEL, R"({"y": [1], "exits": 1})", 1);
    ASSERT_TRUE(target);
    Vec grad(2);
    EXPECT_EXIT(
        target->log_density(Vec{0, 0}, grad), testing::ExitedWithCode(1), "the model has ended the program");
}

} // namespace
} // namespace chainsong
