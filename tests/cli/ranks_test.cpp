#include "app/cli/ranks.h"

#include "engine/io/stan_csv.h"
#include "tests/cli/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <signal.h>

#include <cstdlib>
#include <filesystem>
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
    EXPECT_EQ(open.launch, "");
    EXPECT_EQ(rankIn({{"PMI_RANK", "1"}, {"PMI_SIZE", "2"}}).number, 1);
    EXPECT_EQ(rankIn({{"OMPI_COMM_WORLD_RANK", "2"}, {"OMPI_COMM_WORLD_SIZE", "4"}, {"PMIX_NAMESPACE", "77"}})
                  .launch,
        "/77");
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

/// The program as one of several processes; `launch` is what Open MPI calls this start of all of them.
std::unique_ptr<Running> startRank(
    int number, int count, const std::vector<std::string>& arguments, const std::string& launch = {}) {
    setenv("OMPI_COMM_WORLD_RANK", std::to_string(number).c_str(), 1);
    setenv("OMPI_COMM_WORLD_SIZE", std::to_string(count).c_str(), 1);
    if (!launch.empty()) setenv("PMIX_NAMESPACE", launch.c_str(), 1);
    auto running = std::make_unique<Running>(arguments);
    unsetenv("PMIX_NAMESPACE");
    unsetenv("OMPI_COMM_WORLD_RANK");
    unsetenv("OMPI_COMM_WORLD_SIZE");
    return running;
}

/// What `sample --json` says of the draws, without the times that it took.
nlohmann::json toldOf(const Ran& ran) {
    const auto all = nlohmann::json::parse(ran.out, nullptr, /*allow_exceptions=*/false);
    nlohmann::json told;
    for (const char* const part :
        {"summary", "divergences", "at_max_depth", "ebfmi", "verdict", "sentence", "warnings"})
        told[part] = all.is_object() && all.contains(part) ? all.at(part) : nlohmann::json("missing");
    return told;
}

std::vector<std::vector<double>> drawsIn(const std::string& path) {
    auto table = readStanCsvFile(path);
    EXPECT_TRUE(table) << path;
    return table ? table->columns : std::vector<std::vector<double>>{};
}

TEST(Ranks, DrawWhatOneProcessDraws) {
    const Folder alone, shared;
    const auto order = [](const Folder& folder) {
        return std::vector<std::string>{"sample", "eight_schools_noncentered", "--kernel", "nuts", "--chains",
            "5", "--warmup", "100", "--draws", "200", "--seed", "4", "--json", "-o", folder.path()};
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
    EXPECT_EQ(toldOf(all), toldOf(one));
    EXPECT_EQ(shared.names(), alone.names());
    for (const std::string& name : alone.names())
        EXPECT_TRUE(drawsIn(alone / name) == drawsIn(shared / name)) << name;
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
    const std::string checkpoint = folder / "out0/ranks.checkpoint.2";
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

TEST(Ranks, LeaveNoDrawsOfAnEarlierRunToThoseThatComeLate) {
    const Folder alone, shared;
    const auto order = [](const Folder& folder) {
        return std::vector<std::string>{"sample", "eight_schools_noncentered", "--kernel", "nuts", "--chains",
            "2", "--warmup", "100", "--draws", "200", "--seed", "4", "--json", "-o", folder.path()};
    };
    const Ran one = run(order(alone));
    std::string earlier = bytesOf(alone / "chain-2.csv");
    const std::size_t last_row =
        earlier.rfind("\n#", earlier.find("Elapsed")); // another program's, or data's
    shared.write("chain-2.csv", earlier.erase(earlier.rfind('\n', last_row - 1), last_row));
    const auto first = startRank(0, 2, order(shared), "launch 1");
    while (bytesOf(shared / ".ranks-from-1") != "/launch 1") std::this_thread::yield();
    EXPECT_FALSE(std::filesystem::exists(shared / "chain-2.csv"));
    const Ran late = startRank(1, 2, order(shared), "launch 1")->wait();
    EXPECT_EQ(late.status, 0) << late.err;
    const Ran all = first->wait();
    EXPECT_EQ(all.status, 0) << all.err;
    EXPECT_EQ(toldOf(all), toldOf(one));
    EXPECT_EQ(shared.names(), alone.names());
    EXPECT_TRUE(drawsIn(shared / "chain-2.csv") == drawsIn(alone / "chain-2.csv"));
}

TEST(Ranks, ThatAreAllStoppedGoOnWhereTheyWere) {
    const Folder folder;
    std::string y;
    for (int i = 0; i < 2000; ++i) y += (i > 0 ? "," : "") + std::to_string((i % 3 - 1) * 2 + 0.001 * i);
    folder.write("data.json", "{\"N\": 2000, \"y\": [" + y + "]}");
    const auto order = [&](const std::string& out, std::vector<std::string> more) {
        std::vector<std::string> words{"sample", "low_dim_gauss_mix", "--data", folder / "data.json",
            "--chains", "2", "--kernel", "nuts", "--warmup", "100", "--draws", "1500", "--checkpoint-seconds",
            "0.05", "-o", folder / out};
        words.insert(words.end(), more.begin(), more.end());
        return words;
    };
    {
        const auto last = startRank(1, 2, order("out", {})), first = startRank(0, 2, order("out", {}));
        for (const char* const rank : {"out/ranks.checkpoint.0", "out/ranks.checkpoint.1"})
            while (bytesOf(folder / rank).size() < 3000) std::this_thread::yield();
        last->send(SIGTERM);
        first->send(SIGTERM);
        const std::string advice = "--resume " + (folder / "out/ranks.checkpoint");
        for (const auto* const rank : {&first, &last}) {
            const Ran ran = (*rank)->wait();
            EXPECT_NE(ran.status, 0);
            EXPECT_THAT(ran.err, HasSubstr(advice + "\n"));
        }
    }
    std::filesystem::remove(folder / "out/ranks.checkpoint.1"); // as if it had been done already
    const std::vector<std::string> resume{"--resume", folder / "out/ranks.checkpoint"};
    const auto last = startRank(1, 2, order("out", resume)), first = startRank(0, 2, order("out", resume));
    EXPECT_EQ(last->wait().status, 0);
    EXPECT_EQ(first->wait().status, 0);
    ASSERT_EQ(run(order("alone", {})).status, 0);
    for (const char* const chain : {"/chain-1.csv", "/chain-2.csv"})
        EXPECT_TRUE(drawsIn(folder / "out" + chain) == drawsIn(folder / "alone" + chain));
}

TEST(Ranks, ARunDoesNotWriteOverChainsThatAreBeingDrawn) {
    const Folder folder;
    const auto order = [&](const char* offset, const char* chains, const char* draws) {
        return std::vector<std::string>{"sample", "gauss_ar1_100", "--chain-offset", offset, "--chains",
            chains, "--warmup", "10", "--draws", draws, "--threads", "1", "-o", folder.path()};
    };
    Running first(order("2", "2", "100000"));
    while (!folder.names().contains(".chains.lock")) std::this_thread::yield();
    EXPECT_EQ(run(order("0", "2", "10")).status, 0) << "an array of jobs";
    const Ran second = run(order("0", "3", "10"));
    EXPECT_EQ(second.status, 1);
    EXPECT_THAT(second.err, HasSubstr("another run is writing the same chains into this folder"));
    EXPECT_EQ(startRank(0, 2, order("3", "2", "10"), "launch 2")->wait().status, 1);
    EXPECT_EQ(folder.names(), (std::set<std::string>{".chains.lock", "chain-1.csv", "chain-2.csv"}));
    first.send(SIGKILL);
    first.wait();
    EXPECT_EQ(run(order("0", "3", "10")).status, 0) << "the claim ends with the process";
    EXPECT_EQ(folder.names(), (std::set<std::string>{"chain-1.csv", "chain-2.csv", "chain-3.csv"}));
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
