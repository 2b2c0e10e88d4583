#include "reference_files.h"

#include <gtest/gtest.h>

#include <cmath>

namespace chainsong::test {
namespace {

/// Name in log_density_tests.json -> name here.
std::string ourName(std::string name) {
    if (name == "logreg_german") return "logreg";
    if (name.starts_with("pdb_")) name.erase(0, 4);
    return name;
}

TEST(Density, EveryBuiltInTargetAgreesWithStanToNineDigits) {
    const auto reference = referenceJson("posteriors/log_density_tests.json");
    if (!reference) GTEST_SKIP() << "no reference files";
    for (const auto& [name, content] : reference->items()) {
        SCOPED_TRACE(name);
        const auto target = referenceTarget(ourName(name));
        ASSERT_TRUE(target.has_value());
        double first_difference = std::nan(""), first_scale = 0;
        for (const auto& point : content.at("points")) {
            const Vec q = point.at("x").get<Vec>();
            ASSERT_EQ(q.size(), static_cast<std::size_t>(target->dimension));
            const double expected = point.at("logp").get<double>();
            Vec grad(q.size());
            const double value = target->log_density(q, grad);
            const double scale = std::max({1.0, std::abs(expected), std::abs(value)});
            // Ours drop constants, so log densities may differ, by the same number everywhere.
            if (std::isnan(first_difference)) {
                first_difference = value - expected;
                first_scale = scale;
            }
            EXPECT_NEAR(value - expected, first_difference, 1e-9 * std::max(scale, first_scale));
            EXPECT_NEAR(target->log_density(q, {}), value, 1e-12 * scale)
                << "the value must not depend on the gradient being asked for";
            const Vec expected_grad = point.at("grad").get<Vec>();
            for (std::size_t i = 0; i < q.size(); ++i)
                EXPECT_NEAR(grad[i], expected_grad[i], 1e-9 * std::max(1.0, std::abs(expected_grad[i])))
                    << "gradient " << i;
            if (!target->constrain) continue;
            Vec parameters(target->parameter_names.size());
            target->constrain(q, parameters);
            for (std::size_t i = 0; i < parameters.size(); ++i) {
                const double expected_value =
                    point.at("constrained").at(target->parameter_names[i]).get<double>();
                EXPECT_NEAR(parameters[i], expected_value, 1e-9 * std::max(1.0, std::abs(expected_value)));
            }
        }
    }
}

TEST(Density, GradientsAreTheSlopesOfTheTargetsThatNeedNoData) {
    for (const TargetInfo& info : builtInTargets()) {
        if (info.needs_data) continue;
        SCOPED_TRACE(info.name);
        const auto target = makeTarget(info.name);
        ASSERT_TRUE(target);
        Vec q(static_cast<std::size_t>(target->dimension));
        for (std::size_t i = 0; i < q.size(); ++i) q[i] = 0.3 * std::sin(1.0 + static_cast<double>(i));
        Vec grad(q.size());
        target->log_density(q, grad);
        for (std::size_t i = 0; i < q.size(); ++i) {
            constexpr double kStep = 1e-6;
            Vec above = q, below = q;
            above[i] += kStep;
            below[i] -= kStep;
            const double slope =
                (target->log_density(above, {}) - target->log_density(below, {})) / (2 * kStep);
            EXPECT_NEAR(grad[i], slope, 1e-5 * std::max(1.0, std::abs(slope)));
        }
    }
}

TEST(Density, AWrongNameIsAnsweredWithTheRightOnes) {
    const auto target = makeTarget("eigth_schools");
    ASSERT_FALSE(target);
    EXPECT_NE(target.error().what.find("eight_schools_noncentered"), std::string::npos);
}

TEST(Density, MissingAndMisshapenDataAreNamed) {
    const auto missing = makeTarget("earn_height", {{"earn", {1, 2}}});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().what, "the data hold no \"height\"");
    EXPECT_EQ(missing.error().where, "earn_height");
    const auto misshapen = makeTarget("earn_height", {{"earn", {1, 2}}, {"height", {60}}});
    ASSERT_FALSE(misshapen);
    EXPECT_EQ(misshapen.error().what, "\"height\" has 1 numbers, not 2");
    EXPECT_FALSE(makeTarget("earn_height", {{"earn", {1, std::nan("")}}, {"height", {60, 61}}}));
    EXPECT_FALSE(makeTarget("arK", {{"K", {2.5}}, {"y", {1, 2, 3, 4}}}));
}

} // namespace
} // namespace chainsong::test
