#include "engine/inference/checkpoint.h"

#include "engine/base/atomic_file.h"
#include "engine/inference/diagnostics.h"
#include "engine/inference/targets.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <filesystem>

namespace chainsong {
namespace {

/// A file name of its own, gone at the end.
class TestFile {
public:
    TestFile()
        : m_path(testing::TempDir() + "chainsong-"
            + testing::UnitTest::GetInstance()->current_test_info()->name() + ".run") {
        std::remove(m_path.c_str());
    }
    ~TestFile() { std::remove(m_path.c_str()); }
    const std::string& path() const { return m_path; }

private:
    std::string m_path;
};

RunOptions shortRun() {
    RunOptions options;
    options.num_warm_up = 150;
    options.num_draws = 300;
    options.seed = 11;
    options.num_threads = 2;
    return options;
}

void expectSameDraws(const Run& a, const Run& b) {
    ASSERT_EQ(a.chains.size(), b.chains.size());
    for (std::size_t c = 0; c < a.chains.size(); ++c) {
        EXPECT_EQ(a.chains[c].columns, b.chains[c].columns);
        EXPECT_EQ(a.chains[c].stats, b.chains[c].stats);
        EXPECT_EQ(a.chains[c].inverse_mass, b.chains[c].inverse_mass);
        EXPECT_EQ(a.chains[c].step_size, b.chains[c].step_size);
    }
}

TEST(Checkpoint, AnInterruptedRunGoesOnAsIfNothingHadHappened) {
    for (const Kernel kernel : {Kernel::kNuts, Kernel::kHmc, Kernel::kRandomWalk})
        for (const bool keeps_warm_up : {false, true}) {
            SCOPED_TRACE(static_cast<int>(kernel));
            const TestFile file;
            RunOptions options = shortRun();
            options.kernel = kernel;
            options.keeps_warm_up = keeps_warm_up;
            const auto whole = runChains(autoregressiveTarget(5), options);
            ASSERT_TRUE(whole);

            options.checkpoint_path = file.path();
            std::stop_source stop;
            std::atomic<int> num_evaluations{0};
            Target target = autoregressiveTarget(5);
            target.log_density = [&, plain = target.log_density](auto q, auto grad) {
                if (++num_evaluations
                    == (kernel == Kernel::kRandomWalk ? 1200
                            : kernel == Kernel::kHmc  ? 3500
                                                      : 6000))
                    stop.request_stop();
                return plain(q, grad);
            };
            const auto half = runChains(target, options, {}, stop.get_token());
            ASSERT_TRUE(half);
            EXPECT_EQ(half->end, RunEnd::kCancelled);
            options.resumes = true;
            options.num_threads = 1;
            const auto resumed = runChains(autoregressiveTarget(5), options);
            ASSERT_TRUE(resumed) << sentence(resumed.error());
            expectSameDraws(*whole, *resumed);
        }
}

TEST(Checkpoint, AFinishedRunCanBeExtended) {
    const TestFile file;
    RunOptions options = shortRun();
    const auto whole = runChains(eightSchoolsTarget(), options);
    options.checkpoint_path = file.path();
    options.num_draws = 120;
    ASSERT_TRUE(runChains(eightSchoolsTarget(), options));
    options.num_draws = 300;
    options.resumes = true;
    const auto extended = runChains(eightSchoolsTarget(), options);
    ASSERT_TRUE(extended) << sentence(extended.error());
    expectSameDraws(*whole, *extended);
}

TEST(Checkpoint, OneThatFallsDueWhileTheWarmUpIsRepeatedDoesNotCutItShort) {
    const TestFile file;
    RunOptions options = shortRun();
    options.num_warm_up = 1500; // longer than the moment after which a worker asks for the time
    options.num_draws = 40;
    const auto whole = runChains(autoregressiveTarget(100), options);
    ASSERT_TRUE(whole);
    options.checkpoint_path = file.path();
    options.checkpoint_interval_s = 1e-9;
    options.num_draws = 20;
    ASSERT_TRUE(runChains(autoregressiveTarget(100), options));
    options.resumes = true;
    options.num_draws = 40;
    const auto extended = runChains(autoregressiveTarget(100), options);
    ASSERT_TRUE(extended);
    expectSameDraws(*whole, *extended);
}

TEST(Checkpoint, AnotherRunsOrADamagedFileIsRefused) {
    const TestFile file;
    RunOptions options = shortRun();
    options.resumes = true;
    EXPECT_FALSE(runChains(eightSchoolsTarget(), options)) << "which file?";
    options.checkpoint_path = file.path();
    EXPECT_FALSE(runChains(eightSchoolsTarget(), options)) << "no such file";
    options.resumes = false;
    ASSERT_TRUE(runChains(eightSchoolsTarget(), options));
    options.resumes = true;
    options.seed = 12;
    const auto other = runChains(eightSchoolsTarget(), options);
    ASSERT_FALSE(other);
    EXPECT_NE(other.error().what.find("seed 11"), std::string::npos);
    options.seed = 11;
    EXPECT_FALSE(runChains(normalTarget(10), options));

    const auto bytes = readWholeFile(file.path(), 1 << 30);
    ASSERT_TRUE(bytes);
    for (const std::size_t length :
        {std::size_t{0}, std::size_t{10}, std::size_t{20}, bytes->size() / 2, bytes->size() - 1}) {
        ASSERT_TRUE(writeFileAtomically(file.path(), std::span(*bytes).first(length)));
        EXPECT_FALSE(runChains(eightSchoolsTarget(), options)) << length;
    }
    auto flipped = *bytes;
    flipped[flipped.size() / 3] ^= 1;
    ASSERT_TRUE(writeFileAtomically(file.path(), std::span<const std::uint8_t>(flipped)));
    const auto damaged = runChains(eightSchoolsTarget(), options);
    ASSERT_FALSE(damaged);
    EXPECT_NE(damaged.error().what.find("damaged"), std::string::npos);
}

TEST(Runs, ChainsOfAnArrayOfJobsFitTogether) {
    RunOptions options = shortRun();
    const auto all = runChains(eightSchoolsTarget(), options);
    options.num_chains = 2;
    options.first_chain = 2;
    const auto last = runChains(eightSchoolsTarget(), options);
    ASSERT_TRUE(all);
    ASSERT_TRUE(last);
    EXPECT_EQ(all->chains[2].columns, last->chains[0].columns);
    EXPECT_EQ(all->chains[3].columns, last->chains[1].columns);
    options.starts = {Vec(10), Vec(10)};
    EXPECT_FALSE(runChains(eightSchoolsTarget(), options));
}

TEST(Runs, EndWhenTheyAreGoodEnoughAfterTheSameDrawsOnAnyNumberOfThreads) {
    RunOptions options = shortRun();
    options.num_draws = 100'000;
    options.stop_rule.rhat = 1.01;
    options.stop_rule.ess = 400;
    const auto alone = runChains(normalTarget(3), options);
    ASSERT_TRUE(alone);
    EXPECT_EQ(alone->end, RunEnd::kGoodEnough);
    const std::size_t num_draws = alone->chains[0].stats.size();
    EXPECT_GE(num_draws, 100u);
    EXPECT_LT(num_draws, 2000u);
    options.num_threads = 3;
    expectSameDraws(*alone, *runChains(normalTarget(3), options));
    for (std::size_t i = 0; i < 3; ++i) {
        ChainValues values;
        for (const ChainRun& chain : alone->chains) values.push_back(chain.columns[i]);
        EXPECT_LE(rhat(values), 1.01);
        EXPECT_GE(std::min(essBulk(values), essTail(values)), 400);
    }
    options.stop_rule = {};
    options.num_draws = static_cast<int>(num_draws);
    expectSameDraws(*alone, *runChains(normalTarget(3), options));
}

TEST(Runs, EndWhenTheirTimeIsOverAndKeepTheDraws) {
    RunOptions options = shortRun();
    options.num_draws = 50'000'000;
    options.num_chains = 2;
    options.stop_rule.max_seconds = 0.2;
    const auto run = runChains(normalTarget(2), options);
    ASSERT_TRUE(run);
    EXPECT_EQ(run->end, RunEnd::kOutOfTime);
    EXPECT_FALSE(run->was_stopped);
    EXPECT_GT(run->chains[0].stats.size(), 0u);
    options.stop_rule.max_seconds = -1;
    EXPECT_FALSE(runChains(normalTarget(2), options));
    options.stop_rule = {.rhat = 0.9};
    EXPECT_FALSE(runChains(normalTarget(2), options));
}

} // namespace
} // namespace chainsong
