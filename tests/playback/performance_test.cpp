#include "engine/playback/performance.h"

#include "engine/playback/recording_output.h"
#include "tests/playback/pieces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chainsong {
namespace {

ScorePtr shared(Score score) { return std::make_shared<const Score>(std::move(score)); }

/// A performance on a recording, with a clock in the test's hand.
class Stage {
public:
    Performance performance{m_output};

    explicit Stage(Score score = smallPiece()) {
        performance.setScore(shared(std::move(score)), ScoreChange::kNow);
    }
    RecordingOutput& output() { return m_output; }
    void wait(double seconds, double step_s = 0.02) {
        const double until_s = m_output.now_s() + seconds;
        while (m_output.now_s() < until_s) {
            m_output.moveTo(std::min(until_s, m_output.now_s() + step_s));
            performance.pump();
        }
    }
    std::vector<MidiMessage> notesOn() const {
        std::vector<MidiMessage> notes;
        for (const MidiMessage& message : m_output.heard())
            if (message.kind == MidiMessageKind::kNoteOn) notes.push_back(message);
        return notes;
    }
    ChannelKeys soundingKeys() const {
        ChannelKeys keys;
        for (const MidiMessage& message : m_output.heard()) {
            const std::size_t key = keyIndex(message.channel, message.first);
            if (message.kind == MidiMessageKind::kNoteOn) keys.set(key);
            if (message.kind == MidiMessageKind::kNoteOff) keys.reset(key);
        }
        return keys;
    }
    void expectClean() const {
        ChannelKeys keys;
        double last_s = 0;
        for (const MidiMessage& message : m_output.heard()) {
            const std::size_t key = keyIndex(message.channel, message.first);
            EXPECT_GE(message.at_s, last_s - 1e-9);
            last_s = message.at_s;
            if (message.kind == MidiMessageKind::kNoteOn) {
                ASSERT_FALSE(keys[key]);
                keys.set(key);
            }
            if (message.kind == MidiMessageKind::kNoteOff) {
                ASSERT_TRUE(keys[key]);
                keys.reset(key);
            }
        }
        EXPECT_TRUE(keys.none()) << keys.count() << " keys still sound";
    }

private:
    RecordingOutput m_output;
};

PlayOptions looped(std::int64_t from, std::int64_t to) {
    PlayOptions options;
    options.loop = LoopRange{{from}, {to}};
    return options;
}

TEST(Performance, WhateverTheUserDoesEveryNoteThatBeganHasEnded) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        Rng rng = rngFor(seed, 0, 0);
        Stage stage(randomPiece(rng));
        for (int i = 0; i < 40; ++i) {
            const Tick somewhere{static_cast<std::int64_t>(rng.below(17 * 480))};
            PlayOptions options = stage.performance.options();
            switch (rng.below(11)) {
            case 0: stage.performance.play(somewhere); break;
            case 1: stage.performance.stop(); break;
            case 2: stage.performance.seek(somewhere); break;
            case 3: options.loop = LoopRange{somewhere, somewhere + Tick{960}}; break;
            case 4: options.loop.reset(); break;
            case 5:
                options.mix.tracks.resize(4);
                options.mix.tracks[rng.below(4)].is_muted ^= true;
                break;
            case 6: options.has_metronome ^= true; break;
            case 7: options.tempo_scale = 0.5 + rng.uniform(); break;
            case 8: stage.performance.setScore(shared(randomPiece(rng)), ScoreChange::kNow); break;
            case 9: stage.performance.setScore(shared(randomPiece(rng)), ScoreChange::kAtNextBarLine); break;
            case 10: options.num_count_in_bars = static_cast<int>(rng.below(2)); break;
            default: break;
            }
            stage.performance.setOptions(options);
            stage.wait(rng.uniform(), 0.005 + 0.4 * rng.uniform());
        }
        stage.performance.stop();
        stage.expectClean();
        if (testing::Test::HasFailure()) FAIL() << "seed " << seed;
    }
}

TEST(Performance, NotesSoundAtTheirTimesHoweverOftenItIsPumped) {
    for (const double step_s : {0.001, 0.02, 0.2}) {
        Stage stage;
        stage.performance.play({});
        stage.wait(5, step_s);
        const std::vector<MidiMessage> notes = stage.notesOn();
        ASSERT_EQ(notes.size(), 16u);
        for (std::size_t i = 0; i < notes.size(); ++i)
            EXPECT_NEAR(notes[i].at_s - notes[0].at_s, 0.5 * static_cast<double>(i / 2), 1e-9);
        EXPECT_LT(notes[0].at_s, 0.05);
        stage.expectClean();
    }
}

TEST(Performance, ItEndsByItselfAtTheEndAndBeginsAgainFromTheStart) {
    Stage stage;
    stage.performance.play({1920});
    stage.wait(1.9);
    EXPECT_TRUE(stage.performance.isPlaying());
    stage.wait(0.2);
    EXPECT_FALSE(stage.performance.isPlaying());
    EXPECT_EQ(stage.performance.position(), Tick{3840});
    stage.performance.play(stage.performance.position());
    stage.wait(0.1);
    EXPECT_LT(stage.performance.position(), Tick{480});
}

TEST(Performance, ALoopKeepsItsTimeForAHundredRounds) {
    Stage stage;
    stage.performance.setOptions(looped(0, 1920)); // two seconds
    stage.performance.play({});
    stage.wait(200.1);
    const std::vector<MidiMessage> notes = stage.notesOn();
    ASSERT_GE(notes.size(), 800u);
    for (std::size_t i = 0; i < 800; ++i)
        ASSERT_NEAR(notes[i].at_s, notes[0].at_s + 0.5 * static_cast<double>(i / 2), 1e-6);
    stage.performance.stop();
    stage.expectClean();
}

TEST(Performance, ANoteAcrossTheLoopsEndIsLetGoThere) {
    Score score = smallPiece();
    score.tracks = {score.tracks[0]};
    score.tracks[0].notes = {{{960}, {2400}, 60, 90}};
    Stage stage(score);
    stage.performance.setOptions(looped(0, 1920));
    stage.performance.play({});
    stage.wait(2.1);
    EXPECT_TRUE(stage.soundingKeys().none());
    stage.wait(1.1);
    EXPECT_EQ(stage.soundingKeys().count(), 1u);
}

TEST(Performance, PlayingFromBehindTheLoopGoesOnToTheEnd) {
    Stage stage;
    stage.performance.setOptions(looped(0, 960));
    stage.performance.play({1920});
    stage.wait(2.5);
    EXPECT_FALSE(stage.performance.isPlaying());
}

TEST(Performance, MutingSilencesATrackAtOnceAndTheOthersGoOn) {
    Stage stage;
    stage.performance.play({});
    stage.wait(0.7);
    EXPECT_EQ(stage.soundingKeys().count(), 2u);
    PlayOptions options;
    options.mix = soloOf(1, 2);
    stage.performance.setOptions(options);
    const ChannelKeys sounding = stage.soundingKeys();
    EXPECT_EQ(sounding.count(), 1u);
    EXPECT_TRUE(sounding[keyIndex(1, 49)]);
    stage.wait(5);
    stage.expectClean();
    EXPECT_EQ(stage.notesOn().size(), 2u + 2u + 6u);
}

TEST(Performance, ChangingTheMixChangesNothingInTheTimesOfTheRest) {
    Stage stage;
    stage.performance.play({});
    for (int i = 0; i < 100; ++i) {
        stage.wait(0.033);
        PlayOptions options = stage.performance.options();
        options.mix.tracks.resize(1);
        options.mix.tracks[0].volume_127 = i;
        stage.performance.setOptions(options);
    }
    stage.wait(3);
    const std::vector<MidiMessage> notes = stage.notesOn();
    ASSERT_EQ(notes.size(), 16u);
    for (std::size_t i = 0; i < notes.size(); ++i)
        EXPECT_NEAR(notes[i].at_s - notes[0].at_s, 0.5 * static_cast<double>(i / 2), 1e-6);
}

TEST(Performance, DoubleTempoHalvesTheTimes) {
    Stage stage;
    PlayOptions options;
    options.tempo_scale = 2;
    stage.performance.setOptions(options);
    stage.performance.play({});
    stage.wait(1.01);
    EXPECT_NEAR(static_cast<double>(stage.performance.position().value), 1900, 20);
    options.tempo_scale = 1;
    stage.performance.setOptions(options);
    stage.wait(1);
    EXPECT_NEAR(static_cast<double>(stage.performance.position().value), 2860, 20);
}

TEST(Performance, SeekingJumpsAndLeavesNothingSounding) {
    Stage stage;
    stage.performance.play({});
    stage.wait(0.7);
    stage.performance.seek({2880});
    stage.wait(0.1);
    EXPECT_TRUE(stage.soundingKeys()[keyIndex(0, 66)]);
    EXPECT_EQ(stage.soundingKeys().count(), 2u);
    stage.performance.stop();
    stage.expectClean();
    stage.performance.seek({480});
    EXPECT_EQ(stage.performance.position(), Tick{480});
}

TEST(Performance, AVariationBeginsAtTheNextBarLineWithoutAGap) {
    Stage stage;
    stage.performance.play({});
    stage.wait(0.7);
    Score variation = smallPiece();
    for (Track& track : variation.tracks)
        for (Note& note : track.notes) note.key = static_cast<std::uint8_t>(note.key + 30);
    stage.performance.setScore(shared(variation), ScoreChange::kAtNextBarLine);
    stage.wait(5);
    const std::vector<MidiMessage> notes = stage.notesOn();
    ASSERT_EQ(notes.size(), 16u);
    for (std::size_t i = 0; i < notes.size(); ++i) {
        EXPECT_EQ(notes[i].first >= 78, i >= 8) << i;
        EXPECT_NEAR(notes[i].at_s - notes[0].at_s, 0.5 * static_cast<double>(i / 2), 1e-9);
    }
    stage.expectClean();
}

TEST(Performance, OfSeveralVariationsTheLastOneAskedForPlaysAndStays) {
    Stage stage;
    stage.performance.setOptions(looped(0, 1920));
    stage.performance.play({});
    for (const int up : {12, 24, 30}) {
        stage.wait(0.1);
        Score variation = smallPiece();
        for (Track& track : variation.tracks)
            for (Note& note : track.notes) note.key = static_cast<std::uint8_t>(note.key + up);
        stage.performance.setScore(shared(variation), ScoreChange::kAtNextBarLine);
    }
    stage.wait(6);
    const std::vector<MidiMessage> notes = stage.notesOn();
    ASSERT_GT(notes.size(), 20u);
    for (std::size_t i = 8; i < notes.size(); ++i) EXPECT_GE(notes[i].first, 78);
    stage.performance.stop();
    stage.expectClean();
}

TEST(Performance, AnEditIsHeardAtOnceInItsPlace) {
    Stage stage;
    stage.performance.play({});
    stage.wait(0.7); // in the second note
    Score edited = smallPiece();
    edited.tracks[0].notes[1].key = 100;
    edited.tracks[0].notes[2].key = 101;
    stage.performance.setScore(shared(edited), ScoreChange::kNow);
    EXPECT_FALSE(stage.soundingKeys()[keyIndex(0, 61)]);
    EXPECT_TRUE(stage.soundingKeys()[keyIndex(1, 49)]);
    stage.wait(0.4);
    EXPECT_TRUE(stage.soundingKeys()[keyIndex(0, 101)]);
    stage.performance.stop();
    stage.expectClean();
}

TEST(Performance, ACountInClicksFirstAndThePlayheadWaits) {
    Stage stage;
    PlayOptions options;
    options.num_count_in_bars = 1;
    stage.performance.setOptions(options);
    stage.performance.play({1920});
    stage.wait(1.9);
    EXPECT_EQ(stage.notesOn().size(), 4u);
    for (const MidiMessage& note : stage.notesOn()) EXPECT_EQ(note.channel, kDrumChannel);
    EXPECT_EQ(stage.performance.position(), Tick{1920});
    stage.wait(0.6);
    EXPECT_GT(stage.performance.position(), Tick{1920});
    EXPECT_EQ(stage.notesOn().back().channel, 1);
    stage.performance.stop();
    stage.expectClean();
}

TEST(Performance, ThePlayheadsPathAgreesWithThePosition) {
    Stage stage;
    stage.performance.setOptions(looped(0, 1920));
    stage.performance.play({});
    for (int i = 0; i < 500; ++i) {
        stage.wait(0.013);
        const PlayheadPath path = stage.performance.path();
        const Tick before = path.tickAt(stage.output().now_s() + 0.05);
        EXPECT_EQ(path.tickAt(stage.output().now_s()), stage.performance.position());
        stage.output().moveTo(stage.output().now_s() + 0.05);
        EXPECT_NEAR(
            static_cast<double>(before.value), static_cast<double>(stage.performance.position().value), 2);
        stage.performance.pump();
    }
}

TEST(Performance, APreviewedNoteSoundsAtOnceOnAFreeChannelAndEndsByItself) {
    Stage stage;
    stage.performance.previewNote(72, 50, 40, /*is_drums=*/false);
    EXPECT_TRUE(stage.soundingKeys()[keyIndex(15, 72)]);
    EXPECT_THAT(stage.output().heard(), testing::Contains(program(15, 40)));
    EXPECT_EQ(stage.notesOn().back().second, 50);
    stage.performance.previewNote(74, 50, 40, false);
    EXPECT_EQ(stage.soundingKeys().count(), 1u);
    stage.wait(0.6);
    EXPECT_TRUE(stage.soundingKeys().none());
}

TEST(Performance, PanicSilencesTheOutputAndStops) {
    Stage stage;
    stage.performance.play({});
    stage.wait(0.3);
    stage.performance.panic();
    EXPECT_FALSE(stage.performance.isPlaying());
    EXPECT_EQ(stage.output().numPanics(), 1);
    stage.expectClean();
}

TEST(Performance, ALostDeviceKeepsThePlaceInTime) {
    Stage stage;
    stage.performance.play({});
    stage.wait(1.02);
    const Tick place = stage.performance.position();
    EXPECT_GT(place, Tick{900});
    stage.performance.abandon();
    EXPECT_FALSE(stage.performance.isPlaying());
    EXPECT_EQ(stage.performance.position(), place);
}

TEST(Performance, EmptyAndAbsurdPiecesEndInsteadOfHanging) {
    Score odd[3];
    odd[1].end = {1};
    odd[2] = smallPiece();
    odd[2].tempos = {{{}, 1}}; // a quarter a microsecond
    for (const Score& score : odd) {
        Stage stage(score);
        stage.performance.setOptions(looped(0, 480));
        stage.performance.play({});
        stage.performance.seek({100});
        stage.performance.setScore(shared(Score{}), ScoreChange::kAtNextBarLine);
        stage.wait(1);
        EXPECT_FALSE(stage.performance.isPlaying());
        stage.expectClean();
    }
}

} // namespace
} // namespace chainsong
