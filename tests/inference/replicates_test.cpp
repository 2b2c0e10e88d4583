#include "engine/inference/hmc.h"
#include "engine/inference/nuts.h"
#include "engine/inference/random_walk.h"
#include "engine/inference/targets.h"
#include "engine/inference/walnuts.h"
#include "uniformity.h"

#include <gtest/gtest.h>

#include <functional>

namespace chainsong::test {
namespace {

/// A target with a map from standard normals to its draws, and the way back.
struct MappedTarget {
    Target target;
    std::function<void(Vec&)> fromNormals;
    std::function<void(Vec&)> toNormals;
};

MappedTarget scaledNormals() {
    const auto sd = [](std::size_t i) { return std::pow(10.0, -2 + 4.0 * static_cast<double>(i) / 3); };
    return {illConditionedTarget(4),
        [sd](Vec& x) {
            for (std::size_t i = 0; i < x.size(); ++i) x[i] *= sd(i);
        },
        [sd](Vec& x) {
            for (std::size_t i = 0; i < x.size(); ++i) x[i] /= sd(i);
        }};
}

MappedTarget normalsInARow() {
    static const double rest = std::sqrt(1 - 0.81);
    return {autoregressiveTarget(6),
        [](Vec& x) {
            for (std::size_t t = 1; t < x.size(); ++t) x[t] = 0.9 * x[t - 1] + rest * x[t];
        },
        [](Vec& x) {
            for (std::size_t t = x.size(); --t > 0;) x[t] = (x[t] - 0.9 * x[t - 1]) / rest;
        }};
}

MappedTarget banana() {
    return {bananaTarget(),
        [](Vec& x) {
            x[0] *= 10;
            x[1] -= 0.03 * (x[0] * x[0] - 100);
        },
        [](Vec& x) {
            x[1] += 0.03 * (x[0] * x[0] - 100);
            x[0] /= 10;
        }};
}

MappedTarget funnel() {
    return {funnelTarget(),
        [](Vec& x) {
            x[0] *= 3;
            for (std::size_t i = 1; i < x.size(); ++i) x[i] *= std::exp(0.5 * x[0]);
        },
        [](Vec& x) {
            for (std::size_t i = 1; i < x.size(); ++i) x[i] *= std::exp(-0.5 * x[0]);
            x[0] /= 3;
        }};
}

double normalCdf(double x) { return 0.5 * std::erfc(-x * M_SQRT1_2); }

/// Draws from the target, moved by two transitions with fixed tuning and mapped back, must be standard
/// normals: each coordinate, the size of each, and the sum of each with the next. The largest of
/// Kolmogorov's statistics.
template <class Step> double worstMisfit(const MappedTarget& mapped, const Step& step) {
    constexpr std::size_t kReplicates = 100'000;
    const auto dimension = static_cast<std::size_t>(mapped.target.dimension);
    std::vector<Vec> places(3 * dimension, Vec(kReplicates)); // by the law that should hold, in (0, 1)
    Rng rng(21);
    for (std::size_t replicate = 0; replicate < kReplicates; ++replicate) {
        Vec x(dimension);
        drawNormals(rng, x);
        mapped.fromNormals(x);
        State state = stateAt(mapped.target.log_density, std::move(x));
        for (std::uint64_t k = 0; k < 2; ++k) step(rngFor(22, replicate, k), state);
        x = state.q;
        mapped.toNormals(x);
        for (std::size_t i = 0; i < dimension; ++i) {
            const double both = (x[i] + x[(i + 1) % dimension]) * M_SQRT1_2;
            places[3 * i][replicate] = normalCdf(x[i]);
            places[3 * i + 1][replicate] = std::erf(std::abs(x[i]) * M_SQRT1_2);
            places[3 * i + 2][replicate] = dimension > 1 ? normalCdf(both) : normalCdf(x[i]);
        }
    }
    double worst = 0;
    for (Vec& column : places) worst = std::max(worst, kolmogorov(std::move(column)));
    return worst;
}

struct Tuning {
    MappedTarget mapped;
    Vec inverse_mass;
    double step_size;
};
std::vector<Tuning> tunings() {
    return {{scaledNormals(), {1e-4, 0.1, 10, 5e3}, 0.9}, {normalsInARow(), {1, 1, 1, 1, 1, 1}, 0.4},
        {banana(), {60, 15}, 0.15}, {funnel(), Vec(10, 1), 0.3}};
}

/// Local steps as short as the start of each step needs them, whatever the way back would need.
struct OneWayWalk {
    const std::function<double(std::span<const double>, std::span<double>)>& log_density;
    const Mass& mass;
    int num_leapfrogs = 0;
    bool operator()(const PhasePoint& from, int direction, PhasePoint& to) {
        for (int num_parts = 1; num_parts < 1 << 10; num_parts *= 2) {
            double lowest = from.kinetic - from.log_density, highest = lowest;
            for (int part = 0; part < num_parts; ++part) {
                leapfrog(log_density, mass, direction * 0.6 / num_parts, part == 0 ? from : to, to);
                lowest = std::min(lowest, to.kinetic - to.log_density);
                highest = std::max(highest, to.kinetic - to.log_density);
            }
            if (highest - lowest <= 0.5) return true;
        }
        return false;
    }
};

TEST(Replicates, ARandomWalkLeavesEveryTargetAsItIs) {
    for (const Tuning& tuning : tunings()) {
        SCOPED_TRACE(tuning.mapped.target.name);
        RandomWalkWork work(tuning.inverse_mass.size());
        Vec sd;
        for (const double variance : tuning.inverse_mass) sd.push_back(std::sqrt(variance));
        EXPECT_LT(worstMisfit(tuning.mapped,
                      [&](Rng rng, State& state) {
                          randomWalkStep(rng, state, tuning.mapped.target.log_density, {0.7, sd}, work);
                      }),
            kMostMisfit);
    }
}

TEST(Replicates, HmcLeavesEveryTargetAsItIs) {
    for (const Tuning& tuning : tunings()) {
        SCOPED_TRACE(tuning.mapped.target.name);
        Mass mass(tuning.inverse_mass.size());
        mass.set(tuning.inverse_mass);
        HmcWork work(tuning.inverse_mass.size());
        EXPECT_LT(
            worstMisfit(tuning.mapped,
                [&](Rng rng, State& state) {
                    hmcStep(rng, state, tuning.mapped.target.log_density, {tuning.step_size, 5}, mass, work);
                }),
            kMostMisfit);
    }
}

TEST(Replicates, NutsLeavesEveryTargetAsItIs) {
    constexpr int kDepth = 4;
    for (const Tuning& tuning : tunings()) {
        SCOPED_TRACE(tuning.mapped.target.name);
        Mass mass(tuning.inverse_mass.size());
        mass.set(tuning.inverse_mass);
        NutsWork work(tuning.inverse_mass.size(), kDepth);
        EXPECT_LT(worstMisfit(tuning.mapped,
                      [&](Rng rng, State& state) {
                          nutsStep(rng, state, tuning.mapped.target.log_density, {tuning.step_size, kDepth},
                              mass, work);
                      }),
            kMostMisfit);
    }
}

TEST(Replicates, WalnutsLeavesEveryTargetAsItIs) {
    constexpr int kDepth = 3;
    for (const Tuning& tuning : tunings()) {
        SCOPED_TRACE(tuning.mapped.target.name);
        const std::size_t dimension = tuning.inverse_mass.size();
        Mass mass(dimension);
        mass.set(tuning.inverse_mass);
        NutsWork tree_work(dimension, kDepth);
        WalnutsWork work(dimension);
        const WalnutsParams params{2 * tuning.step_size, kDepth, 0.5};
        EXPECT_LT(worstMisfit(tuning.mapped,
                      [&](Rng rng, State& state) {
                          walnutsStep(
                              rng, state, tuning.mapped.target.log_density, params, mass, tree_work, work);
                      }),
            kMostMisfit);
    }
}

TEST(PlantedBug, LocalStepsThatNeverLookBackAreFound) {
    const Tuning tuning = tunings().back(); // the funnel
    const Mass mass(10);
    NutsWork tree_work(10, 3);
    EXPECT_GT(worstMisfit(tuning.mapped,
                  [&](Rng rng, State& state) {
                      OneWayWalk walk{tuning.mapped.target.log_density, mass};
                      stepAlong(walk, rng, state, mass, 3, tree_work);
                  }),
        1.3 * kMostMisfit);
}

TEST(PlantedBug, AFunnelWithoutItsJacobianIsFoundByReplicates) {
    MappedTarget wrong = funnel();
    wrong.target.log_density = [right = wrong.target.log_density](
                                   std::span<const double> q, std::span<double> grad) {
        const double log_p = right(q, grad) + 0.5 * q[0]; // as if one of the nine widths had no normaliser
        if (!grad.empty()) grad[0] += 0.5;
        return log_p;
    };
    const Mass mass(10);
    HmcWork work(10);
    EXPECT_GT(worstMisfit(wrong,
                  [&](Rng rng, State& state) {
                      hmcStep(rng, state, wrong.target.log_density, {0.3, 5}, mass, work);
                  }),
        2 * kMostMisfit);
}

} // namespace
} // namespace chainsong::test
