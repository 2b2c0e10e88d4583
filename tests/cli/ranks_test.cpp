#include "app/cli/ranks.h"

#include "engine/io/stan_csv.h"
#include "tests/cli/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <thread>

namespace chainsong {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

TEST(Ranks, AreWhatTheLauncherSays) {
    const auto rankIn = [](std::map<std::string, std::string> environment) {
        return rankFrom([&](const std::string& name) { return environment[name]; });
    };
    EXPECT_TRUE(rankIn({}).isAlone());
    const Rank open = rankIn({{"OMPI_COMM_WORLD_RANK", "2"}, {"OMPI_COMM_WORLD_SIZE", "4"}});
    EXPECT_EQ(open.number, 2);
    EXPECT_EQ(open.count, 4);
    EXPECT_EQ(rankIn({{"PMI_RANK", "1"}, {"PMI_SIZE", "2"}}).number, 1);
    EXPECT_EQ(rankIn({{"SLURM_PROCID", "3"}, {"SLURM_STEP_NUM_TASKS", "8"}}).count, 8);
    EXPECT_TRUE(rankIn({{"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "8"}}).isAlone())
        << "a batch script, no step";
    for (const char* const nonsense : {"", "-1", "4", "1e99", "two", "nan", "0.5"})
        EXPECT_TRUE(rankIn({{"OMPI_COMM_WORLD_RANK", nonsense}, {"OMPI_COMM_WORLD_SIZE", "4"}}).isAlone());
}

TEST(Ranks, ShareEveryChainExactlyOnce) {
    RunOptions all;
    for (const int num_chains : {1, 2, 4, 7, 1000})
        for (const int count : {1, 2, 3, 5, 64}) {
            all.num_chains = num_chains;
            all.first_chain = 10;
            int next = 10;
            for (int number = 0; number < count; ++number) {
                const RunOptions share = shareOf(all, {number, count});
                EXPECT_EQ(share.first_chain, next);
                next += share.num_chains;
                EXPECT_LE(share.num_chains, num_chains / count + 1);
            }
            EXPECT_EQ(next, 10 + num_chains);
        }
}

/// The program as one of several processes.
std::unique_ptr<Running> startRank(int number, int count, const std::vector<std::string>& arguments) {
    setenv("OMPI_COMM_WORLD_RANK", std::to_string(number).c_str(), 1);
    setenv("OMPI_COMM_WORLD_SIZE", std::to_string(count).c_str(), 1);
    auto running = std::make_unique<Running>(arguments);
    unsetenv("OMPI_COMM_WORLD_RANK");
    unsetenv("OMPI_COMM_WORLD_SIZE");
    return running;
}

std::vector<std::vector<double>> drawsIn(const std::string& path) {
    auto table = readStanCsvFile(path);
    EXPECT_TRUE(table) << path;
    return table ? table->columns : std::vector<std::vector<double>>{};
}

TEST(Ranks, DrawWhatOneProcessDraws) {
    const Folder alone, shared;
    const auto order = [](const Folder& folder) {
        return std::vector<std::string>{"sample", "eight_schools_noncentered", "--chains", "5", "--warmup",
            "100", "--draws", "200", "--seed", "4", "--json", "-o", folder.path()};
    };
    const Ran one = run(order(alone));
    ASSERT_EQ(one.status, 0) << one.err;
    const auto last = startRank(2, 3, order(shared)), middle = startRank(1, 3, order(shared)),
               first = startRank(0, 3, order(shared));
    for (const auto* const other : {&last, &middle}) {
        const Ran ran = (*other)->wait();
        EXPECT_EQ(ran.status, 0) << ran.err;
        EXPECT_THAT(ran.out, IsEmpty()) << "the first rank speaks for all";
    }
    const Ran all = first->wait();
    ASSERT_EQ(all.status, 0) << all.err;
    EXPECT_EQ(all.out, one.out);
    EXPECT_EQ(shared.names(), alone.names());
    for (const std::string& name : alone.names()) EXPECT_EQ(drawsIn(alone / name), drawsIn(shared / name));
}

TEST(Ranks, ARankThatIsKilledIsSurvivedAndItsDrawsAreKept) {
    const Folder folder;
    std::string y;
    for (int i = 0; i < 2000; ++i) y += (i > 0 ? "," : "") + std::to_string((i % 3 - 1) * 2 + 0.001 * i);
    folder.write("data.json", "{\"N\": 2000, \"y\": [" + y + "]}");
    const auto order = [&](const char* offset, const char* chains, const char* seconds) {
        return std::vector<std::string>{"sample", "low_dim_gauss_mix", "--data", folder / "data.json",
            "--chain-offset", offset, "--chains", chains, "--warmup", "10", "--draws", "1000000",
            "--max-seconds", seconds, "--checkpoint-seconds", "0.05", "--rank-patience", "1", "--threads",
            "1", "-o", folder / (std::string("out") + offset)};
    };
    const auto last = startRank(2, 3, order("0", "3", "1000")),
               middle = startRank(1, 3, order("0", "3", "2")), first = startRank(0, 3, order("0", "3", "2"));
    const std::string checkpoint = folder / "out0/rank-2.checkpoint";
    while (bytesOf(checkpoint).size() < 3000) std::this_thread::yield();
    last->send(SIGKILL);
    EXPECT_EQ(last->wait().status, 128 + SIGKILL);
    EXPECT_EQ(middle->wait().status, 0);
    const Ran all = first->wait();
    ASSERT_EQ(all.status, 0) << all.err;
    EXPECT_THAT(all.err, HasSubstr("rank 2 has stopped; what it had drawn is kept"));
    const auto kept = drawsIn(folder / "out0/chain-3.csv");
    ASSERT_EQ(run(order("2", "1", "2")).status, 0);
    const auto undisturbed = drawsIn(folder / "out2/chain-3.csv");
    ASSERT_EQ(kept.size(), undisturbed.size());
    const std::size_t num_both = std::min(kept[0].size(), undisturbed[0].size());
    ASSERT_GT(num_both, 0u);
    for (std::size_t column = 0; column < kept.size(); ++column)
        for (std::size_t draw = 0; draw < num_both; ++draw)
            ASSERT_EQ(kept[column][draw], undisturbed[column][draw]);
}

TEST(Ranks, ThatMustAskAllChainsAreRefused) {
    const Folder folder;
    const Ran ran =
        startRank(0, 2, {"sample", "normal", "--until-rhat", "1.01", "-o", folder.path()})->wait();
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("--max-seconds"));
}

} // namespace
} // namespace chainsong
