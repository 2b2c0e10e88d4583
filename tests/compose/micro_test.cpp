#include "engine/compose/job.h"
#include "engine/compose/region.h"
#include "engine/compose/request.h"
#include "engine/inference/smc.h"
#include "tests/compose/micro_prior.h"

#include <gtest/gtest.h>

#include <cmath>

// The real path of composing, on a prior whose pieces can all be listed: weights, evidence and particle Gibbs
// must agree with the list within standard errors.
using namespace chainsong;
using namespace chainsong::micro;

namespace {

/// A target: constraints, and the same in the words of this test.
struct Target {
    std::vector<Constraint> constraints;
    std::function<double(const MicroPiece&)> factor; // 0 for pieces that break a hard one
};

constexpr int kBars = 3;

int notesInBar(const MicroPiece& piece, int bar) {
    return static_cast<int>(
        std::count_if(piece.begin(), piece.end(), [&](const MicroNote& n) { return n.bar == bar; }));
}

Constraint spec(const std::string& text) {
    const auto constraint = parseConstraint(text);
    EXPECT_TRUE(constraint) << text;
    return *constraint;
}

/// A hard constraint that looks back, a soft one by note, a soft one by bar, an ending, and a pinned note in
/// the middle.
Target everything() {
    Target target;
    for (const char* text : {"leap:2", "key~0.7:D major", "density~1.5:1", "end:E4", "pinned:2/2 D4 0.5"})
        target.constraints.push_back(spec(text));
    target.factor = [](const MicroPiece& piece) {
        const MicroNote pin{1, 1, 1};
        double factor = 1;
        if (std::find(piece.begin(), piece.end(), pin) == piece.end()) return 0.0;
        for (std::size_t i = 0; i < piece.size(); ++i) {
            if (piece[i] == pin) continue;
            if (i > 0 && std::abs(piece[i].key - piece[i - 1].key) > 1) return 0.0;
            if (piece[i].key == 0) factor *= std::exp(-0.7); // C is not in D major; D and E are
        }
        for (std::size_t i = 1; i < piece.size(); ++i)
            if (piece[i] == pin && std::abs(piece[i - 1].key - 1) > 1) return 0.0;
        for (int bar = 0; bar < kBars; ++bar) factor *= std::exp(-1.5 * std::abs(notesInBar(piece, bar) - 1));
        return piece.back().key == 2 ? factor : 0.0;
    };
    return target;
}

Target nothing() {
    return {{}, [](const MicroPiece&) { return 1.0; }};
}

struct Exact {
    std::map<MicroPiece, double> mass; // p · φ
    double evidence = 0;
};
Exact exactly(const Target& target) {
    Exact exact;
    for (const auto& [piece, p] : allPieces(kBars)) {
        const double mass = p * target.factor(piece);
        if (mass > 0) exact.mass[piece] = mass;
        exact.evidence += mass;
    }
    return exact;
}

Job jobFor(const Target& target, bool keeps_weights) {
    const PieceFrame frame = microFrame(kBars);
    Score base = toScore(frame, {});
    for (const Constraint& c : target.constraints)
        if (c.name == "pinned") base.tracks[0].notes.push_back({Tick{480 + 240}, Tick{120}, 62, 88, true});
    auto job = makeJob(frame, base, {0}, {0, kBars, {}, ~KeySet()}, target.constraints, 1);
    EXPECT_TRUE(job) << (job ? "" : sentence(job.error()));
    auto plan = std::const_pointer_cast<WritingPlan>(job->plan);
    plan->keeps_weights = keeps_weights;
    return *job;
}

/// What is compared: bits of the piece that a wrong weight would shift.
std::vector<double> featuresOf(const MicroPiece& piece) {
    std::vector<double> features{1};
    for (int bar = 0; bar < kBars; ++bar)
        for (int place = 0; place < 2; ++place)
            for (int key = 0; key < kNumKeys; ++key)
                features.push_back(
                    std::count(piece.begin(), piece.end(), MicroNote{bar, place, key}) > 0 ? 1 : 0);
    return features;
}

std::vector<double> exactMeans(const Exact& exact) {
    std::vector<double> means(featuresOf({}).size(), 0.0);
    for (const auto& [piece, mass] : exact.mass) {
        const auto features = featuresOf(piece);
        for (std::size_t f = 0; f < means.size(); ++f) means[f] += mass * features[f];
    }
    return means;
}

/// The largest distance, in standard errors, of a mean over runs from the truth.
double worstStandardErrors(const std::vector<std::vector<double>>& runs, const std::vector<double>& truth) {
    double worst = 0;
    const auto n = static_cast<double>(runs.size());
    for (std::size_t f = 0; f < truth.size(); ++f) {
        double sum = 0, sum2 = 0;
        for (const auto& run : runs) {
            sum += run[f];
            sum2 += run[f] * run[f];
        }
        const double mean = sum / n;
        const double error = std::sqrt(std::max(0.0, sum2 / n - mean * mean) / (n - 1));
        const double off = std::abs(mean - truth[f]);
        if (off > 1e-5) worst = std::max(worst, off / std::max(error, 1e-12));
    }
    return worst;
}

/// Ẑ · (weighted mean of each feature) has Z · E[feature] as its mean, for any number of particles.
double smcError(const Target& target, int num_particles, int num_runs, bool keeps_weights = true) {
    const Job job = jobFor(target, keeps_weights);
    const PriorPtr prior = makeMicroPrior();
    const Writer at_start(job.plan, *prior);
    std::vector<std::vector<double>> runs;
    for (int run = 0; run < num_runs; ++run) {
        const auto island =
            runIsland(*job.plan, at_start, num_particles, 11, static_cast<std::uint64_t>(run), {}, {});
        EXPECT_TRUE(island) << sentence(island.error());
        EXPECT_EQ(island->num_retries, 0);
        const double total = logSumExp(island->log_weights);
        std::vector<double> means(featuresOf({}).size(), 0.0);
        for (std::size_t i = 0; i < island->particles.size(); ++i) {
            const auto features = featuresOf(pieceOf(island->particles[i].events));
            for (std::size_t f = 0; f < means.size(); ++f)
                means[f] += features[f] * std::exp(island->log_weights[i] - total + island->log_evidence);
        }
        runs.push_back(std::move(means));
    }
    return worstStandardErrors(runs, exactMeans(exactly(target)));
}

} // namespace

TEST(MicroPrior, ListedPiecesAreAllThereAre) {
    double sum = 0;
    for (const auto& [piece, p] : allPieces(kBars)) sum += p;
    EXPECT_NEAR(sum, 1, 1e-9);
}

TEST(MicroPath, WithoutConstraintsEveryWeightIsOne) {
    const Job job = jobFor(nothing(), true);
    const Writer at_start(job.plan, *makeMicroPrior());
    const auto island = runIsland(*job.plan, at_start, 16, 1, 1, {}, {});
    ASSERT_TRUE(island);
    EXPECT_NEAR(island->log_evidence, 0, 1e-5);
    for (const double w : island->log_weights) EXPECT_NEAR(w, 0, 1e-5);
    const auto all = allPieces(kBars);
    for (const RegionDraw& draw : island->particles)
        EXPECT_NEAR(draw.log_density, std::log(all.at(pieceOf(draw.events))), 1e-4);
}

TEST(MicroPath, SmcAgreesWithTheListUnderEveryKindOfConstraint) {
    EXPECT_LT(smcError(nothing(), 16, 300), 4);
    EXPECT_LT(smcError(everything(), 16, 1500), 4);
    EXPECT_LT(smcError(everything(), 9, 1500), 4);
}

TEST(MicroPath, DroppedWeightsAreCaught) { EXPECT_GT(smcError(everything(), 16, 300, false), 20); }

TEST(MicroPath, ParticleGibbsSweepsLeaveTheTargetAsItIs) {
    const Target target = everything();
    const Exact exact = exactly(target);
    const Job job = jobFor(target, true);
    const Writer at_start(job.plan, *makeMicroPrior());
    std::vector<double> truth = exactMeans(exact);
    for (double& t : truth) t /= exact.evidence;
    for (const int most_bars : {1, 3}) {
        std::vector<std::vector<double>> after;
        int num_changed = 0;
        Rng rng(9);
        constexpr int kRuns = 3000;
        for (int run = 0; run < kRuns; ++run) {
            double left = rng.uniform() * exact.evidence; // an exact draw to start from
            auto start = exact.mass.begin();
            while (std::next(start) != exact.mass.end() && (left -= start->second) > 0) ++start;
            RegionDraw draw{eventsOf(start->first, kBars), 0};
            const SweepParams params{4, 100, most_bars};
            ASSERT_TRUE(sweep(*job.plan, at_start, draw, params, 5, static_cast<std::uint64_t>(run), {}));
            const MicroPiece piece = pieceOf(draw.events);
            ASSERT_GT(exact.mass.count(piece), 0u);
            EXPECT_NEAR(draw.log_density, std::log(exact.mass.at(piece)), 1e-3);
            num_changed += piece != start->first;
            after.push_back(featuresOf(piece));
        }
        EXPECT_LT(worstStandardErrors(after, truth), 4) << most_bars;
        EXPECT_GT(num_changed, kRuns / 2) << most_bars;
    }
}

TEST(MicroPath, ComposeReportsAnUnbiasedEvidence) {
    Target target;
    for (const char* text : {"instruments:violin", "key:C major", "metre:2/8", "bars:3", "leap:2",
             "cadence:off", "silence:off", "end:E4"})
        target.constraints.push_back(spec(text));
    target.factor = [](const MicroPiece& piece) {
        for (std::size_t i = 1; i < piece.size(); ++i)
            if (std::abs(piece[i].key - piece[i - 1].key) > 1) return 0.0;
        return !piece.empty() && piece.back().key == 2 ? 1.0 : 0.0;
    };
    const double truth = exactly(target).evidence;
    std::vector<std::vector<double>> runs;
    ComposeRequest request;
    request.constraints = target.constraints;
    request.num_particles = 16;
    const PriorPtr prior = makeMicroPrior();
    for (int run = 0; run < 400; ++run) {
        request.seed = static_cast<std::uint64_t>(run);
        const auto result = compose(*prior, request, {}, {});
        ASSERT_TRUE(result) << sentence(result.error());
        runs.push_back({std::exp(result->log_evidence)});
    }
    EXPECT_LT(worstStandardErrors(runs, {truth}), 4);
}
