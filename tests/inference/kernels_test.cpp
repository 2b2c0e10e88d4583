#include "engine/inference/hmc.h"
#include "engine/inference/random_walk.h"
#include "engine/inference/targets.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace chainsong {
namespace {

/// Scales, and a direction across them.
Mass slantedMass() {
    Mass mass(2);
    mass.set(Vec{2.0, 0.3});
    mass.addDirections({0.6, 0.8}, Vec{3.0});
    return mass;
}
Mass diagonalMass() {
    Mass mass(2);
    mass.set(Vec{2.0, 0.3});
    return mass;
}

/// Where so many leapfrog steps lead from (q1, q2, p1, p2).
using Phase = std::array<double, 4>;
Phase travelled(const Phase& from, const Mass& mass, double eps, int num_steps) {
    const Target target = bananaTarget();
    Vec q{from[0], from[1]}, p{from[2], from[3]}, grad(2), force(2);
    PhasePoint point{q.data(), p.data(), grad.data(), force.data()};
    point.log_density = target.log_density(q, grad);
    if (!mass.isDiagonal()) setForce(mass, point);
    for (int i = 0; i < num_steps; ++i) leapfrog(target.log_density, mass, eps, point, point);
    return {q[0], q[1], p[0], p[1]};
}

double determinant(std::array<Phase, 4> rows) {
    double product = 1;
    for (std::size_t k = 0; k < 4; ++k) {
        std::size_t pivot = k;
        for (std::size_t i = k + 1; i < 4; ++i)
            if (std::abs(rows[i][k]) > std::abs(rows[pivot][k])) pivot = i;
        if (pivot != k) product = -product;
        std::swap(rows[pivot], rows[k]);
        product *= rows[k][k];
        for (std::size_t i = k + 1; i < 4; ++i) {
            const double factor = rows[i][k] / rows[k][k];
            for (std::size_t j = k; j < 4; ++j) rows[i][j] -= factor * rows[k][j];
        }
    }
    return product;
}

constexpr Phase kFrom{0.5, 1.5, -0.7, 0.4};

TEST(Kernels, ALeapfrogKeepsVolumes) {
    constexpr double kStep = 1e-5;
    for (const Mass& mass : {diagonalMass(), slantedMass()})
        for (const int num_steps : {1, 10}) {
            std::array<Phase, 4> slopes{};
            for (std::size_t i = 0; i < 4; ++i) {
                Phase above = kFrom, below = kFrom;
                above[i] += kStep;
                below[i] -= kStep;
                const Phase after_above = travelled(above, mass, 0.1, num_steps),
                            after_below = travelled(below, mass, 0.1, num_steps);
                for (std::size_t k = 0; k < 4; ++k)
                    slopes[i][k] = (after_above[k] - after_below[k]) / (2 * kStep);
            }
            EXPECT_NEAR(determinant(slopes), 1, 1e-7);
        }
}

TEST(Kernels, ALeapfrogBackInTimeLeadsBack) {
    for (const Mass& mass : {diagonalMass(), slantedMass()}) {
        const Phase there = travelled(kFrom, mass, 0.1, 20);
        EXPECT_GT(std::abs(there[0] - kFrom[0]), 0.1);
        const Phase back = travelled(there, mass, -0.1, 20);
        const Phase turned = travelled({there[0], there[1], -there[2], -there[3]}, mass, 0.1, 20);
        for (std::size_t i = 0; i < 4; ++i) {
            EXPECT_NEAR(back[i], kFrom[i], 1e-12);
            EXPECT_NEAR(turned[i], i < 2 ? kFrom[i] : -kFrom[i], 1e-12);
        }
    }
}

/// A staircase over the cells [i, i + 1): its probabilities, as a log density in one dimension.
constexpr std::array<double, 6> kCells{0.05, 0.3, 0.1, 0.02, 0.35, 0.18};
double staircase(std::span<const double> q, std::span<double>) {
    const double cell = std::floor(q[0]);
    return cell >= 0 && cell < kCells.size() ? std::log(kCells[static_cast<std::size_t>(cell)])
                                             : -std::numeric_limits<double>::infinity();
}

/// From draws of the staircase, each pair of cells must be crossed as often either way. The sum of the
/// squared deviations, each in standard deviations, over the number of pairs.
template <class Step> double imbalance(const Step& step) {
    std::array<std::array<double, kCells.size()>, kCells.size()> crossings{};
    Rng rng(11);
    for (std::uint64_t replicate = 0; replicate < 200'000; ++replicate) {
        double rest = rng.uniform();
        std::size_t cell = 0;
        while (cell + 1 < kCells.size() && rest >= kCells[cell]) rest -= kCells[cell++];
        State state = stateAt(staircase, {static_cast<double>(cell) + rng.uniform()}, false);
        step(rngFor(12, 0, replicate), state);
        crossings[cell][static_cast<std::size_t>(state.q[0])] += 1;
    }
    double sum = 0, num_pairs = 0;
    for (std::size_t i = 0; i < kCells.size(); ++i)
        for (std::size_t k = 0; k < i; ++k) {
            EXPECT_GT(crossings[i][k], 50);
            const double difference = crossings[i][k] - crossings[k][i];
            sum += difference * difference / (crossings[i][k] + crossings[k][i]);
            num_pairs += 1;
        }
    return sum / num_pairs;
}

/// Chi-square with 15 degrees of freedom exceeds 4 times its mean once in 10^6 times.
constexpr double kMostImbalance = 4;

TEST(Kernels, ARandomWalkCrossesEveryBorderAsOftenEitherWay) {
    const Vec sd{1};
    RandomWalkWork work(1);
    EXPECT_LT(imbalance([&](Rng rng, State& state) {
        randomWalkStep(rng, state, staircase, {2, sd}, work);
    }),
        kMostImbalance);
}

TEST(PlantedBug, AProposalWhoseWidthDependsOnThePlaceIsFound) {
    EXPECT_GT(imbalance([&](Rng rng, State& state) {
        const Vec proposal{state.q[0] + (state.q[0] < 3 ? 2 : 2.5) * rng.normal()};
        const double proposed = staircase(proposal, {});
        if (rng.uniform() < std::exp(proposed - state.log_density)) state = {proposal, proposed, {}};
    }),
        kMostImbalance);
}

} // namespace
} // namespace chainsong
