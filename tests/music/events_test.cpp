#include "engine/model/events.h"

#include "engine/music/statistics.h"
#include "engine/music/tempo_map.h"
#include "tests/music/random_score.h"

#include <gtest/gtest.h>

#include <set>
#include <tuple>

namespace chainsong {
namespace {

PieceFrame randomFrame(Rng& rng) {
    constexpr Metre kMetres[]{{4, 4}, {3, 4}, {6, 8}, {4, 2}, {5, 16}, {7, 8}, {1, 16}};
    PieceFrame frame;
    for (int bar = between(rng, 1, 9); bar > 0; --bar)
        frame.bars.push_back(
            {kMetres[rng.below(7)], {between(rng, 0, 11), static_cast<Mode>(between(rng, 0, 6))}});
    for (int part = between(rng, 1, kMaxParts); part > 0; --part)
        frame.parts.push_back({between(rng, 0, 127), rng.below(4) == 0});
    frame.tempo_bpm = between(rng, 40, 200);
    return frame;
}

/// A walk over everything the cursor allows, until the piece is full.
std::vector<Event> randomEvents(Rng& rng, const PieceFrame& frame) {
    std::vector<Event> events;
    std::int64_t total = 0, now = 0;
    for (const BarFrame& bar : frame.bars) total += bar.numSteps();
    EventCursor cursor(frame);
    while (!cursor.isAtEnd(frame)) {
        Event event = kBarLine;
        if (cursor.allowsNote() && rng.below(6) != 0) {
            event.is_bar_line = false;
            const auto pick = [&](int count, auto allowed) {
                std::vector<int> classes;
                for (int c = 0; c < count; ++c)
                    if (allowed(c)) classes.push_back(c);
                EXPECT_FALSE(classes.empty());
                // Often the first, so that chords and repeats come up.
                return classes[rng.below(3) == 0 ? 0 : rng.below(classes.size())];
            };
            event.position = pick(kMaxBarSteps, [&](int c) { return cursor.allowsPosition(c); });
            event.part = pick(kMaxParts, [&](int c) { return cursor.allowsPart(event.position, c, frame); });
            event.pitch = pick(kNumPitchClasses,
                [&](int c) { return cursor.allowsPitch(event.position, event.part, c, frame); });
            now = cursor.barStartStep() + event.position;
            event.duration =
                between(rng, 0, static_cast<int>(std::min<std::int64_t>(total - now, kMaxDuration)) - 1);
            event.velocity = between(rng, 0, 7);
        }
        events.push_back(event);
        cursor.advance(event, frame);
    }
    return events;
}

TEST(Events, ThatAreWrittenAndReadAgainAreTheSame) {
    Rng rng(1);
    for (int round = 0; round < 300; ++round) {
        const PieceFrame frame = randomFrame(rng);
        const std::vector<Event> events = randomEvents(rng, frame);
        const auto again = toEvents(toScore(frame, events));
        ASSERT_TRUE(again) << sentence(again.error());
        ASSERT_EQ(again->events, events);
        EXPECT_EQ(again->frame.bars, frame.bars);
        EXPECT_EQ(again->frame.parts, frame.parts);
        EXPECT_NEAR(again->frame.tempo_bpm, frame.tempo_bpm, 1e-3);
    }
}

TEST(Scores, OnTheGridComeBackFromTheirEventsUnchanged) {
    Rng rng(2);
    for (int round = 0; round < 300; ++round) {
        Score score = randomScore(rng, {true, between(rng, 1, 8), between(rng, 0, 30), between(rng, 1, 9)});
        for (Track& track : score.tracks) {
            std::set<std::pair<std::int64_t, int>> places;
            std::erase_if(track.notes, [&](const Note& note) {
                return !places.insert({note.start.value, note.key}).second;
            });
        }
        const auto piece = toEvents(score);
        ASSERT_TRUE(piece) << sentence(piece.error());
        Score again = toScore(piece->frame, piece->events);
        for (std::size_t t = 0; t < score.tracks.size(); ++t) {
            EXPECT_EQ(again.tracks[t].notes, score.tracks[t].notes);
            EXPECT_EQ(again.tracks[t].program, score.tracks[t].program);
            EXPECT_EQ(again.tracks[t].is_drums, score.tracks[t].is_drums);
        }
        EXPECT_EQ(again.end, score.end);
        EXPECT_EQ(again.tempos, score.tempos);
        const MetreMap before(score.metres), after(again.metres);
        for (int bar = 0; bar < numBars(score); ++bar) {
            EXPECT_EQ(after.metreOfBar(bar), before.metreOfBar(bar));
            EXPECT_EQ(keyAt(again, after.barStart(bar)), keyAt(score, before.barStart(bar)));
        }
    }
}

TEST(Events, StandInTheirOneOrderWithOneLineForEveryBar) {
    Rng rng(3);
    for (int round = 0; round < 50; ++round) {
        const auto piece = toEvents(randomScore(rng));
        ASSERT_TRUE(piece);
        std::size_t lines = 0;
        std::tuple<std::size_t, int, int, int> last{0, -1, -1, -1};
        EventCursor cursor(piece->frame);
        for (const Event& event : piece->events) {
            if (event.is_bar_line) {
                ++lines;
            } else {
                const std::tuple place{lines, event.position, event.part, event.pitch};
                EXPECT_LT(last, place);
                last = place;
                EXPECT_TRUE(cursor.allowsPosition(event.position));
                EXPECT_TRUE(cursor.allowsPart(event.position, event.part, piece->frame));
                EXPECT_TRUE(cursor.allowsPitch(event.position, event.part, event.pitch, piece->frame));
            }
            cursor.advance(event, piece->frame);
        }
        EXPECT_EQ(lines, piece->frame.bars.size());
        EXPECT_TRUE(cursor.isAtEnd(piece->frame));
    }
}

TEST(Masks, AllowExactlyWhatComesLaterInTheOrder) {
    PieceFrame frame;
    frame.bars = {{{2, 4}, {7, Mode::kMajor}}};
    frame.parts = {{40, false}, {0, true}};
    EventCursor cursor(frame);
    EXPECT_TRUE(cursor.isBarStart());
    const Event note{false, 10, 0, pitchClassOf(60, false, frame.bars[0].key), 5, 4};
    cursor.advance(note, frame);
    EXPECT_FALSE(cursor.allowsPosition(9));
    EXPECT_TRUE(cursor.allowsPosition(10));
    EXPECT_TRUE(cursor.allowsPosition(47));
    EXPECT_FALSE(cursor.allowsPosition(48));
    EXPECT_FALSE(cursor.allowsPitch(10, 0, note.pitch, frame));
    EXPECT_TRUE(cursor.allowsPitch(10, 0, note.pitch + 1, frame));
    EXPECT_TRUE(cursor.allowsPitch(11, 0, note.pitch, frame));
    EXPECT_FALSE(cursor.allowsPitch(11, 0, kNumPitchedClasses + 38, frame)); // a violin plays no drums
    EXPECT_TRUE(cursor.allowsPitch(10, 1, kNumPitchedClasses, frame));
    EXPECT_FALSE(cursor.allowsPitch(10, 1, note.pitch, frame));
    EXPECT_FALSE(cursor.allowsPart(10, 2, frame));
    int allowed = 0;
    for (int pitch = 0; pitch < kNumPitchClasses; ++pitch) allowed += cursor.allowsPitch(11, 0, pitch, frame);
    EXPECT_EQ(allowed, 128); // every MIDI key and nothing else
}

TEST(Masks, NeverLeadIntoADeadEnd) {
    PieceFrame frame;
    frame.bars = {{{1, 16}, {0, Mode::kMajor}}, {{1, 16}, {0, Mode::kMajor}}};
    frame.parts = {{0, false}};
    EventCursor cursor(frame);
    cursor.advance({false, 5, 0, pitchClassOf(127, false, frame.bars[0].key), 0, 4}, frame);
    EXPECT_FALSE(cursor.allowsNote());
    for (int position = 0; position < kMaxBarSteps; ++position) EXPECT_FALSE(cursor.allowsPosition(position));
    cursor.advance(kBarLine, frame);
    EXPECT_TRUE(cursor.allowsNote());
    EXPECT_EQ(cursor.barStartStep(), 6);
}

TEST(Cursor, KnowsWhatStillSounds) {
    PieceFrame frame;
    frame.bars = {{{2, 4}, {0, Mode::kMajor}}, {{2, 4}, {0, Mode::kMajor}}};
    frame.parts = {{0, false}, {40, false}};
    EventCursor cursor(frame);
    cursor.advance({false, 0, 0, 66, 59, 4}, frame); // key 60 for 60 steps
    cursor.advance({false, 0, 1, 70, 23, 4}, frame);
    ASSERT_EQ(cursor.sounding().size(), 2u);
    EXPECT_EQ(cursor.sounding()[0].key, 60);
    cursor.advance({false, 24, 1, 71, 5, 4}, frame);
    ASSERT_EQ(cursor.sounding().size(), 2u); // the second note ended at step 24
    cursor.advance(kBarLine, frame);
    ASSERT_EQ(cursor.sounding().size(), 1u); // over the bar line
    EXPECT_EQ(cursor.sounding()[0].end_step, 60);
    EXPECT_EQ(cursor.lastKeyOf(0), 60);
    EXPECT_EQ(cursor.lastKeyOf(1), 65);
    for (int i = 0; i < 100; ++i) cursor.advance({false, 0, 0, i, 50, 4}, frame);
    EXPECT_EQ(cursor.sounding().size(), 32u);
}

TEST(PitchClasses, StandForEveryKeyUnderEveryTonic) {
    for (int tonic = 0; tonic < 12; ++tonic)
        for (int key = 0; key < 128; ++key) {
            const Key local{tonic, Mode::kMinor};
            const int pitched = pitchClassOf(key, false, local), drum = pitchClassOf(key, true, local);
            EXPECT_GE(pitched, 0);
            EXPECT_LT(pitched, kNumPitchedClasses);
            EXPECT_LT(drum, kNumPitchClasses);
            EXPECT_TRUE(isDrumClass(drum));
            EXPECT_EQ(midiKeyOf(pitched, local), key);
            EXPECT_EQ(midiKeyOf(drum, local), key);
        }
    // Transposing music and key together changes no class: up to the tritone's fold.
    EXPECT_EQ(pitchClassOf(60, false, {0, Mode::kMajor}), pitchClassOf(62, false, {2, Mode::kMajor}));
    EXPECT_EQ(pitchClassOf(60, false, {0, Mode::kMajor}), pitchClassOf(55, false, {7, Mode::kMajor}));
}

TEST(Rounding, PutsANoteIntoTheBarInWhichItIsHeard) {
    Score score;
    score.tracks.resize(1);
    score.tracks[0].notes = {{{1915}, {100}, 60, 96, false}, {{3839}, {1}, 62, 96, false},
        {{
             3,
         },
            {7}, 64, 96, false}};
    score.end = {3840};
    const auto piece = toEvents(normalised(score));
    ASSERT_TRUE(piece);
    ASSERT_EQ(piece->events.size(), 5u);
    EXPECT_EQ(piece->events[0].position, 0);
    EXPECT_EQ(piece->events[0].duration, 0);
    EXPECT_TRUE(piece->events[1].is_bar_line);
    EXPECT_EQ(piece->events[2].position, 0); // rounded over the bar line
    EXPECT_EQ(piece->events[3].position, 95); // the last step: the piece ends there
}

TEST(Rounding, KeepsTheLongerOfTwoNotesInOnePlace) {
    Score score;
    score.tracks.resize(1);
    score.tracks[0].notes = {{{0}, {100}, 60, 50, false}, {{4}, {400}, 60, 96, false}};
    score.end = {1920};
    const auto piece = toEvents(score);
    ASSERT_EQ(piece->events.size(), 2u);
    EXPECT_EQ(piece->events[0].duration, 19);
    EXPECT_EQ(piece->events[0].velocity, 6);
}

TEST(Frames, OfCutBarsHoldJustTheirLength) {
    Score score;
    score.metres = {{{0}, {4, 4}}, {{480}, {3, 4}}}; // an upbeat of one quarter
    score.tracks.resize(1);
    score.tracks[0].notes = {{{480}, {480}, 60, 96, false}};
    score.end = {480 + 1440};
    const auto frame = frameOf(score);
    ASSERT_TRUE(frame);
    ASSERT_EQ(frame->bars.size(), 2u);
    EXPECT_EQ(frame->bars[0].metre, (Metre{1, 4}));
    const auto piece = toEvents(score);
    EXPECT_EQ(toScore(piece->frame, piece->events).tracks[0].notes,
        (std::vector<Note>{{{480}, {480}, 60, 104, false}}));
}

TEST(Frames, TakeTheEstimatedKeyWhereNoneIsWritten) {
    Score score;
    score.tracks.resize(1);
    for (int key : {62, 65, 69, 61, 64, 62}) {
        score.tracks[0].notes.push_back({score.end, {480}, static_cast<std::uint8_t>(key), 96, false});
        score.end = score.end + Tick{480};
    }
    EXPECT_EQ(frameOf(score)->bars[0].key, (Key{2, Mode::kMinor}));
    score.keys = {{{0}, {5, Mode::kMajor}}};
    EXPECT_EQ(frameOf(score)->bars[0].key, (Key{5, Mode::kMajor}));
}

TEST(Frames, ThatTheModelCannotReadAreRefusedWithASentence) {
    EXPECT_FALSE(frameOf({}));
    Score score;
    score.end = {1920};
    score.tracks.resize(9);
    EXPECT_TRUE(frameOf(score)); // nine empty tracks are no music
    for (Track& track : score.tracks) track.notes = {{{0}, {480}, 60, 96, false}};
    EXPECT_FALSE(frameOf(score));
    score.tracks.resize(8);
    EXPECT_TRUE(frameOf(score));
    score.metres = {{{0}, {9, 4}}};
    EXPECT_FALSE(frameOf(score)); // nine quarters are too long a bar
    score.metres = {{{0}, {1, 64}}};
    EXPECT_FALSE(frameOf(score)); // no whole step
    score.metres = {{{0}, {4, 4}}, {{7}, {4, 4}}};
    EXPECT_FALSE(toEvents(score)); // a bar of seven ticks
    score.metres.clear();
    score.end = {std::int64_t{1} << 50};
    EXPECT_FALSE(toEvents(score)); // years
}

TEST(Parts, AreNamedAfterTheirInstruments) {
    PieceFrame frame;
    frame.bars = {{}};
    frame.parts = {{40, false}, {40, false}, {42, false}, {0, true}};
    const Score score = toScore(frame, {kBarLine});
    EXPECT_EQ(score.tracks[0].name, "violin 1");
    EXPECT_EQ(score.tracks[1].name, "violin 2");
    EXPECT_EQ(score.tracks[2].name, "cello");
    EXPECT_EQ(score.tracks[3].name, "drums");
}

} // namespace
} // namespace chainsong
