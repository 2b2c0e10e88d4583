#include "engine/base/atomic_file.h"
#include "tests/io/temporary_folder.h"

#include <csignal>
#include <fstream>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace chainsong {
namespace {

using testing::HasSubstr;

std::string contentOf(const std::string& path) {
    const auto bytes = readWholeFile(path, 1 << 20);
    return bytes ? std::string(bytes->begin(), bytes->end()) : sentence(bytes.error());
}

TEST(AtomicFile, WritesAllOrLeavesTheOldFile) {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("song");
    ASSERT_TRUE(writeFileAtomically(path, std::string_view("old")));
    ASSERT_TRUE(writeFileAtomically(path, std::string_view("new content")));
    EXPECT_EQ(contentOf(path), "new content");
    EXPECT_EQ(folder.numFiles(), 1u);
}

TEST(AtomicFile, WithoutRoomTheOldFileStaysAndNothingIsLeftBehind) {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("song");
    ASSERT_TRUE(writeFileAtomically(path, std::string_view("OLD CONTENT")));
    for (const std::size_t size : {4097u, 8000u, 20'000u, 1'000'000u}) {
        const pid_t child = ::fork();
        if (child == 0) {
            std::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{4096, 4096};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            ::_exit(writeFileAtomically(path, std::string(size, 'x')) ? 1 : 0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_EQ(status, 0) << size << " bytes";
        EXPECT_EQ(contentOf(path), "OLD CONTENT");
        EXPECT_EQ(folder.numFiles(), 1u);
    }
}

TEST(AtomicFile, AFullDiskIsNamedWithItsFreeSpace) {
    const Status full = writeFileAtomically("/dev/full", std::string_view("x"));
    ASSERT_FALSE(full);
    EXPECT_THAT(sentence(full.error()),
        testing::AllOf(HasSubstr("/dev/full: there is no room left"), HasSubstr("free in /dev")));
    EXPECT_TRUE(writeFileAtomically("/dev/null", std::string_view("x"))) << "devices are written to directly";
}

TEST(AtomicFile, PlacesThatCannotBeWrittenAreNamed) {
    const test::TemporaryFolder folder;
    const auto refusal = [](const std::string& path) {
        const Status status = writeFileAtomically(path, std::string_view("x"));
        return status ? "was written" : sentence(status.error());
    };
    EXPECT_THAT(refusal(folder.path()), HasSubstr("a folder has that name"));
    EXPECT_THAT(refusal(folder.file("none/song")),
        testing::AllOf(HasSubstr("none/song"), HasSubstr("none does not exist")));
    EXPECT_THAT(refusal(folder.file(std::string(300, 'n'))), HasSubstr("too long"));
    EXPECT_THAT(refusal(""), HasSubstr("no file name"));
    EXPECT_THAT(refusal(std::string("a\0b", 3)), HasSubstr("zero byte"));
    std::ofstream(folder.file("plain")) << "x";
    EXPECT_THAT(refusal(folder.file("plain/song")), HasSubstr("is not a folder"));
    EXPECT_EQ(folder.numFiles(), 1u);
}

TEST(AtomicFile, NamesOfAnyKindAreWritten) {
    const test::TemporaryFolder folder;
    for (const std::string& name :
        {std::string(255, 'n'), std::string("new\nline"), std::string("夜曲 🎵"), std::string("-o")})
        EXPECT_TRUE(writeFileAtomically(folder.file(name), std::string_view("x"))) << name;
    EXPECT_EQ(folder.numFiles(), 4u);
}

TEST(AtomicFile, ALinkStaysALinkAndPermissionsStay) {
    const test::TemporaryFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder.file("real"), std::string_view("old")));
    ASSERT_EQ(::chmod(folder.file("real").c_str(), 0640), 0);
    ASSERT_EQ(::symlink(folder.file("real").c_str(), folder.file("link").c_str()), 0);
    ASSERT_TRUE(writeFileAtomically(folder.file("link"), std::string_view("new")));
    EXPECT_TRUE(std::filesystem::is_symlink(folder.file("link")));
    EXPECT_EQ(contentOf(folder.file("real")), "new");
    struct stat info { };
    ASSERT_EQ(::stat(folder.file("real").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777u, 0640u);
}

TEST(AtomicPath, WithoutCommitNothingHappened) {
    const test::TemporaryFolder folder;
    {
        auto place = AtomicPath::begin(folder.file("song"));
        ASSERT_TRUE(place);
        std::ofstream(place->temporary()) << "half";
        EXPECT_EQ(folder.numFiles(), 1u);
    }
    EXPECT_EQ(folder.numFiles(), 0u);
    auto place = AtomicPath::begin(folder.file("song"));
    ASSERT_TRUE(place);
    std::ofstream(place->temporary()) << "whole";
    ASSERT_TRUE(place->commit());
    EXPECT_EQ(contentOf(folder.file("song")), "whole");
    EXPECT_EQ(folder.numFiles(), 1u);
}

} // namespace
} // namespace chainsong
