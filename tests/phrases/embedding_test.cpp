#include "engine/base/random.h"
#include "engine/model/events.h"
#include "engine/model/phrases/embedding.h"
#include "engine/model/phrases/index_tree.h"

#include <gtest/gtest.h>

namespace chainsong {
namespace {

Score scoreOf(const std::vector<int>& keys, int transposition = 0) {
    Score score;
    score.keys = {{Tick{}, Key{(transposition + 120) % 12, Mode::kMajor}}};
    Track track;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        Note note;
        note.start = Tick{kTicksPerQuarter / 2} * static_cast<std::int64_t>(i);
        note.length = Tick{kTicksPerQuarter / 2};
        note.key = static_cast<std::uint8_t>(keys[i] + transposition);
        track.notes.push_back(note);
    }
    score.tracks = {track};
    return normalised(score);
}

const std::vector<int> kTune{60, 62, 64, 65, 67, 67, 69, 67, 72, 71, 69, 67, 65, 64, 62, 60};

std::vector<PlacedPhrase> cut(const Score& score) { return phrasesOf(score, voicesOf(score)); }

float distance(const MelodyVector& a, const MelodyVector& b) { return IndexTree::distance(a, b); }
float distance(const char* a, const char* b) { return IndexTree::distance(embedText(a), embedText(b)); }

TEST(Phrases, TwoBarsOfATuneKeepItsNotes) {
    const auto phrases = cut(scoreOf(kTune));
    ASSERT_FALSE(phrases.empty());
    const Phrase& phrase = phrases.front().phrase;
    EXPECT_EQ(phrase.first_bar, 0);
    EXPECT_EQ(phrase.past_last_bar, 2);
    EXPECT_EQ(phrase.length_steps, 8 * kStepsPerQuarter);
    ASSERT_EQ(phrase.notes.size(), kTune.size());
    for (std::size_t i = 0; i < kTune.size(); ++i) {
        EXPECT_EQ(midiKeyOf(phrase.notes[i].pitch, phrase.key), kTune[i]);
        EXPECT_EQ(phrase.notes[i].position, static_cast<int>(i) * 12);
        EXPECT_EQ(phrase.notes[i].duration_steps, 12);
    }
}

TEST(Phrases, TheHighestNoteOfAnOnsetIsTheMelodyAndDrumsHaveNone) {
    Score score = scoreOf(kTune);
    const auto alone = voicesOf(score);
    const Score upper = score;
    for (Note note : upper.tracks[0].notes) {
        note.key = static_cast<std::uint8_t>(note.key - 12);
        score.tracks[0].notes.push_back(note);
    }
    score.tracks.push_back(score.tracks[0]);
    score.tracks.back().is_drums = true;
    EXPECT_EQ(voicesOf(normalised(score)), alone);
}

TEST(Phrases, ARepetitionInAnotherKeyIsNoNewPhrase) {
    std::vector<int> twice = kTune;
    for (const int key : kTune) twice.push_back(key + 5);
    const auto phrases = cut(scoreOf(twice));
    const auto same = std::count_if(
        phrases.begin(), phrases.end(), [](const PlacedPhrase& p) { return p.phrase.first_bar % 2 == 0; });
    EXPECT_EQ(same, 1);
}

TEST(MelodyEmbedding, TranspositionMovesNothing) {
    const auto here = embedMelody(cut(scoreOf(kTune)).front().phrase);
    const auto there = embedMelody(cut(scoreOf(kTune, 5)).front().phrase);
    EXPECT_LT(distance(here, there), 1e-4f);
    Phrase shifted = cut(scoreOf(kTune)).front().phrase;
    for (PhraseNote& note : shifted.notes) note.pitch += 3; // another degree of the same key
    EXPECT_LT(distance(here, embedMelody(shifted)), 1e-4f);
}

TEST(MelodyEmbedding, AVariedNoteStaysNearAndAnotherTuneIsFar) {
    const auto tune = embedMelody(cut(scoreOf(kTune)).front().phrase);
    std::vector<int> varied = kTune;
    varied[6] = 71;
    const std::vector<int> other{72, 60, 72, 60, 74, 59, 74, 59, 76, 57, 76, 57, 77, 55, 77, 55};
    const float near = distance(tune, embedMelody(cut(scoreOf(varied)).front().phrase));
    const float far = distance(tune, embedMelody(cut(scoreOf(other)).front().phrase));
    EXPECT_GT(near, 0.0f);
    EXPECT_LT(near, 1.0f);
    EXPECT_GT(far, 3 * near);
}

TEST(MelodyEmbedding, TheDistanceIsAMetric) {
    Rng rng(4);
    std::vector<MelodyVector> vectors;
    for (int p = 0; p < 30; ++p) {
        std::vector<int> keys;
        for (int i = 0; i < 16; ++i) keys.push_back(55 + static_cast<int>(rng.below(20)));
        vectors.push_back(embedMelody(cut(scoreOf(keys)).front().phrase));
    }
    for (const auto& a : vectors)
        for (const auto& b : vectors) {
            EXPECT_EQ(distance(a, b), distance(b, a));
            for (const auto& c : vectors) EXPECT_LE(distance(a, c), distance(a, b) + distance(b, c) + 1e-4f);
        }
}

TEST(MelodyEmbedding, NothingIsNowhereInParticular) {
    EXPECT_EQ(embedMelody({}, 96), MelodyVector{});
    const PhraseNote note;
    EXPECT_EQ(embedMelody(std::span(&note, 1), 0), MelodyVector{});
}

TEST(TextEmbedding, WordsInAnyOrderAreTheSamePlaceAndTyposStayNear) {
    EXPECT_EQ(distance("reel irish", "Irish, reel!"), 0.0f);
    EXPECT_LT(distance("irish reel", "irsh reel"), 0.8f);
    EXPECT_GT(distance("irish reel", "string quartet"), 1.1f);
    EXPECT_LT(distance("a slow sad waltz", "waltz;sad;slow"), 0.6f);
    EXPECT_LT(distance("圆舞曲", "圆舞曲 钢琴"), distance("圆舞曲", "进行曲"));
    EXPECT_EQ(embedText(" ,;"), TextVector{});
    EXPECT_EQ(embedText("\xff\xfe"), embedText("\xff\xfe"));
}

} // namespace
} // namespace chainsong
