#include "engine/music/edit.h"
#include "tests/music/random_score.h"

#include <gtest/gtest.h>

#include <limits>

namespace chainsong {
namespace {

Score twoNotes() {
    Score score;
    score.tracks.resize(1);
    score.tracks[0].notes = {{{0}, {480}, 60, 96, false}, {{480}, {480}, 64, 96, false}};
    score.end = {1920};
    return score;
}

std::vector<NoteRef> someNotes(Rng& rng, const Score& score) {
    std::vector<NoteRef> refs;
    for (int i = between(rng, 0, 6); i > 0; --i) {
        const int track = between(rng, 0, static_cast<int>(score.tracks.size()) - 1);
        const auto count = static_cast<int>(score.tracks[static_cast<std::size_t>(track)].notes.size());
        if (count > 0) refs.push_back({track, between(rng, 0, count - 1)});
    }
    return refs;
}

Edit randomEdit(Rng& rng, const Score& score) {
    const auto wild = [&](int low, int high) {
        return rng.below(10) == 0 ? 1'000'000'000 : between(rng, low, high);
    };
    const auto refs = someNotes(rng, score);
    const int track = between(rng, 0, static_cast<int>(score.tracks.size()) - 1);
    switch (rng.below(10)) {
    case 0: return AddNotes{track, {{{wild(-100, 9000)}, {wild(-5, 900)}, 255, 0, false}}};
    case 1: return EraseNotes{refs};
    case 2: return ChangeNotes{refs, {wild(-9000, 9000)}, {wild(-900, 900)}, wild(-40, 40), wild(-90, 90)};
    case 3: return TransposeInScale{refs, wild(-30, 30)};
    case 4: return Quantise{refs, {wild(1, 500)}, rng.uniform() * 2 - 0.5};
    case 5: return PinNotes{refs, rng.below(2) == 0};
    case 6: return SetTempo{rng.normal() * 200};
    case 7: return SetKey{{wild(-20, 20), Mode::kDorian}};
    case 8: return SetTrack{track, "x", wild(-5, 200), wild(-5, 200), wild(-5, 200), false};
    default: {
        Track added = score.tracks[static_cast<std::size_t>(track)];
        added.program = 300;
        return AddTrack{added};
    }
    }
}

TEST(Edits, NeverBreakAScore) {
    Rng rng(21);
    for (int round = 0; round < 30; ++round) {
        Score score = randomScore(rng, {false, 3, 20, 6});
        for (int step = 0; step < 60; ++step) {
            const Edit edit = randomEdit(rng, score);
            const auto after = applied(score, edit);
            ASSERT_TRUE(after) << sentence(after.error());
            ASSERT_TRUE(isSound(*after)) << editName(edit);
            for (const NoteRef& ref : touchedBy(score, edit, *after))
                ASSERT_LT(static_cast<std::size_t>(ref.index),
                    after->tracks[static_cast<std::size_t>(ref.track)].notes.size());
            EXPECT_FALSE(editName(edit).empty());
            score = *after;
            if (score.tracks.size() > 6) score = *applied(score, EraseTrack{0});
        }
    }
}

TEST(Edits, ThatNameWhatIsNotThereFailWithASentence) {
    const Score score = twoNotes();
    const Edit edits[]{EraseNotes{{{0, 2}}}, EraseNotes{{{1, 0}}}, EraseNotes{{{-1, 0}}}, PinNotes{{{0, -1}}},
        AddNotes{7, {}}, SetTrack{1, "", 0, 0, 0, false}, EraseTrack{-1}, Quantise{{{0, 0}}, {0}, 1},
        ChangeNotes{{{std::numeric_limits<int>::max(), 0}}, {}, {}, 0, 0}};
    for (const Edit& edit : edits) {
        const auto after = applied(score, edit);
        ASSERT_FALSE(after);
        EXPECT_GT(after.error().what.size(), 10u);
        EXPECT_TRUE(touchedBy(score, edit, score).empty());
    }
}

TEST(Moving, StopsTheWholeGroupAtTheStart) {
    const auto after = applied(twoNotes(), ChangeNotes{{{0, 0}, {0, 1}}, {-960}, {}, 0, 0});
    EXPECT_EQ(*after, twoNotes());
}

TEST(Moving, KeepsTheSelectionOnTheMovedNotes) {
    const Edit edit = ChangeNotes{{{0, 0}}, {960}, {}, 12, 0};
    const auto after = applied(twoNotes(), edit);
    EXPECT_EQ(touchedBy(twoNotes(), edit, *after), (std::vector<NoteRef>{{0, 1}}));
    EXPECT_EQ(after->tracks[0].notes[1].key, 72);
}

TEST(Moving, PastTheEndMakesThePieceLongerByWholeBars) {
    const auto after = applied(twoNotes(), ChangeNotes{{{0, 1}}, {1920}, {}, 0, 0});
    EXPECT_EQ(after->end, Tick{3840});
}

TEST(Transposing, KeepsIntervalsAtTheEdgeOfMidi) {
    const auto after = applied(twoNotes(), ChangeNotes{{{0, 0}, {0, 1}}, {}, {}, 100, 0});
    EXPECT_EQ(after->tracks[0].notes[1].key, 127);
    EXPECT_EQ(after->tracks[0].notes[0].key, 123);
}

TEST(TransposingInTheScale, MovesAlongTheKeyInForce) {
    Score score = twoNotes();
    score.keys = {{{0}, {9, Mode::kMinor}}, {{480}, {7, Mode::kMajor}}};
    const auto up = applied(score, TransposeInScale{{{0, 0}, {0, 1}}, 2});
    EXPECT_EQ(up->tracks[0].notes[0].key, 64); // C to E in A minor
    EXPECT_EQ(up->tracks[0].notes[1].key, 67); // E to G in G major
    const auto octave = applied(score, TransposeInScale{{{0, 0}, {0, 1}}, -7});
    EXPECT_EQ(octave->tracks[0].notes[0].key, 48);
    EXPECT_EQ(octave->tracks[0].notes[1].key, 52);
}

TEST(TransposingInTheScale, KeepsTheDistanceOfChromaticNotes) {
    Score score = twoNotes();
    score.tracks[0].notes[0].key = 61; // C# in C major
    EXPECT_EQ(applied(score, TransposeInScale{{{0, 0}}, 1})->tracks[0].notes[0].key, 63);
}

TEST(TransposingInTheScale, ThereAndBackChangesNothing) {
    Rng rng(8);
    for (int round = 0; round < 40; ++round) {
        Score score = randomScore(rng, {false, 2, 20, 4});
        for (Track& track : score.tracks) {
            track.is_drums = false;
            for (Note& note : track.notes) note.key = static_cast<std::uint8_t>(40 + note.key / 4);
        }
        score = normalised(score);
        const Score once = *applied(score, TransposeInScale{{{0, 3}}, 5});
        const auto touched = touchedBy(score, TransposeInScale{{{0, 3}}, 5}, once);
        ASSERT_EQ(touched.size(), 1u);
        const Score back = *applied(once, TransposeInScale{touched, -5});
        // Notes of the scale come back; a chromatic one leans on another scale note by then.
        const Note& note = score.tracks[0].notes[3];
        const Key key = keyAt(score, note.start);
        if (key.mode != Mode::kMinor && isInScale(note.key, key)) { EXPECT_EQ(back, score); }
    }
}

TEST(Quantising, PutsNotesOnTheGridOfTheirBar) {
    Score score = twoNotes();
    score.tracks[0].notes[1].start = {500};
    EXPECT_EQ(applied(score, Quantise{{{0, 1}}, {240}, 1})->tracks[0].notes[1].start, Tick{480});
    EXPECT_EQ(applied(score, Quantise{{{0, 1}}, {240}, 0.5})->tracks[0].notes[1].start, Tick{490});
    EXPECT_EQ(applied(score, Quantise{{{0, 1}}, {240}, 0})->tracks[0].notes[1].start, Tick{500});
}

TEST(Pinning, ChangesNothingElse) {
    Score pinned = *applied(twoNotes(), PinNotes{{{0, 1}}, true});
    EXPECT_TRUE(pinned.tracks[0].notes[1].is_pinned);
    EXPECT_EQ(*applied(pinned, PinNotes{{{0, 1}}, false}), twoNotes());
}

TEST(Names, AreWhatAnUndoListShows) {
    const std::vector<NoteRef> three{{0, 0}, {0, 1}, {0, 2}};
    EXPECT_EQ(editName(ChangeNotes{three, {}, {}, 1, 0}), "Transpose 3 notes");
    EXPECT_EQ(editName(ChangeNotes{{{0, 0}}, {10}, {}, 0, 0}), "Move note");
    EXPECT_EQ(editName(EraseNotes{three}), "Erase 3 notes");
    EXPECT_EQ(editName(SetTempo{90}), "Change tempo");
}

} // namespace
} // namespace chainsong
