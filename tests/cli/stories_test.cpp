// What users do with chainsong-cli, from the command to the file, with the rules as prior.
#include "engine/io/midi_file.h"
#include "engine/music/instruments.h"
#include "engine/music/tempo_map.h"
#include "tests/cli/program.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <signal.h>

namespace chainsong {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const std::string kWaltz = "a slow waltz in D minor for piano and cello, 16 bars";

Score readScore(const std::string& path) {
    auto reading = readMidiFile(path);
    EXPECT_TRUE(reading) << sentence(reading.error());
    return reading ? std::move(reading->score) : Score{};
}

TEST(Cli, AWaltzFromAPromptKeepsToIt) {
    const Folder folder;
    const Ran ran = run({"compose", "--prompt", kWaltz, "-o", folder / "waltz.mid"});
    ASSERT_EQ(ran.status, 0) << ran.err;
    const Score score = readScore(folder / "waltz.mid");
    EXPECT_EQ(numBars(score), 16);
    ASSERT_FALSE(score.metres.empty());
    EXPECT_EQ(metreName(score.metres.front().metre), "3/4");
    ASSERT_FALSE(score.keys.empty());
    EXPECT_EQ(keyName(score.keys.front().key), "D minor");
    ASSERT_EQ(score.tracks.size(), 2u);
    EXPECT_EQ(instrumentName(score.tracks[0].program), "piano");
    EXPECT_EQ(instrumentName(score.tracks[1].program), "cello");
    EXPECT_EQ(folder.names(), std::set<std::string>{"waltz.mid"});
    EXPECT_THAT(ran.out, HasSubstr("16 bars in 3/4, D minor"));
    EXPECT_THAT(ran.err, HasSubstr("composing with rules only"));
}

TEST(Cli, ARandomPieceNeedsNoPrompt) {
    const Folder folder;
    const Ran ran = run({"compose", "--bars", "2", "-o", folder / "any.mid"});
    ASSERT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(numBars(readScore(folder / "any.mid")), 2);
}

TEST(Cli, SameSeedSameBytesOnOneOrTwoThreads) {
    const Folder folder;
    for (const std::string threads : {"1", "2"})
        ASSERT_EQ(run({"compose", "--prompt", kWaltz, "--seed", "7", "--threads", threads, "--count", "2",
                          "-o", folder / (threads + ".mid")})
                      .status,
            0);
    ASSERT_EQ(run({"compose", "--prompt", kWaltz, "--seed", "8", "-o", folder / "other.mid"}).status, 0);
    EXPECT_EQ(
        folder.names(), (std::set<std::string>{"1-1.mid", "1-2.mid", "2-1.mid", "2-2.mid", "other.mid"}));
    EXPECT_EQ(bytesOf(folder / "1-1.mid"), bytesOf(folder / "2-1.mid"));
    EXPECT_EQ(bytesOf(folder / "1-2.mid"), bytesOf(folder / "2-2.mid"));
    EXPECT_NE(bytesOf(folder / "1-1.mid"), bytesOf(folder / "1-2.mid"));
    EXPECT_NE(bytesOf(folder / "1-1.mid"), bytesOf(folder / "other.mid"));
}

TEST(Cli, OptionsWinOverThePromptAndTheReportSaysWhatWasAsked) {
    const Folder folder;
    const Ran ran = run({"compose", "--prompt", kWaltz, "--key", "G major", "--metre", "6/8", "--bars", "3",
        "--tempo", "90", "--instruments", "flute", "--json", "--report", folder / "report.json", "-o",
        folder / "jig.mid"});
    ASSERT_EQ(ran.status, 0) << ran.err;
    const json report = json::parse(ran.out);
    EXPECT_EQ(report, json::parse(bytesOf(folder / "report.json")));
    for (const char* const name :
        {"request", "log_evidence", "ess", "constraints", "seconds", "seed", "model"})
        EXPECT_TRUE(report.contains(name)) << name;
    std::map<std::string, json> chips;
    ASSERT_EQ(report["notes"].size(), report["pieces"][0]["notes"]) << "each note is explained";
    for (const json& note : report["notes"]) {
        EXPECT_GT(note["probability"], 0);
        EXPECT_GE(note["bar"], 1);
    }
    for (const json& chip : report["request"]["chips"]) chips[chip["name"]] = chip["value"];
    EXPECT_EQ(chips["key"], "G major");
    EXPECT_EQ(chips["metre"], "6/8");
    EXPECT_EQ(chips["bars"], 3);
    EXPECT_EQ(chips["instruments"], json::parse(R"(["flute"])"));
    const Score score = readScore(folder / "jig.mid");
    EXPECT_EQ(numBars(score), 3);
    EXPECT_NEAR(score.tempos.front().tempoBpm(), 90, 0.01);
}

TEST(Cli, ResamplingChangesTheAskedBarsAndNothingElse) {
    const Folder folder;
    ASSERT_EQ(run({"compose", "--prompt", kWaltz, "-o", folder / "waltz.mid"}).status, 0);
    const Ran ran =
        run({"resample", folder / "waltz.mid", "--bars", "5-8", "--tracks", "2", "-o", folder / "new.mid"});
    ASSERT_EQ(ran.status, 0) << ran.err;
    const Score before = readScore(folder / "waltz.mid");
    const Score after = readScore(folder / "new.mid");
    ASSERT_EQ(before.tracks.size(), after.tracks.size());
    EXPECT_EQ(before.tracks[0].notes, after.tracks[0].notes);
    EXPECT_NE(before.tracks[1].notes, after.tracks[1].notes);
    const MetreMap bars(before.metres);
    const auto outside = [&bars](const Track& track) {
        std::vector<Note> notes;
        for (const Note& note : track.notes)
            if (note.end() <= bars.barStart(4) || note.start >= bars.barStart(8)) notes.push_back(note);
        return notes;
    };
    EXPECT_EQ(outside(before.tracks[1]), outside(after.tracks[1]));
}

TEST(Cli, ParseGivesOneObjectALine) {
    const Folder folder;
    folder.write("prompts.txt", "a waltz in D minor\r\n\n三拍子,钢琴\n");
    const Ran ran = run({"parse", "--prompts", folder / "prompts.txt"});
    ASSERT_EQ(ran.status, 0) << ran.err;
    std::istringstream lines(ran.out);
    std::vector<json> objects;
    for (std::string line; std::getline(lines, line);) objects.push_back(json::parse(line));
    ASSERT_EQ(objects.size(), 3u);
    EXPECT_EQ(objects[0]["prompt"], "a waltz in D minor");
    EXPECT_EQ(objects[1]["prompt"], "");
    EXPECT_EQ(objects[2]["prompt"], "三拍子,钢琴");
    EXPECT_TRUE(objects[0]["chips"].is_array());
    EXPECT_TRUE(objects[0]["not_understood"].is_array());
    EXPECT_EQ(json::parse(run({"parse", "--prompt", "a waltz in D minor"}).out), objects[0]);
}

TEST(Cli, RenderMakesSoundAndStems) {
    const Folder folder;
    ASSERT_EQ(run({"compose", "--prompt", kWaltz, "--bars", "2", "-o", folder / "a.mid"}).status, 0);
    const Ran ran =
        run({"render", folder / "a.mid", "-o", folder / "a.wav", "--stems", folder / "stems", "--json"});
    if (ran.err.find("oundfont") != std::string::npos) GTEST_SKIP() << ran.err;
    ASSERT_EQ(ran.status, 0) << ran.err;
    EXPECT_GT(bytesOf(folder / "a.wav").size(), 100'000u);
    EXPECT_EQ(json::parse(ran.out)["files"].size(), 3u);
}

TEST(Cli, CtrlCStopsAtOnceAndLeavesNoFile) {
    const Folder folder;
    Running running(
        {"compose", "--bars", "200", "--particles", "1000", "--count", "50", "-o", folder / "long.mid"});
    running.waitForALine();
    running.send(SIGINT);
    const Ran ran = running.wait();
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("stopped"));
    EXPECT_TRUE(folder.names().empty());
}

TEST(Cli, EveryCommandExplainsItself) {
    for (const char* const command : {"compose", "resample", "parse", "match", "sample", "diagnose", "render",
             "inspect", "train", "evaluate", "index", "doctor"}) {
        const Ran ran = run({command, "--help"});
        EXPECT_EQ(ran.status, 0) << command;
        EXPECT_THAT(ran.out, HasSubstr("--seed")) << command;
        EXPECT_TRUE(ran.err.empty()) << command << ": " << ran.err;
    }
    EXPECT_EQ(run({"--help"}).status, 0);
    EXPECT_EQ(run({"--version"}).status, 0);
}

TEST(Cli, DoctorAlwaysHasAnAnswer) {
    const Ran ran = run({"doctor", "--json"});
    ASSERT_EQ(ran.status, 0) << ran.err;
    const json checks = json::parse(ran.out);
    std::set<std::string> names;
    for (const json& check : checks) names.insert(check["name"]);
    EXPECT_EQ(names, (std::set<std::string>{"sound", "MIDI ports", "soundfont", "weights", "BLAS"}));
}

TEST(Cli, WhatNutsDoesNotSettleIsDrawnWithLocalStepsUnlessOrderedOtherwise) {
    const Folder folder;
    const auto drawn = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"sample", "banana_2", "--json", "-o", folder / "banana"});
        return run(words);
    };
    const Ran settled = drawn({});
    ASSERT_EQ(settled.status, 0) << settled.err;
    EXPECT_NE(settled.err.find("local steps"), std::string::npos) << settled.err;
    EXPECT_EQ(json::parse(settled.out)["verdict"], "good") << settled.out;

    const Ran nuts = drawn({"--kernel", "nuts"});
    ASSERT_EQ(nuts.status, 0) << nuts.err;
    EXPECT_EQ(nuts.err.find("local steps"), std::string::npos) << nuts.err;
    EXPECT_NE(json::parse(nuts.out)["verdict"], "good") << nuts.out;

    ASSERT_EQ(drawn({"--draws", "300"}).status, 0);
    std::ifstream file(folder / "banana/chain-1.csv");
    int num_rows = 0;
    for (std::string line; std::getline(file, line);) num_rows += !line.empty() && line[0] != '#';
    EXPECT_EQ(num_rows, 301) << "the header, and as many draws as were ordered";
}

TEST(Cli, TemperingFromAReferenceOfItsOwnWarnsOfWhatItMayMiss) {
    const Folder folder;
    const Ran ran =
        run({"sample", "funnel_10", "--kernel", "smc", "--particles", "256", "-o", folder / "funnel"});
    ASSERT_EQ(ran.status, 0) << ran.err;
    EXPECT_NE(ran.err.find("may have been missed"), std::string::npos) << ran.err;
}

} // namespace
} // namespace chainsong
