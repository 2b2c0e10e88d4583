#include "engine/inference/chains.h"
#include "engine/inference/priors.h"
#include "engine/inference/targets.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <filesystem>
#include <mutex>
#include <stdexcept>

namespace chainsong {
namespace {

/// Eight schools, for many points at once; counts how many came together.
struct SharedTarget {
    Target target = eightSchoolsTarget();
    std::atomic<std::size_t> most_together{0};
    SharedTarget() {
        target.log_densities = [this, one = oneByOne(target.log_density)](
                                   auto points, auto log_densities, auto grads) {
            most_together = std::max<std::size_t>(most_together, log_densities.size());
            one(points, log_densities, grads);
        };
    }
};

RunOptions shortRun(int num_chains) {
    RunOptions options;
    options.num_chains = num_chains;
    options.num_warm_up = 150;
    options.num_draws = 100;
    options.seed = 5;
    return options;
}

void expectSameDraws(const Run& first, const Run& second) {
    ASSERT_EQ(first.chains.size(), second.chains.size());
    for (std::size_t c = 0; c < first.chains.size(); ++c) {
        EXPECT_EQ(first.chains[c].columns, second.chains[c].columns);
        EXPECT_EQ(first.chains[c].stats, second.chains[c].stats);
        EXPECT_EQ(first.chains[c].inverse_mass, second.chains[c].inverse_mass);
        EXPECT_EQ(first.chains[c].num_evaluations, second.chains[c].num_evaluations);
    }
}

TEST(ChainsTogether, EveryChainDrawsWhatItWouldDrawAlone) {
    for (const int num_chains : {2, 3, 4, 9, 70}) {
        const RunOptions options = shortRun(num_chains);
        const auto alone = runChains(eightSchoolsTarget(), options);
        ASSERT_TRUE(alone);
        for (const int num_threads : {1, 2, 3}) {
            SCOPED_TRACE(std::to_string(num_chains) + " chains, " + std::to_string(num_threads) + " threads");
            SharedTarget shared;
            RunOptions together = options;
            together.num_threads = num_threads;
            const auto run = runChains(shared.target, together);
            ASSERT_TRUE(run);
            expectSameDraws(*alone, *run);
            const int share = (num_chains + num_threads - 1) / num_threads;
            EXPECT_EQ(shared.most_together, static_cast<std::size_t>(share > 1 ? std::min(share, 64) : 0));
        }
    }
}

TEST(ChainsTogether, OtherKernelsAndSingleChainsAskPointByPoint) {
    for (const Kernel kernel : {Kernel::kHmc, Kernel::kRandomWalk, Kernel::kWalnuts, Kernel::kNuts}) {
        RunOptions options = shortRun(kernel == Kernel::kNuts ? 1 : 3);
        options.kernel = kernel;
        SharedTarget shared;
        const auto run = runChains(shared.target, options);
        ASSERT_TRUE(run);
        EXPECT_EQ(shared.most_together, 0u);
        expectSameDraws(*runChains(eightSchoolsTarget(), options), *run);
    }
}

TEST(ChainsTogether, AnInterruptedRunGoesOnAsIfItHadNotBeen) {
    const auto path = std::filesystem::temp_directory_path() / "chainsong-together.checkpoint";
    std::filesystem::remove(path);
    SharedTarget shared;
    RunOptions options = shortRun(4);
    const auto whole = runChains(shared.target, options);
    options.checkpoint_path = path.string();
    options.num_draws = 40;
    ASSERT_TRUE(runChains(shared.target, options));
    options.resumes = true;
    options.num_draws = 100;
    const auto resumed = runChains(shared.target, options);
    std::filesystem::remove(path);
    ASSERT_TRUE(whole && resumed);
    for (std::size_t c = 0; c < 4; ++c) EXPECT_EQ(whole->chains[c].columns, resumed->chains[c].columns);
}

TEST(ChainsTogether, WhoFailsIsContainedAndTheOthersNeverNotice) {
    // Where it throws for a batch it throws for one point of it alone too, and that point's chain reports it.
    const auto flawed = [plain = eightSchoolsTarget().log_density](auto q, auto grad) {
        if (q[0] > 1) throw std::runtime_error("the synthesiser is on fire");
        if (q[0] < -1) return std::nan("");
        return plain(q, grad);
    };
    Target target = eightSchoolsTarget();
    target.log_density = flawed;
    const auto alone = runChains(target, shortRun(4));
    target.log_densities = oneByOne(flawed);
    const auto together = runChains(target, shortRun(4));
    ASSERT_TRUE(alone && together);
    expectSameDraws(*alone, *together);
    for (std::size_t c = 0; c < 4; ++c) {
        EXPECT_GT(together->chains[c].num_refused, 0);
        EXPECT_EQ(alone->chains[c].num_refused, together->chains[c].num_refused);
        EXPECT_EQ(alone->chains[c].first_refusal, together->chains[c].first_refusal);
    }
}

TEST(ChainsTogether, AStopRequestEndsThemWithinOneEvaluation) {
    for (int i = 0; i < 50; ++i) {
        std::stop_source stop;
        std::atomic<int> num_evaluations{0}, num_late{0};
        Target target = eightSchoolsTarget();
        target.log_densities = [&, one = oneByOne(target.log_density)](
                                   auto points, auto log_densities, auto grads) {
            if (stop.stop_requested()) ++num_late;
            if (++num_evaluations == 200 + 37 * i) stop.request_stop();
            one(points, log_densities, grads);
        };
        RunOptions options = shortRun(6);
        options.num_threads = 2;
        options.num_draws = 100'000;
        const auto run = runChains(target, options, {}, stop.get_token());
        ASSERT_TRUE(run);
        EXPECT_TRUE(run->was_stopped);
        EXPECT_LE(num_late, 1) << "the other thread's group may have been on its way";
        for (const ChainRun& chain : run->chains)
            for (const Vec& column : chain.columns) EXPECT_EQ(column.size(), chain.stats.size());
    }
}

TEST(ChainsTogether, LiveBatchesHoldEveryDrawInOrder) {
    std::mutex mutex;
    std::vector<Vec> seen(4);
    RunCallbacks callbacks;
    callbacks.on_draws = [&](const DrawBatch& batch) {
        const std::lock_guard lock(mutex);
        Vec& chain = seen[static_cast<std::size_t>(batch.chain)];
        EXPECT_EQ(chain.size(), static_cast<std::size_t>(batch.first_draw));
        const std::size_t width = batch.values.size() / batch.stats.size();
        for (std::size_t i = 0; i < batch.stats.size(); ++i) chain.push_back(batch.values[i * width]);
    };
    SharedTarget shared;
    RunOptions options = shortRun(4);
    options.num_threads = 2;
    options.keeps_warm_up = true;
    const auto run = runChains(shared.target, options, callbacks);
    ASSERT_TRUE(run);
    for (std::size_t c = 0; c < 4; ++c) EXPECT_EQ(seen[c], run->chains[c].columns[0]);
}

} // namespace
} // namespace chainsong
