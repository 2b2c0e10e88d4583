#include "engine/inference/passes.h"

#include "engine/base/random.h"

#include <gtest/gtest.h>

#include <vector>

namespace chainsong {
namespace {

using Numbers = std::vector<double>;

Numbers normals(Rng& rng, std::size_t count) {
    Numbers x(count);
    for (double& value : x) value = rng.normal();
    return x;
}

// What is compiled here is for the oldest processor; what the library calls is for this one.
TEST(Passes, ThisProcessorRoundsAsTheOldestDoes) {
    Rng rng(1);
    for (std::size_t n = 0; n < 70; ++n) {
        const Numbers q = normals(rng, n), p = normals(rng, n), grad = normals(rng, n),
                      scale = normals(rng, n), sums = normals(rng, n), more = normals(rng, n);
        Numbers q1(n), p1(n), q2(n), p2(n), sum1 = sums, sum2 = sums;
        kickAndDrift({q.data(), p.data(), grad.data(), scale.data(), q1.data(), p1.data()}, 0.3, n);
        passes::kickAndDrift<Quad>(
            {q.data(), p.data(), grad.data(), scale.data(), q2.data(), p2.data()}, 0.3, n);
        EXPECT_EQ(q1, q2);
        EXPECT_EQ(p1, p2);
        EXPECT_EQ(finishKick(p1.data(), grad.data(), scale.data(), 0.15, n),
            passes::finishKick<Quad>(p2.data(), grad.data(), scale.data(), 0.15, n));
        EXPECT_EQ(p1, p2);
        const auto momenta = [&](Numbers& sum) {
            return SpanMomenta{
                q.data(), p.data(), grad.data(), scale.data(), sum.data(), more.data(), sum.data()};
        };
        EXPECT_EQ(addSpans(momenta(sum1), n), passes::addSpans<Quad>(momenta(sum2), n));
        EXPECT_EQ(sum1, sum2);
        EXPECT_EQ(addPoints(momenta(sum1), n), passes::addPoints<Quad>(momenta(sum2), n));
        EXPECT_EQ(sum1, sum2);
    }
}

TEST(Passes, LanesOfTwoAndFourSayTheSame) {
    Rng rng(2);
    for (const std::size_t n : {1u, 2u, 5u, 16u, 31u, 100u}) {
        const Numbers grad = normals(rng, n), scale = normals(rng, n), p = normals(rng, n);
        Numbers two = p, four = p;
        EXPECT_NEAR(passes::finishKick<Pair>(two.data(), grad.data(), scale.data(), 0.2, n),
            finishKick(four.data(), grad.data(), scale.data(), 0.2, n), 1e-12);
        EXPECT_EQ(two, four);
    }
}

} // namespace
} // namespace chainsong
