#include "engine/model/muse/decoder.h"
#include "engine/model/muse/features.h"
#include "engine/model/muse/kernels.h"
#include "engine/model/muse/shape.h"
#include "tests/model/small_piece.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace chainsong {
namespace {

/// Arrays of every name and size that Muse has, filled at random.
Weights randomWeights()
{
    const MuseShape& s = kMuseShape;
    Rng rng(9);
    Weights weights;
    const auto add = [&](const std::string& name, std::vector<std::int64_t> shape, double spread, double centre = 0) {
        std::int64_t count = std::accumulate(shape.begin(), shape.end(), std::int64_t(1), std::multiplies<>());
        NamedArray array { name, std::move(shape), {} };
        for (; count > 0; --count) array.values.push_back(static_cast<float>(centre + spread * rng.normal()));
        weights.arrays.push_back(std::move(array));
    };
    const auto linear = [&](const std::string& name, int in, int out) {
        add(name + ".weight", { out, in }, 1 / std::sqrt(in));
        add(name + ".bias", { out }, 0.1);
    };
    const auto norm = [&](const std::string& name) {
        add(name + ".weight", { s.width }, 0.1, 1);
        add(name + ".bias", { s.width }, 0.1);
    };
    const std::array<int, kNumFeatureGroups> widths { s.width, kHeadHidden[0] + kHeadHidden[1], kHeadHidden[2], kHeadHidden[3], kHeadHidden[4], kHeadHidden[5],
        s.slot, s.slot, s.slot };
    for (std::size_t g = 0; g < kNumFeatureGroups; ++g)
        add(std::string(featureGroupName(static_cast<FeatureGroup>(g))) + "_table", { numRows(static_cast<FeatureGroup>(g)), widths[g] }, 0.3);
    for (const char* name : { "note_in", "bar_out", "word_out", "chip_out" }) linear(name, s.slot, s.slot);
    linear("query", s.width, s.attention);
    linear("key", s.slot, s.attention);
    linear("value", s.slot, s.width);
    add("score", { s.attention }, 0.3);
    add("slot_bias", { kNumBiasRows }, 0.3);
    add("nothing", { s.slot }, 0.3);
    norm("attend_norm");
    norm("top_norm");
    for (int i = 0; i < s.num_blocks; ++i) {
        const std::string block = "block" + std::to_string(i) + ".";
        norm(block + "norm");
        norm(block + "feed_norm");
        linear(block + "gates", s.width, 3 * s.recurrent);
        linear(block + "out", s.recurrent, s.width);
        linear(block + "feed_in", s.width, 2 * s.feed);
        linear(block + "feed_out", s.feed, s.width);
    }
    linear("heads_in", s.width, kHeadHiddenTotal);
    for (std::size_t h = 0; h < kNumHeads; ++h) linear("head" + std::to_string(h), kHeadHidden[h], numClasses(static_cast<Head>(h)));
    std::sort(weights.arrays.begin(), weights.arrays.end(), [](const NamedArray& a, const NamedArray& b) { return a.name < b.name; });
    return weights;
}

TEST(MuseDecoder, rows_sum_to_one_over_what_the_canonical_order_allows)
{
    const auto prior = makeMusePrior(randomWeights(), "random");
    ASSERT_TRUE(prior) << sentence(prior.error());
    const EventPiece piece = randomPiece(4, 3);
    const auto decoder = (*prior)->begin({ piece.frame, {}, 0.8 }, 1);
    EventCursor cursor(piece.frame);
    const int only = 0;
    for (const Event& event : piece.events) {
        decoder->beginEvent(std::span(&only, 1));
        const std::array<int, kNumHeads> chosen { event.is_bar_line ? 1 : 0, event.position, event.part, event.pitch, event.duration, event.velocity };
        for (std::size_t h = 0; h < (event.is_bar_line ? 1u : 6u); ++h) {
            const auto head = static_cast<Head>(h);
            const auto row = decoder->headLogProbs(head);
            ASSERT_EQ(static_cast<int>(row.size()), numClasses(head));
            double sum = 0;
            for (int c = 0; c < numClasses(head); ++c) {
                const double p = std::exp(static_cast<double>(row[static_cast<std::size_t>(c)]));
                sum += p;
                const bool is_allowed = head == Head::kPosition ? cursor.allowsPosition(c)
                    : head == Head::kPart                       ? cursor.allowsPart(event.position, c, piece.frame)
                    : head == Head::kPitch                      ? cursor.allowsPitch(event.position, event.part, c, piece.frame)
                                                                : true;
                EXPECT_EQ(p > 0, is_allowed) << "head " << h << " class " << c;
            }
            EXPECT_NEAR(sum, 1, 1e-5);
            decoder->choose(head, std::span(&chosen[h], 1));
        }
        decoder->endEvent();
        cursor.advance(event, piece.frame);
    }
}

TEST(MuseDecoder, a_particle_does_not_depend_on_its_companions)
{
    const auto prior = makeMusePrior(randomWeights(), "random");
    ASSERT_TRUE(prior);
    const EventPiece piece = randomPiece(5, 4), other = randomPiece(6, 4);
    const double alone = decodedNats(*(*prior)->begin({ piece.frame, {}, 1 }, 1), piece.events);

    // Three particles; the middle one writes our piece, the others write something else at the same time.
    const auto decoder = (*prior)->begin({ piece.frame, {}, 1 }, 3);
    double together = 0;
    const std::size_t steps = piece.events.size();
    for (std::size_t i = 0; i < steps; ++i) {
        const bool has_others = i < other.events.size();
        const std::vector<int> writing = has_others ? std::vector<int> { 0, 1, 2 } : std::vector<int> { 1 };
        decoder->beginEvent(writing);
        for (std::size_t h = 0; h < kNumHeads && !decoder->writing().empty(); ++h) {
            const auto head = static_cast<Head>(h);
            const std::vector<int> rows(decoder->writing().begin(), decoder->writing().end());
            const auto log_probs = decoder->headLogProbs(head);
            std::vector<int> classes;
            for (std::size_t r = 0; r < rows.size(); ++r) {
                const Event& e = rows[r] == 1 ? piece.events[i] : other.events[i];
                const std::array<int, kNumHeads> chosen { e.is_bar_line ? 1 : 0, e.position, e.part, e.pitch, e.duration, e.velocity };
                classes.push_back(chosen[h]);
                if (rows[r] == 1) together -= static_cast<double>(log_probs[r * static_cast<std::size_t>(numClasses(head)) + static_cast<std::size_t>(chosen[h])]);
            }
            decoder->choose(head, classes);
        }
        decoder->endEvent();
    }
    EXPECT_EQ(alone, together) << "not one bit may differ";
}

TEST(MuseDecoder, reading_a_past_is_the_same_as_having_written_it)
{
    const auto prior = makeMusePrior(randomWeights(), "random");
    ASSERT_TRUE(prior);
    const EventPiece piece = randomPiece(5, 6);
    const auto half = static_cast<std::ptrdiff_t>(piece.events.size() / 2);
    const std::vector<Event> past(piece.events.begin(), piece.events.begin() + half), rest(piece.events.begin() + half, piece.events.end());
    const auto whole = (*prior)->begin({ piece.frame, {}, 1 }, 1), read = (*prior)->begin({ piece.frame, {}, 1 }, 1);
    const double first = decodedNats(*whole, past);
    read->readPast(past);
    EXPECT_GT(first, 0);
    EXPECT_EQ(decodedNats(*whole, rest), decodedNats(*read, rest));
}

TEST(MuseDecoder, weights_that_lack_an_array_are_refused_by_its_name)
{
    Weights weights = randomWeights();
    weights.arrays.erase(std::find_if(weights.arrays.begin(), weights.arrays.end(), [](const NamedArray& a) { return a.name == "score"; }));
    const auto prior = makeMusePrior(weights, "lame");
    ASSERT_FALSE(prior);
    EXPECT_NE(prior.error().what.find("\"score\""), std::string::npos);
}

TEST(Kernels, a_product_equals_the_plain_double_loop)
{
    Rng rng(1);
    constexpr int kIn = 37, kOut = 53, kRows = 7;
    std::vector<float> w(kIn * kOut), b(kOut), x(kIn * kRows), y(kOut * kRows);
    for (auto* values : { &w, &b, &x })
        for (float& v : *values) v = static_cast<float>(rng.normal());
    LinearKernel(w, b, kIn, kOut).apply(x.data(), kRows, y.data());
    for (std::size_t r = 0; r < kRows; ++r)
        for (std::size_t o = 0; o < kOut; ++o) {
            double sum = static_cast<double>(b[o]);
            for (std::size_t i = 0; i < kIn; ++i) sum += static_cast<double>(w[o * kIn + i]) * static_cast<double>(x[r * kIn + i]);
            EXPECT_NEAR(y[r * kOut + o], sum, 1e-5 * (1 + std::abs(sum)));
        }
}

}  // namespace
}  // namespace chainsong
