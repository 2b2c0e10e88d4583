#include "engine/jobs/exporter.h"

#include "engine/io/midi_file.h"
#include "engine/playback/soundfont.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>

namespace chainsong {
namespace {

namespace fs = std::filesystem;

ScorePtr aTune(int bars) {
    Score score;
    score.tracks.resize(1);
    score.tracks[0].name = "flute";
    for (int quarter = 0; quarter < 4 * bars; ++quarter)
        score.tracks[0].notes.push_back(
            {Tick{480 * quarter}, Tick{480}, static_cast<std::uint8_t>(60 + quarter % 12), 90});
    return std::make_shared<const Score>(normalised(std::move(score)));
}

class ExporterTest : public testing::Test {
protected:
    ExporterTest() {
        fs::remove_all(m_folder);
        fs::create_directories(m_folder);
    }
    ~ExporterTest() override { fs::remove_all(m_folder); }
    std::size_t numFiles() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(m_folder), fs::directory_iterator()));
    }
    Exporter::Callbacks callbacks() {
        return {{}, [this](JobId id, Status status) {
                    const std::lock_guard lock(m_mutex);
                    m_done.insert_or_assign(id, std::move(status));
                    m_changed.notify_all();
                }};
    }
    Status waitFor(JobId id) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_done.count(id) > 0; });
        return m_done.at(id);
    }

    const fs::path m_folder = fs::temp_directory_path()
        / ("chainsong-exporter-"
            + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<JobId, Status> m_done;
};

TEST_F(ExporterTest, TheEndingOfTheNameDecidesTheFormat) {
    EXPECT_EQ(*exportFormatOf("a.MID"), ExportFormat::kMidiForNotation);
    EXPECT_EQ(*exportFormatOf("a.b.flac"), ExportFormat::kFlac);
    EXPECT_EQ(*exportFormatOf("a.musicxml"), ExportFormat::kMusicXml);
    EXPECT_FALSE(exportFormatOf("a.mp3"));
    EXPECT_FALSE(exportFormatOf(""));
}

TEST_F(ExporterTest, WritesAllThatWasAskedInOrder) {
    Exporter exporter(callbacks());
    const ScorePtr tune = aTune(4);
    JobId last = 0;
    for (const char* const name : {"a.mid", "a.musicxml", "a.png"})
        last = exporter.start({tune, m_folder / name, *exportFormatOf(name), {}, {}});
    EXPECT_TRUE(waitFor(last));
    EXPECT_EQ(m_done.size(), 3u);
    EXPECT_EQ(numFiles(), 3u);
    const auto reading = readMidiFile(m_folder / "a.mid");
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->score.tracks[0].notes, tune->tracks[0].notes);
}

TEST_F(ExporterTest, APlaceThatCannotBeWrittenIsNamed) {
    Exporter exporter(callbacks());
    const Status status = waitFor(
        exporter.start({aTune(1), m_folder / "none" / "a.mid", ExportFormat::kMidiAsPerformed, {}, {}}));
    ASSERT_FALSE(status);
    EXPECT_NE(sentence(status.error()).find("none"), std::string::npos) << sentence(status.error());
}

TEST_F(ExporterTest, ACancelledExportIsSilentAndLeavesNoFile) {
    if (!findSoundfont()) GTEST_SKIP() << "no soundfont here";
    Exporter exporter(callbacks());
    exporter.start({aTune(2000), m_folder / "long.wav", ExportFormat::kWav, {}, {}});
    exporter.start({aTune(2000), m_folder / "next.wav", ExportFormat::kWav, {}, {}});
    exporter.cancel();
    EXPECT_TRUE(
        waitFor(exporter.start({aTune(1), m_folder / "short.mid", ExportFormat::kMidiAsPerformed, {}, {}})));
    EXPECT_EQ(m_done.size(), 1u);
    EXPECT_EQ(numFiles(), 1u);
}

} // namespace
} // namespace chainsong
