#include "tests/cli/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace chainsong {
namespace {

using testing::HasSubstr;

/// A file of draws that anybody might have written.
std::string draws(int count, double first, const std::string& names = "lp__,mu,tau") {
    std::string text = names + "\n";
    for (int i = 0; i < count; ++i) {
        const std::string x = std::to_string(first + (i * 7919 % 101) * 0.01);
        text += "-" + x + "," + x + "," + std::to_string(i * 104729 % 97) + "\n";
    }
    return text;
}

TEST(Diagnose, ChainsOfDifferentModelsAreRefusedByTheColumnThatDiffers) {
    const Folder folder;
    folder.write("a.csv", draws(200, 1));
    folder.write("b.csv", draws(200, 2, "lp__,mu,sigma"));
    const Ran other = run({"diagnose", folder / "a.csv", folder / "b.csv"});
    EXPECT_EQ(other.status, 1);
    EXPECT_THAT(other.err, HasSubstr("b.csv: column 3 is sigma, but tau in " + folder / "a.csv"));
    EXPECT_TRUE(other.hasOneSentence()) << other.err;
}

TEST(Diagnose, AChainCountedTwiceIsNoAgreement) {
    const Folder folder;
    folder.write("a.csv", draws(200, 1));
    folder.write("b.csv", draws(200, 2));
    const Ran twice = run({"diagnose", folder / "a.csv", folder / "b.csv", folder / "a.csv"});
    EXPECT_EQ(twice.status, 1);
    EXPECT_THAT(twice.err, HasSubstr("holds the same draws as"));
    EXPECT_EQ(run({"diagnose", folder / "a.csv", folder / "b.csv"}).status, 0);
}

TEST(Diagnose, ChainsOfDifferentLengthsAreSaidToBe) {
    const Folder folder;
    folder.write("a.csv", draws(200, 1));
    folder.write("b.csv", draws(150, 2));
    const Ran ran = run({"diagnose", folder / "a.csv", folder / "b.csv"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_THAT(ran.err, HasSubstr("150 to 200 draws"));
}

TEST(Diagnose, ChainsThatAnotherRunHasLeftAreSuspected) {
    const Folder folder;
    folder.write("a.csv", "# model = x\n# random\n#   seed = 1\n" + draws(200, 1));
    folder.write("b.csv", "# model = x\n# random\n#   seed = 1\n" + draws(200, 2));
    folder.write("c.csv", "# model = x\n# random\n#   seed = 2\n" + draws(200, 3));
    const Ran same = run({"diagnose", folder / "a.csv", folder / "b.csv"});
    EXPECT_THAT(same.err, testing::Not(HasSubstr("another run")));
    const Ran mixed = run({"diagnose", folder / "a.csv", folder / "b.csv", folder / "c.csv"});
    EXPECT_EQ(mixed.status, 0);
    EXPECT_THAT(mixed.err, HasSubstr("c.csv may be of another run: it has seed = 2, "));
}

TEST(Diagnose, AValueThatIsNoNumberIsNamedByItsParameter) {
    const Folder folder;
    folder.write("a.csv", draws(200, 1));
    folder.write("b.csv", draws(100, 2) + "-1,2,nan\n" + draws(99, 2).erase(0, 12));
    const Ran ran = run({"diagnose", folder / "a.csv", folder / "b.csv"});
    EXPECT_THAT(ran.out, HasSubstr("Not every draw is a finite number: tau"));
}

TEST(Diagnose, TreesAtTheirLongestAreCountedWhoeverWroteTheFile) {
    const Folder folder;
    for (const char* const setting : {"#             max_depth = 5 (Default)\n", "# max_treedepth=5\n"}) {
        folder.write("a.csv", setting + draws(200, 1, "lp__,mu,treedepth__"));
        EXPECT_THAT(run({"diagnose", "--json", folder / "a.csv"}).out, HasSubstr("\"at_max_depth\": 188"));
    }
}

} // namespace
} // namespace chainsong
