// Phrase libraries, originality and pieces as vectors, from the command to the file.
#include "engine/io/midi_file.h"
#include "tests/cli/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace chainsong {
namespace {

using nlohmann::json;
using testing::HasSubstr;

/// A melody of eighths that no seed repeats.
Score tune(int seed, int transposition = 0) {
    Score score;
    score.title = "Tune " + std::to_string(seed);
    Track track;
    unsigned state = static_cast<unsigned>(seed) * 2654435761u + 1;
    for (int i = 0; i < 64; ++i) {
        state = state * 1664525u + 1013904223u;
        Note note;
        note.start = Tick{240} * i;
        note.length = Tick{240};
        note.key = static_cast<std::uint8_t>(58 + (state >> 16) % 20 + static_cast<unsigned>(transposition));
        track.notes.push_back(note);
    }
    score.tracks = {track};
    return normalised(score);
}

/// Five tunes, a broken file, an empty one, and drums.
void fill(const Folder& folder) {
    std::filesystem::create_directory(folder / "tunes");
    for (int i = 0; i < 5; ++i)
        ASSERT_TRUE(writeMidiFile(tune(i), folder / ("tunes/" + std::to_string(i) + ".mid")));
    Score drums = tune(9);
    drums.tracks[0].is_drums = true;
    ASSERT_TRUE(writeMidiFile(drums, folder / "tunes/drums.mid"));
    folder.write("tunes/broken.mid", "MThd and nothing more");
    folder.write("tunes/empty.mid", "");
}

TEST(CliLibrary, AFolderBecomesALibraryAndWhatWasSkippedIsNamed) {
    const Folder folder;
    fill(folder);
    const Ran ran = run({"index", folder / "tunes", "-o", folder / "my.library", "--json"});
    ASSERT_EQ(ran.status, 0) << ran.err;
    const json made = json::parse(ran.out);
    EXPECT_EQ(made["pieces"], 5);
    EXPECT_EQ(made["skipped"].size(), 3u);
    EXPECT_THAT(ran.out, HasSubstr("broken.mid"));
    EXPECT_THAT(ran.out, HasSubstr("empty.mid"));
    EXPECT_THAT(ran.out, HasSubstr("drums.mid: holds drums only"));
    const json facts = json::parse(run({"inspect", folder / "my.library", "--json"}).out);
    EXPECT_EQ(facts["kind"], "phrase library");
    EXPECT_EQ(facts["phrases"], made["phrases"]);

    ASSERT_TRUE(writeMidiFile(tune(7), folder / "tunes/late.mid"));
    const Ran more = run({"index", folder / "tunes", "-o", folder / "my.library", "--add", "--json"});
    ASSERT_EQ(more.status, 0) << more.err;
    EXPECT_EQ(json::parse(more.out)["pieces"], 6);
    EXPECT_EQ(json::parse(more.out)["already_there"], 5);
}

TEST(CliLibrary, BarsOfAPieceFindTheirLikeInAnotherKey) {
    const Folder folder;
    fill(folder);
    ASSERT_EQ(run({"index", folder / "tunes", "-o", folder / "my.library"}).status, 0);
    ASSERT_TRUE(writeMidiFile(tune(3, 5), folder / "query.mid"));
    const Ran ran =
        run({"index", folder / "my.library", "--like", folder / "query.mid", "--bars", "5-6", "--json"});
    ASSERT_EQ(ran.status, 0) << ran.err;
    const json found = json::parse(ran.out);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0]["title"], "Tune 3");
    EXPECT_EQ(found[0]["bars"], "5-6");
    EXPECT_LT(found[0]["melody_distance"], 0.001);
    EXPECT_THAT(run({"index", folder / "my.library", "--words", "Tune 2"}).out, HasSubstr("Tune 2"));
}

TEST(CliLibrary, ACopyIsToldFromANewPiece) {
    const Folder folder;
    fill(folder);
    ASSERT_EQ(run({"index", folder / "tunes", "-o", folder / "my.library"}).status, 0);
    ASSERT_EQ(run({"index", folder / "tunes", "--runs", "-o", folder / "my.runs"}).status, 0);
    EXPECT_EQ(json::parse(run({"inspect", folder / "my.runs", "--json"}).out)["kind"], "known runs");
    ASSERT_TRUE(writeMidiFile(tune(2, 4), folder / "copy.mid"));
    ASSERT_TRUE(writeMidiFile(tune(77), folder / "new.mid"));
    const auto longest = [&](const char* name) {
        const Ran ran =
            run({"inspect", folder / name, "--originality", "--library", folder / "my.library", "--json"});
        EXPECT_EQ(ran.status, 0) << ran.err;
        return json::parse(ran.out)["pieces"][0]["voices"][0]["library"]["longest_run"].get<int>();
    };
    EXPECT_EQ(longest("copy.mid"), 64);
    EXPECT_LT(longest("new.mid"), 9);
}

TEST(CliLibrary, TheReportOfAPieceSaysHowOriginalItIs) {
    const Folder folder;
    const Ran ran = run({"compose", "--bars", "4", "-o", folder / "a.mid", "--report", folder / "a.json"});
    ASSERT_EQ(ran.status, 0) << ran.err;
    const json report = json::parse(bytesOf(folder / "a.json"));
    ASSERT_TRUE(report.contains("originality"));
    EXPECT_FALSE(report["originality"]["pieces"][0]["voices"].empty());
    EXPECT_TRUE(report.contains("log_evidence"));
}

TEST(CliLibrary, APieceBecomesAVectorAndThePathToAnotherHasItsSteps) {
    const Folder folder;
    ASSERT_TRUE(writeMidiFile(tune(1), folder / "a.mid"));
    Score second = tune(2);
    second.tracks[0].program = 73;
    second.tempos = {tempoAt(Tick{}, 60)};
    ASSERT_TRUE(writeMidiFile(second, folder / "b.mid"));
    ASSERT_EQ(run({"encode", folder / "a.mid", "-o", folder / "a.json"}).status, 0);
    EXPECT_EQ(json::parse(bytesOf(folder / "a.json"))["bars"], 8);
    const Ran decoded =
        run({"decode", folder / "a.json", "-o", folder / "again.mid", "--tries", "2", "--json"});
    ASSERT_EQ(decoded.status, 0) << decoded.err;
    EXPECT_LE(json::parse(decoded.out)[0]["distance"], json::parse(decoded.out)[0]["mean_distance"]);
    const auto again = readMidiFile(folder / "again.mid");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->score.tracks.size(), 1u);
    const Ran walked = run({"path", folder / "a.json", folder / "b.mid", "--steps", "3", "--tries", "1", "-o",
        folder / "step.mid"});
    ASSERT_EQ(walked.status, 0) << walked.err;
    const auto middle = readMidiFile(folder / "step-2.mid"), last = readMidiFile(folder / "step-3.mid");
    ASSERT_TRUE(middle);
    ASSERT_TRUE(last);
    EXPECT_NEAR(middle->score.tempos.front().tempoBpm(), 85, 1); // between 120 and 60 by ratio
    EXPECT_EQ(last->score.tracks.front().program, 73);
}

TEST(CliLibrary, MistakesEndWithOneSentenceAndNoFile) {
    const Folder folder;
    folder.write("foreign", "nothing of ours, though long enough for a head of any kind");
    std::filesystem::create_directory(folder / "empty");
    const std::vector<std::vector<std::string>> mistakes{{"index", folder / "absent", "-o", folder / "x"},
        {"index", folder / "empty", "-o", folder / "x"}, {"index", folder / "empty"},
        {"index", folder / "foreign", "--words", "reel"}, {"index", folder / "absent", "--words", "reel"},
        {"index", folder / "empty", "-o", folder / "no/such/folder"},
        {"inspect", folder / "foreign", "--originality"}, {"encode", folder / "foreign"},
        {"decode", folder / "foreign", "-o", folder / "x"},
        {"path", folder / "absent.json", folder / "foreign", "-o", folder / "x"}};
    for (const auto& arguments : mistakes) {
        const Ran ran = run(arguments);
        EXPECT_EQ(ran.status, 1) << arguments[0] << ' ' << arguments[1] << ran.out;
        EXPECT_TRUE(ran.hasOneSentence()) << ran.err;
    }
    EXPECT_EQ(folder.names(), (std::set<std::string>{"empty", "foreign"}));
}

} // namespace
} // namespace chainsong
