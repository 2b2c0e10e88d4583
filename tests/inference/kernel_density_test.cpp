#include "engine/inference/kernel_density.h"

#include "engine/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace chainsong {
namespace {

std::vector<double> normals(std::size_t count, std::uint64_t seed) {
    Rng rng(seed);
    std::vector<double> values(count);
    for (double& x : values) x = rng.normal();
    return values;
}

double directDensity(const std::vector<double>& values, double at, double width) {
    double sum = 0;
    for (const double x : values) sum += std::exp(-0.5 * (x - at) * (x - at) / (width * width));
    return sum / (static_cast<double>(values.size()) * width * std::sqrt(2 * std::numbers::pi));
}

double integral(const std::vector<double>& density, const DensityGrid& grid) {
    double sum = 0;
    for (std::size_t i = 1; i < density.size(); ++i) sum += 0.5 * (density[i] + density[i - 1]);
    return sum * (grid.at(1) - grid.at(0));
}

} // namespace

TEST(KernelDensity, IsTheSumOfAllKernels) {
    for (const std::size_t count : {5U, 100U, 3000U}) {
        const auto values = normals(count, count);
        const double width = silvermanWidth(values);
        const DensityGrid grid = densityGrid(values);
        const auto density = kernelDensity(values, grid, width);
        ASSERT_EQ(density.size(), 256U);
        const double highest = std::ranges::max(density);
        for (int i = 0; i < grid.num_points; i += 7)
            EXPECT_NEAR(density[static_cast<std::size_t>(i)], directDensity(values, grid.at(i), width),
                2e-3 * highest);
        EXPECT_NEAR(integral(density, grid), 1, 5e-3);
    }
}

TEST(KernelDensity, TheWidthIsSilvermans) {
    // sd = sqrt(55 / 6), IQR = 4.5
    EXPECT_NEAR(silvermanWidth(std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}),
        0.9 * std::sqrt(55.0 / 6) * std::pow(10.0, -0.2), 1e-12);
    // sd = 31.6, IQR = 4.5: one value far out does not widen it
    EXPECT_NEAR(silvermanWidth(std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8, 9, 110}),
        0.9 * 4.5 / 1.34 * std::pow(10.0, -0.2), 1e-12);
    EXPECT_EQ(silvermanWidth(std::vector<double>{3, 3, 3}), 0);
    EXPECT_EQ(silvermanWidth(std::vector<double>{}), 0);
    // More than half of the values equal: the quartiles say nothing, the sd does.
    EXPECT_GT(silvermanWidth(std::vector<double>{0, 0, 0, 0, 0, 0, 0, 1, 5}), 0);
}

TEST(KernelDensity, OneDrawFarOutShrinksNothing) {
    auto values = normals(1000, 9);
    values.push_back(1e9);
    const DensityGrid grid = densityGrid(values);
    EXPECT_LT(grid.highest, 15);
    EXPECT_GT(std::ranges::max(kernelDensity(values, grid, silvermanWidth(values))), 0.3);
}

TEST(KernelDensity, BadDrawsGiveNoCurve) {
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<double> constant(50, 2), broken{1, 2, kNan, 3};
    EXPECT_TRUE(kernelDensity(constant, densityGrid(constant), silvermanWidth(constant)).empty());
    EXPECT_TRUE(kernelDensity(broken, densityGrid(broken), silvermanWidth(broken)).empty());
    EXPECT_TRUE(kernelDensity({}, densityGrid({}), 1).empty());
}

} // namespace chainsong
