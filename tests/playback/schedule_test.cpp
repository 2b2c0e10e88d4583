#include "engine/playback/schedule.h"

#include "tests/playback/pieces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace chainsong {
namespace {

std::vector<MidiMessage> allOf(const Schedule& schedule) {
    std::vector<MidiMessage> messages;
    schedule.appendWindow({}, schedule.end() + Tick{1}, messages);
    return messages;
}

std::vector<MidiMessage> notesOn(const Schedule& schedule) {
    std::vector<MidiMessage> messages = allOf(schedule);
    std::erase_if(
        messages, [](const MidiMessage& message) { return message.kind != MidiMessageKind::kNoteOn; });
    return messages;
}

/// Every on is followed by its off before the same key goes on again, and nothing sounds in the end.
void expectOnsAndOffsAlternate(const std::vector<MidiMessage>& messages) {
    ChannelKeys sounding;
    for (const MidiMessage& message : messages) {
        const std::size_t key = keyIndex(message.channel, message.first);
        if (message.kind == MidiMessageKind::kNoteOn) {
            ASSERT_FALSE(sounding[key]);
            sounding.set(key);
        }
        if (message.kind == MidiMessageKind::kNoteOff) {
            ASSERT_TRUE(sounding[key]);
            sounding.reset(key);
        }
    }
    EXPECT_TRUE(sounding.none());
}

TEST(Schedule, EveryNoteThatBeginsEndsOnceInAnyPiece) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        Rng rng = rngFor(seed, 0, 0);
        const Score score = randomPiece(rng);
        expectOnsAndOffsAlternate(allOf(Schedule(score, {})));
    }
}

TEST(Schedule, WindowsThatTileThePieceGiveTheSameAsOneLook) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        Rng rng = rngFor(seed, 1, 0);
        const Schedule schedule(randomPiece(rng), {}, /*with_metronome=*/seed % 2 == 0);
        std::vector<MidiMessage> tiled;
        for (Tick from; from <= schedule.end();) {
            const Tick to = from + Tick{1 + static_cast<std::int64_t>(rng.below(700))};
            schedule.appendWindow(from, std::min(to, schedule.end() + Tick{1}), tiled);
            from = to;
        }
        EXPECT_EQ(tiled, allOf(schedule)) << "seed " << seed;
    }
}

TEST(Schedule, MessagesAscendInTimeAndOffsComeFirst) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        Rng rng = rngFor(seed, 2, 0);
        const std::vector<MidiMessage> messages = allOf(Schedule(randomPiece(rng), {}, true));
        for (std::size_t i = 1; i < messages.size(); ++i) {
            ASSERT_LE(messages[i - 1].at, messages[i].at);
            ASSERT_LE(messages[i - 1].at_s, messages[i].at_s);
            const bool off_is_late = messages[i - 1].at == messages[i].at
                && messages[i - 1].kind == MidiMessageKind::kNoteOn
                && messages[i].kind == MidiMessageKind::kNoteOff;
            ASSERT_FALSE(off_is_late);
        }
    }
}

TEST(Schedule, SecondsFollowTheTempoMap) {
    Score score = smallPiece(1);
    score.tempos = {tempoAt({}, 60), tempoAt({960}, 120)};
    const std::vector<MidiMessage> notes = notesOn(Schedule(score, soloOf(0, 2)));
    ASSERT_EQ(notes.size(), 4u);
    const double expected_s[] = {0, 1, 2, 2.5};
    for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(notes[i].at_s, expected_s[i], 1e-9);
}

TEST(Schedule, AKeyStruckAgainWhileItSoundsEndsTheEarlierNote) {
    Score score;
    Track track;
    track.notes = {{{0}, {960}, 60, 80}, {{480}, {960}, 60, 90}};
    score.tracks = {track};
    score.end = {1920};
    const std::vector<MidiMessage> messages = allOf(Schedule(score, {}));
    ASSERT_EQ(messages.size(), 4u);
    EXPECT_EQ(messages[1].kind, MidiMessageKind::kNoteOff);
    EXPECT_EQ(messages[1].at, Tick{480});
    EXPECT_EQ(messages[3].at, Tick{1440});
}

TEST(Schedule, MuteAndSoloDecideWhoIsHeard) {
    Mix mix;
    mix.tracks.resize(2);
    mix.tracks[0].is_muted = true;
    for (const MidiMessage& message : notesOn(Schedule(smallPiece(), mix))) EXPECT_EQ(message.track, 1);
    mix.tracks[0] = {};
    mix.tracks[0].is_soloed = true;
    for (const MidiMessage& message : notesOn(Schedule(smallPiece(), mix))) EXPECT_EQ(message.track, 0);
    mix.tracks[0].is_muted = true;
    EXPECT_TRUE(notesOn(Schedule(smallPiece(), mix)).empty());
}

TEST(Schedule, TheMixerOverridesVolumeAndPan) {
    Mix mix;
    mix.tracks.resize(1);
    mix.tracks[0].volume_127 = 33;
    const Schedule schedule(smallPiece(), mix);
    EXPECT_THAT(schedule.setup(), testing::Contains(control(0, kVolumeController, 33)));
    EXPECT_THAT(schedule.setup(), testing::Contains(control(1, kVolumeController, 100)));
    EXPECT_THAT(schedule.setup(), testing::Contains(program(1, 42)));
}

TEST(Schedule, TheMetronomeClicksOnEveryBeatAndAccentsTheBar) {
    Score score = smallPiece(2);
    score.metres = {{{}, {3, 4}}, {{1440}, {2, 4}}};
    std::vector<MidiMessage> clicks = notesOn(Schedule(score, soloOf(2, 3), /*with_metronome=*/true));
    std::vector<std::int64_t> accents;
    for (const MidiMessage& click : clicks) {
        EXPECT_EQ(click.channel, kDrumChannel);
        if (click.second > 100) accents.push_back(click.at.value);
    }
    EXPECT_EQ(clicks.size(), 8u + 0u);
    EXPECT_THAT(accents, testing::ElementsAre(0, 1440, 2400, 3360));
}

TEST(Schedule, ACountInTakesMetreAndTempoFromWhereThePlayingBegins) {
    Score score = smallPiece(2);
    score.metres = {{{}, {4, 4}}, {{1920}, {3, 4}}};
    score.tempos = {tempoAt({}, 120), tempoAt({1920}, 60)};
    const Schedule bars = countIn(score, {1920}, 2);
    EXPECT_EQ(notesOn(bars).size(), 6u);
    EXPECT_NEAR(bars.tempos().secondsAt(bars.end()), 6.0, 1e-6);
}

TEST(Channels, DrumsArePlayedOnTheirChannelAndNothingElseIs) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Rng rng = rngFor(seed, 3, 0);
        const Score score = randomPiece(rng);
        const ChannelPlan plan = planChannels(score.tracks);
        for (std::size_t t = 0; t < score.tracks.size(); ++t) {
            if (score.tracks[t].notes.empty()) continue;
            EXPECT_EQ(plan.channel_of_track[t] == kDrumChannel, score.tracks[t].is_drums);
        }
    }
}

TEST(Channels, FifteenPitchedTracksEachHaveTheirOwn) {
    std::vector<Track> tracks;
    for (int i = 0; i < 15; ++i) tracks.push_back(risingTrack(0, 1, 60));
    const ChannelPlan plan = planChannels(tracks);
    const std::set<int> channels(plan.channel_of_track.begin(), plan.channel_of_track.end());
    EXPECT_EQ(channels.size(), 15u);
}

TEST(Channels, MoreThanFifteenShareByProgram) {
    std::vector<Track> tracks;
    for (int i = 0; i < 30; ++i) tracks.push_back(risingTrack(i % 10, 1, 60));
    const ChannelPlan plan = planChannels(tracks);
    std::map<int, int> program_of_channel;
    for (std::size_t t = 0; t < tracks.size(); ++t) {
        const auto [seen, is_new] =
            program_of_channel.try_emplace(plan.channel_of_track[t], tracks[t].program);
        EXPECT_EQ(seen->second, tracks[t].program);
    }
    EXPECT_EQ(program_of_channel.size(), 10u);
}

TEST(Channels, MoreThanFifteenInstrumentsAreToldTheProgramBeforeEachNote) {
    Score score;
    for (int i = 0; i < 40; ++i) score.tracks.push_back(risingTrack(i * 3, 1, 40 + i));
    score.end = {480};
    std::array<int, kNumChannels> current{};
    for (const MidiMessage& message : allOf(Schedule(score, {}))) {
        if (message.kind == MidiMessageKind::kProgram) current[message.channel] = message.first;
        if (message.kind != MidiMessageKind::kNoteOn) continue;
        EXPECT_NE(message.channel, kDrumChannel);
        EXPECT_EQ(current[message.channel], score.tracks[static_cast<std::size_t>(message.track)].program);
    }
}

TEST(Schedule, APieceOfManyDaysWithMetronomeIsAskedForInWindowsOnly) {
    Score score = smallPiece(1);
    score.end = {std::int64_t{27'000'000'000}};
    const Schedule schedule(score, {}, /*with_metronome=*/true);
    std::vector<MidiMessage> messages;
    schedule.appendWindow({26'000'000'000}, {26'000'001'920}, messages);
    EXPECT_EQ(messages.size(), 8u); // four clicks, on and off
}

} // namespace
} // namespace chainsong
