#include "engine/io/stan_csv.h"

#include "engine/inference/diagnostics.h"
#include "reference_files.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace chainsong::test {
namespace {

std::string referencePath(const std::string& file) {
    return std::string(CHAINSONG_SHARED) + "/reference/diagnostics/stan_csv/" + file;
}

DrawsTable sampleTable() {
    DrawsTable table;
    table.names = {"lp__", "divergent__", "theta[1]", "theta[2,3]"};
    table.columns = {{-1.5, -2.25, 0.1}, {0, 0, 1}, {1e-300, -3, 1.0 / 3},
        {std::nan(""), std::numeric_limits<double>::infinity(), -7}};
    table.num_warm_up = 1;
    table.comments = stanComments({});
    table.step_size = 0.37;
    table.inverse_mass = {0.5, 1.25};
    table.warm_up_s = 0.125;
    table.sampling_s = 2.5;
    return table;
}

TEST(StanCsv, StansOwnFilesGiveStansOwnDiagnostics) {
    const auto expected = referenceJson("diagnostics/stan_csv/expected.json");
    if (!expected) GTEST_SKIP() << "no reference files";
    std::vector<DrawsTable> tables;
    for (const char* file : {"bern1.csv", "bern2.csv", "bern3.csv", "bern4.csv"}) {
        auto table = readStanCsvFile(referencePath(file));
        ASSERT_TRUE(table) << sentence(table.error());
        EXPECT_EQ(table->numDraws(), 1000u);
        EXPECT_EQ(table->num_warm_up, 0u);
        EXPECT_EQ(table->inverse_mass.size(), 1u);
        EXPECT_GT(table->sampling_s, 0);
        tables.push_back(*std::move(table));
    }
    EXPECT_NEAR(tables[0].step_size, 0.883328, 1e-12);
    for (const char* name : {"lp__", "theta"}) {
        SCOPED_TRACE(name);
        ChainValues chains;
        for (const DrawsTable& table : tables) chains.push_back(*table.column(name));
        EXPECT_NEAR(essBulk(chains), expected->at("ess_bulk").at(name).get<double>(), 1e-3);
        EXPECT_NEAR(essTail(chains), expected->at("ess_tail").at(name).get<double>(), 1e-3);
        EXPECT_NEAR(rhat(chains), expected->at("rhat_rank").at(name).get<double>(), 1e-5);
        EXPECT_NEAR(rhatBasic(chains), expected->at("rhat_basic_split").at(name).get<double>(), 1e-9);
        EXPECT_NEAR(mcseMean(chains), expected->at("mcse_mean").at(name).get<double>(), 1e-5);
    }
    ChainValues divergent;
    for (const DrawsTable& table : tables) divergent.push_back(*table.column("divergent__"));
    EXPECT_TRUE(std::isnan(rhat(divergent))) << "a constant has no R-hat";
}

TEST(StanCsv, WhatIsWrittenReadsBackTheSame) {
    const DrawsTable written = sampleTable();
    const auto read = readStanCsv(stanCsvText(written), "chain.csv");
    ASSERT_TRUE(read) << sentence(read.error());
    EXPECT_EQ(read->names, written.names);
    EXPECT_EQ(read->num_warm_up, 1u);
    EXPECT_EQ(read->comments, written.comments);
    EXPECT_EQ(read->step_size, written.step_size);
    EXPECT_EQ(read->inverse_mass, written.inverse_mass);
    EXPECT_EQ(read->warm_up_s, written.warm_up_s);
    EXPECT_EQ(read->sampling_s, written.sampling_s);
    ASSERT_EQ(read->numDraws(), 3u);
    for (std::size_t i = 0; i < written.columns.size(); ++i)
        for (std::size_t draw = 0; draw < 3; ++draw)
            if (!std::isnan(written.columns[i][draw])) {
                EXPECT_EQ(read->columns[i][draw], written.columns[i][draw]);
            }
    EXPECT_TRUE(std::isnan(read->columns[3][0]));
}

TEST(StanCsv, NamesInTheFileAreStans) {
    const std::string text = stanCsvText(sampleTable());
    EXPECT_NE(text.find("\nlp__,divergent__,theta.1,theta.2.3\n"), std::string::npos);
    EXPECT_NE(text.find("# Adaptation terminated\n# Step size = 0.37\n# Diagonal elements of inverse mass "
                        "matrix:\n# 0.5, 1.25\n"),
        std::string::npos);
}

TEST(StanCsv, WhetherWarmUpIsThereIsSaidInFiguresAsRstanNeedsIt) {
    const auto has = [](const StanSettings& settings, const char* line) {
        const auto lines = stanComments(settings);
        return std::find(lines.begin(), lines.end(), line) != lines.end();
    };
    EXPECT_TRUE(has({.keeps_warm_up = true}, "    save_warmup = 1"));
    EXPECT_TRUE(has({}, "    save_warmup = 0"));
}

TEST(StanCsv, ANameCannotBreakTheHeader) {
    DrawsTable table;
    table.names = {"a,b", "c\nd", "#e"};
    table.columns = {{1}, {2}, {3}};
    const auto read = readStanCsv(stanCsvText(table), "x.csv");
    ASSERT_TRUE(read) << sentence(read.error());
    EXPECT_EQ(read->names, (std::vector<std::string>{"a_b", "c_d", "_e"}));
}

TEST(StanCsv, HostileAndBrokenFilesAreRefusedWithTheLine) {
    struct Case {
        const char* text;
        const char* what;
    };
    const Case cases[] = {
        {"", "the file is empty"},
        {" \n\n", "the file is empty"},
        {"# only = comments\n", "line 1: the file holds no header and no draws"},
        {"1,2,3\n4,5,6\n", "line 1: the header is missing: the first line holds numbers"},
        {"a,,b\n", "line 1: the header has a column without a name"},
        {"a,b,a\n1,2,3\n", "line 1: the header names \"a\" twice"},
        {"a,b\n1,2\n3\n4,5\n", "line 3: the row has 1 values, the header names 2"},
        {"a,b\n1,2\n3,4,5\n", "line 3: the row has 3 values, the header names 2"},
        {"a,b\n1,2\n3,4,5", "line 3: the row has 3 values, the header names 2"},
        {"# c\na,b\n1,x1\n2,3\n", "line 3: \"x1\" in column b is not a number"},
        {"a,b\n1,1e999\n2,3\n", "line 2: \"1e999\" in column b is not a number"},
        {"a\n1 2\n3\n", "line 2: \"1 2\" in column a is not a number"},
    };
    for (const Case& one : cases) {
        SCOPED_TRACE(one.text);
        const auto read = readStanCsv(one.text, "chain.csv");
        ASSERT_FALSE(read);
        EXPECT_EQ(read.error().what, one.what);
        EXPECT_EQ(read.error().where, "chain.csv");
    }
}

TEST(StanCsv, OddButHarmlessFilesAreRead) {
    const auto windows =
        readStanCsv("\xEF\xBB\xBF# x = 1\r\nlp__,theta.1\r\n-1, 2\r\n\r\n+3,NaN\r\n", "w.csv");
    ASSERT_TRUE(windows) << sentence(windows.error());
    EXPECT_EQ(windows->names, (std::vector<std::string>{"lp__", "theta[1]"}));
    EXPECT_EQ(windows->numDraws(), 2u);
    EXPECT_EQ(windows->columns[0][1], 3);

    const auto cut = readStanCsv("a,b\n1,2\n3,4\n5,", "cut.csv");
    ASSERT_TRUE(cut) << sentence(cut.error());
    EXPECT_EQ(cut->numDraws(), 2u);
    ASSERT_EQ(cut->notices.size(), 1u);
    EXPECT_EQ(cut->notices[0], "line 4: the last row is cut off and was left out");

    const auto cut_in_a_number = readStanCsv("# method = sample\na,b\n1,2\n3,-1", "cut.csv"); // of -11.5
    ASSERT_TRUE(cut_in_a_number);
    EXPECT_EQ(cut_in_a_number->numDraws(), 1u);
    EXPECT_EQ(cut_in_a_number->notices.size(), 1u);
    const auto by_hand = readStanCsv("a,b\n1,2\n3,-1", "hand.csv");
    ASSERT_TRUE(by_hand);
    EXPECT_EQ(by_hand->numDraws(), 2u);

    const auto header_only = readStanCsv("a,b\n", "h.csv");
    ASSERT_TRUE(header_only);
    EXPECT_EQ(header_only->numDraws(), 0u);
}

TEST(StanCsv, WarmUpIsKnownWithoutTheLineThatEndsIt) {
    const auto warmUpIn = [](const std::string& settings) {
        const auto table = readStanCsv(settings + "a\n1\n2\n3\n4\n5\n", "x.csv");
        return table ? static_cast<int>(table->num_warm_up) : -1;
    };
    EXPECT_EQ(warmUpIn("#     num_warmup = 3 (Default)\n#     save_warmup = true\n"), 3);
    EXPECT_EQ(warmUpIn("# warmup=4\n# save_warmup=1\n# thin=2\n"), 2) << "as rstan writes it";
    EXPECT_EQ(warmUpIn("# num_warmup = 1000\n# save_warmup = 1\n"), 5) << "stopped in the warm-up";
    EXPECT_EQ(warmUpIn("# num_warmup = 1000 (Default)\n# save_warmup = 0 (Default)\n"), 0);
    EXPECT_EQ(warmUpIn("# num_warmup = nan\n# save_warmup = 1\n# thin = -5\n"), 0);
}

TEST(StanCsv, ABudgetIsKept) {
    CsvBudget budget;
    budget.max_cells = 6;
    EXPECT_TRUE(readStanCsv("a,b\n1,2\n3,4\n5,6\n", "x", budget));
    EXPECT_FALSE(readStanCsv("a,b\n1,2\n3,4\n5,6\n7,8\n", "x", budget));
    budget.max_columns = 2;
    EXPECT_FALSE(readStanCsv("a,b,c\n1,2,3\n", "x", budget));
    budget.max_header_bytes = 2;
    EXPECT_FALSE(readStanCsv("a,b\n1,2\n", "x", budget));
    budget.max_bytes = 3;
    EXPECT_FALSE(readStanCsv("a,b\n1,2\n", "x", budget));
    const auto missing = readStanCsvFile("no-such-folder/chain.csv");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().where, "no-such-folder/chain.csv");
}

} // namespace
} // namespace chainsong::test
