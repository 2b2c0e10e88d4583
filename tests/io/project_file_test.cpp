#include "engine/io/project_file.h"
#include "tests/io/random_score.h"
#include "tests/io/temporary_folder.h"

#include <csignal>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace chainsong {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

ProjectContent randomContent(std::uint64_t seed) {
    Rng rng = rngFor(seed, 1, 0);
    ProjectContent content;
    content.score = test::randomScore(seed, {.has_pins = true});
    content.prompt = test::randomText(rng);
    content.chips_json = "[{\"name\": \"key\"}]";
    content.constraints = {test::randomText(rng), "key:D minor"};
    content.seed = ~0ull - seed;
    content.model = "muse";
    content.temperature = rng.uniform();
    for (int i = 0; i < test::randomInt(rng, 0, 3); ++i)
        content.variations.push_back({test::randomText(rng),
            test::randomScore(seed + 1000, {.max_tracks = 3}), -rng.uniform() * 1000, rng.below(2) == 0});
    return content;
}

TEST(ProjectFile, GivesBackEveryStepOfEveryProject) {
    const test::TemporaryFolder folder;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const std::string path = folder.file("piece" + std::to_string(seed) + ".chainsong");
        {
            auto project = ProjectFile::create(path, randomContent(100 * seed));
            ASSERT_TRUE(project) << sentence(project.error());
            for (std::uint64_t step = 1; step < 5; ++step)
                ASSERT_TRUE(
                    project->record(randomContent(100 * seed + step), "Edit " + std::to_string(step)));
        }
        const auto project = ProjectFile::open(path);
        ASSERT_TRUE(project) << sentence(project.error());
        EXPECT_THAT(project->notices(), IsEmpty());
        EXPECT_EQ(project->content(), randomContent(100 * seed + 4));
        const auto history = project->history();
        ASSERT_TRUE(history);
        ASSERT_EQ(history->size(), 5u);
        EXPECT_EQ((*history)[3].name, "Edit 3");
        for (std::uint64_t step = 0; step < 5; ++step) {
            const auto content = project->contentAt((*history)[step].step);
            ASSERT_TRUE(content);
            EXPECT_EQ(*content, randomContent(100 * seed + step));
        }
        EXPECT_FALSE(project->contentAt(6));
    }
    EXPECT_EQ(folder.numFiles(), 20u) << "at rest a project is one file";
}

TEST(ProjectFile, SavedElsewhereKeepsItsHistoryAndGoesOnThere) {
    const test::TemporaryFolder folder;
    auto project = ProjectFile::create(folder.file("a.chainsong"), randomContent(1));
    ASSERT_TRUE(project);
    ASSERT_TRUE(project->record(randomContent(2), "Second"));
    ASSERT_TRUE(project->saveAs(folder.file("b.chainsong")));
    EXPECT_EQ(project->path(), folder.file("b.chainsong"));
    ASSERT_TRUE(project->record(randomContent(3), "Third"));
    const auto old = ProjectFile::open(folder.file("a.chainsong"));
    ASSERT_TRUE(old) << sentence(old.error());
    EXPECT_EQ(old->content(), randomContent(2));
    EXPECT_EQ(project->history()->size(), 3u);
    EXPECT_EQ(*project->contentAt(1), randomContent(1));
}

TEST(ProjectFile, SmallEditsOfALargePieceCostLittleRoom) {
    const test::TemporaryFolder folder;
    ProjectContent content;
    for (int t = 0; t < 4; ++t) {
        Track track;
        for (int i = 0; i < 5000; ++i)
            track.notes.push_back({{i * 240}, {240}, static_cast<std::uint8_t>(50 + i % 20), 80});
        content.score.tracks.push_back(track);
    }
    content.score = normalised(content.score);
    auto project = ProjectFile::create(folder.file("large.chainsong"), content);
    ASSERT_TRUE(project);
    const auto before = std::filesystem::file_size(folder.file("large.chainsong"));
    for (int edit = 0; edit < 100; ++edit) {
        content.score.tracks[2].notes[static_cast<std::size_t>(edit * 40)].velocity_127 = 100;
        ASSERT_TRUE(project->record(content, "Louder"));
    }
    const auto grown = std::filesystem::file_size(folder.file("large.chainsong")) - before;
    EXPECT_LT(grown / 100, 4096u) << "bytes an edit of one note in 20 000";
    EXPECT_EQ(ProjectFile::open(folder.file("large.chainsong"))->content(), content);
}

TEST(ProjectFile, OpenTwiceTheSecondMayOnlyLook) {
    const test::TemporaryFolder folder;
    auto first = ProjectFile::create(folder.file("a.chainsong"), randomContent(1));
    ASSERT_TRUE(first);
    auto second = ProjectFile::open(folder.file("a.chainsong"));
    ASSERT_TRUE(second);
    EXPECT_TRUE(second->isReadOnly());
    EXPECT_THAT(second->notices(), Contains(HasSubstr("open in another window")));
    EXPECT_EQ(second->content(), randomContent(1));
    EXPECT_THAT(sentence(second->record(randomContent(2), "Edit").error()), HasSubstr("read-only"));
    EXPECT_FALSE(ProjectFile::create(folder.file("a.chainsong"))) << "nor may it be replaced";
    ASSERT_TRUE(first->record(randomContent(3), "Edit"));
    ASSERT_TRUE(second->saveAs(folder.file("b.chainsong")));
    EXPECT_FALSE(second->isReadOnly());
    EXPECT_TRUE(second->record(randomContent(2), "Edit"));
}

TEST(ProjectFile, AFullDiskLosesOnlyTheEditInFlight) {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("a.chainsong");
    const pid_t child = ::fork();
    if (child == 0) {
        auto project = ProjectFile::create(path, randomContent(1));
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{std::filesystem::file_size(path) + 4096, RLIM_INFINITY};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        ProjectContent large = randomContent(2);
        large.prompt = std::string(1'000'000, 'x');
        const Status recorded = project->record(large, "Too large");
        const bool is_right =
            !recorded && !recorded.error().what.empty() && project->content() == randomContent(1);
        ::_exit(is_right ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    const auto project = ProjectFile::open(path);
    ASSERT_TRUE(project) << sentence(project.error());
    EXPECT_EQ(project->content(), randomContent(1));
}

/// Edits without end and tells each generation that is on the disk, until it is killed.
[[noreturn]] void editUntilKilled(const std::string& path, int acknowledge) {
    auto project = ProjectFile::create(path, randomContent(0));
    if (!project) ::_exit(1);
    for (std::uint32_t generation = 1;; ++generation) {
        if (!project->record(randomContent(generation % 20), std::to_string(generation))) ::_exit(1);
        if (::write(acknowledge, &generation, sizeof generation) != sizeof generation) ::_exit(1);
    }
}

TEST(ProjectFile, AfterKillEverythingUpToTheLastFinishedEditIsThere) {
    const test::TemporaryFolder folder;
    Rng rng(7);
    for (int round = 0; round < 50; ++round) {
        const std::string path = folder.file("killed" + std::to_string(round) + ".chainsong");
        int ends[2];
        ASSERT_EQ(::pipe(ends), 0);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) editUntilKilled(path, ends[1]);
        ::close(ends[1]);
        std::uint32_t acknowledged = 0;
        const std::uint32_t wanted = 1 + static_cast<std::uint32_t>(rng.below(6));
        while (acknowledged < wanted
            && ::read(ends[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged) { }
        for (std::uint64_t spin = rng.below(2'000'000); spin > 0; --spin)
            rng(); // somewhere within the next edit
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        while (::read(ends[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged) { }
        ::close(ends[0]);
        ASSERT_GE(acknowledged, wanted);
        const auto project = ProjectFile::open(path);
        ASSERT_TRUE(project) << sentence(project.error());
        ASSERT_FALSE(project->isReadOnly());
        const std::uint32_t found = static_cast<std::uint32_t>(project->history()->size()) - 1;
        ASSERT_GE(found, acknowledged);
        ASSERT_LE(found, acknowledged + 1);
        ASSERT_EQ(project->content(), randomContent(found % 20));
    }
}

} // namespace
} // namespace chainsong
