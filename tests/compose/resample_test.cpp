#include "engine/compose/request.h"
#include "engine/music/tempo_map.h"

#include <gtest/gtest.h>

using namespace chainsong;

namespace {

Score original(const char* instruments = "instruments:violin, cello") {
    ComposeRequest request;
    for (const char* text : {"bars:8", "key:D major", "metre:4/4", instruments})
        request.constraints.push_back(*parseConstraint(text));
    request.num_particles = 8;
    auto result = compose(*makeRulePrior(), request, {}, {});
    EXPECT_TRUE(result) << sentence(result.error());
    Score score = result->draws.front().score;
    for (Track& track : score.tracks) // as played: off the grid, with velocities of their own
        for (Note& note : track.notes) {
            note.start.value += note.start.value > 0 && note.start.value % 1920 != 0 ? 3 : 0;
            note.length.value -= 4;
            note.velocity_127 = static_cast<std::uint8_t>(70 + note.key % 20);
        }
    return normalised(score);
}

bool isInside(const Note& note, Tick from, Tick to) { return note.start >= from && note.start < to; }

/// Every note outside [from, to) is equal in both scores, bit by bit.
void expectSameOutside(const Score& a, const Score& b, Tick from, Tick to) {
    ASSERT_EQ(a.tracks.size(), b.tracks.size());
    for (std::size_t t = 0; t < a.tracks.size(); ++t) {
        const auto outside = [&](const Score& score) {
            std::vector<Note> notes = score.tracks[t].notes;
            std::erase_if(notes, [&](const Note& n) { return isInside(n, from, to); });
            return notes;
        };
        EXPECT_EQ(outside(a), outside(b));
    }
    Score empty_a = a, empty_b = b;
    for (Track& track : empty_a.tracks) track.notes.clear();
    for (Track& track : empty_b.tracks) track.notes.clear();
    EXPECT_EQ(empty_a, empty_b);
}

} // namespace

TEST(Resample, EverythingOutsideTheRegionStaysAsItWas) {
    const Score before = original();
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        ResampleRequest request;
        request.score = before;
        request.first_bar = 2;
        request.past_last_bar = 4;
        request.seed = seed;
        const auto result = resample(*makeRulePrior(), request, {}, {});
        ASSERT_TRUE(result) << sentence(result.error());
        ASSERT_EQ(result->draws.size(), 4u);
        for (const Draw& draw : result->draws) {
            expectSameOutside(before, draw.score, Tick{2 * 1920}, Tick{4 * 1920});
            EXPECT_NE(draw.score, before);
            EXPECT_GT(draw.num_changed_notes, 0);
            for (const Track& track : draw.score.tracks)
                for (const Note& note : track.notes) {
                    if (!isInside(note, Tick{2 * 1920}, Tick{4 * 1920})) continue;
                    EXPECT_TRUE(isInScale(note.key, Key{2, Mode::kMajor}));
                }
        }
        for (std::size_t i = 0; i < 4; ++i)
            for (std::size_t j = 0; j < i; ++j) EXPECT_NE(result->draws[i].score, result->draws[j].score);
        EXPECT_EQ(result->traces.size(), 4u);
    }
}

TEST(Resample, PinnedNotesOtherTracksAndOtherPitchesStay) {
    Score before = original();
    std::size_t pinned = before.tracks[0].notes.size();
    for (std::size_t i = 0; i < before.tracks[0].notes.size(); ++i)
        if (isInside(before.tracks[0].notes[i], Tick{1920 * 3}, Tick{1920 * 4})) pinned = i;
    ASSERT_LT(pinned, before.tracks[0].notes.size());
    before.tracks[0].notes[pinned].is_pinned = true;
    ResampleRequest request;
    request.score = before;
    request.first_bar = 3;
    request.past_last_bar = 4;
    request.tracks = {0};
    const auto result = resample(*makeRulePrior(), request, {}, {});
    ASSERT_TRUE(result) << sentence(result.error());
    for (const Draw& draw : result->draws) {
        EXPECT_EQ(draw.score.tracks[1], before.tracks[1]);
        const auto& notes = draw.score.tracks[0].notes;
        EXPECT_NE(std::find(notes.begin(), notes.end(), before.tracks[0].notes[pinned]), notes.end());
    }

    request.tracks.clear();
    request.keys = {60, 72};
    const auto window = resample(*makeRulePrior(), request, {}, {});
    ASSERT_TRUE(window) << sentence(window.error());
    for (const Draw& draw : window->draws)
        for (std::size_t t = 0; t < before.tracks.size(); ++t) {
            const auto outside = [](std::vector<Note> notes) {
                std::erase_if(notes, [](const Note& n) { return n.key >= 60 && n.key <= 72; });
                return notes;
            };
            EXPECT_EQ(outside(draw.score.tracks[t].notes), outside(before.tracks[t].notes));
        }
}

TEST(Resample, SameSeedGivesTheSameCardsOnAnyNumberOfThreads) {
    ResampleRequest request;
    request.score = original();
    request.first_bar = 5;
    request.past_last_bar = 6;
    const auto one = resample(*makeRulePrior(), request, {}, {});
    request.num_threads = 2;
    const auto two = resample(*makeRulePrior(), request, {}, {});
    ASSERT_TRUE(one && two);
    for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(one->draws[i].score, two->draws[i].score);
    EXPECT_EQ(one->posterior.undecided_bits_per_beat, two->posterior.undecided_bits_per_beat);
}

TEST(Resample, ConstraintsOfTheRequestHold) {
    ResampleRequest request;
    request.score = original();
    request.first_bar = 6;
    request.past_last_bar = 8;
    for (const char* text : {"chord@bars=7-7:D", "range@tracks=1:D5-D6", "cadence"})
        request.constraints.push_back(*parseConstraint(text));
    const auto result = resample(*makeRulePrior(), request, {}, {});
    ASSERT_TRUE(result) << sentence(result.error());
    for (const Draw& draw : result->draws) {
        for (const Track& track : draw.score.tracks)
            for (const Note& note : track.notes)
                EXPECT_TRUE(!isInside(note, Tick{6 * 1920}, Tick{7 * 1920}) || note.key % 12 == 2
                    || note.key % 12 == 6 || note.key % 12 == 9);
        for (const Note& note : draw.score.tracks[0].notes)
            EXPECT_TRUE(
                !isInside(note, Tick{6 * 1920}, Tick{8 * 1920}) || (note.key >= 74 && note.key <= 86));
        EXPECT_EQ(draw.score.tracks[1].notes.back().key % 12, 2);
    }
}

TEST(Resample, WishesThatNameNothingGetASentence) {
    ResampleRequest request;
    request.score = original();
    const auto fails = [&](const char* says) {
        const auto result = resample(*makeRulePrior(), request, {}, {});
        ASSERT_FALSE(result);
        EXPECT_NE(sentence(result.error()).find(says), std::string::npos) << sentence(result.error());
    };
    request.first_bar = 7;
    request.past_last_bar = 9;
    fails("8 bars");
    request.first_bar = 3;
    request.past_last_bar = 3;
    fails("bars");
    request.past_last_bar = 4;
    request.tracks = {7};
    fails("track 8");
    request.tracks.clear();
    request.score = Score{};
    fails("bars");
}

TEST(Resample, AStopIsHeard) {
    ResampleRequest request;
    request.score = original();
    std::stop_source source;
    source.request_stop();
    const auto result = resample(*makeRulePrior(), request, {}, source.get_token());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().what, kStopped);
}
