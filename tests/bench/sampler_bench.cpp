// What the sampler does on every target of known answer: effective draws a CPU second beside a plain
// implementation of Stan's adaptation in the same run, how often it converges, what a leapfrog step costs
// beside the density, and what local steps change. Four chains one after another on one thread.
// `sampler_bench [speed|converge|overhead|local] [target…]`

#include "engine/inference/chains.h"
#include "engine/inference/settle.h"
#include "score.h"
#include "tests/inference/reference_files.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <ctime>

namespace {

using namespace chainsong;
using namespace chainsong::test;

double cpuSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double median(std::vector<double> x) {
    std::sort(x.begin(), x.end());
    return x[x.size() / 2];
}

/// Reference summaries of a target, by parameter; null where there are none.
nlohmann::json referenceOf(const std::string& name) {
    const auto exact = referenceJson("posteriors/synthetic.json");
    const std::string key = name == "logreg" ? "logreg_german" : name;
    if (exact && exact->contains(key)) return exact->at(key).at("ref");
    if (const std::string file = dataFileOf(name); !file.empty())
        if (const auto json = referenceJson(file); json && json->contains("reference"))
            return json->at("reference");
    return {};
}

struct Outcome {
    double ess_per_s = 0, worst_rhat = 0, leapfrogs_per_draw = 0, us_per_evaluation = 0;
    double sum_squared_z = 0;
    int num_z = 0;
    double ess = 0, first_mean_z = 0, first_sd_z = 0; // z: of the first parameter
    bool took_local_steps = false;
    bool hasConverged() const { return worst_rhat <= 1.01; }
};

Outcome outcomeOf(const Run& run, double seconds, const nlohmann::json& reference) {
    Outcome out;
    double ess = 1e300;
    for (std::size_t i = 0; i < run.parameter_names.size(); ++i) {
        ChainValues values;
        for (const ChainRun& chain : run.chains) values.push_back(chain.columns[i]);
        ess = std::min(ess, essStar(values));
        const double split = rhat(values);
        out.worst_rhat = std::isnan(split) ? INFINITY : std::max(out.worst_rhat, split);
        if (!reference.is_object() || !reference.contains(run.parameter_names[i])) continue;
        const auto& expected = reference.at(run.parameter_names[i]);
        const double error =
            std::hypot(mcseMean(values), expected.value("mcse_mean", expected.value("se_mean", 0.0)));
        const double z = (meanOf(values) - expected.at("mean").get<double>()) / error;
        out.sum_squared_z += z * z;
        ++out.num_z;
        if (i > 0) continue;
        out.first_mean_z = z;
        out.first_sd_z = (sdOf(values) - expected.at("sd").get<double>()) / mcseSd(values);
    }
    double num_leapfrogs = 0, num_draws = 0, num_evaluations = 0;
    for (const ChainRun& chain : run.chains) {
        for (const DrawStats& draw : chain.stats) num_leapfrogs += draw.num_leapfrogs;
        num_draws += static_cast<double>(chain.stats.size());
        num_evaluations += static_cast<double>(chain.num_evaluations);
    }
    out.ess = ess;
    out.ess_per_s = ess / seconds;
    out.leapfrogs_per_draw = num_leapfrogs / num_draws;
    out.us_per_evaluation = seconds / num_evaluations * 1e6;
    return out;
}

Outcome measure(const Target& target, const RunOptions& options, const nlohmann::json& reference) {
    const double start = cpuSeconds();
    const auto run = runChains(target, options);
    return run ? outcomeOf(*run, cpuSeconds() - start, reference) : Outcome{};
}

/// What `sample` does when it is told nothing.
Outcome measureSettled(const Target& target, const RunOptions& options, const nlohmann::json& reference) {
    const double start = cpuSeconds();
    const auto settled = runUntilSettled(target, options, 10 * options.num_draws);
    if (!settled) return {};
    Outcome outcome = outcomeOf(settled->run, cpuSeconds() - start, reference);
    outcome.took_local_steps = settled->took_local_steps;
    return outcome;
}

RunOptions optionsFor(MassRule rule, std::uint64_t seed) {
    RunOptions options;
    options.mass_rule = rule;
    options.seed = seed;
    options.num_warm_up = rule == MassRule::kVariance ? 1000 : 400;
    return options;
}

void showSpeed(const Target& target, const nlohmann::json& reference) {
    double stan = 0;
    for (const MassRule rule : {MassRule::kVariance, MassRule::kFisher, MassRule::kLowRank}) {
        std::vector<double> ess, worst_rhat, leapfrogs, us;
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const Outcome outcome = measure(target, optionsFor(rule, seed), reference);
            ess.push_back(outcome.ess_per_s);
            worst_rhat.push_back(outcome.worst_rhat);
            leapfrogs.push_back(outcome.leapfrogs_per_draw);
            us.push_back(outcome.us_per_evaluation);
        }
        if (rule == MassRule::kVariance) stan = median(ess);
        const char* const names[] = {"Stan's, 1000", "diagonal, 400", "default, 400"};
        std::printf("%-26s %-14s %10.0f %8.2fx %8.4f %9.1f %9.3f\n", target.name.c_str(),
            names[static_cast<int>(rule)], median(ess), median(ess) / stan, median(worst_rhat),
            median(leapfrogs), median(us));
        std::fflush(stdout);
    }
}

void showConvergence(const Target& target, const nlohmann::json& reference) {
    constexpr int kNumSeeds = 10;
    int num_converged = 0, num_z = 0, num_local = 0;
    double sum_squared_z = 0, worst_rhat = 0;
    for (std::uint64_t seed = 1; seed <= kNumSeeds; ++seed) {
        const Outcome outcome = measureSettled(target, optionsFor(MassRule::kLowRank, seed), reference);
        num_converged += outcome.hasConverged();
        worst_rhat = std::max(worst_rhat, outcome.worst_rhat);
        sum_squared_z += outcome.sum_squared_z;
        num_z += outcome.num_z;
        num_local += outcome.took_local_steps;
    }
    std::printf("%-26s %4d of %d %10.4f %8.2f %11d\n", target.name.c_str(), num_converged, kNumSeeds,
        worst_rhat, num_z > 0 ? std::sqrt(sum_squared_z / num_z) : NAN, num_local);
    std::fflush(stdout);
}

/// NUTS and WALNUTS side by side, 10 seeds each.
void showLocal(const Target& target, const nlohmann::json& reference) {
    constexpr int kNumSeeds = 10;
    for (const int num_draws : {1000, 10'000, 40'000})
        for (const Kernel kernel : {Kernel::kNuts, Kernel::kWalnuts}) {
            int num_converged = 0;
            double sum_mean = 0, sum_sd = 0;
            std::vector<double> ess, ess_per_s;
            for (std::uint64_t seed = 1; seed <= kNumSeeds; ++seed) {
                RunOptions options = optionsFor(MassRule::kLowRank, seed);
                options.kernel = kernel;
                options.num_draws = num_draws;
                const Outcome outcome = measure(target, options, reference);
                num_converged += outcome.hasConverged();
                sum_mean += outcome.first_mean_z * outcome.first_mean_z;
                sum_sd += outcome.first_sd_z * outcome.first_sd_z;
                ess.push_back(outcome.ess);
                ess_per_s.push_back(outcome.ess_per_s);
            }
            std::printf("%-26s %-8s %6d %4d of %d %10.2f %8.2f %8.0f %10.0f\n", target.name.c_str(),
                kernel == Kernel::kNuts ? "NUTS" : "WALNUTS", num_draws, num_converged, kNumSeeds,
                std::sqrt(sum_mean / kNumSeeds), std::sqrt(sum_sd / kNumSeeds), median(ess),
                median(ess_per_s));
            std::fflush(stdout);
        }
}

double microsecondsOfDensity(const Target& target) {
    Vec q(static_cast<std::size_t>(target.dimension), 0.1), grad(q.size());
    constexpr int kCalls = 20'000;
    double sum = 0;
    const double start = cpuSeconds();
    for (int i = 0; i < kCalls; ++i) {
        q[0] = 1e-6 * i;
        sum += target.log_density(q, grad);
    }
    const double us = (cpuSeconds() - start) / kCalls * 1e6;
    return std::isnan(sum) ? sum : us;
}

/// The least of many runs, warm-up included; density and run by turns, so that a busy machine treats them
/// alike.
void showOverhead(int dimension) {
    const Target target = normalTarget(dimension);
    double run_us = 1e300, density_us = 1e300;
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        run_us =
            std::min(run_us, measure(target, optionsFor(MassRule::kLowRank, seed), {}).us_per_evaluation);
        density_us = std::min(density_us, microsecondsOfDensity(target));
    }
    std::printf("normal_%-19d %12.3f %12.3f %12.3f\n", dimension, run_us, density_us, run_us - density_us);
}

} // namespace

int main(int argc, char** argv) {
    const char* const mode = argc > 1 ? argv[1] : "speed";
    std::vector<std::string> names(argv + std::min(argc, 2), argv + argc);
    if (std::strcmp(mode, "overhead") == 0) {
        std::printf("%-26s %12s %12s %12s\n", "target", "us/leapfrog", "us/density", "us/overhead");
        for (const int dimension : {2, 10, 100}) showOverhead(dimension);
        return 0;
    }
    const bool is_speed = std::strcmp(mode, "speed") == 0, is_local = std::strcmp(mode, "local") == 0;
    if (names.empty() && is_local) names = {"funnel_10", "banana_2", "rosenbrock_2"};
    if (names.empty())
        for (const TargetInfo& info : builtInTargets()) names.push_back(info.name);
    if (is_speed)
        std::printf("%-26s %-14s %10s %9s %8s %9s %9s\n", "target", "mass, warm-up", "ESS*/CPU s",
            "to Stan's", "R-hat", "leaps/draw", "us/leap");
    else if (is_local)
        std::printf("%-26s %-8s %6s %10s %10s %8s %8s %10s\n", "target", "kernel", "draws", "R-hat<=1.01",
            "rms z mean", "rms z sd", "ESS*", "ESS*/CPU s");
    else
        std::printf("%-26s %10s %10s %8s %11s\n", "target", "R-hat<=1.01", "worst", "rms z", "local steps");
    for (const std::string& name : names) {
        const auto target = referenceTarget(name);
        if (!target) continue; // its data are not here
        (is_speed ? showSpeed : is_local ? showLocal : showConvergence)(*target, referenceOf(name));
    }
}
