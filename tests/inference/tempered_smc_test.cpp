#include "engine/inference/tempered_smc.h"

#include "engine/inference/ladder.h"
#include "engine/inference/priors.h"
#include "engine/inference/smc.h"
#include "reference_files.h"
#include "slow_smc.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <stdexcept>

namespace chainsong::test {
namespace {

constexpr double kY = 1.5, kSigma = 0.4;

/// theta ~ N(0, 1)^n, each observed once: theta_i = 1.5 +- 0.4. Everything is known.
Target observedNormals(std::size_t dimension) {
    std::vector<std::string> names;
    for (std::size_t i = 1; i <= dimension; ++i) names.push_back("theta[" + std::to_string(i) + "]");
    Target target = posteriorOf(
        names, normalPrior(dimension, 1), oneByOne([](std::span<const double> q, std::span<double> grad) {
            double log_p = 0;
            for (std::size_t i = 0; i < q.size(); ++i) {
                const double miss = (kY - q[i]) / kSigma;
                log_p -= 0.5 * miss * miss + std::log(kSigma) + kHalfLogTwoPi;
                if (!grad.empty()) grad[i] = miss / kSigma;
            }
            return log_p;
        }));
    target.name = "observed normals";
    return target;
}
double trueLogEvidence(std::size_t dimension) {
    const double variance = 1 + kSigma * kSigma;
    return static_cast<double>(dimension)
        * (-0.5 * kY * kY / variance - 0.5 * std::log(variance) - kHalfLogTwoPi);
}
constexpr double kTrueMean = kY / (1 + kSigma * kSigma);
constexpr double kTrueVariance = kSigma * kSigma / (1 + kSigma * kSigma);

double zScore(const Estimate& estimate, double truth) { return (estimate.mean - truth) / estimate.se; }

TEST(TemperedSmc, FindsEvidenceAndMomentsThatAreKnownInClosedForm) {
    for (const std::size_t dimension : {1u, 5u, 30u}) {
        SCOPED_TRACE(dimension);
        const auto run = runTempered(observedNormals(dimension), {});
        ASSERT_TRUE(run);
        EXPECT_NEAR(run->log_evidence, trueLogEvidence(dimension), 4 * run->log_evidence_se);
        EXPECT_LT(run->log_evidence_se, 0.5);
        for (std::size_t i = 0; i < dimension; ++i) {
            EXPECT_LT(std::abs(zScore(expectation(*run, i), kTrueMean)), 4.5);
            const auto square = [](double x) { return (x - kTrueMean) * (x - kTrueMean); };
            EXPECT_LT(std::abs(zScore(expectation(*run, i, square), kTrueVariance)), 4.5);
        }
    }
}

TEST(TemperedSmc, ItsErrorFromOneRunIsTheSpreadOfManyRuns) {
    const Target target = observedNormals(3);
    std::vector<double> values;
    double mean = 0, mean_se = 0;
    constexpr int kRuns = 100;
    for (int seed = 1; seed <= kRuns; ++seed) {
        TemperedOptions options;
        options.seed = static_cast<std::uint64_t>(seed);
        options.num_particles = 512;
        const auto run = runTempered(target, options);
        ASSERT_TRUE(run);
        values.push_back(run->log_evidence);
        mean += run->log_evidence / kRuns;
        mean_se += run->log_evidence_se / kRuns;
    }
    double variance = 0;
    for (const double value : values) variance += (value - mean) * (value - mean) / (kRuns - 1);
    EXPECT_GT(mean_se / std::sqrt(variance), 0.75) << "the standard error of an sd from 100 runs is 7 %";
    EXPECT_LT(mean_se / std::sqrt(variance), 2);
    EXPECT_NEAR(mean, trueLogEvidence(3), 4 * std::sqrt(variance / kRuns) + 0.5 * variance);
}

/// The oracle: a correct sampler's evidence has the true one as its mean, and its draws the posterior's mean,
/// within five standard errors over many small runs.
template <class F> std::vector<std::string> findFaults(double true_evidence, double true_mean, const F& run) {
    constexpr int kRuns = 1000;
    double sum[2] = {0, 0}, squares[2] = {0, 0};
    for (int i = 1; i <= kRuns; ++i) {
        const SmcAnswer answer = run(static_cast<std::uint64_t>(i));
        // Z f is what is unbiased for the evidence times the mean.
        const double ratio = answer.evidence / true_evidence;
        const double values[2] = {ratio, ratio * (answer.mean - true_mean)};
        for (int k = 0; k < 2; ++k) {
            sum[k] += values[k];
            squares[k] += values[k] * values[k];
        }
    }
    std::vector<std::string> faults;
    const double expected[2] = {1, 0};
    const char* const names[2] = {"evidence", "mean"};
    for (int k = 0; k < 2; ++k) {
        const double mean = sum[k] / kRuns;
        const double se = std::sqrt((squares[k] / kRuns - mean * mean) / kRuns);
        if (!(std::abs(mean - expected[k]) < 5 * se)) faults.push_back(names[k]);
    }
    return faults;
}

TEST(TemperedSmc, TheEvidenceHasNoBiasOnAGivenLadder) {
    const Target target = observedNormals(1);
    TemperedOptions options;
    options.num_particles = 64;
    options.num_steps = 8;
    options.num_prior_draws = 1;
    options.seed = 5;
    const auto pilot = runTempered(target, options);
    ASSERT_TRUE(pilot);
    options.ladder = pilot->stages;
    const auto faults = findFaults(std::exp(trueLogEvidence(1)), kTrueMean, [&](std::uint64_t seed) {
        options.seed = 1000 + seed;
        const auto run = runTempered(target, options);
        return SmcAnswer{std::exp(run->log_evidence), expectation(*run, 0).mean};
    });
    EXPECT_TRUE(faults.empty()) << faults.front();
}

TEST(TemperedSmc, PlantedBugsAreFound) {
    const auto log_likelihood = [](double x) {
        const double miss = (kY - x) / kSigma;
        return -0.5 * miss * miss - std::log(kSigma) - kHalfLogTwoPi;
    };
    const std::vector<double> ladder{0.1, 0.4, 1};
    const auto faultsOf = [&](auto sampler) {
        return findFaults(std::exp(trueLogEvidence(1)), kTrueMean,
            [&](std::uint64_t seed) { return sampler(Rng(seed), log_likelihood, ladder, 64, 12); });
    };
    EXPECT_TRUE(faultsOf(slowSmc<SmcBug::kNone>).empty());
    EXPECT_FALSE(faultsOf(slowSmc<SmcBug::kUnweightedStep>).empty());
    EXPECT_FALSE(faultsOf(slowSmc<SmcBug::kAncestorOffByOne>).empty());
    EXPECT_FALSE(faultsOf(slowSmc<SmcBug::kTemperatureAhead>).empty());
}

TEST(TemperedSmc, TheNextTemperatureHalvesTheEffectiveNumberOfUpdatedWeights) {
    // Skewed on purpose: a sign error would go unnoticed on symmetric likelihoods.
    Rng rng(3);
    Vec log_likelihoods;
    for (int i = 0; i < 1000; ++i) log_likelihoods.push_back(-50 * std::exp(rng.normal()));
    const auto next = nextTemperature(0, 0.5, log_likelihoods);
    ASSERT_TRUE(next);
    EXPECT_NEAR(effectiveSampleSize(updatedLogWeights(*next, log_likelihoods)), 500, 1);
    EXPECT_LT(*next, 1);
    const auto shifted = nextTemperature(0.3, 0.5, log_likelihoods);
    ASSERT_TRUE(shifted);
    EXPECT_NEAR(*shifted, *next + 0.3, 1e-9) << "only the step matters";
    EXPECT_EQ(*nextTemperature(0.9999, 0.5, log_likelihoods), 1);
    EXPECT_EQ(*nextTemperature(0, 0.5, Vec(10, -3.0)), 1) << "equal weights: one step is enough";
}

TEST(TemperedSmc, TinyTemperatureStepsAreFoundAndImpossibleOnesRefused) {
    Vec steep;
    for (int i = 0; i < 100; ++i) steep.push_back(-1e15 * i);
    const auto tiny = nextTemperature(0, 0.5, steep);
    ASSERT_TRUE(tiny);
    EXPECT_GT(*tiny, 0);
    EXPECT_LT(*tiny, 1e-15);
    EXPECT_FALSE(nextTemperature(0.5, 0.5, Vec{0, -1e300, -1e300, -1e300}));
    const double zero = -std::numeric_limits<double>::infinity();
    EXPECT_FALSE(nextTemperature(0, 0.5, Vec{zero, zero}));
    EXPECT_EQ(*nextTemperature(0, 0.5, Vec{0, 0, zero, zero, zero}), 1)
        << "what lies outside the likelihood's support is lost at any step";
}

TEST(TemperedSmc, TheSameSeedGivesTheSameDrawsOnAnyNumberOfThreads) {
    const Target target = observedNormals(4);
    TemperedOptions options;
    const auto alone = runTempered(target, options);
    ASSERT_TRUE(alone);
    for (const int num_threads : {2, 3, 16}) {
        options.num_threads = num_threads;
        const auto together = runTempered(target, options);
        ASSERT_TRUE(together);
        EXPECT_EQ(alone->columns, together->columns);
        EXPECT_EQ(alone->stages, together->stages);
        EXPECT_EQ(alone->log_evidence, together->log_evidence);
    }
    options.seed = 2;
    EXPECT_NE(alone->columns, runTempered(target, options)->columns);
}

TEST(TemperedSmc, TwoModesFarApartAreBothFoundInProportion) {
    // 0.3 N(-4, 0.3) + 0.7 N(4, 0.3) for the first of two coordinates, as likelihood under a wide prior.
    Target target = posteriorOf(
        {"a", "b"}, normalPrior(2, 6), oneByOne([](std::span<const double> q, std::span<double> grad) {
            const double left = std::log(0.3) - 0.5 * std::pow((q[0] + 4) / 0.3, 2);
            const double right = std::log(0.7) - 0.5 * std::pow((q[0] - 4) / 0.3, 2);
            const double top = std::max(left, right);
            const double log_p = top + std::log(std::exp(left - top) + std::exp(right - top));
            if (!grad.empty()) {
                grad[0] =
                    (-std::exp(left - log_p) * (q[0] + 4) - std::exp(right - log_p) * (q[0] - 4)) / 0.09;
                grad[1] = 0;
            }
            return log_p;
        }));
    const auto run = runTempered(target, {});
    ASSERT_TRUE(run);
    const Estimate share = expectation(*run, 0, [](double x) { return x > 0 ? 1.0 : 0.0; });
    EXPECT_LT(std::abs(zScore(share, 0.7)), 4);
    EXPECT_LT(share.se, 0.1);
}

TEST(TemperedSmc, AStrangersDensityIsContainedAndAStopIsQuick) {
    Target target = observedNormals(2);
    TemperingParts parts = *target.parts;
    parts.log_likelihood = oneByOne([](std::span<const double> q, std::span<double> grad) -> double {
        if (q[0] > 2) throw std::runtime_error("the synthesiser is on fire");
        for (double& g : grad) g = 0;
        return q[0] < -2 ? std::nan("") : 0.0;
    });
    target.parts = std::make_shared<const TemperingParts>(parts);
    const auto run = runTempered(target, {});
    ASSERT_TRUE(run);
    EXPECT_GT(run->num_refused, 0);
    EXPECT_FALSE(run->first_refusal.empty());
    for (const double x : run->columns[0]) EXPECT_LE(std::abs(x), 2);

    parts.log_likelihood = [](auto, auto, auto) { throw std::runtime_error("no data"); };
    target.parts = std::make_shared<const TemperingParts>(parts);
    const auto never = runTempered(target, {});
    ASSERT_FALSE(never);
    EXPECT_NE(never.error().what.find("no data"), std::string::npos);

    std::stop_source stop;
    std::atomic<int> num_late{0};
    parts = *observedNormals(2).parts;
    parts.log_likelihood = [&, plain = parts.log_likelihood](auto points, auto values, auto grads) {
        if (stop.stop_requested()) ++num_late;
        plain(points, values, grads);
    };
    target.parts = std::make_shared<const TemperingParts>(parts);
    const auto stopped = runTempered(
        target, {}, [&](const TemperedStage&) { stop.request_stop(); }, stop.get_token());
    ASSERT_TRUE(stopped);
    EXPECT_TRUE(stopped->was_stopped);
    EXPECT_TRUE(stopped->columns.empty());
    EXPECT_EQ(num_late.load(), 0);
}

TEST(TemperedSmc, WrongOrdersAreRefusedWithASentence) {
    const Target target = observedNormals(2);
    const auto refused = [&](const TemperedOptions& options) {
        const auto run = runTempered(target, options);
        return !run && !run.error().what.empty();
    };
    EXPECT_TRUE(refused({.num_particles = 0}));
    EXPECT_TRUE(refused({.num_particles = 100, .num_steps = 16}));
    EXPECT_TRUE(refused({.num_particles = 1'600'000'000}));
    EXPECT_TRUE(refused({.num_steps = 1}));
    EXPECT_TRUE(refused({.num_prior_draws = 0}));
    EXPECT_TRUE(refused({.ess_share = 1}));
    EXPECT_TRUE(refused({.max_stages = 1})) << "this posterior needs more";
    TemperedStage stage;
    stage.temperature = 0.5;
    EXPECT_TRUE(refused({.ladder = {stage}}));
    EXPECT_FALSE(runTempered(normalTarget(2), {})) << "it has no prior apart";
}

TEST(TemperedSmc, ReferenceEvidencesAreMet) {
    struct Case {
        const char* name;
        const char* reference;
    };
    for (const Case& one : {Case{"mlp", "mlp"}, {"mlp_hard", "mlp_hard"}, {"logreg", "logreg_german"}}) {
        SCOPED_TRACE(one.name);
        const auto target = referenceTarget(one.name);
        const auto references = referenceJson("posteriors/synthetic.json");
        if (!target || !references) GTEST_SKIP() << "no reference files";
        const auto& reference = references->at(one.reference);
        const auto run = runTempered(*target, {});
        ASSERT_TRUE(run);
        EXPECT_NEAR(run->log_evidence, reference.at("log_evidence").get<double>(), 3 * run->log_evidence_se);
        double sum = 0;
        for (std::size_t i = 0; i < run->parameter_names.size(); ++i) {
            const auto& truth = reference.at("ref").at(run->parameter_names[i]);
            const double mean = truth.at("mean").get<double>(), sd = truth.at("sd").get<double>();
            Estimate estimate = expectation(*run, i);
            estimate.se = std::hypot(estimate.se, truth.at("se_mean").get<double>());
            sum += std::pow(zScore(estimate, mean), 2);
            EXPECT_LT(std::abs(zScore(estimate, mean)), 4.5) << run->parameter_names[i];
            const auto square = [mean](double x) { return (x - mean) * (x - mean); };
            EXPECT_LT(std::abs(zScore(expectation(*run, i, square), sd * sd)), 4.5)
                << run->parameter_names[i];
        }
        EXPECT_LT(std::sqrt(sum / static_cast<double>(run->parameter_names.size())), 1.8);
    }
}

} // namespace
} // namespace chainsong::test
