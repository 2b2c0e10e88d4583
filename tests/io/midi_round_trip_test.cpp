#include "engine/io/midi_file.h"
#include "tests/io/random_score.h"

#include <gmock/gmock.h>

#include <cmath>

namespace chainsong {
namespace {

using test::randomScore;

TEST(MidiRoundTrip, TenThousandRandomScoresComeBackEqual) {
    for (std::uint64_t seed = 0; seed < 10'000; ++seed) {
        const Score score = randomScore(seed);
        const Result<MidiReading> reading = readMidi(writeMidi(score), "score");
        ASSERT_TRUE(reading) << reading.error().what << ", seed " << seed;
        ASSERT_EQ(test::difference(reading->score, score), "") << "seed " << seed;
        ASSERT_THAT(reading->notices, testing::IsEmpty()) << "seed " << seed;
    }
}

TEST(MidiRoundTrip, WrittenForNotationEverythingIsOnTheGridAndWholeBeatsAMinute) {
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        const Score score = randomScore(seed);
        const Result<MidiReading> reading = readMidi(writeMidi(score, MidiFlavour::kNotation), "score");
        ASSERT_TRUE(reading);
        for (const Track& track : reading->score.tracks)
            for (const Note& note : track.notes) {
                ASSERT_EQ(note.start.value % kTicksPerStep, 0);
                ASSERT_EQ(note.length.value % kTicksPerStep, 0);
            }
        for (const TempoChange& tempo : reading->score.tempos)
            ASSERT_EQ(tempo, tempoAt(tempo.at, std::round(tempo.tempoBpm())));
        // Once on the grid it stays as it is.
        const auto again = readMidi(writeMidi(reading->score, MidiFlavour::kNotation), "score");
        ASSERT_TRUE(again);
        ASSERT_EQ(test::difference(again->score, reading->score), "") << "seed " << seed;
    }
}

TEST(MidiRoundTrip, RemarksAndChordsComeBack) {
    Score score;
    score.title = "夜曲";
    score.markers = {{{0}, "chord:Dm7"}, {{0}, "verse"}, {{960}, "chord:G7"}};
    score.end = {1920};
    const auto reading =
        readMidi(writeMidi(score, MidiFlavour::kPerformed, {"prompt: a slow waltz", "seed: 7"}), "score");
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->score, score);
    EXPECT_THAT(reading->remarks, testing::ElementsAre("prompt: a slow waltz", "seed: 7"));
}

TEST(MidiRoundTrip, DaysOfSilenceSurvive) {
    Score score;
    score.tracks.push_back({.name = "late", .notes = {{{50'000'000'000}, {480}, 60, 90}}});
    score = normalised(score);
    const auto reading = readMidi(writeMidi(score), "score");
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->score, score);
}

TEST(MidiRoundTrip, EqualKeysThatOverlapAreCutWhereTheLaterBegins) {
    const std::vector<Note> notes{
        {{0}, {480}, 60, 80}, {{0}, {240}, 60, 100}, {{100}, {50}, 62, 70}, {{240}, {480}, 60, 90}};
    const std::vector<Note> expected{{{0}, {240}, 60, 100}, {{100}, {50}, 62, 70}, {{240}, {480}, 60, 90}};
    EXPECT_EQ(withoutOverlaps(notes), expected);
}

/// Every event of a track as (tick, status, first data byte); a small reader of its own, so that the two
/// cannot err alike.
struct PlainEvent {
    std::int64_t at = 0;
    int status = 0;
    int first = 0;
    int second = 0;
};
std::vector<std::vector<PlainEvent>> plainEvents(const std::vector<std::uint8_t>& bytes) {
    std::vector<std::vector<PlainEvent>> tracks;
    std::size_t i = 14;
    const auto number = [&] {
        std::int64_t value = 0;
        while (bytes.at(i) & 0x80) value = value * 128 + (bytes.at(i++) & 0x7F);
        return value * 128 + bytes.at(i++);
    };
    while (i < bytes.size()) {
        const std::size_t end = i + 8
            + static_cast<std::size_t>(
                bytes.at(i + 4) << 24 | bytes.at(i + 5) << 16 | bytes.at(i + 6) << 8 | bytes.at(i + 7));
        i += 8;
        std::vector<PlainEvent>& track = tracks.emplace_back();
        std::int64_t at = 0;
        while (i < end) {
            at += number();
            PlainEvent event{at, bytes.at(i++), 0, 0};
            if (event.status == 0xFF) {
                event.first = bytes.at(i++);
                const auto length = static_cast<std::size_t>(number());
                event.second = length > 0 ? bytes.at(i) : 0;
                i += length;
            } else {
                event.first = bytes.at(i++);
                if (event.status >> 4 != 0xC) event.second = bytes.at(i++);
            }
            track.push_back(event);
        }
        EXPECT_EQ(i, end);
    }
    return tracks;
}

TEST(MidiWriter, KeepsTheRulesOfNotationProgramsAndPlayers) {
    Score score;
    score.title = "rules";
    score.tempos = {tempoAt({0}, 96)};
    score.metres = {{{0}, {3, 4}}};
    score.keys = {{{0}, {2, Mode::kMinor}}};
    score.tracks.push_back(
        {.name = "melody", .program = 40, .notes = {{{0}, {480}, 62, 90}, {{480}, {480}, 62, 90}}});
    score.tracks.push_back({.name = "kit", .is_drums = true, .notes = {{{0}, {120}, 36, 90}}});
    for (int i = 0; i < 20; ++i)
        score.tracks.push_back({.name = "voice", .program = i, .notes = {{{0}, {480}, 60, 80}}});
    score.end = {1440};
    const auto bytes = writeMidi(normalised(score));
    EXPECT_EQ(bytes.at(9), 1) << "type 1";
    EXPECT_EQ(bytes.at(12) << 8 | bytes.at(13), 480);
    const auto tracks = plainEvents(bytes);
    ASSERT_EQ(tracks.size(), 23u);
    for (std::size_t t = 0; t < tracks.size(); ++t) {
        EXPECT_EQ(tracks[t].back().at, 1440) << "every track ends on the bar line";
        EXPECT_EQ(tracks[t].back().first, 0x2F);
        if (t == 0) continue;
        const bool is_drums = t == 2;
        bool has_key = false, has_program = false;
        std::vector<bool> is_sounding(128, false);
        for (const PlainEvent& event : tracks[t]) {
            if (event.status == 0xFF) {
                has_key |= event.first == 0x59;
                continue;
            }
            EXPECT_EQ((event.status & 0x0F) == 9, is_drums);
            has_program |= event.status >> 4 == 0xC && event.at == 0;
            if (event.status >> 4 == 9) {
                EXPECT_TRUE(has_program);
                EXPECT_FALSE(is_sounding[static_cast<std::size_t>(event.first)])
                    << "released before it is struck again";
                is_sounding[static_cast<std::size_t>(event.first)] = true;
            }
            if (event.status >> 4 == 8) is_sounding[static_cast<std::size_t>(event.first)] = false;
        }
        EXPECT_EQ(has_key, !is_drums);
    }
}

TEST(MidiWriter, SaysWhereItCannotWrite) {
    const Status status = writeMidiFile({}, "/nowhere/at/all.mid");
    ASSERT_FALSE(status);
    EXPECT_THAT(sentence(status.error()),
        testing::AllOf(testing::HasSubstr("/nowhere/at/all.mid"), testing::HasSubstr("does not exist")));
}

TEST(MidiReader, TypeZeroIsSplitByChannel) {
    const std::vector<std::uint8_t> bytes{'M', 'T', 'h', 'd', 0, 0, 0, 6, 0, 0, 0, 1, 0, 96, 'M', 'T', 'r',
        'k', 0, 0, 0, 38, //
        0, 0xFF, 0x03, 4, 's', 'o', 'n', 'g', 0, 0xC1, 42, 0, 0x90, 60, 90, 0, 0x91, 48, 80, 0, 0x99, 36,
        70, //
        96, 0x80, 60, 0, 0, 0x81, 48, 0, 0, 0x89, 36, 0, 0, 0xFF, 0x2F, 0};
    auto copy = bytes;
    copy[21] = static_cast<std::uint8_t>(bytes.size() - 22);
    const auto reading = readMidi(copy, "song.mid");
    ASSERT_TRUE(reading) << reading.error().what;
    const Score& score = reading->score;
    EXPECT_EQ(score.title, "song");
    ASSERT_EQ(score.tracks.size(), 3u);
    EXPECT_EQ(score.tracks[1].program, 42);
    EXPECT_EQ(score.tracks[1].name, "cello");
    EXPECT_TRUE(score.tracks[2].is_drums);
    EXPECT_EQ(score.tracks[0].notes.at(0).length, Tick{480}) << "96 ticks of 96 a quarter";
    EXPECT_EQ(score.end, Tick{1920}) << "the bar line";
    EXPECT_THAT(reading->notices, testing::IsEmpty());
}

} // namespace
} // namespace chainsong
