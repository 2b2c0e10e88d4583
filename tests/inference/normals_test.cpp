#include "engine/inference/normals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace chainsong {
namespace {

double normalProbability(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }

TEST(Normals, FollowTheBellCurveFarIntoItsTails) {
    Rng rng(11);
    std::vector<double> z(4'000'000);
    drawNormals(rng, z);
    std::sort(z.begin(), z.end());
    const double count = static_cast<double>(z.size());
    double largest = 0; // Kolmogorov's distance: beyond 2.2 / sqrt(n) once in 10^4 trials
    for (std::size_t i = 0; i < z.size(); ++i)
        largest =
            std::max(largest, std::abs(normalProbability(z[i]) - (static_cast<double>(i) + 0.5) / count));
    EXPECT_LT(largest, 2.2 / std::sqrt(count));
    for (const double limit : {2.0, 3.0, 3.5, 3.7, 4.0, 4.5}) { // on both sides of where the tail begins
        const double expected = count * normalProbability(-limit);
        const auto below = std::lower_bound(z.begin(), z.end(), -limit) - z.begin();
        const auto above = z.end() - std::lower_bound(z.begin(), z.end(), limit);
        EXPECT_NEAR(static_cast<double>(below), expected, 4.5 * std::sqrt(expected)) << limit;
        EXPECT_NEAR(static_cast<double>(above), expected, 4.5 * std::sqrt(expected)) << limit;
    }
}

TEST(Normals, ComeFromTheStreamAloneAndNeighboursAreIndependent) {
    Rng one(5), other(5);
    std::vector<double> together(1'000'000), apart(together.size());
    double sum_squares = drawNormals(one, together);
    for (double& z : apart) sum_squares -= drawNormals(other, {&z, 1});
    EXPECT_EQ(together, apart);
    EXPECT_NEAR(sum_squares, 0, 1e-6);
    double product = 0;
    for (std::size_t i = 1; i < together.size(); ++i) product += together[i] * together[i - 1];
    EXPECT_LT(std::abs(product), 4.5 * std::sqrt(static_cast<double>(together.size())));
}

} // namespace
} // namespace chainsong
