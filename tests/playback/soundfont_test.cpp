#include "engine/playback/soundfont.h"

#include "tests/playback/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace chainsong {
namespace {

using testing::HasSubstr;

std::string soundfontHead() { return std::string("RIFF\x10\0\0\0sfbk", 12) + "LIST"; }

TEST(Soundfont, TheUsersChoiceWinsOverTheUsualOnes) {
    const TemporaryFolder folder;
    const std::string mine = folder.file("mine.sf2", soundfontHead());
    const std::string usual = folder.file("usual.sf2", soundfontHead());
    const auto found = findSoundfont({"", mine}, {usual});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->path, mine);
    EXPECT_EQ(found->notice, "");
}

TEST(Soundfont, AChoiceThatCannotBeUsedIsPassedOverWithAWord) {
    const TemporaryFolder folder;
    const std::string usual = folder.file("usual.sf2", soundfontHead());
    const auto found = findSoundfont({folder.path("gone.sf2")}, {usual});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->path, usual);
    EXPECT_THAT(found->notice, HasSubstr("gone.sf2"));
    EXPECT_THAT(found->notice, HasSubstr("usual.sf2"));
}

TEST(Soundfont, ItsAbsenceIsExplainedWithWhatToDo) {
    const auto found = findSoundfont({}, {"/nowhere/a.sf2"});
    ASSERT_FALSE(found);
    EXPECT_THAT(sentence(found.error()), HasSubstr("No soundfont found"));
    EXPECT_THAT(sentence(found.error()), HasSubstr("apt install timgm6mb-soundfont"));
}

TEST(Soundfont, FilesOfOtherKindsNeverReachFluidSynth) {
    const TemporaryFolder folder;
    const std::string hostile[] = {
        folder.file("empty.sf2", ""),
        folder.file("short.sf2", "RIFF"),
        folder.file("sound.sf2", std::string("RIFF\x10\0\0\0WAVE", 12) + "fmt "),
        folder.file("downloadable.dls", std::string("RIFF\x10\0\0\0DLS ", 12) + "LIST"),
        folder.file("zeros.sf2", std::string(4096, '\0')),
        folder.path("absent.sf2"),
        folder.path(""),
        "/dev/zero",
        "",
    };
    for (const std::string& path : hostile) {
        const Status usable = checkSoundfont(path);
        ASSERT_FALSE(usable) << path;
        EXPECT_FALSE(usable.error().what.empty());
    }
}

TEST(Soundfont, MoreThanTwoGigabytesAreRefusedUnread) {
    const TemporaryFolder folder;
    const std::string path = folder.file("huge.sf2", soundfontHead());
    std::filesystem::resize_file(path, kMaxSoundfontBytes + 1); // sparse: takes no room
    const Status usable = checkSoundfont(path);
    ASSERT_FALSE(usable);
    EXPECT_THAT(usable.error().what, HasSubstr("2 GiB"));
}

} // namespace
} // namespace chainsong
