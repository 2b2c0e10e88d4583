#include "engine/playback/soundfont.h"

#include "tests/playback/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace chainsong {
namespace {

using testing::HasSubstr;

std::string chunk(const std::string& name, const std::string& content) {
    std::string size;
    for (int shift = 0; shift < 32; shift += 8) size += static_cast<char>(content.size() >> shift & 0xFF);
    return name + size + content + std::string(content.size() % 2, '\0');
}

/// The smallest file with everything in its place.
std::string soundfont(std::size_t preset_bytes = 2 * 38) {
    const auto zeros = [](std::size_t count) { return std::string(count, '\0'); };
    const std::string presets = "pdta" + chunk("phdr", zeros(preset_bytes)) + chunk("pbag", zeros(8))
        + chunk("pmod", zeros(10)) + chunk("pgen", zeros(4)) + chunk("inst", zeros(44))
        + chunk("ibag", zeros(8)) + chunk("imod", zeros(10)) + chunk("igen", zeros(4))
        + chunk("shdr", zeros(92));
    const std::string samples = "sdta" + chunk("smpl", zeros(64));
    return chunk("RIFF", "sfbk" + chunk("LIST", "INFO") + chunk("LIST", samples) + chunk("LIST", presets));
}

TEST(Soundfont, TheUsersChoiceWinsOverTheUsualOnes) {
    const TemporaryFolder folder;
    const std::string mine = folder.file("mine.sf2", soundfont());
    const std::string usual = folder.file("usual.sf2", soundfont());
    const auto found = findSoundfont({"", mine}, {usual});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->path, mine);
    EXPECT_EQ(found->notice, "");
}

TEST(Soundfont, AChoiceThatCannotBeUsedIsPassedOverWithAWord) {
    const TemporaryFolder folder;
    const std::string usual = folder.file("usual.sf2", soundfont());
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
        folder.file("head only.sf2", std::string("RIFF\x10\0\0\0sfbk", 12) + "LIST"),
        folder.file("truncated.sf2", soundfont().substr(0, soundfont().size() / 2)),
        folder.file("half a record.sf2", soundfont(2 * 38 + 10)),
        folder.file("no preset.sf2", soundfont(0)),
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

TEST(Soundfont, TheOnesOfTheSystemAreAccepted) {
    for (const std::string& path : usualSoundfonts()) {
        if (!std::filesystem::exists(path)) continue;
        const Status usable = checkSoundfont(path);
        EXPECT_TRUE(usable) << sentence(usable.error());
    }
}

TEST(Soundfont, MoreThanTwoGigabytesAreRefusedUnread) {
    const TemporaryFolder folder;
    const std::string path = folder.file("huge.sf2", soundfont());
    std::filesystem::resize_file(path, kMaxSoundfontBytes + 1); // sparse: takes no room
    const Status usable = checkSoundfont(path);
    ASSERT_FALSE(usable);
    EXPECT_THAT(usable.error().what, HasSubstr("2 GiB"));
}

} // namespace
} // namespace chainsong
