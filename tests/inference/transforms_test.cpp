#include "engine/inference/transforms.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace chainsong {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
const Transform kAll[] = {kReal, kPositive, kUnitInterval, {-3, kInfinity}, {-kInfinity, 7}, {40, 200}};

TEST(Transforms, LeadIntoTheBoundsAndBack) {
    for (const Transform& transform : kAll)
        for (const double q : {-30.0, -2.0, 0.0, 0.7, 5.0, 30.0}) {
            const double value = constrain(transform, q).value;
            EXPECT_GT(value, transform.lower);
            EXPECT_LT(value, transform.upper);
            if (std::abs(q) < 20) { EXPECT_NEAR(unconstrain(transform, value), q, 1e-6); }
        }
}

TEST(Transforms, KnowTheirSlopesAndJacobians) {
    constexpr double kStep = 1e-5;
    for (const Transform& transform : kAll)
        for (const double q : {-4.0, -0.5, 0.0, 0.5, 4.0}) {
            const Constrained at = constrain(transform, q), above = constrain(transform, q + kStep),
                              below = constrain(transform, q - kStep);
            EXPECT_NEAR(at.slope, (above.value - below.value) / (2 * kStep),
                1e-6 * std::max(1.0, std::abs(at.slope)));
            EXPECT_NEAR(at.log_jacobian, std::log(std::abs(at.slope)), 1e-9);
            EXPECT_NEAR(at.log_jacobian_slope, (above.log_jacobian - below.log_jacobian) / (2 * kStep), 1e-6);
        }
}

TEST(Transforms, StayInsideTheBoundsHoweverFarOutOneGoes) {
    for (const double q : {-1e3, -1e300, 1e3, 1e300}) {
        const double value = constrain({40, 200}, q).value;
        EXPECT_GT(value, 40);
        EXPECT_LT(value, 200);
    }
    EXPECT_TRUE(std::isfinite(unconstrain(kPositive, 0)));
    EXPECT_TRUE(std::isfinite(unconstrain(kUnitInterval, 1)));
    EXPECT_TRUE(std::isfinite(unconstrain(kUnitInterval, -5)));
}

TEST(Transforms, ATargetWithBoundsHasTheSlopeOfItsWholeDensity) {
    const Target target = boundedTarget("test", {{"tempo", {40, 200}, "bpm"}, {"width", kPositive}},
        [](std::span<const double> theta, std::span<double> grad) {
            if (!grad.empty()) {
                grad[0] = -(theta[0] - 100) / 400;
                grad[1] = 2 / theta[1] - 3;
            }
            return -(theta[0] - 100) * (theta[0] - 100) / 800 + 2 * std::log(theta[1]) - 3 * theta[1];
        });
    EXPECT_EQ(target.parameter_names, (std::vector<std::string>{"tempo", "width"}));
    const Vec q{0.3, -0.8};
    Vec grad(2);
    target.log_density(q, grad);
    for (std::size_t i = 0; i < 2; ++i) {
        Vec above = q, below = q;
        above[i] += 1e-6;
        below[i] -= 1e-6;
        EXPECT_NEAR(grad[i], (target.log_density(above, {}) - target.log_density(below, {})) / 2e-6, 1e-6);
    }
}

} // namespace
} // namespace chainsong
