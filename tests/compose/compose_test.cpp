#include "engine/compose/request.h"
#include "engine/music/instruments.h"
#include "engine/music/tempo_map.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <thread>

using namespace chainsong;

namespace {

ComposeRequest asking(std::initializer_list<const char*> constraints) {
    ComposeRequest request;
    for (const char* text : constraints) {
        const auto constraint = parseConstraint(text);
        EXPECT_TRUE(constraint) << text << ": " << sentence(constraint.error());
        request.constraints.push_back(*constraint);
    }
    request.num_particles = 8;
    return request;
}

Score composed(const ComposeRequest& request) {
    const auto result = compose(*makeRulePrior(), request, {}, {});
    EXPECT_TRUE(result) << (result ? "" : sentence(result.error()));
    return result ? result->draws.front().score : Score{};
}

/// The largest number of notes that sound at once.
int polyphonyOf(const Track& track) {
    std::size_t most = 0;
    for (const Note& note : track.notes)
        most = std::max(most,
            static_cast<std::size_t>(std::count_if(track.notes.begin(), track.notes.end(),
                [&](const Note& other) { return other.start <= note.start && note.start < other.end(); })));
    return static_cast<int>(most);
}

} // namespace

TEST(Compose, SameSeedGivesTheSamePieceOnOneThreadAndOnTwo) {
    ComposeRequest request = asking({"bars:6", "instruments:violin, cello"});
    request.num_particles = 32;
    request.num_sweeps = 3;
    request.num_pieces = 2;
    const auto one = compose(*makeRulePrior(), request, {}, {});
    request.num_threads = 2;
    const auto two = compose(*makeRulePrior(), request, {}, {});
    ASSERT_TRUE(one && two);
    ASSERT_EQ(one->draws.size(), 2u);
    for (std::size_t i = 0; i < one->draws.size(); ++i) {
        EXPECT_EQ(one->draws[i].score, two->draws[i].score);
        EXPECT_EQ(one->draws[i].log_density, two->draws[i].log_density);
    }
    EXPECT_EQ(one->log_evidence, two->log_evidence);
    EXPECT_EQ(one->posterior.note_share_unit, two->posterior.note_share_unit);
    ASSERT_EQ(one->traces.size(), two->traces.size());
    for (std::size_t c = 0; c < one->traces.size(); ++c)
        for (std::size_t s = 0; s < one->traces[c].size(); ++s)
            EXPECT_EQ(one->traces[c][s].log_density, two->traces[c][s].log_density);
    EXPECT_NE(one->draws[0].score, one->draws[1].score);
    request.seed = 2;
    EXPECT_NE(compose(*makeRulePrior(), request, {}, {})->draws[0].score, one->draws[0].score);
}

TEST(Compose, EveryHardConstraintHoldsOverFiftySeeds) {
    ComposeRequest request = asking({"key:D minor", "metre:3/4", "bars:4", "instruments:piano, cello",
        "range@tracks=1:C4-C6", "leap@tracks=2:7", "polyphony@tracks=1:2", "density:3-12",
        "start@tracks=1:A4", "pinned@tracks=2:2/2 C#3 1"});
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        request.seed = seed;
        const auto result = compose(*makeRulePrior(), request, {}, {});
        ASSERT_TRUE(result) << sentence(result.error());
        const Score& score = result->draws.front().score;
        ASSERT_EQ(score.tracks.size(), 2u);
        EXPECT_EQ(score.end.value, 4 * 3 * 480);
        ASSERT_EQ(score.metres.size(), 1u);
        EXPECT_EQ(score.metres[0].metre, (Metre{3, 4}));
        std::vector<int> in_bar(4, 0);
        for (std::size_t t = 0; t < 2; ++t)
            for (const Note& note : score.tracks[t].notes) {
                EXPECT_TRUE(isInScale(note.key, Key{2, Mode::kMinor})) << int(note.key);
                EXPECT_LE(note.end(), score.end);
                ++in_bar[static_cast<std::size_t>(note.start.value / 1440)];
            }
        for (const int count : in_bar) {
            EXPECT_GE(count, 3);
            EXPECT_LE(count, 12);
        }
        for (const Note& note : score.tracks[0].notes) {
            EXPECT_GE(note.key, 60);
            EXPECT_LE(note.key, 84);
        }
        EXPECT_LE(polyphonyOf(score.tracks[0]), 2);
        EXPECT_EQ(polyphonyOf(score.tracks[1]), 1);
        ASSERT_FALSE(score.tracks[0].notes.empty());
        EXPECT_EQ(score.tracks[0].notes.front().key, 69);
        const auto& bass = score.tracks[1].notes;
        for (std::size_t i = 1; i < bass.size(); ++i)
            EXPECT_LE(std::abs(bass[i].key - bass[i - 1].key), 7) << "seed " << seed;
        EXPECT_EQ(std::count_if(bass.begin(), bass.end(),
                      [](const Note& n) {
                          return n.is_pinned && n.start.value == 1920 && n.key == 49 && n.length.value == 480;
                      }),
            1);
        EXPECT_EQ(bass.back().key % 12, 2) << "the last bar ends on the tonic";
        for (const ConstraintReport& report : result->constraints)
            EXPECT_TRUE(report.is_satisfied) << report.name << " " << report.detail;
    }
}

TEST(Compose, PinnedNotesOutsideTheKeyStayAndAreReported) {
    const auto result = compose(
        *makeRulePrior(), asking({"key:C major", "bars:2", "instruments:flute", "pinned:1/2 F#5 1"}), {}, {});
    ASSERT_TRUE(result);
    const auto& notes = result->draws[0].score.tracks[0].notes;
    EXPECT_TRUE(
        std::any_of(notes.begin(), notes.end(), [](const Note& n) { return n.key == 78 && n.is_pinned; }));
    const auto key = std::find_if(result->constraints.begin(), result->constraints.end(),
        [](const auto& r) { return r.name == "key"; });
    ASSERT_NE(key, result->constraints.end());
    EXPECT_FALSE(key->is_satisfied);
    EXPECT_NE(key->detail.find("bar 1: F#5"), std::string::npos) << key->detail;
}

TEST(Compose, PinsThatContradictEachOtherAreNamed) {
    const auto result = compose(
        *makeRulePrior(), asking({"bars:4", "instruments:cello", "pinned:3/1 C3 1, 3/1 F#3 1"}), {}, {});
    ASSERT_FALSE(result);
    const std::string text = sentence(result.error());
    for (const char* part : {"bar 3", "C3", "F#3", "polyphony"})
        EXPECT_NE(text.find(part), std::string::npos) << text;
}

TEST(Compose, ConstraintsThatLeaveNothingAreNamed) {
    for (const auto& request : {asking({"key:C major", "bars:2", "instruments:flute", "range:F#4-F#4"}),
             asking({"bars:2", "instruments:flute", "density:400-400"}),
             asking({"bars:2", "instruments:flute", "range:C5-D5", "leap:1", "key:C major", "end:D5",
                 "start:C5"}),
             asking({"bars:2", "instruments:flute", "pinned:9/1 C5"}),
             asking({"bars:2", "metre:3/4", "pinned:1/4 C5"})}) {
        const auto result = compose(*makeRulePrior(), request, {}, {});
        ASSERT_FALSE(result);
        EXPECT_NE(sentence(result.error()).find("bar "), std::string::npos) << sentence(result.error());
    }
}

TEST(Compose, StopsWithinFiftyMilliseconds) {
    ComposeRequest request = asking({"bars:512", "instruments:violin, viola, cello, flute"});
    request.num_particles = 64;
    request.num_threads = 2;
    std::stop_source source;
    std::chrono::steady_clock::time_point asked;
    ComposeCallbacks callbacks;
    callbacks.on_progress = [&](const Progress& progress) {
        if (progress.share_unit <= 0 || source.stop_requested()) return;
        asked = std::chrono::steady_clock::now();
        source.request_stop();
    };
    const auto result = compose(*makeRulePrior(), request, callbacks, source.get_token());
    const double waited_ms =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - asked).count();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().what, kStopped);
    EXPECT_LT(waited_ms, 500); // 50 ms on an idle machine; tests share theirs
}

TEST(Compose, TracesTellOfEverySweepOnTheCallingThread) {
    ComposeRequest request = asking({"bars:3", "instruments:violin"});
    request.num_sweeps = 5;
    request.num_threads = 2;
    const auto home = std::this_thread::get_id();
    int num_points = 0, num_draws = 0;
    double last_share = 0;
    ComposeCallbacks callbacks;
    callbacks.on_trace = [&](const TracePoint& point) {
        EXPECT_EQ(std::this_thread::get_id(), home);
        EXPECT_LT(point.chain, 4);
        EXPECT_LT(point.summary.log_density, 0);
        ++num_points;
    };
    callbacks.on_draw = [&](const Draw&, int) {
        EXPECT_EQ(std::this_thread::get_id(), home);
        ++num_draws;
    };
    callbacks.on_progress = [&](const Progress& progress) { last_share = progress.share_unit; };
    const auto result = compose(*makeRulePrior(), request, callbacks, {});
    ASSERT_TRUE(result);
    EXPECT_EQ(num_points, 20);
    EXPECT_EQ(num_draws, 1);
    EXPECT_NEAR(last_share, 1, 1e-9);
    ASSERT_EQ(result->traces.size(), 4u);
    for (const auto& trace : result->traces) EXPECT_EQ(trace.size(), 5u);
    EXPECT_EQ(result->ess_per_bar_line.size(), 3u);
}

TEST(Compose, PosteriorGivesEachNoteAShareAndOtherNotesAsGhosts) {
    ComposeRequest request = asking({"bars:4", "instruments:violin, cello", "pinned@tracks=2:2/1 C3 1"});
    request.num_particles = 32;
    request.num_sweeps = 6;
    const auto result = compose(*makeRulePrior(), request, {}, {});
    ASSERT_TRUE(result);
    const Score& score = result->draws[0].score;
    ASSERT_EQ(result->posterior.note_share_unit.size(), score.tracks.size());
    double sum = 0;
    for (std::size_t t = 0; t < score.tracks.size(); ++t) {
        ASSERT_EQ(result->posterior.note_share_unit[t].size(), score.tracks[t].notes.size());
        for (std::size_t i = 0; i < score.tracks[t].notes.size(); ++i) {
            const double share = result->posterior.note_share_unit[t][i];
            EXPECT_GE(share, 0);
            EXPECT_LE(share, 1);
            sum += share;
            EXPECT_TRUE(!score.tracks[t].notes[i].is_pinned || share == 1);
        }
    }
    EXPECT_GT(sum, 0.5);
    EXPECT_FALSE(result->posterior.ghosts.empty());
    for (const Ghost& ghost : result->posterior.ghosts) {
        const auto& notes = score.tracks[static_cast<std::size_t>(ghost.track)].notes;
        EXPECT_FALSE(std::any_of(notes.begin(), notes.end(),
            [&](const Note& n) { return n.start == ghost.note.start && n.key == ghost.note.key; }));
    }
    EXPECT_EQ(result->posterior.undecided_bits_per_beat.size(), 16u);
    EXPECT_GT(*std::max_element(result->posterior.undecided_bits_per_beat.begin(),
                  result->posterior.undecided_bits_per_beat.end()),
        0.5);
}

TEST(Compose, APrimeIsKeptAndContinued) {
    const Score prime = composed(asking({"bars:4", "key:G major", "metre:3/4", "instruments:violin, cello"}));
    ComposeRequest request = asking({"bars:7"});
    request.prime = prime;
    const Score score = composed(request);
    EXPECT_EQ(score.end.value, 7 * 1440);
    ASSERT_EQ(score.tracks.size(), prime.tracks.size());
    std::size_t num_new = 0;
    for (std::size_t t = 0; t < prime.tracks.size(); ++t) {
        const auto& notes = score.tracks[t].notes;
        ASSERT_GE(notes.size(), prime.tracks[t].notes.size());
        EXPECT_TRUE(std::equal(prime.tracks[t].notes.begin(), prime.tracks[t].notes.end(), notes.begin()));
        num_new += notes.size() - prime.tracks[t].notes.size();
    }
    EXPECT_GT(num_new, 3u);
    request = asking({"bars:3"});
    request.prime = prime;
    EXPECT_FALSE(compose(*makeRulePrior(), request, {}, {}));
}

TEST(Compose, SeveralPiecesAreDistinctAndSortedByDensity) {
    ComposeRequest request = asking({"bars:2", "instruments:violin"});
    request.num_pieces = 4;
    const auto result = compose(*makeRulePrior(), request, {}, {});
    ASSERT_TRUE(result);
    ASSERT_EQ(result->draws.size(), 4u);
    for (std::size_t i = 0; i < 4; ++i)
        for (std::size_t j = 0; j < i; ++j) EXPECT_NE(result->draws[i].score, result->draws[j].score);
    for (std::size_t i = 1; i < 4; ++i)
        EXPECT_GE(result->draws[i - 1].log_density, result->draws[i].log_density);
}

TEST(Compose, HigherTemperatureSurprisesMore) {
    Chip key;
    key.name = "key";
    key.value = std::string("C major");
    ComposeRequest request = asking({"bars:4", "instruments:violin", "key:off"});
    request.edited_chips = {key};
    const auto notesOutsideTheKey = [&](double temperature) {
        request.temperature = temperature;
        int count = 0;
        for (request.seed = 0; request.seed < 24; ++request.seed) {
            const Score piece = composed(request);
            for (const Note& note : piece.tracks[0].notes)
                count += !isInScale(note.key, Key{0, Mode::kMajor});
        }
        return count;
    };
    EXPECT_GT(notesOutsideTheKey(3), notesOutsideTheKey(0.5) + 4);
}

TEST(Compose, AHardLimitOnRestsLetsNoBarPassInSilence) {
    ComposeRequest request = asking({"bars:6", "instruments:violin, cello", "silence:0", "density~2:0-2"});
    for (request.seed = 0; request.seed < 10; ++request.seed) {
        const Score score = composed(request);
        for (const Track& track : score.tracks)
            for (int bar = 0; bar < 6; ++bar) {
                const Tick length = score.metres[0].metre.barLength();
                EXPECT_TRUE(std::any_of(track.notes.begin(), track.notes.end(),
                    [&](const Note& n) { return n.start >= length * bar && n.start < length * (bar + 1); }))
                    << "seed " << request.seed << ", bar " << bar + 1;
            }
    }
}
