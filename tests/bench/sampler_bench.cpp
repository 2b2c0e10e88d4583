// Effective draws a CPU second on targets that need no data, and what the sampler costs beside the density.
// Four chains one after another on one thread; medians of three seeds.

#include "engine/inference/chains.h"
#include "engine/inference/diagnostics.h"
#include "engine/inference/targets.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <iterator>

namespace {

using namespace chainsong;

double cpuSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double median(std::vector<double> x) {
    std::sort(x.begin(), x.end());
    return x[x.size() / 2];
}

struct Score {
    double ess_per_s, worst_rhat, leapfrogs_per_draw, us_per_evaluation;
};

/// The smallest, over the parameters, of bulk ESS and of the ESS of the square: draws of NUTS are so far
/// apart that the ESS of the mean alone can exceed their number.
Score measure(const Target& target, std::uint64_t seed) {
    RunOptions options;
    options.seed = seed;
    options.num_warm_up = 400;
    const double start = cpuSeconds();
    const auto run = runChains(target, options);
    const double seconds = cpuSeconds() - start;
    if (!run) return {};
    Score score{1e300, 0, 0, 0};
    for (std::size_t i = 0; i < run->parameter_names.size(); ++i) {
        ChainValues values, squares;
        for (const ChainRun& chain : run->chains) {
            values.push_back(chain.columns[i]);
            squares.push_back(chain.columns[i]);
            for (double& x : squares.back()) x *= x;
        }
        score.ess_per_s = std::min({score.ess_per_s, essBulk(values) / seconds, essMean(squares) / seconds});
        score.worst_rhat = std::max(score.worst_rhat, rhat(values));
    }
    double num_leapfrogs = 0, num_draws = 0, num_evaluations = 0;
    for (const ChainRun& chain : run->chains) {
        for (const DrawStats& draw : chain.stats) num_leapfrogs += draw.num_leapfrogs;
        num_draws += static_cast<double>(chain.stats.size());
        num_evaluations += static_cast<double>(chain.num_evaluations);
    }
    score.leapfrogs_per_draw = num_leapfrogs / num_draws;
    score.us_per_evaluation = seconds / num_evaluations * 1e6;
    return score;
}

double microsecondsOfDensity(const Target& target) {
    Vec q(static_cast<std::size_t>(target.dimension), 0.1), grad(q.size());
    double best = 1e300, sum = 0;
    for (int repeat = 0; repeat < 9; ++repeat) {
        constexpr int kCalls = 100'000;
        const double start = cpuSeconds();
        for (int i = 0; i < kCalls; ++i) {
            q[0] = 1e-6 * i;
            sum += target.log_density(q, grad);
        }
        best = std::min(best, (cpuSeconds() - start) / kCalls * 1e6);
    }
    return std::isnan(sum) ? sum : best;
}

} // namespace

int main() {
    std::printf("%-26s %12s %8s %15s %12s %12s %12s\n", "target", "ESS*/CPU s", "R-hat", "leapfrogs/draw",
        "us/leapfrog", "us/density", "us/overhead");
    for (const Target& target : {autoregressiveTarget(100), illConditionedTarget(100), eightSchoolsTarget(),
             bananaTarget(), normalTarget(2), normalTarget(100)}) {
        std::vector<double> ess, worst_rhat, leapfrogs, us;
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const Score score = measure(target, seed);
            ess.push_back(score.ess_per_s);
            worst_rhat.push_back(score.worst_rhat);
            leapfrogs.push_back(score.leapfrogs_per_draw);
            us.push_back(score.us_per_evaluation);
        }
        const double density_us = microsecondsOfDensity(target);
        const std::string name =
            target.name == "normal" ? "normal_" + std::to_string(target.dimension) : target.name;
        std::printf("%-26s %12.0f %8.4f %15.1f %12.3f %12.3f %12.3f\n", name.c_str(), median(ess),
            median(worst_rhat), median(leapfrogs), median(us), density_us, median(us) - density_us);
    }
}
