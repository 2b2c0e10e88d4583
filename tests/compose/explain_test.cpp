#include "engine/compose/explain.h"
#include "engine/compose/request.h"
#include "engine/jobs/loader.h"

#include <gtest/gtest.h>

#include <numeric>

namespace chainsong {
namespace {

/// The shipped model, or nothing where it is not there.
PriorPtr shippedPrior() {
    const LoadedPrior loaded = loadPrior();
    return loaded.is_rules_only ? nullptr : loaded.prior;
}

Score smallPiece(const Prior& prior) {
    ComposeRequest request;
    request.prompt = "a waltz in D minor for flute, 4 bars";
    request.num_particles = 4;
    const auto result = compose(prior, request, {}, {});
    return result ? result->draws.front().score : Score{};
}

TEST(Explain, every_note_of_a_composed_piece_has_a_probability_and_alternatives_that_are_sorted) {
    const PriorPtr prior = shippedPrior();
    if (!prior) GTEST_SKIP() << "no weights here";
    const Score score = smallPiece(*prior);
    ASSERT_FALSE(score.tracks.empty());
    const auto explanation = explain(*prior, score, "a waltz in D minor for flute, 4 bars", {}, {}, {});
    ASSERT_TRUE(explanation) << sentence(explanation.error());
    ASSERT_EQ(explanation->size(), score.tracks.size());
    for (std::size_t t = 0; t < score.tracks.size(); ++t) {
        ASSERT_EQ((*explanation)[t].size(), score.tracks[t].notes.size());
        for (const NoteExplanation& note : (*explanation)[t]) {
            EXPECT_GT(note.probability, 0);
            EXPECT_LE(note.probability, note.pitch_probability);
            ASSERT_FALSE(note.choices.empty());
            EXPECT_GE(note.choices.front().probability + 1e-6, note.pitch_probability);
            for (std::size_t i = 1; i < note.choices.size(); ++i)
                EXPECT_GE(note.choices[i - 1].probability, note.choices[i].probability);
        }
    }
}

TEST(Explain, attention_names_words_of_the_prompt_and_never_more_than_all_of_it) {
    const PriorPtr prior = shippedPrior();
    if (!prior) GTEST_SKIP() << "no weights here";
    const Score score = smallPiece(*prior);
    const std::string prompt = "a waltz in D minor for flute, 4 bars";
    const auto explanation = explain(*prior, score, prompt, {}, {}, {});
    ASSERT_TRUE(explanation);
    bool names_a_word = false;
    for (const auto& track : *explanation)
        for (const NoteExplanation& note : track) {
            double total = 0;
            for (const auto& influence : note.influences) {
                total += influence.share_unit;
                if (influence.kind != NoteExplanation::Influence::Kind::kWord) continue;
                names_a_word = true;
                EXPECT_LT(influence.word.first, influence.word.past_last);
                EXPECT_LE(influence.word.past_last, static_cast<int>(prompt.size()));
            }
            EXPECT_LE(total, 1 + 1e-5);
        }
    EXPECT_TRUE(names_a_word);
}

TEST(Explain, a_prior_without_attention_still_says_how_likely_a_note_was) {
    const PriorPtr rules = makeRulePrior();
    const Score score = smallPiece(*rules);
    const auto explanation = explain(*rules, score, "", {}, {}, {});
    ASSERT_TRUE(explanation);
    EXPECT_GT(explanation->front().front().probability, 0);
    EXPECT_TRUE(explanation->front().front().influences.empty());
}

TEST(Explain, an_empty_piece_gets_a_sentence) {
    EXPECT_FALSE(explain(*makeRulePrior(), Score{}, "", {}, {}, {}));
}

} // namespace
} // namespace chainsong
