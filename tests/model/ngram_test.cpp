#include "engine/model/ngram.h"
#include "tests/model/small_piece.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace chainsong {
namespace {

double total(const std::array<double, kNumHeads>& nats) { return std::accumulate(nats.begin(), nats.end(), 0.0); }

TEST(Ngram, a_piece_it_has_learnt_surprises_it_less_than_a_strange_one)
{
    NgramModel model;
    const EventPiece known = randomPiece(1, 12), strange = randomPiece(2, 12);
    const double before = total(model.nats(known));
    for (int i = 0; i < 3; ++i) model.learn(known);
    EXPECT_LT(total(model.nats(known)), 0.5 * before);
    EXPECT_LT(total(model.nats(known)), total(model.nats(strange)));
}

TEST(Ngram, an_unlearnt_model_is_uniform_over_what_is_allowed)
{
    const EventPiece piece = randomPiece(3, 2);
    const auto nats = NgramModel().nats(piece);
    const auto num_events = static_cast<double>(piece.events.size());
    EXPECT_NEAR(nats[static_cast<std::size_t>(Head::kBar)], num_events * std::log(2.0), 1e-9);
}

}  // namespace
}  // namespace chainsong
