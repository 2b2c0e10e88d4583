#include "engine/inference/chains.h"

#include "engine/inference/diagnostics.h"
#include "engine/inference/targets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <stdexcept>

namespace chainsong {
namespace {

RunOptions shortRun() {
    RunOptions options;
    options.num_warm_up = 200;
    options.num_draws = 200;
    options.seed = 7;
    return options;
}

std::vector<ChainColumns> columnsOf(const Run& run) {
    std::vector<ChainColumns> columns;
    for (const ChainRun& chain : run.chains) columns.push_back(chain.columns);
    return columns;
}

TEST(Chains, TheSameSeedGivesTheSameDrawsOnAnyNumberOfThreads) {
    for (const Kernel kernel : {Kernel::kNuts, Kernel::kHmc, Kernel::kRandomWalk, Kernel::kWalnuts}) {
        RunOptions options = shortRun();
        options.kernel = kernel;
        const auto alone = runChains(eightSchoolsTarget(), options);
        ASSERT_TRUE(alone);
        for (const int num_threads : {2, 4, 16}) {
            options.num_threads = num_threads;
            const auto together = runChains(eightSchoolsTarget(), options);
            ASSERT_TRUE(together);
            EXPECT_EQ(columnsOf(*alone), columnsOf(*together));
            for (std::size_t c = 0; c < alone->chains.size(); ++c) {
                EXPECT_EQ(alone->chains[c].stats, together->chains[c].stats);
                EXPECT_EQ(alone->chains[c].inverse_mass, together->chains[c].inverse_mass);
            }
        }
        options.seed = 8;
        EXPECT_NE(columnsOf(*alone), columnsOf(*runChains(eightSchoolsTarget(), options)));
    }
}

TEST(Chains, EveryKernelFindsTheMomentsOfANormal) {
    for (const Kernel kernel : {Kernel::kNuts, Kernel::kHmc, Kernel::kRandomWalk, Kernel::kWalnuts})
        for (const MassRule rule : {MassRule::kVariance, MassRule::kFisher}) {
            SCOPED_TRACE(static_cast<int>(kernel) * 10 + static_cast<int>(rule));
            RunOptions options;
            options.kernel = kernel;
            options.mass_rule = rule;
            options.num_draws = kernel == Kernel::kRandomWalk ? 8000 : 1500;
            if (kernel == Kernel::kRandomWalk)
                options.num_warm_up = 5000; // it has scales of 1 to 10000 to learn
            const auto run = runChains(illConditionedTarget(4), options);
            ASSERT_TRUE(run);
            const double sds[] = {0.01, 0.01 * std::pow(10, 4.0 / 3), 0.01 * std::pow(10, 8.0 / 3), 100};
            for (std::size_t i = 0; i < 4; ++i) {
                ChainValues values;
                for (const ChainRun& chain : run->chains) values.push_back(chain.columns[i]);
                EXPECT_LT(rhat(values), 1.02);
                EXPECT_NEAR(meanOf(values), 0, 4 * mcseMean(values));
                EXPECT_NEAR(sdOf(values), sds[i], 4 * mcseSd(values));
            }
        }
}

TEST(Chains, AStopRequestEndsEveryChainWithinOneEvaluation) {
    std::stop_source stop;
    std::atomic<int> num_late{0};
    Target target = normalTarget(5);
    target.log_density = [&, plain = target.log_density](std::span<const double> q, std::span<double> grad) {
        if (stop.stop_requested()) ++num_late;
        return plain(q, grad);
    };
    RunOptions options;
    options.num_chains = 2;
    options.num_threads = 2;
    options.num_draws = 10'000'000;
    RunCallbacks callbacks;
    callbacks.on_progress = [&](const ChainProgress& progress) {
        if (!progress.is_warming_up) stop.request_stop();
    };
    const auto run = runChains(target, options, callbacks, stop.get_token());
    ASSERT_TRUE(run);
    EXPECT_TRUE(run->was_stopped);
    EXPECT_LE(num_late.load(), options.num_chains);
    std::size_t num_draws = 0;
    for (const ChainRun& chain : run->chains) num_draws += chain.stats.size();
    EXPECT_GT(num_draws, 0u) << "what was drawn before the stop is kept";
}

TEST(Chains, AThousandRunsAreStartedAndCancelled) {
    for (int i = 0; i < 1000; ++i) {
        std::stop_source stop;
        std::atomic<std::int64_t> num_seen{0};
        RunOptions options;
        options.num_threads = 2 + i % 3;
        options.num_draws = 20'000;
        options.seed = static_cast<std::uint64_t>(i);
        options.kernel = i % 2 == 0 ? Kernel::kNuts : Kernel::kWalnuts;
        RunCallbacks callbacks;
        callbacks.on_draws = [&](const DrawBatch& batch) {
            num_seen += static_cast<std::int64_t>(batch.stats.size());
        };
        Target target = normalTarget(3);
        std::atomic<int> num_evaluations{0};
        target.log_density = [&, plain = target.log_density](auto q, auto grad) {
            if (++num_evaluations == 300 + i) stop.request_stop(); // in the midst of a step, on any thread
            return plain(q, grad);
        };
        const auto run = runChains(target, options, callbacks, stop.get_token());
        ASSERT_TRUE(run);
        ASSERT_TRUE(run->was_stopped);
        std::size_t num_kept = 0;
        for (const ChainRun& chain : run->chains) {
            num_kept += chain.stats.size();
            for (const Vec& column : chain.columns) ASSERT_EQ(column.size(), chain.stats.size());
        }
        ASSERT_GE(num_seen.load(), static_cast<std::int64_t>(num_kept)) << "warm-up is shown too";
    }
}

TEST(Chains, ARunThatIsStoppedBeforeItBeginsHasNoDraws) {
    std::stop_source stop;
    stop.request_stop();
    const auto run = runChains(normalTarget(2), shortRun(), {}, stop.get_token());
    ASSERT_TRUE(run);
    EXPECT_TRUE(run->was_stopped);
    EXPECT_TRUE(run->chains[0].stats.empty());
}

TEST(Chains, ADensityThatThrowsHereAndThereIsContainedAndReported) {
    Target target = normalTarget(2);
    target.log_density = [plain = target.log_density](std::span<const double> q, std::span<double> grad) {
        if (q[0] > 1.5) throw std::runtime_error("the synthesiser is on fire");
        if (q[0] < -1.5) return std::nan("");
        return plain(q, grad);
    };
    RunOptions options = shortRun();
    options.num_threads = 4;
    const auto run = runChains(target, options);
    ASSERT_TRUE(run);
    for (const ChainRun& chain : run->chains) {
        EXPECT_FALSE(chain.failure);
        EXPECT_GT(chain.num_refused, 0);
        EXPECT_FALSE(chain.first_refusal.empty());
        for (const double x : chain.columns[0]) EXPECT_LE(std::abs(x), 1.5);
    }
}

TEST(Chains, ParametersThatThrowAreNoNumbersAndReported) {
    Target target = normalTarget(2);
    target.constrain = [](std::span<const double> q, std::span<double> parameters) {
        if (q[0] > 1) throw std::runtime_error("no such tempo");
        std::copy(q.begin(), q.end(), parameters.begin());
    };
    const auto run = runChains(target, shortRun());
    ASSERT_TRUE(run);
    for (const ChainRun& chain : run->chains) {
        EXPECT_EQ(chain.first_refusal, "no such tempo");
        for (const double x : chain.columns[0]) EXPECT_FALSE(x > 1);
        EXPECT_TRUE(std::any_of(
            chain.columns[1].begin(), chain.columns[1].end(), [](double x) { return std::isnan(x); }));
    }
}

TEST(Chains, ADensityThatNeverWorksIsAnErrorThatQuotesIt) {
    Target target = normalTarget(2);
    target.log_density = [](std::span<const double>, std::span<double>) -> double {
        throw std::runtime_error("no data");
    };
    const auto thrown = runChains(target, shortRun());
    ASSERT_FALSE(thrown);
    EXPECT_NE(thrown.error().what.find("no data"), std::string::npos);

    target.log_density = [](std::span<const double>, std::span<double>) -> double { throw 42; };
    EXPECT_FALSE(runChains(target, shortRun()));

    target.log_density = [](std::span<const double>, std::span<double> grad) {
        for (double& g : grad) g = std::nan("");
        return 0.0;
    };
    const auto no_gradient = runChains(target, shortRun());
    ASSERT_FALSE(no_gradient);
    RunOptions walk = shortRun();
    walk.kernel = Kernel::kRandomWalk;
    EXPECT_TRUE(runChains(target, walk)) << "a random walk asks for no gradient";
}

TEST(Chains, OneChainThatCannotStartDoesNotSpoilTheOthers) {
    Target target = normalTarget(1);
    target.log_density = [plain = target.log_density](std::span<const double> q, std::span<double> grad) {
        return q[0] > 3 ? -std::numeric_limits<double>::infinity() : plain(q, grad);
    };
    RunOptions options = shortRun();
    options.num_chains = 2;
    options.starts = {{5.0}, {0.5}};
    const auto run = runChains(target, options);
    ASSERT_TRUE(run);
    EXPECT_TRUE(run->chains[0].failure.has_value());
    EXPECT_EQ(run->chains[0].failure->where, "chain 1");
    EXPECT_EQ(run->chains[1].stats.size(), 200u);
}

TEST(Chains, WrongOrdersAreRefusedWithASentence) {
    const auto refused = [](const Target& target, const RunOptions& options) {
        const auto run = runChains(target, options);
        return !run && !run.error().what.empty();
    };
    const Target target = normalTarget(2);
    RunOptions options;
    options.num_chains = 0;
    EXPECT_TRUE(refused(target, options));
    options = {};
    options.num_draws = -1;
    EXPECT_TRUE(refused(target, options));
    options = {};
    options.num_draws = 100'000'000;
    options.num_chains = 10'000;
    EXPECT_TRUE(refused(target, options)) << "more draws than memory";
    options = {};
    options.target_accept = 1.5;
    EXPECT_TRUE(refused(target, options));
    options = {};
    options.max_tree_depth = 0;
    EXPECT_TRUE(refused(target, options));
    options = {};
    options.starts = {{1, 2}, {1, 2}, {1, 2}, {1, 2, 3}};
    EXPECT_TRUE(refused(target, options));
    options.starts = {{1, 2}};
    EXPECT_TRUE(refused(target, options));
    Target misnamed = target;
    misnamed.parameter_names.pop_back();
    EXPECT_TRUE(refused(misnamed, {}));
    EXPECT_TRUE(refused({}, {}));
}

TEST(Chains, LiveBatchesHoldEveryDrawInOrder) {
    RunOptions options = shortRun();
    options.keeps_warm_up = true;
    options.num_threads = 3;
    std::vector<Vec> first_values(4);
    std::vector<int> num_warm_up(4);
    std::mutex mutex;
    RunCallbacks callbacks;
    callbacks.on_draws = [&](const DrawBatch& batch) {
        const std::lock_guard lock(mutex);
        auto& values = first_values[static_cast<std::size_t>(batch.chain)];
        EXPECT_EQ(static_cast<int>(values.size()), batch.first_draw);
        const std::size_t width = batch.values.size() / batch.stats.size();
        for (std::size_t i = 0; i < batch.stats.size(); ++i) values.push_back(batch.values[i * width]);
        num_warm_up[static_cast<std::size_t>(batch.chain)] += batch.num_warm_up;
    };
    const auto run = runChains(eightSchoolsTarget(), options, callbacks);
    ASSERT_TRUE(run);
    for (std::size_t c = 0; c < 4; ++c) {
        EXPECT_EQ(run->chains[c].num_warm_up_kept, 200);
        EXPECT_EQ(first_values[c], run->chains[c].columns[0]);
        EXPECT_EQ(num_warm_up[c], 200);
    }
}

TEST(Chains, AChainWithoutWarmUpOrDrawsIsFine) {
    RunOptions options = shortRun();
    options.num_warm_up = 0;
    EXPECT_TRUE(runChains(normalTarget(2), options));
    options.num_draws = 0;
    const auto empty = runChains(normalTarget(2), options);
    ASSERT_TRUE(empty);
    EXPECT_TRUE(empty->chains[0].stats.empty());
    for (const int few : {1, 5, 19, 21}) {
        options.num_warm_up = few;
        EXPECT_TRUE(runChains(normalTarget(2), options));
    }
}

TEST(Chains, ColumnsForStanBeginWithStansOwn) {
    const auto run = runChains(normalTarget(2), shortRun());
    ASSERT_TRUE(run);
    const NamedColumns table = stanColumns(*run, 1);
    ASSERT_EQ(table.names.size(), 9u);
    EXPECT_EQ(table.names.front(), "lp__");
    EXPECT_EQ(table.names[7], "x[1]");
    EXPECT_EQ(table.columns[7], run->chains[1].columns[0]);
    EXPECT_EQ(table.columns[0].size(), 200u);
}

TEST(Chains, ADensityThatIsNoDistributionIsNeverCalledGood) {
    Target flat = normalTarget(2);
    flat.log_density = [](std::span<const double>, std::span<double> grad) {
        for (double& g : grad) g = 0;
        return 0.0;
    };
    Target improper = normalTarget(2); // a normal in one coordinate, nothing in the other
    improper.log_density = [](std::span<const double> q, std::span<double> grad) {
        if (!grad.empty()) grad[0] = -q[0];
        if (!grad.empty()) grad[1] = 0;
        return -0.5 * q[0] * q[0];
    };
    RunOptions options = shortRun();
    options.max_tree_depth = 6;
    for (const Target& target : {flat, improper}) {
        const auto run = runChains(target, options);
        ASSERT_TRUE(run);
        ChainValues values;
        for (const ChainRun& chain : run->chains) values.push_back(chain.columns[1]);
        EXPECT_FALSE(rhat(values) < 1.01 && essBulk(values) > 400 && essTail(values) > 400);
    }
}

TEST(Chains, AHundredThousandDimensionsAreDrawnOrRefusedWithASentence) {
    RunOptions options;
    options.num_chains = 1;
    options.num_warm_up = 12;
    options.num_draws = 3;
    const auto run = runChains(normalTarget(100'000), options);
    if (run)
        EXPECT_EQ(run->chains[0].columns.size(), 100'000u);
    else
        EXPECT_FALSE(run.error().what.empty());
    Target nothing = normalTarget(1);
    nothing.dimension = 0;
    const auto refused = runChains(nothing, options);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().what, "the target has no parameters");
}

} // namespace
} // namespace chainsong
