// Stan itself beside our default, on the same densities, in one run: Stan's own sampler (its C++, version
// below) is given our hand-written values and gradients. Four chains one after another on one thread, Stan
// 1000 + 1000 draws, ours 400 + 1000; the seeds of both by turns, so that a busy machine treats them alike.
// `stan_peer [--seeds N] [target…]`. The bare Stan lacks the text stream that Stan makes for a model's
// messages at every gradient: it is faster than Stan ever is for its users.

#include "engine/inference/chains.h"
#include "score.h"
#include "tests/bench/stan_nuts.h"
#include "tests/inference/reference_files.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>

namespace {

using namespace chainsong;
using namespace chainsong::test;

/// What a peer's ESS* a CPU second was of Stan's, on one machine, on the same hand-written density; and what
/// is asked of us.
struct Bar {
    double ratio;
    const char* from;
};
const std::map<std::string, Bar> kBars{
    {"gauss_ar1_100", {9340.0 / 1642, "nuts-rs, 300 warm-up"}},
    {"gauss_illdiag_100", {59504.0 / 1787, "nuts-rs, 300 warm-up"}},
    {"eight_schools_noncentered", {317128.0 / 27168, "nuts-rs, 300 warm-up"}},
    {"logreg", {3341.0 / 1205, "nuts-rs, 300 warm-up"}},
    {"mlp", {10866.0 / 4759, "nuts-rs, 300 warm-up"}},
    {"kidscore_interaction", {100, "goal"}},
    {"earn_height", {100, "goal"}},
    {"kilpisjarvi", {500, "goal"}},
    {"arK", {8, "goal"}},
};

double cpuSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// One run's draws, chain by chain, and its price.
struct Drawn {
    std::vector<std::vector<Vec>> chains; // chain, parameter, draw
    double seconds = 0, num_leapfrogs = 0, num_evaluations = 0;
};

Drawn drawnByStan(const Target& target, const bench::StanOptions& options) {
    Drawn out;
    const double start = cpuSeconds();
    for (unsigned chain = 1; chain <= 4; ++chain) {
        auto run = bench::runStan(target, options, chain);
        if (!run) continue;
        out.num_leapfrogs += run->num_leapfrogs;
        out.num_evaluations += static_cast<double>(run->num_evaluations);
        out.chains.push_back(std::move(run->columns));
    }
    out.seconds = cpuSeconds() - start;
    return out;
}

Drawn drawnByUs(const Target& target, std::uint64_t seed) {
    Drawn out;
    RunOptions options;
    options.seed = seed;
    const double start = cpuSeconds();
    auto run = runChains(target, options);
    out.seconds = cpuSeconds() - start;
    if (!run) return out;
    for (ChainRun& chain : run->chains) {
        for (const DrawStats& draw : chain.stats) out.num_leapfrogs += draw.num_leapfrogs;
        out.num_evaluations += static_cast<double>(chain.num_evaluations);
        if (!chain.failure) out.chains.push_back(std::move(chain.columns));
    }
    return out;
}

struct Score {
    double ess_per_s = 0, rhat = INFINITY, leapfrogs_per_draw = 0, us_per_evaluation = 0, seconds = 0;
};

Score scoreOf(const Drawn& drawn) {
    Score score;
    if (drawn.chains.empty() || drawn.chains[0].empty()) return score;
    double ess = INFINITY;
    score.rhat = 0;
    for (std::size_t i = 0; i < drawn.chains[0].size(); ++i) {
        ChainValues values;
        for (const auto& chain : drawn.chains) values.push_back(chain[i]);
        ess = std::min(ess, essStar(values));
        const double split = chainsong::rhat(values);
        score.rhat = std::isnan(split) ? INFINITY : std::max(score.rhat, split);
    }
    const auto num_draws = static_cast<double>(drawn.chains.size() * drawn.chains[0][0].size());
    score.seconds = drawn.seconds;
    score.ess_per_s = ess / drawn.seconds;
    score.leapfrogs_per_draw = drawn.num_leapfrogs / num_draws;
    score.us_per_evaluation = drawn.seconds / drawn.num_evaluations * 1e6;
    return score;
}

double median(const std::vector<Score>& scores, double Score::*field) {
    std::vector<double> x;
    for (const Score& score : scores) x.push_back(score.*field);
    std::sort(x.begin(), x.end());
    return x[x.size() / 2];
}

void showRow(const char* whose, const std::vector<Score>& scores) {
    const auto [least, most] = std::minmax_element(scores.begin(), scores.end(),
        [](const Score& a, const Score& b) { return a.ess_per_s < b.ess_per_s; });
    std::printf("  %-6s %10.0f (%.0f to %.0f), R-hat %.4f, %.1f leapfrogs a draw, %.3f us each, %.3f s\n",
        whose, median(scores, &Score::ess_per_s), least->ess_per_s, most->ess_per_s,
        median(scores, &Score::rhat), median(scores, &Score::leapfrogs_per_draw),
        median(scores, &Score::us_per_evaluation), median(scores, &Score::seconds));
}

double ratioOf(const std::vector<Score>& ours, const std::vector<Score>& theirs) {
    return median(ours, &Score::ess_per_s) / median(theirs, &Score::ess_per_s);
}

void compare(const Target& target, int num_seeds) {
    std::vector<Score> stans, bare_stans, ours;
    for (int seed = 1; seed <= num_seeds; ++seed) {
        bench::StanOptions options;
        options.seed = static_cast<unsigned>(seed);
        stans.push_back(scoreOf(drawnByStan(target, options)));
        ours.push_back(scoreOf(drawnByUs(target, options.seed)));
        options.makes_streams = false;
        bare_stans.push_back(scoreOf(drawnByStan(target, options)));
    }
    const double ratio = ratioOf(ours, stans);
    std::printf("%s: %.2f times Stan, %.2f times the bare one", target.name.c_str(), ratio,
        ratioOf(ours, bare_stans));
    if (const auto bar = kBars.find(target.name); bar != kBars.end())
        std::printf(" (%s: %.2f; ours is %.2f of that)", bar->second.from, bar->second.ratio,
            ratio / bar->second.ratio);
    std::printf("\n");
    showRow("Stan", stans);
    showRow("bare", bare_stans);
    showRow("ours", ours);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) {
    int num_seeds = 3;
    std::vector<std::string> names(argv + 1, argv + argc);
    if (names.size() >= 2 && names[0] == "--seeds") {
        num_seeds = std::max(1, std::atoi(names[1].c_str()));
        names.erase(names.begin(), names.begin() + 2);
    }
    if (names.empty())
        for (const TargetInfo& info : builtInTargets())
            if (kBars.contains(info.name)) names.push_back(info.name);
    double loads[3] = {};
    if (getloadavg(loads, 3) < 1) loads[0] = NAN;
    std::printf("ESS* a CPU second, median of %d seeds (least to most); Stan %s; load %.1f\n", num_seeds,
        bench::stanVersion().c_str(), loads[0]);
    for (const std::string& name : names) {
        if (const auto target = referenceTarget(name))
            compare(*target, num_seeds);
        else
            std::printf("%s: its data are not here\n", name.c_str());
    }
}
