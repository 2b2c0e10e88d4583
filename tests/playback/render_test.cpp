#include "engine/playback/render.h"

#include "engine/playback/soundfont.h"
#include "engine/playback/take.h"
#include "tests/playback/pieces.h"
#include "tests/playback/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sndfile.h>

#include <cmath>
#include <ctime>
#include <fstream>
#include <iterator>

#include <sys/wait.h>
#include <unistd.h>

namespace chainsong {
namespace {

using testing::HasSubstr;

std::string bytesOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

struct Sound {
    SF_INFO info{};
    std::vector<float> samples;
    float peak() const {
        float peak = 0;
        for (const float sample : samples) peak = std::max(peak, std::abs(sample));
        return peak;
    }
    double seconds() const { return static_cast<double>(info.frames) / info.samplerate; }
};

Sound soundOf(const std::string& path) {
    Sound sound;
    SNDFILE* file = sf_open(path.c_str(), SFM_READ, &sound.info);
    EXPECT_NE(file, nullptr) << path;
    if (!file) return sound;
    sound.samples.resize(static_cast<std::size_t>(sound.info.frames * sound.info.channels));
    sf_readf_float(file, sound.samples.data(), sound.info.frames);
    sf_close(file);
    return sound;
}

class Render : public testing::Test {
protected:
    void SetUp() override {
        if (const auto found = findSoundfont(); !found) GTEST_SKIP() << sentence(found.error());
    }
    TemporaryFolder m_folder;
};

TEST_F(Render, AWavSoundsAndIsAsLongAsThePieceAndItsTail) {
    const std::string path = m_folder.path("piece.wav");
    const auto report = renderToFile(smallPiece(2), path);
    ASSERT_TRUE(report) << sentence(report.error());
    const Sound sound = soundOf(path);
    EXPECT_EQ(sound.info.samplerate, 44'100);
    EXPECT_EQ(sound.info.channels, 2);
    EXPECT_EQ(sound.info.format & SF_FORMAT_SUBMASK, SF_FORMAT_PCM_16);
    EXPECT_GE(sound.seconds(), 4.0);
    EXPECT_LE(sound.seconds(), 9.0);
    EXPECT_DOUBLE_EQ(report->duration_s, sound.seconds());
    EXPECT_GT(sound.peak(), 0.02f);
    EXPECT_LT(sound.peak(), 1.0f);
    EXPECT_NEAR(report->peak_unit, sound.peak(), 1e-3);
    EXPECT_EQ(report->num_clipped, 0u);
}

TEST_F(Render, AnExactEndIsExactToTheFrame) {
    RenderOptions options;
    options.tail = Tail::kExactBarEnd;
    options.sample_rate_hz = 48'000;
    const std::string path = m_folder.path("loop.wav");
    ASSERT_TRUE(renderToFile(smallPiece(2), path, options));
    EXPECT_EQ(soundOf(path).info.frames, 4 * 48'000);
}

TEST_F(Render, TheTailEndsWithSilence) {
    const std::string path = m_folder.path("tail.wav");
    ASSERT_TRUE(renderToFile(smallPiece(1), path));
    const Sound sound = soundOf(path);
    ASSERT_GT(sound.samples.size(), 2000u);
    for (std::size_t i = sound.samples.size() - 2000; i < sound.samples.size(); ++i)
        ASSERT_LT(std::abs(sound.samples[i]), 1e-3f);
}

TEST_F(Render, TheFirstNoteSoundsAtTheStartAndALaterOneAtItsTime) {
    Score score = smallPiece(1);
    for (Track& track : score.tracks) track.notes = {{{960}, {480}, 72, 127}}; // one second in
    const std::string path = m_folder.path("late.wav");
    ASSERT_TRUE(renderToFile(score, path));
    const Sound sound = soundOf(path);
    std::size_t first = 0;
    while (first < sound.samples.size() && std::abs(sound.samples[first]) < 2e-3f) ++first;
    EXPECT_NEAR(static_cast<double>(first / 2) / 44'100, 1.0, 0.02);
}

TEST_F(Render, TheSamePieceGivesTheSameBytes) {
    for (const char* name : {"a.wav", "a.flac", "a.ogg"}) {
        for (const SampleFormat format :
            {SampleFormat::kInt16, SampleFormat::kInt24, SampleFormat::kFloat32}) {
            RenderOptions options;
            options.format = format;
            const std::string path = m_folder.path(name);
            ASSERT_TRUE(renderToFile(smallPiece(1), path, options));
            const std::string first = bytesOf(path);
            ASSERT_TRUE(renderToFile(smallPiece(1), path, options));
            EXPECT_EQ(first, bytesOf(path)) << name;
        }
    }
}

TEST_F(Render, EveryFormatHoldsTheSameSound) {
    const std::string reference_path = m_folder.path("reference.wav");
    ASSERT_TRUE(renderToFile(smallPiece(1), reference_path));
    const Sound reference = soundOf(reference_path);
    for (const char* name : {"a.flac", "a.ogg", "a.OGG", "a.wav"}) {
        const std::string path = m_folder.path(name);
        RenderOptions options;
        options.format = SampleFormat::kFloat32;
        const auto report = renderToFile(smallPiece(1), path, options);
        ASSERT_TRUE(report) << sentence(report.error());
        const Sound sound = soundOf(path);
        EXPECT_EQ(sound.info.frames, reference.info.frames) << name;
        EXPECT_NEAR(sound.peak(), reference.peak(), 0.15 * reference.peak()) << name;
    }
}

TEST_F(Render, StemsAddUpToTheMix) {
    RenderOptions options;
    options.format = SampleFormat::kFloat32;
    options.tail = Tail::kExactBarEnd;
    options.stems_folder = m_folder.path("stems");
    const auto report = renderToFile(smallPiece(2), m_folder.path("mix.wav"), options);
    ASSERT_TRUE(report) << sentence(report.error());
    ASSERT_EQ(report->files.size(), 3u);
    const Sound mix = soundOf(report->files[0]);
    const Sound first = soundOf(report->files[1]);
    const Sound second = soundOf(report->files[2]);
    ASSERT_EQ(first.samples.size(), mix.samples.size());
    ASSERT_EQ(second.samples.size(), mix.samples.size());
    EXPECT_GT(first.peak(), 0.01f);
    EXPECT_GT(second.peak(), 0.01f);
    for (std::size_t i = 0; i < mix.samples.size(); ++i)
        ASSERT_NEAR(mix.samples[i], first.samples[i] + second.samples[i],
            1e-3); // -60 dB: voices end at a noise floor
}

TEST_F(Render, NormalisingBringsThePeakJustBelowFullScale) {
    RenderOptions options;
    options.is_normalised = true;
    const std::string path = m_folder.path("loud.wav");
    const auto report = renderToFile(smallPiece(1), path, options);
    ASSERT_TRUE(report);
    EXPECT_NEAR(soundOf(path).peak(), 0.9886, 1e-3);
    EXPECT_EQ(report->num_clipped, 0u);
}

TEST_F(Render, ClippedSamplesAreCountedAndNeverWrapAround) {
    Score score = smallPiece(1);
    for (int i = 0; i < 10; ++i) {
        Track loud = risingTrack(16, 4, 60 + i);
        for (Note& note : loud.notes) note.velocity_127 = 127;
        loud.volume_127 = 127;
        score.tracks.push_back(loud);
    }
    const std::string path = m_folder.path("clipped.wav");
    const auto report = renderToFile(score, path);
    ASSERT_TRUE(report);
    EXPECT_GT(report->peak_unit, 1.0);
    EXPECT_GT(report->num_clipped, 0u);
    const Sound sound = soundOf(path);
    for (std::size_t i = 2; i < sound.samples.size(); ++i) // a wrapped sample jumps across the whole scale
        ASSERT_LT(std::abs(sound.samples[i] - sound.samples[i - 2]), 1.5f);
}

TEST_F(Render, ReverbOffIsDrier) {
    RenderOptions dry;
    dry.reverb = Reverb::kOff;
    const auto with_room = renderToFile(smallPiece(1), m_folder.path("room.wav"));
    const auto without = renderToFile(smallPiece(1), m_folder.path("dry.wav"), dry);
    ASSERT_TRUE(with_room && without);
    EXPECT_NE(bytesOf(m_folder.path("room.wav")), bytesOf(m_folder.path("dry.wav")));
    EXPECT_LE(without->duration_s, with_room->duration_s);
}

TEST_F(Render, ProgressGoesUpToOne) {
    double last = 0;
    const auto report =
        renderToFile(smallPiece(2), m_folder.path("a.wav"), {}, [&](const Progress& progress) {
            EXPECT_GE(progress.share_unit, last);
            last = progress.share_unit;
        });
    ASSERT_TRUE(report);
    EXPECT_DOUBLE_EQ(last, 1);
}

TEST_F(Render, APieceOf323DaysIsRefusedBeforeTheFirstByte) {
    Score score = smallPiece(1);
    score.end = {std::int64_t{100} * ((1 << 28) - 1)}; // what an 800-byte MIDI file can say
    const auto report = renderToFile(score, m_folder.path("endless.wav"));
    ASSERT_FALSE(report);
    EXPECT_THAT(report.error().what, HasSubstr("days"));
    EXPECT_TRUE(m_folder.isEmpty());
}

TEST_F(Render, MoreThanTheDiskHoldsIsRefusedBeforeTheFirstByte) {
    Score score = smallPiece(1);
    score.end = {std::int64_t{960} * 3600 * 23}; // 23 hours at 120 BPM
    RenderOptions options;
    options.format = SampleFormat::kFloat32;
    options.sample_rate_hz = 96'000;
    options.stems_folder = m_folder.path("stems");
    for (int i = 0; i < 2000; ++i) score.tracks.push_back(risingTrack(0, 1, 60));
    const auto report = renderToFile(score, m_folder.path("big.wav"), options);
    ASSERT_FALSE(report);
    EXPECT_THAT(report.error().what, HasSubstr("free"));
    EXPECT_TRUE(m_folder.isEmpty());
}

TEST(SoundFile, AWavBeyondFourGigabytesIsWrittenAsRf64) {
    const TemporaryFolder folder;
    const std::string path = folder.path("huge.wav");
    auto writer = SoundFileWriter::create(path, path, {}, std::uint64_t{2} << 30);
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->write(std::vector<float>(200, 0.5f)));
    ASSERT_TRUE(writer->finish());
    EXPECT_EQ(bytesOf(path).substr(0, 4), "RF64");
    EXPECT_EQ(soundOf(path).info.frames, 100);
}

TEST_F(Render, AStoppedRenderingLeavesNothingAndStopsAtOnce) {
    Score score = smallPiece(1);
    score.tracks[0] = risingTrack(0, 4000, 40);
    score.end = {4000 * kTicksPerQuarter};
    // Processor time of this thread: a busy machine must not decide.
    const auto now_s = [] {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
    };
    std::stop_source stop;
    double asked_s = 0;
    int num_chunks_after = 0;
    const auto on_progress = [&](const Progress& progress) {
        if (stop.stop_requested()) ++num_chunks_after;
        if (progress.share_unit < 0.01 || stop.stop_requested()) return;
        asked_s = now_s();
        stop.request_stop();
    };
    const auto report = renderToFile(score, m_folder.path("a.wav"), {}, on_progress, stop.get_token());
    const double late_s = now_s() - asked_s;
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().what, kRenderStopped);
    EXPECT_LT(late_s, 0.1);
    EXPECT_EQ(num_chunks_after, 0);
    EXPECT_TRUE(m_folder.isEmpty());
}

TEST_F(Render, AFailureLeavesTheOldFileAlone) {
    const std::string path = m_folder.file("old.wav", "old content");
    RenderOptions options;
    options.soundfont_path =
        m_folder.file("damaged.sf2", std::string("RIFF\x10\0\0\0sfbk", 12) + std::string(500, 'x'));
    const auto report = renderToFile(smallPiece(1), path, options);
    ASSERT_FALSE(report);
    EXPECT_THAT(sentence(report.error()), HasSubstr("damaged.sf2"));
    EXPECT_EQ(bytesOf(path), "old content");
}

TEST_F(Render, EveryRefusalNamesWhatAndWhere) {
    Score empty;
    EXPECT_THAT(sentence(renderToFile(empty, m_folder.path("a.wav")).error()), HasSubstr("empty"));
    EXPECT_THAT(sentence(renderToFile(smallPiece(1), m_folder.path("a.mp3")).error()), HasSubstr(".flac"));
    EXPECT_THAT(sentence(renderToFile(smallPiece(1), m_folder.path("no/folder/a.wav")).error()),
        HasSubstr("no/folder"));
    RenderOptions absent;
    absent.soundfont_path = "/nowhere/font.sf2";
    EXPECT_THAT(sentence(renderToFile(smallPiece(1), m_folder.path("a.wav"), absent).error()),
        HasSubstr("/nowhere/font.sf2"));
    RenderOptions fast;
    fast.sample_rate_hz = 1'000'000;
    EXPECT_THAT(
        sentence(renderToFile(smallPiece(1), m_folder.path("a.wav"), fast).error()), HasSubstr("96000"));
    EXPECT_TRUE(m_folder.isEmpty());
}

TEST_F(Render, AReadOnlyFolderIsNamed) {
    constexpr uid_t kNobody = 65534;
    using std::filesystem::perms;
    const auto readable = perms::owner_read | perms::owner_exec | perms::others_read | perms::others_exec;
    std::filesystem::permissions(m_folder.path(""), readable);
    const uid_t self = geteuid();
    const bool changes = self == 0 && seteuid(kNobody) == 0; // the superuser may write everywhere
    const auto report = renderToFile(smallPiece(1), m_folder.path("a.wav"));
    ASSERT_EQ(seteuid(changes ? self : geteuid()), 0);
    ASSERT_FALSE(report);
    EXPECT_THAT(sentence(report.error()), HasSubstr("not permitted"));
}

TEST_F(Render, TrackNamesOfAnyKindMakeFilesInsideTheStemsFolder) {
    Score score = smallPiece(1);
    score.tracks[0].name = "../../etc/passwd\n\x01";
    score.tracks[1].name = std::string(5000, 'x');
    RenderOptions options;
    options.stems_folder = m_folder.path("stems");
    const auto report = renderToFile(score, m_folder.path("mix.flac"), options);
    ASSERT_TRUE(report) << sentence(report.error());
    for (std::size_t i = 1; i < report->files.size(); ++i)
        EXPECT_EQ(std::filesystem::path(report->files[i]).parent_path().string(), options.stems_folder);
}

TEST_F(Render, AFullDiskLeavesNothingButASentence) {
    const std::string script = "mount -t tmpfs -o size=1m none '" + m_folder.path("")
        + "' 2>/dev/null || exit 77; exec " + std::filesystem::read_symlink("/proc/self/exe").string()
        + " --gtest_filter=Render.InsideAFullDisk";
    setenv("CHAINSONG_FULL_DISK", m_folder.path("").c_str(), 1);
    const int status = std::system(("unshare -rm sh -c \"" + script + "\" >/dev/null 2>&1").c_str());
    unsetenv("CHAINSONG_FULL_DISK");
    const int exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (exit_code == 77 || exit_code == 1 || exit_code == 127) {
        if (std::system("unshare -rm true 2>/dev/null") != 0 || exit_code == 77)
            GTEST_SKIP() << "no private file systems here";
    }
    EXPECT_EQ(exit_code, 0);
}

TEST_F(Render, InsideAFullDisk) {
    const char* folder = std::getenv("CHAINSONG_FULL_DISK");
    if (!folder) GTEST_SKIP() << "the test above runs this one on a full disk";
    const std::string path = std::string(folder) + "/a.wav";
    const auto estimate = renderToFile(smallPiece(8), path); // 3 MB into 1 MB: known beforehand
    ASSERT_FALSE(estimate);
    EXPECT_THAT(sentence(estimate.error()), HasSubstr("free"));
    // Somebody else fills the disk while we write.
    SynthOptions synth_options;
    synth_options.soundfont_path = findSoundfont()->path;
    auto writer = SoundFileWriter::create(path, path, {}, 1);
    ASSERT_TRUE(writer);
    Status written = Done{};
    const std::vector<float> second(2 * 44'100, 0.25f);
    for (int i = 0; i < 20 && written; ++i) written = writer->write(second);
    ASSERT_FALSE(written);
    EXPECT_THAT(sentence(written.error()), HasSubstr("no room"));
}

} // namespace
} // namespace chainsong
