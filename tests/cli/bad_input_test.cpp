// Each wrong word and each hostile file gets one sentence and the right exit status; no file stays behind.
#include "tests/cli/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chainsong {
namespace {

using testing::HasSubstr;

struct BadUse {
    std::string name;
    std::vector<std::string> arguments; // "DIR/" stands for the test's own folder
    int status;
    std::string sentence_names; // what the sentence must mention
};

/// How the table's row is called in the list of tests.
void PrintTo(const BadUse& use, std::ostream* out) { *out << use.name; }

std::vector<BadUse> badUses() {
    return {
        {"NoCommand", {}, 2, ""},
        {"UnknownCommand", {"compost"}, 2, "compost"},
        {"UnknownOption", {"compose", "--wings", "-o", "DIR/a.mid"}, 2, "--wings"},
        {"NoOutput", {"compose", "--bars", "2"}, 2, "-o"},
        {"ZeroBars", {"compose", "--bars", "0", "-o", "DIR/a.mid"}, 2, "--bars"},
        {"BillionBars", {"compose", "--bars", "1000000000", "-o", "DIR/a.mid"}, 2, "--bars"},
        {"NegativeBars", {"compose", "--bars", "-3", "-o", "DIR/a.mid"}, 2, "--bars"},
        {"BarsAndSeconds", {"compose", "--bars", "3", "--seconds", "9", "-o", "DIR/a.mid"}, 2, "--seconds"},
        {"NotANumber", {"compose", "--temperature", "nan", "-o", "DIR/a.mid"}, 2, "--temperature"},
        {"Infinite", {"compose", "--tempo", "inf", "-o", "DIR/a.mid"}, 2, "--tempo"},
        {"SeedTooLarge", {"compose", "--seed", "18446744073709551616", "-o", "DIR/a.mid"}, 2, "--seed"},
        {"NegativeSeed", {"compose", "--seed", "-1", "-o", "DIR/a.mid"}, 2, "--seed"},
        {"ZeroThreads", {"compose", "--threads", "0", "-o", "DIR/a.mid"}, 2, "--threads"},
        {"UnknownInstrument", {"compose", "--instruments", "piano, theorbophone", "-o", "DIR/a.mid"}, 2,
            "theorbophone"},
        {"UnknownKey", {"compose", "--key", "H sharp", "-o", "DIR/a.mid"}, 2, "--key"},
        {"UnknownMetre", {"compose", "--metre", "3/0", "-o", "DIR/a.mid"}, 2, "--metre"},
        {"UnknownConstraint", {"compose", "--constraint", "gravity:9.81", "-o", "DIR/a.mid"}, 2, "gravity"},
        {"NoSuchFolder", {"compose", "--bars", "1", "-o", "DIR/none/a.mid"}, 1, "none"},
        {"ReadOnlyFolder", {"compose", "--bars", "1", "-o", "/proc/a.mid"}, 1, "/proc/a.mid"},
        {"FolderAsFile", {"compose", "--bars", "1", "-o", "DIR/"}, 1, ""},
        {"FullDisk", {"compose", "--bars", "1", "-o", "/dev/full"}, 1, "/dev/full"},
        {"AbsentPrime", {"compose", "--prime", "DIR/absent.mid", "-o", "DIR/a.mid"}, 1, "absent.mid"},
        {"BrokenPrime", {"compose", "--prime", "DIR/broken.mid", "-o", "DIR/a.mid"}, 1, "broken.mid"},
        {"BrokenMidiResampled", {"resample", "DIR/broken.mid", "--bars", "1-2", "-o", "DIR/a.mid"}, 1,
            "broken.mid"},
        {"BrokenMidiRendered", {"render", "DIR/broken.mid", "-o", "DIR/a.wav"}, 1, "broken.mid"},
        {"BrokenMidiInspected", {"inspect", "DIR/broken.mid"}, 1, "broken.mid"},
        {"ForeignFileInspected", {"inspect", "DIR/foreign.txt"}, 1, "foreign.txt"},
        {"FolderInspected", {"inspect", "DIR/"}, 1, ""},
        {"BackwardBars", {"resample", "DIR/broken.mid", "--bars", "8-5", "-o", "DIR/a.mid"}, 2, "--bars"},
        {"TrackZero", {"resample", "DIR/broken.mid", "--bars", "1", "--tracks", "0", "-o", "DIR/a.mid"}, 2,
            "--tracks"},
        {"WrongSoundFile", {"render", "DIR/broken.mid", "-o", "DIR/a.mp3"}, 2, "a.mp3"},
        {"AbsentDraws", {"diagnose", "DIR/absent.csv"}, 1, "absent.csv"},
        {"ForeignDraws", {"diagnose", "DIR/foreign.txt"}, 1, "foreign.txt"},
        {"AbsentPrompts", {"parse", "--prompts", "DIR/absent.txt"}, 1, "absent.txt"},
        {"AbsentCorpus", {"train", "--corpus", "DIR/absent", "-o", "DIR/w.safetensors"}, 1, ""},
        {"AbsentWeights", {"evaluate", "--weights", "DIR/absent.safetensors", "--corpus", "DIR/"}, 1, ""},
        {"MatchIsToCome", {"match", "a.wav", "--rounds", "3"}, 1, "match"},
        {"AbsentFolderIndexed", {"index", "DIR/absent", "-o", "DIR/library"}, 1, "absent"},
    };
}

class CliBadUse : public testing::TestWithParam<BadUse> { };

TEST_P(CliBadUse, GetsOneSentenceAndLeavesNoFile) {
    const Folder folder;
    folder.write("broken.mid", std::string("MThd\0\0\0\6\0\1\0\1\0\0MTrk\xFF\xFF\xFF\xFF", 22));
    folder.write("foreign.txt", "neither music, nor a project, nor draws\n");
    const auto before = folder.names();
    std::vector<std::string> arguments = GetParam().arguments;
    for (std::string& argument : arguments)
        if (argument.rfind("DIR/", 0) == 0) argument = folder / argument.substr(4);
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.status, GetParam().status) << ran.err;
    EXPECT_TRUE(ran.hasOneSentence()) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr(GetParam().sentence_names));
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(folder.names(), before);
}

INSTANTIATE_TEST_SUITE_P(Table, CliBadUse, testing::ValuesIn(badUses()),
    [](const testing::TestParamInfo<BadUse>& row) { return row.param.name; });

TEST(CliOddPrompt, GivesAPieceOrASentenceInAnyCase) {
    const std::string at_most_an_argument(100'000, 'x');
    for (const std::string& prompt :
        {std::string(), std::string("in 3/4, 4/4"), std::string("0 bars"), std::string("1000000000 bars"),
            std::string("for theorbophone and zither-o-matic"), at_most_an_argument,
            std::string("\xFF\xFE broken \xC3"), std::string("%n%s%d <b>bold</b> ../../etc/passwd"),
            std::string("1e308 bpm -0 NaN inf"), std::string("привет, вальс")}) {
        const Folder folder;
        const Ran ran = run({"compose", "--prompt", prompt, "--bars", "2", "-o", folder / "a.mid"});
        EXPECT_TRUE(ran.status == 0 || (ran.status == 1 && ran.hasOneSentence()))
            << prompt.substr(0, 80) << ran.err;
        EXPECT_LT(ran.err.size(), 4000u) << prompt.substr(0, 80);
        EXPECT_EQ(folder.names().size(), ran.status == 0 ? 1u : 0u);
    }
}

TEST(CliOddPrompt, ContradictoryMetresAreNamed) {
    const Folder folder;
    const Ran ran = run({"compose", "--prompt", "in 3/4, 4/4, 2 bars", "-o", folder / "a.mid"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("4/4"));
}

TEST(CliOddPrompt, AMebibyteIsParsedQuicklyIntoOneLine) {
    const Folder folder;
    std::string text;
    while (text.size() < 1 << 20) text += "a slow waltz like rain ";
    folder.write("long.txt", text);
    const Ran ran = run({"parse", "--prompts", folder / "long.txt"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 1);
}

} // namespace
} // namespace chainsong
