#include "engine/io/stan_run.h"

#include "temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace chainsong::test {
namespace {

using testing::ElementsAre;
using testing::EndsWith;

void touch(const std::string& path) { std::ofstream(path) << "lp__\n-1\n"; }

TEST(StanRun, AFolderStandsForItsChainsInTheirOrder) {
    const TemporaryFolder folder;
    for (const char* const name : {"chain-10.csv", "chain-2.csv", "chain-1.csv", "notes.txt"})
        touch(folder.file(name));
    const auto files = filesOfRun({folder.path(), folder.file("notes.txt")});
    ASSERT_TRUE(files);
    EXPECT_THAT(*files,
        ElementsAre(EndsWith("chain-1.csv"), EndsWith("chain-2.csv"), EndsWith("chain-10.csv"),
            EndsWith("notes.txt")))
        << "what is named is taken, whatever its name";
}

TEST(StanRun, WhatHoldsNoChainsIsAnErrorThatNamesIt) {
    const TemporaryFolder folder;
    touch(folder.file("notes.txt"));
    const auto files = filesOfRun({folder.path()});
    ASSERT_FALSE(files);
    EXPECT_NE(sentence(files.error()).find("no .csv files"), std::string::npos);
    EXPECT_FALSE(filesOfRun({}));
    EXPECT_FALSE(filesOfRun(std::vector<std::string>(1001, "chain.csv")));
}

TEST(StanRun, TheLongestTreeIsReadAsCmdStanAndRstanSayIt) {
    DrawsTable table;
    EXPECT_EQ(maxTreeDepthOf(table), 0);
    table.comments = {"algorithm = hmc", "max_depth = 12 (Default)"};
    EXPECT_EQ(maxTreeDepthOf(table), 12);
    table.comments = {"max_treedepth=9"};
    EXPECT_EQ(maxTreeDepthOf(table), 9);
    EXPECT_TRUE(isQuantity("lp__"));
    EXPECT_TRUE(isQuantity("theta[3]"));
    EXPECT_FALSE(isQuantity("divergent__"));
}

} // namespace
} // namespace chainsong::test
