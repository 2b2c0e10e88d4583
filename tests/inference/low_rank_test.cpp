#include "engine/inference/low_rank.h"

#include "allocations.h"
#include "engine/inference/mass_adaptation.h"
#include "engine/inference/nuts.h"
#include "engine/inference/symmetric_eigen.h"
#include "engine/inference/targets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace chainsong::test {
namespace {

Vec randomSymmetric(Rng& rng, std::size_t n) {
    Vec matrix(n * n);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j <= i; ++j) matrix[i * n + j] = matrix[j * n + i] = rng.normal();
    return matrix;
}

TEST(LowRank, EigenvectorsAreThoseOfTheMatrix) {
    Rng rng(4);
    for (const std::size_t n : {1u, 2u, 3u, 7u, 40u}) {
        const Vec matrix = randomSymmetric(rng, n);
        const SymmetricEigen eigen = symmetricEigen(matrix, n);
        for (std::size_t k = 0; k < n; ++k) {
            const double* v = eigen.vectors.data() + k * n;
            for (std::size_t i = 0; i < n; ++i) {
                double image = 0;
                for (std::size_t j = 0; j < n; ++j) image += matrix[i * n + j] * v[j];
                EXPECT_NEAR(image, eigen.values[k] * v[i], 1e-12 * static_cast<double>(n));
            }
            for (std::size_t other = 0; other < n; ++other) {
                double product = 0;
                for (std::size_t j = 0; j < n; ++j) product += v[j] * eigen.vectors[other * n + j];
                EXPECT_NEAR(product, k == other ? 1 : 0, 1e-13 * static_cast<double>(n));
            }
        }
    }
}

TEST(LowRank, EigenvaluesOfAwkwardMatricesAreFound) {
    const auto sorted = [](Vec matrix, std::size_t n) {
        Vec values = symmetricEigen(std::move(matrix), n).values;
        std::sort(values.begin(), values.end());
        return values;
    };
    EXPECT_EQ(sorted({0, 0, 0, 0}, 2), (Vec{0, 0}));
    EXPECT_EQ(sorted({3, 0, 0, 0, 1, 0, 0, 0, 2}, 3), (Vec{1, 2, 3}));
    const Vec ones = sorted(Vec(36, 1), 6); // rank one
    EXPECT_NEAR(ones.back(), 6, 1e-12);
    for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(ones[i], 0, 1e-12);
    const Vec broken = symmetricEigen({1, NAN, NAN, 1}, 2).values;
    EXPECT_FALSE(std::isfinite(broken[0]) && std::isfinite(broken[1]));
    EXPECT_TRUE(cholesky({1, 2, 2, 1}, 2).empty()) << "not positive definite";
}

/// A normal whose coordinates are all correlated, with very unequal scales: x = scale * (z + mean of z *
/// strength).
struct Correlated {
    std::size_t n;
    double strength;
    double scale(std::size_t i) const { return std::pow(10.0, static_cast<double>(i % 5) - 2); }
    void add(Rng& rng, DrawWindow& window, MassAdaptation* adaptation = nullptr, int draw = 0,
        Mass* mass = nullptr) const {
        const double count = static_cast<double>(n);
        Vec x(n), grad(n);
        double sum = 0;
        for (double& z : x) sum += z = rng.normal();
        const double common = strength * sum / count; // along (1, …, 1) the sd is 1 + strength
        const double back = sum / count * (1 / (1 + strength) - 1); // the inverse transposed, on z
        for (std::size_t i = 0; i < n; ++i) {
            grad[i] = -(x[i] + back) / scale(i);
            x[i] = scale(i) * (x[i] + common);
        }
        if (adaptation == nullptr) return window.add(x, grad);
        StepInfo moved;
        moved.index = 1;
        adaptation->learn(draw, State{x, 0, grad}, moved, *mass);
    }
    /// How far A A' is from the covariance, relative to the scales: the largest entry of the difference.
    double error(const Mass& mass) const {
        double largest = 0;
        Vec column(n);
        for (std::size_t j = 0; j < n; ++j) {
            std::fill(column.begin(), column.end(), 0);
            column[j] = mass.scale[j];
            mass.stretch(column.data());
            mass.stretch(column.data());
            for (std::size_t i = 0; i < n; ++i) {
                const double found = mass.scale[i] * column[i] / (scale(i) * scale(j));
                const double common = ((1 + strength) * (1 + strength) - 1) / static_cast<double>(n);
                largest = std::max(largest, std::abs(found - (i == j ? 1 : 0) - common));
            }
        }
        return largest;
    }
};

TEST(LowRank, ANormalsCovarianceIsLearntFromLittleMoreDrawsThanItHasDimensions) {
    // For a normal the gradients are a linear map of the draws, so the estimate has no sampling error.
    Rng rng(7);
    const Correlated target{6, 20};
    MassAdaptation adaptation(MassRule::kLowRank, 400, 6);
    Mass mass(6);
    DrawWindow unused(6);
    for (int draw = 0; draw < 40; ++draw) target.add(rng, unused, &adaptation, draw, &mass);
    ASSERT_FALSE(mass.isDiagonal());
    EXPECT_LT(target.error(mass), 0.01 * 21 * 21 / 6);
    for (std::size_t i = 0; i < 6; ++i) {
        const double variance = target.scale(i) * target.scale(i) * (1 + (21 * 21 - 1) / 6.0);
        EXPECT_NEAR(mass.inverse[i] / variance, 1, 0.01) << "the diagonal that is reported";
    }
}

TEST(LowRank, OneStrongDirectionIsFoundInManyDimensions) {
    Rng rng(8);
    const Correlated target{200, 30};
    MassAdaptation adaptation(MassRule::kLowRank, 400, 200);
    Mass mass(200);
    DrawWindow unused(200);
    for (int draw = 0; draw < 340; ++draw) target.add(rng, unused, &adaptation, draw, &mass);
    ASSERT_EQ(mass.rank(), 1u);
    double overlap = 0;
    for (const double x : mass.directions) overlap += x / std::sqrt(200.0);
    EXPECT_GT(std::abs(overlap), 0.95) << "it is the common one";
    EXPECT_GT(mass.stretches[0], 9) << "and its sd is ten times the others' at least";
}

TEST(LowRank, WhereNothingIsCorrelatedTheMassStaysDiagonal) {
    for (const int dimension : {8, 100}) {
        const Target target = illConditionedTarget(dimension);
        const auto n = static_cast<std::size_t>(dimension);
        MassAdaptation adaptation(MassRule::kLowRank, 400, n);
        Mass mass(n);
        Rng rng(2);
        StepInfo moved;
        moved.index = 1;
        for (int draw = 0; draw < 400; ++draw) {
            Vec q;
            for (int i = 0; i < dimension; ++i)
                q.push_back(std::pow(10, -2 + 4.0 * i / (dimension - 1)) * rng.normal());
            adaptation.learn(draw, stateAt(target.log_density, std::move(q)), moved, mass);
            ASSERT_TRUE(mass.isDiagonal());
        }
    }
}

TEST(LowRank, DrawsFromWhichNothingCanBeLearntLeaveTheDiagonal) {
    const auto stays = [](auto&& draw, auto&& gradient) {
        DrawWindow window(3);
        Mass mass(3);
        Rng rng(1);
        for (int i = 0; i < 30; ++i) window.add(draw(rng), gradient(rng));
        return !addDirections(window, mass) && mass.isDiagonal() && mass.inverse == Vec(3, 1);
    };
    const auto noise = [](Rng& rng) { return Vec{rng.normal(), rng.normal(), rng.normal()}; };
    const auto broken = [](Rng&) { return Vec{NAN, 0, 0}; };
    const auto infinite = [](Rng&) { return Vec{INFINITY, 0, 0}; };
    const auto still = [](Rng&) { return Vec{1, 2, 3}; };
    EXPECT_TRUE(stays(noise, broken));
    EXPECT_TRUE(stays(broken, noise));
    EXPECT_TRUE(stays(noise, infinite));
    EXPECT_TRUE(stays(still, still));
}

TEST(LowRank, TheWindowKeepsTheNewestAndItsMemoryIsBounded) {
    DrawWindow window(2);
    for (int i = 0; i < 1000; ++i) window.add(Vec{1.0 * i, 0}, Vec{0, 1.0 * i});
    EXPECT_EQ(window.count(), window.capacity());
    EXPECT_EQ(window.draw(0)[0], 999);
    EXPECT_EQ(window.gradient(5)[1], 994);
    window.keep(3);
    EXPECT_EQ(window.count(), 3u);
    EXPECT_EQ(window.draw(2)[0], 997);
    EXPECT_LE(DrawWindow(20'000).capacity() * 20'000 * 2 * sizeof(double), 32u << 20);
    EXPECT_EQ(DrawWindow(100'000).capacity(), 0u);
}

TEST(LowRank, ATransitionWithDirectionsAllocatesNothing) {
    const auto target = autoregressiveTarget(20);
    Mass mass(20);
    Vec direction(20, 1 / std::sqrt(20.0));
    mass.addDirections(direction, Vec{9});
    NutsWork work(20, 10);
    State state = stateAt(target.log_density, Vec(20, 0.3));
    const long before = numAllocations();
    for (std::uint64_t draw = 0; draw < 20; ++draw)
        nutsStep(rngFor(1, 0, draw), state, target.log_density, {0.15, 10}, mass, work);
    EXPECT_EQ(numAllocations(), before);
}

} // namespace
} // namespace chainsong::test
