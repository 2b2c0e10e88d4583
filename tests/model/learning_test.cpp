#include "engine/model/muse/batch.h"
#include "engine/model/muse/decoder.h"
#include "engine/model/muse/kernels.h"
#include "engine/model/muse/network.h"
#include "tests/model/small_piece.h"

#include <gtest/gtest.h>

#include <cmath>

namespace chainsong {
namespace {

/// Weights a little away from their start, so that no array is all zero.
void shake(TrainingNetwork& network, int num_steps)
{
    for (int i = 0; i < num_steps; ++i)
        network.learn(makeBatch({ makeWindow(randomPiece(100 + static_cast<std::uint64_t>(i), 6), {}, 0, 128) }), 2e-3);
}

double sumOfTargets(TrainingNetwork& network, const TrainingBatch& batch)
{
    double sum = 0;
    for (const auto& head : network.targetLogProbs(batch))
        for (const float log_prob : head) sum -= static_cast<double>(log_prob);
    return sum;
}

TEST(Learning, the_plain_decoder_gives_every_event_the_probability_that_the_trained_network_gives)
{
    TrainingNetwork network(3);
    shake(network, 5);
    const auto prior = makeMusePrior(network.averagedWeights(), "test");
    ASSERT_TRUE(prior) << sentence(prior.error());
    const EventPiece piece = randomPiece(7, 8);
    const auto decoder = (*prior)->begin({ piece.frame, {}, 1.0 }, 1);
    const double trained = sumOfTargets(network, makeBatch({ makeWindow(piece, {}, 0, 1000) }));
    const double decoded = decodedNats(*decoder, piece.events);
    EXPECT_NEAR(decoded, trained, 2e-4 * trained);
}

TEST(Learning, notes_given_beforehand_are_seen_alike_by_decoder_and_network)
{
    TrainingNetwork network(3);
    shake(network, 5);
    const auto prior = makeMusePrior(network.averagedWeights(), "test");
    ASSERT_TRUE(prior);
    const EventPiece piece = randomPiece(8, 8);
    GivenFlags given;
    WritingTask task { piece.frame, std::vector<std::vector<Event>>(8), 1.0 };
    int bar = 0;
    for (const Event& event : piece.events) {
        if (event.is_bar_line) {
            ++bar;
            continue;
        }
        const bool is_given = event.part == 1 || bar >= 5;
        given.push_back(is_given ? 1 : 0);
        if (is_given) task.given[static_cast<std::size_t>(bar)].push_back(event);
    }
    const double blind = sumOfTargets(network, makeBatch({ makeWindow(piece, {}, 0, 1000) }));
    const double trained = sumOfTargets(network, makeBatch({ makeWindow(piece, given, 0, 1000) }));
    EXPECT_GT(std::abs(blind - trained), 1e-3) << "what is given must make a difference";
    EXPECT_NEAR(decodedNats(*(*prior)->begin(task, 1), piece.events), trained, 2e-4 * trained);
}

TEST(Learning, a_remembered_phrase_is_seen_alike_by_decoder_and_network)
{
    TrainingNetwork network(3);
    shake(network, 5);
    const auto prior = makeMusePrior(network.averagedWeights(), "test");
    ASSERT_TRUE(prior);
    const EventPiece piece = randomPiece(9, 8), other = randomPiece(10, 2);
    WritingTask task { piece.frame, {}, 1.0 };
    task.frame.remembered.push_back({ other.frame.parts, {}, {} });
    for (const Event& event : other.events)
        if (!event.is_bar_line) task.frame.remembered.front().notes.push_back(event);
    TrainingWindow window = makeWindow(piece, {}, 0, 1000);
    const double without = sumOfTargets(network, makeBatch({ window }));
    addPhrase(window, task.frame.remembered.front());
    const double trained = sumOfTargets(network, makeBatch({ window, makeWindow(other, {}, 0, 1000) })) - sumOfTargets(network, makeBatch({ makeWindow(other, {}, 0, 1000) }));
    EXPECT_GT(std::abs(without - trained), 1e-3) << "the phrase must make a difference";
    EXPECT_NEAR(decodedNats(*(*prior)->begin(task, 1), piece.events), trained, 3e-4 * trained);
}

TEST(Learning, padding_changes_no_probability)
{
    TrainingNetwork network(3);
    shake(network, 3);
    const auto alone = makeBatch({ makeWindow(randomPiece(11, 3), {}, 0, 500) });
    const auto padded = makeBatch({ makeWindow(randomPiece(11, 3), {}, 0, 500), makeWindow(randomPiece(12, 9), {}, 0, 500) });
    const auto in_small = network.targetLogProbs(alone), in_large = network.targetLogProbs(padded);
    double largest = 0;
    for (std::size_t h = 0; h < kNumHeads; ++h)
        for (std::size_t t = 0; t < static_cast<std::size_t>(alone.T); ++t)
            largest = std::max(largest, static_cast<double>(std::abs(in_small[h][t] - in_large[h][t])));
    EXPECT_LT(largest, 2e-5);
}

TEST(Learning, forty_steps_on_one_piece_halve_its_nats)
{
    TrainingNetwork network(1);
    const auto batch = makeBatch({ makeWindow(randomPiece(5, 6), {}, 0, 200) });
    const double before = network.evaluate(batch).perNote();
    for (int i = 0; i < 40; ++i) network.learn(batch, 3e-3);
    EXPECT_LT(network.evaluate(batch).perNote(), 0.5 * before);
}

TEST(Learning, the_gradient_of_an_additive_score_is_its_finite_difference)
{
    Rng rng(2);
    std::vector<float> q(64), k(64), v(64), dq(64), dk(64), dv(64);
    for (std::size_t i = 0; i < 64; ++i) q[i] = static_cast<float>(rng.normal()), k[i] = static_cast<float>(rng.normal()), v[i] = static_cast<float>(rng.normal());
    additiveScoreGradient(q.data(), k.data(), v, 1.0f, dq.data(), dk.data(), dv.data());
    const auto exact = [&] {
        double sum = 0;
        for (std::size_t i = 0; i < 64; ++i) sum += static_cast<double>(v[i]) * std::tanh(static_cast<double>(q[i]) + static_cast<double>(k[i]));
        return sum;
    };
    EXPECT_NEAR(additiveScore(q.data(), k.data(), v), exact(), 1e-5);
    for (const std::size_t i : { 0u, 17u, 63u }) {
        for (const auto& [values, gradient] : { std::pair { &q, &dq }, std::pair { &k, &dk }, std::pair { &v, &dv } }) {
            const float kept = (*values)[i];
            const auto at = [&](float shift) { (*values)[i] = kept + shift; const double score = exact(); (*values)[i] = kept; return score; };
            EXPECT_NEAR((at(1e-2f) - at(-1e-2f)) / 2e-2, (*gradient)[i], 1e-3);
        }
    }
}

TEST(Learning, what_a_graphics_card_would_compute_equals_the_loops_and_learns_the_same)
{
    using Device = TrainingNetwork::Device;
    TrainingNetwork loops(3, Device::kProcessor), card(3, Device::kProcessorAsCard);
    ASSERT_TRUE(card.takeWeights(loops.averagedWeights()));
    const auto batch = makeBatch({ makeWindow(randomPiece(1, 6), {}, 0, 128), makeWindow(randomPiece(2, 4), {}, 1, 60) });
    const double whole = sumOfTargets(loops, batch);
    EXPECT_NEAR(sumOfTargets(card, batch), whole, 1e-5 * whole);
    for (int i = 0; i < 3; ++i) loops.learn(batch, 1e-3), card.learn(batch, 1e-3);
    // Dropout differs, the learning does not: both come down by about as much.
    const double by_loops = whole - sumOfTargets(loops, batch), by_card = whole - sumOfTargets(card, batch);
    EXPECT_GT(by_loops, 0);
    EXPECT_NEAR(by_card, by_loops, 0.2 * by_loops);
}

}  // namespace
}  // namespace chainsong
