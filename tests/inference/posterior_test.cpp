#include "engine/inference/chains.h"
#include "engine/inference/diagnostics.h"
#include "engine/inference/verdict.h"
#include "reference_files.h"

#include <gtest/gtest.h>

#include <cmath>

namespace chainsong::test {
namespace {

ChainValues valuesOf(const Run& run, std::size_t parameter) {
    ChainValues values;
    for (const ChainRun& chain : run.chains) values.push_back(chain.columns[parameter]);
    return values;
}

RunVerdict verdictOn(const Run& run) {
    std::vector<ChainColumns> columns;
    SamplerTroubles troubles;
    for (const ChainRun& chain : run.chains) {
        columns.push_back(chain.columns);
        Vec energies;
        for (const DrawStats& draw : chain.stats) {
            troubles.num_divergences += draw.diverged;
            energies.push_back(draw.energy);
        }
        troubles.lowest_ebfmi = std::min(troubles.lowest_ebfmi, ebfmi(energies));
    }
    return verdictOf(
        diagnose(run.parameter_names, columns), run.options.num_chains, run.options.num_draws, troubles);
}

TEST(Posterior, NutsAgreesWithTheReferencePosteriors) {
    if (!referenceJson(dataFileOf("arK"))) GTEST_SKIP() << "no reference files";
    double sum_squares = 0;
    int num_parameters = 0;
    for (const char* name : {"arK", "arma11", "garch11", "eight_schools_noncentered", "gp_regr"}) {
        SCOPED_TRACE(name);
        const auto target = referenceTarget(name);
        ASSERT_TRUE(target.has_value());
        RunOptions options;
        options.num_warm_up = 400;
        options.num_threads = 2;
        const auto run = runChains(*target, options);
        ASSERT_TRUE(run);
        const auto reference = referenceJson(dataFileOf(name))->at("reference");
        for (std::size_t i = 0; i < run->parameter_names.size(); ++i) {
            const auto& expected = reference.at(run->parameter_names[i]);
            const ChainValues values = valuesOf(*run, i);
            EXPECT_LT(rhat(values), 1.01) << run->parameter_names[i];
            const double error = std::hypot(mcseMean(values), expected.at("mcse_mean").get<double>());
            const double z = (meanOf(values) - expected.at("mean").get<double>()) / error;
            EXPECT_LT(std::abs(z), 4.5) << run->parameter_names[i];
            // A sd has a relative standard error of about 1 / sqrt(2 ESS).
            const double sd = expected.at("sd").get<double>();
            EXPECT_NEAR(sdOf(values), sd, 4.5 * std::hypot(mcseSd(values), sd / std::sqrt(20'000)))
                << run->parameter_names[i];
            sum_squares += z * z;
            ++num_parameters;
        }
    }
    EXPECT_LT(std::sqrt(sum_squares / num_parameters), 1.6)
        << "the errors are as large as they say, on the whole";
}

TEST(Posterior, NutsFindsTheMomentsOfAHundredCorrelatedNormals) {
    RunOptions options;
    options.num_warm_up = 400;
    options.num_draws = 500;
    options.num_threads = 2;
    const auto run = runChains(autoregressiveTarget(100), options);
    ASSERT_TRUE(run);
    for (std::size_t i = 0; i < 100; ++i) {
        const ChainValues values = valuesOf(*run, i);
        EXPECT_LT(rhat(values), 1.03);
        EXPECT_LT(std::abs(meanOf(values)), 4.5 * mcseMean(values)) << i;
        EXPECT_LT(std::abs(sdOf(values) - 1), 4.5 * mcseSd(values)) << i;
    }
    ChainValues products; // of neighbours: mean 0.9
    for (const ChainRun& chain : run->chains) {
        products.emplace_back();
        for (std::size_t draw = 0; draw < chain.stats.size(); ++draw)
            products.back().push_back(chain.columns[49][draw] * chain.columns[50][draw]);
    }
    EXPECT_NEAR(meanOf(products), 0.9, 4.5 * mcseMean(products));
}

TEST(Posterior, StartsOfWhichTheGradientExplodesStillArrive) {
    // |theta| > 1 makes the density of arma11 explode: a start at theta = 1.9 has a log density near -1e110.
    const auto target = referenceTarget("arma11");
    if (!target) GTEST_SKIP() << "no reference files";
    for (const MassRule rule : {MassRule::kVariance, MassRule::kFisher}) {
        RunOptions options;
        options.mass_rule = rule;
        options.num_warm_up = 300;
        options.num_draws = 300;
        options.starts = {{0, 0, 1.9, 0}, {0, 0, -1.9, 1}, {1, 1, 1.5, -1}, {0, 0, 0.3, 0}};
        const auto run = runChains(*target, options);
        ASSERT_TRUE(run);
        for (std::size_t i = 0; i < 4; ++i)
            EXPECT_LT(rhat(valuesOf(*run, i)), 1.03) << static_cast<int>(rule);
    }
}

TEST(Posterior, AFunnelIsNeverCalledGood) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        RunOptions options;
        options.seed = seed;
        for (const Target& target : {funnelTarget(), rosenbrockTarget()}) {
            const auto run = runChains(target, options);
            ASSERT_TRUE(run);
            EXPECT_NE(verdictOn(*run).light, Light::kGood) << target.name << " seed " << seed;
        }
    }
}

TEST(Posterior, LocalStepsFindTheFunnelsMoments) {
    RunOptions options;
    options.kernel = Kernel::kWalnuts;
    options.num_draws = 10'000;
    options.num_threads = 2;
    const auto run = runChains(funnelTarget(), options);
    ASSERT_TRUE(run);
    const ChainValues v = valuesOf(*run, 0);
    EXPECT_GT(essBulk(v), 150);
    EXPECT_LT(std::abs(meanOf(v)), 4.5 * mcseMean(v));
    EXPECT_LT(std::abs(sdOf(v) - 3), 4.5 * mcseSd(v));
    EXPECT_LT(mcseSd(v), 0.2) << "NUTS says 2.3 +- 0.07 here";
    for (const double probability : {0.05, 0.5, 0.95}) {
        const double truth = 3 * (probability == 0.5 ? 0 : probability < 0.5 ? -1.6448536 : 1.6448536);
        EXPECT_LT(std::abs(quantileOf(v, probability) - truth), 4.5 * mcseQuantile(v, probability));
    }
}

TEST(Posterior, AnEasyTargetIsCalledGood) {
    const auto run = runChains(normalTarget(10), {});
    ASSERT_TRUE(run);
    EXPECT_EQ(verdictOn(*run).light, Light::kGood);
}

} // namespace
} // namespace chainsong::test
