#include "engine/inference/mlp_network.h"

#include "allocations.h"
#include "engine/base/random.h"
#include "reference_files.h"

#include <gtest/gtest.h>

#include <cmath>

namespace chainsong::test {
namespace {

std::vector<double> someWeights() {
    Rng rng(4);
    std::vector<double> weights(MlpNetwork::kNumWeights);
    for (double& w : weights) w = 0.12 * rng.normal();
    return weights;
}

/// The same network, written as slowly and plainly as can be, in double precision.
double plainOutput(const std::vector<double>& weights, std::span<const double> x) {
    constexpr std::size_t kWidth = MlpNetwork::kWidth;
    const double* next = weights.data();
    std::vector<double> from(x.begin(), x.end());
    for (int layer = 0; layer < 4; ++layer) {
        const std::size_t num_units = layer == 3 ? 1 : kWidth;
        std::vector<double> to(num_units);
        for (std::size_t o = 0; o < num_units; ++o)
            for (const double value : from) to[o] += *next++ * value;
        for (double& value : to) {
            value += *next++;
            value = layer == 0 ? std::max(value, 0.0)
                : layer == 3   ? 1 / (1 + std::exp(-value))
                               : std::tanh(value);
        }
        from = to;
    }
    return from.front();
}

TEST(MlpNetwork, AgreesWithThePlainOneAndItsSlopes) {
    const auto weights = someWeights();
    const auto network = MlpNetwork::fromWeights(weights);
    ASSERT_TRUE(network);
    Rng rng(5);
    for (int trial = 0; trial < 20; ++trial) {
        std::vector<double> x(4), slopes(4);
        for (double& value : x) value = 2 * rng.normal();
        double output = 0;
        network->evaluate(x, {&output, 1}, slopes);
        EXPECT_NEAR(output, plainOutput(weights, x), 3e-6);
        for (std::size_t i = 0; i < 4; ++i) {
            auto above = x, below = x;
            above[i] += 1e-6;
            below[i] -= 1e-6;
            const double slope = (plainOutput(weights, above) - plainOutput(weights, below)) / 2e-6;
            EXPECT_NEAR(slopes[i], slope, 3e-6);
        }
    }
}

TEST(MlpNetwork, APointsResultDoesNotDependOnItsNeighbours) {
    const auto network = MlpNetwork::fromWeights(someWeights());
    ASSERT_TRUE(network);
    constexpr std::size_t kMany = 70;
    Rng rng(6);
    std::vector<double> points(4 * kMany), outputs(kMany), slopes(4 * kMany), values(kMany);
    for (double& x : points) x = rng.normal();
    const long before = numAllocations();
    network->evaluate(points, outputs, slopes);
    network->evaluate(points, values, {});
    EXPECT_EQ(numAllocations(), before);
    EXPECT_EQ(outputs, values);
    for (std::size_t i = 0; i < kMany; ++i) {
        double output = 0;
        std::vector<double> alone(4);
        network->evaluate(std::span(points).subspan(4 * i, 4), {&output, 1}, alone);
        EXPECT_EQ(output, outputs[i]);
        for (std::size_t k = 0; k < 4; ++k) EXPECT_EQ(alone[k], slopes[4 * i + k]);
    }
}

TEST(MlpNetwork, ReproducesTheReferenceOutputs) {
    const auto target = referenceTarget("mlp");
    const auto json = referenceJson("posteriors/mlp.json");
    if (!target || !json) GTEST_SKIP() << "no reference files";
    for (std::size_t i = 0; i < json->at("test_x").size(); ++i) {
        const Vec x = json->at("test_x").at(i).get<Vec>();
        const double f = json->at("test_f").at(i).get<double>();
        double log_likelihood = 0;
        target->parts->log_likelihood(x, {&log_likelihood, 1}, {});
        EXPECT_NEAR(log_likelihood, -0.5 * std::pow((0.9 - f) / 0.2, 2), 1e-5);
    }
}

TEST(MlpNetwork, WrongWeightsAreRefusedWithASentence) {
    EXPECT_FALSE(MlpNetwork::fromWeights(std::vector<double>(10)));
    auto weights = someWeights();
    weights[7] = std::nan("");
    EXPECT_FALSE(MlpNetwork::fromWeights(weights));
    EXPECT_FALSE(makeTarget("mlp", {{"weights", someWeights()}, {"sigma", {-1}}}));
    EXPECT_FALSE(makeTarget("mlp"));
    EXPECT_TRUE(makeTarget("mlp_hard", {{"weights", someWeights()}, {"y", {0.4}}}));
}

} // namespace
} // namespace chainsong::test
