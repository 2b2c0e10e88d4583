#include "engine/inference/chains.h"
#include "engine/inference/targets.h"
#include "uniformity.h"

#include "engine/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <numbers>

// Simulation-based calibration (Talts et al. 2018, arXiv:1804.06788): parameters are drawn from the prior,
// data from the parameters; among draws from the posterior the true parameters then have every rank equally
// often. The log density of data and parameters is ranked too: it sees what single parameters do not
// (Modrak et al. 2023).

namespace chainsong::test {
namespace {

constexpr int kNumReplicates = 1000, kNumRanks = 100;

/// A posterior, and the point of its real space that its data were made from.
struct Simulated {
    Target target;
    Vec truth;
};
using Simulator = std::function<Simulated(Rng&)>;

Simulated simulatedNormal(Rng& rng) {
    const double mu = 2 * rng.normal();
    double sum = 0;
    constexpr int kCount = 5;
    for (int i = 0; i < kCount; ++i) sum += mu + 1.5 * rng.normal();
    Target target = normalTarget(1);
    target.log_density = [sum](std::span<const double> q, std::span<double> grad) {
        const double miss = sum - kCount * q[0]; // of all observations together
        if (!grad.empty()) grad[0] = -q[0] / 4 + miss / 2.25;
        return -q[0] * q[0] / 8 - miss * miss / (2 * kCount * 2.25);
    };
    return {target, {mu}};
}

constexpr std::array<double, 8> kErrors{15, 10, 16, 11, 9, 11, 10, 18};

/// Rubin's schools with effects of our own making. `jacobian` 0 leaves the change of variables out.
Simulated simulatedSchools(Rng& rng, double jacobian = 1) {
    Vec truth(10);
    for (std::size_t j = 0; j < 8; ++j) truth[j] = rng.normal();
    truth[8] = 5 * rng.normal();
    const double tau = 5 * std::tan(0.5 * std::numbers::pi * rng.uniform());
    truth[9] = std::log(tau);
    std::array<double, 8> effects{};
    for (std::size_t j = 0; j < 8; ++j) effects[j] = truth[8] + tau * truth[j] + kErrors[j] * rng.normal();
    Target target = eightSchoolsTarget();
    target.log_density = [effects, jacobian](std::span<const double> q, std::span<double> grad) {
        const double mu = q[8], width = std::exp(q[9]), ratio = width * width / 25;
        double log_p = -0.5 * mu * mu / 25 - std::log1p(ratio) + jacobian * q[9];
        double mu_slope = -mu / 25, width_slope = 0;
        for (std::size_t j = 0; j < 8; ++j) {
            const double z = (effects[j] - mu - width * q[j]) / kErrors[j], slope = z / kErrors[j];
            log_p -= 0.5 * (q[j] * q[j] + z * z);
            mu_slope += slope;
            width_slope += slope * q[j];
            if (!grad.empty()) grad[j] = -q[j] + width * slope;
        }
        if (grad.empty()) return log_p;
        grad[8] = mu_slope;
        grad[9] = width * width_slope + jacobian - 2 * ratio / (1 + ratio);
        return log_p;
    };
    return {target, truth};
}

Simulated simulatedLogistic(Rng& rng) {
    constexpr std::size_t kRows = 25, kWidth = 3;
    static const Vec rows = [] {
        Rng design(77);
        Vec x;
        for (std::size_t i = 0; i < kRows; ++i) {
            x.push_back(1);
            for (std::size_t k = 1; k < kWidth; ++k) x.push_back(design.normal());
        }
        return x;
    }();
    Vec truth(kWidth);
    for (double& beta : truth) beta = rng.normal();
    NamedNumbers data{{"N", {double{kRows}}}, {"P", {double{kWidth}}}, {"X", rows}, {"y", {}}};
    for (std::size_t i = 0; i < kRows; ++i) {
        double eta = 0;
        for (std::size_t k = 0; k < kWidth; ++k) eta += rows[i * kWidth + k] * truth[k];
        data["y"].push_back(rng.uniform() < 1 / (1 + std::exp(-eta)) ? 1 : 0);
    }
    return {*makeTarget("logreg", data), truth};
}

/// The run of one replicate, and the ranks of the truth among draws of it that lie evenly apart.
std::vector<int> ranksOf(const Simulated& simulated, const RunOptions& options) {
    const auto run = runChains(simulated.target, options);
    std::vector<int> ranks(simulated.target.parameter_names.size() + 1);
    if (!run) return ranks;
    Vec truth = simulated.truth;
    truth.resize(ranks.size() - 1);
    if (simulated.target.constrain) simulated.target.constrain(simulated.truth, truth);
    truth.push_back(simulated.target.log_density(simulated.truth, {}));
    const std::size_t num_draws = run->chains.front().stats.size(), total = num_draws * run->chains.size();
    for (std::size_t k = 1; k < kNumRanks; ++k) {
        const std::size_t at = k * total / kNumRanks;
        const ChainRun& chain = run->chains[at / num_draws];
        for (std::size_t i = 0; i < ranks.size(); ++i)
            ranks[i] += (i + 1 < ranks.size() ? chain.columns[i][at % num_draws]
                                              : chain.stats[at % num_draws].log_density)
                < truth[i];
    }
    return ranks;
}

/// By how much the worst quantity misses a uniform law: 1 = at the limit.
double miscalibration(const Simulator& simulate, RunOptions options) {
    std::vector<std::vector<int>> ranks;
    Rng rng(31);
    for (int replicate = 0; replicate < kNumReplicates; ++replicate) {
        options.seed = static_cast<std::uint64_t>(replicate) + 1;
        const auto some = ranksOf(simulate(rng), options);
        ranks.resize(some.size());
        for (std::size_t i = 0; i < some.size(); ++i) ranks[i].push_back(some[i]);
    }
    double worst = 0;
    for (const auto& of_one : ranks) {
        std::vector<double> places;
        for (const int rank : of_one) places.push_back((rank + rng.uniform()) / kNumRanks);
        worst = std::max({worst, chiSquare(of_one, kNumRanks) / kMostChiSquare,
            kolmogorov(std::move(places)) / kMostMisfit});
    }
    return worst;
}

RunOptions shortChain(int num_draws, Kernel kernel = Kernel::kNuts) {
    RunOptions options;
    options.kernel = kernel;
    options.num_chains = 1;
    options.num_warm_up = 250;
    options.num_draws = num_draws;
    return options;
}

TEST(SimulatedData, ANormalMeanHasEveryRank) {
    EXPECT_LT(miscalibration(simulatedNormal, shortChain(500)), 1);
    EXPECT_LT(miscalibration(simulatedNormal, shortChain(500, Kernel::kHmc)), 1);
    EXPECT_LT(miscalibration(simulatedNormal, shortChain(2000, Kernel::kRandomWalk)), 1);
}

TEST(SimulatedData, EightSchoolsHaveEveryRank) {
    EXPECT_LT(miscalibration([](Rng& rng) { return simulatedSchools(rng); }, shortChain(1000)), 1);
}

TEST(SimulatedData, LogisticCoefficientsHaveEveryRank) {
    EXPECT_LT(miscalibration(simulatedLogistic, shortChain(500)), 1);
}

TEST(SimulatedData, ARunThatEndsWhenItIsGoodEnoughHasEveryRankToo) {
    RunOptions options = shortChain(4000);
    options.num_chains = 2;
    options.stop_rule.rhat = 1.02;
    options.stop_rule.ess = 200;
    EXPECT_LT(miscalibration(simulatedNormal, options), 1);
}

TEST(PlantedBug, AMissingJacobianIsFoundBySimulatedData) {
    EXPECT_GT(miscalibration([](Rng& rng) { return simulatedSchools(rng, 0.5); }, shortChain(300)), 1.5);
}

} // namespace
} // namespace chainsong::test
