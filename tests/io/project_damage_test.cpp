#include "engine/base/atomic_file.h"
#include "engine/io/project_file.h"
#include "tests/io/random_score.h"
#include "tests/io/temporary_folder.h"

#include <gmock/gmock.h>
#include <sqlite3.h>

namespace chainsong {
namespace {

using testing::Contains;
using testing::HasSubstr;

void write(const std::string& path, const std::vector<std::uint8_t>& bytes) {
    ASSERT_TRUE(writeFileAtomically(path, bytes));
}
std::vector<std::uint8_t> read(const std::string& path) { return *readWholeFile(path, 1 << 30); }

/// A sound project of five steps.
std::string makeProject(const test::TemporaryFolder& folder) {
    const std::string path = folder.file("sound.chainsong");
    ProjectContent content;
    content.score = test::randomScore(5, {.max_tracks = 4});
    auto project = ProjectFile::create(path, content);
    for (int i = 0; i < 4; ++i) {
        content.score.title = "title " + std::to_string(i);
        EXPECT_TRUE(project->record(content, "Edit"));
    }
    return path;
}

/// Changes a project's database behind our back.
void tamper(const std::string& path, const std::string& sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
    char* message = nullptr;
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK) << message;
    sqlite3_close(database);
}

std::string refusal(const std::string& path) {
    const auto project = ProjectFile::open(path);
    return project ? "was opened" : sentence(project.error());
}

TEST(DamagedProject, WhatIsNoProjectIsRefusedInASentence) {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("p");
    EXPECT_THAT(refusal(path), HasSubstr("no such file"));
    EXPECT_THAT(refusal(folder.path()), HasSubstr("folder"));
    EXPECT_THAT(refusal("/dev/zero"), HasSubstr("device"));
    write(path, {});
    EXPECT_THAT(refusal(path), HasSubstr("empty"));
    write(path, std::vector<std::uint8_t>(4096, 0));
    EXPECT_THAT(refusal(path), HasSubstr("not a Chainsong project")) << "zeros, as a power cut leaves them";
    write(path, {0xFF, 0xFE, '{', 0});
    EXPECT_THAT(refusal(path), HasSubstr("not a Chainsong project"));
    tamper(folder.file("other"), "CREATE TABLE a (b)");
    EXPECT_THAT(refusal(folder.file("other")), HasSubstr("not a Chainsong project"))
        << "somebody else's database";
}

TEST(DamagedProject, ANewerVersionIsRefusedAndLeftAsItIs) {
    const test::TemporaryFolder folder;
    const std::string path = makeProject(folder);
    tamper(path, "PRAGMA user_version = 999");
    const auto before = read(path);
    EXPECT_THAT(refusal(path), HasSubstr("newer Chainsong (format 999"));
    EXPECT_EQ(read(path), before);
}

TEST(DamagedProject, AForeignSchemaIsRefused) {
    const test::TemporaryFolder folder;
    for (const char* sql :
        {"CREATE TRIGGER t AFTER INSERT ON step BEGIN DELETE FROM part; END", "CREATE VIEW v AS SELECT 1",
            "DROP TABLE part; CREATE VIEW part AS SELECT 1 AS id, randomblob(100000000) AS bytes, 1 AS "
            "check_sum",
            "CREATE TABLE more (a)", "CREATE INDEX i ON step (abs(step))",
            "ALTER TABLE part ADD COLUMN c INTEGER GENERATED ALWAYS AS (length(bytes))"}) {
        const std::string path = makeProject(folder);
        tamper(path, sql);
        EXPECT_THAT(refusal(path), HasSubstr("laid out as no Chainsong project")) << sql;
    }
}

TEST(DamagedProject, OpensReadOnlyWithTheNewestStepThatIsWhole) {
    const test::TemporaryFolder folder;
    const std::string path = makeProject(folder);
    tamper(path, "UPDATE part SET bytes = x'53FF' WHERE id = (SELECT max(id) FROM part)");
    auto project = ProjectFile::open(path);
    ASSERT_TRUE(project) << sentence(project.error());
    EXPECT_TRUE(project->isReadOnly());
    EXPECT_THAT(project->notices(), Contains(HasSubstr("Everything up to step 4 is here")));
    EXPECT_EQ(project->content().score.title, "title 2");
    ASSERT_TRUE(project->saveAs(folder.file("saved.chainsong")));
    EXPECT_FALSE(project->isReadOnly());
    EXPECT_EQ(project->content().score.title, "title 2");
    EXPECT_TRUE(project->record({}, "Edit"));
}

TEST(DamagedProject, EveryTruncationAndManyDamagedBytesAreAnswered) {
    const test::TemporaryFolder folder;
    const auto sound = read(makeProject(folder));
    const std::string path = folder.file("hurt.chainsong");
    int num_opened = 0;
    const auto tryOut = [&](const std::vector<std::uint8_t>& bytes) {
        write(path, bytes);
        const auto project = ProjectFile::open(path);
        if (!project) {
            EXPECT_FALSE(project.error().what.empty());
            return;
        }
        ++num_opened;
        EXPECT_EQ(normalised(project->content().score), project->content().score);
    };
    for (std::size_t length = 0; length < sound.size(); length += 997)
        tryOut({sound.begin(), sound.begin() + static_cast<std::ptrdiff_t>(length)});
    Rng rng(11);
    for (int round = 0; round < 150; ++round) {
        auto bytes = sound;
        for (std::uint64_t i = 0; i <= rng.below(8); ++i)
            bytes[rng.below(bytes.size())] = static_cast<std::uint8_t>(rng());
        tryOut(bytes);
    }
    EXPECT_GT(num_opened, 75) << "damage seldom loses everything";
}

TEST(DamagedProject, HostileNumbersAreClamped) {
    const test::TemporaryFolder folder;
    const std::string path = makeProject(folder);
    // A track of one note with the longest numbers, check sums computed as we do.
    const std::string varint = "FFFFFFFFFFFFFFFFFF01";
    const std::string notes = "4E" + varint + "FFFF" + varint;
    std::uint64_t hash = 0xCBF29CE484222325ull;
    for (std::size_t i = 0; i < notes.size(); i += 2)
        hash = (hash ^ std::stoul(notes.substr(i, 2), nullptr, 16)) * 0x100000001B3ull;
    tamper(path,
        "UPDATE part SET bytes = x'" + notes + "', check_sum = "
            + std::to_string(static_cast<std::int64_t>(hash)) + " WHERE substr(hex(bytes), 1, 2) = '4E'");
    const auto project = ProjectFile::open(path);
    ASSERT_TRUE(project) << sentence(project.error());
    for (const Track& track : project->content().score.tracks)
        for (const Note& note : track.notes) {
            EXPECT_LE(note.start, kMaxMidiTick);
            EXPECT_LE(note.length, kMaxMidiTick);
            EXPECT_LE(note.key, 127);
        }
}

} // namespace
} // namespace chainsong
