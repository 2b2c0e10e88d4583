#include "engine/inference/verdict.h"

#include "engine/base/numbers.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chainsong {
namespace {

constexpr double kGoodRhat = 1.01, kUsableRhat = 1.05;
constexpr double kGoodEssPerChain = 100, kUsableEssPerChain = 50;
constexpr int kEarlyDraws = 100;
constexpr double kLowEbfmi = 0.3;
constexpr std::size_t kMaxNamed = 5;

double lowerEss(const SummaryRow& row) { return std::fmin(row.ess_bulk, row.ess_tail); }

/// Below 1: fine. How far R-hat's excess and the ESS miss what green asks for, whichever is worse.
double shortfall(const SummaryRow& row, double ess_wanted) {
    return std::fmax((row.rhat - 1) / (kGoodRhat - 1), ess_wanted / lowerEss(row));
}

std::string plural(int count, const char* noun) {
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

void warn(RunVerdict& verdict, int num_chains, const SamplerTroubles& troubles) {
    auto& warnings = verdict.warnings;
    if (troubles.num_failed_chains > 0)
        warnings.push_back(plural(troubles.num_failed_chains, "chain") + " could not run.");
    if (num_chains == 1)
        warnings.push_back("There is one chain only: R-hat compares its two halves, but a second mode would "
                           "go unnoticed. Run four.");
    if (troubles.num_divergences > 0)
        warnings.push_back(plural(troubles.num_divergences, "transition")
            + " diverged: the draws may miss a narrow part of the distribution. Take local steps "
              "(walnuts), raise the target acceptance, or give the parameters another form.");
    if (troubles.lowest_ebfmi < kLowEbfmi)
        warnings.push_back("E-BFMI is " + formatFixed(troubles.lowest_ebfmi, 2)
            + ", below 0.3: the chain explores its energies slowly and may miss the tails. Give the "
              "parameters another form.");
    if (troubles.num_at_max_depth > 0)
        warnings.push_back(plural(troubles.num_at_max_depth, "transition")
            + " reached the longest trajectory allowed: sampling is slow, not wrong. Raise the tree depth or "
              "rescale the parameters.");
}

/// The quantities with draws that are no numbers, the first five by name; empty: there are none. A constant
/// has no R-hat either, but a mean.
std::string notFinite(std::span<const SummaryRow> rows) {
    std::string names;
    std::size_t count = 0;
    for (const SummaryRow& row : rows) {
        if (!std::isnan(row.rhat) || std::isfinite(row.mean)) continue;
        if (++count <= kMaxNamed) names += (names.empty() ? "" : ", ") + row.name;
    }
    return count > kMaxNamed ? names + ", …" : names;
}

/// Which quantities hold the light back, and what to do about it.
std::string adviceFor(const RunVerdict& verdict) {
    std::string names;
    for (const std::string& name : verdict.worst) names += (names.empty() ? "" : ", ") + name;
    if (verdict.worst_rhat >= kUsableRhat)
        return "The chains disagree most about " + names
            + ". Draw longer; chains that stay apart sit in different modes: temper them (kernel smc), or "
              "give "
              "the parameters another form.";
    return "Farthest from settled: " + names + ". Draw longer.";
}

std::string sentenceFor(const RunVerdict& verdict, int num_chains, double ess_wanted) {
    const std::string chains =
        num_chains == 1 ? "The two halves of the chain" : "The " + std::to_string(num_chains) + " chains";
    const std::string rhat =
        "R-hat " + (std::isinf(verdict.worst_rhat) ? "∞" : formatFixed(verdict.worst_rhat, 3));
    const std::string ess = std::to_string(static_cast<long>(verdict.lowest_ess)) + " of "
        + std::to_string(static_cast<long>(ess_wanted)) + " independent draws";
    const std::string known = rhat + ", " + ess;
    // What is short: the chains' agreement, or only the number of draws?
    switch (verdict.light) {
    case Light::kGood: return chains + " tell the same story (" + known + " asked for).";
    case Light::kKeepGoing:
        if (verdict.worst_rhat < kGoodRhat)
            return chains + " agree, but a few more independent draws are wanted (" + known
                + "): keep going.";
        return chains + " nearly agree (" + known + "): keep going.";
    case Light::kNotYet:
        if (verdict.worst_rhat < kUsableRhat)
            return chains + " do not contradict one another, but there are too few independent draws ("
                + known + "): do not use them yet.";
        return chains + " do not agree yet (" + known + "): do not use these draws.";
    case Light::kTooEarly: break;
    }
    return "Too early to say.";
}

} // namespace

RunVerdict verdictOf(
    std::span<const SummaryRow> rows, int num_chains, int draws_per_chain, const SamplerTroubles& troubles) {
    RunVerdict verdict;
    verdict.worst_rhat = verdict.lowest_ess = std::numeric_limits<double>::quiet_NaN();
    warn(verdict, num_chains, troubles);
    std::vector<const SummaryRow*> telling;
    for (const SummaryRow& row : rows)
        if (!std::isnan(row.rhat)) telling.push_back(&row);
    if (num_chains < 1 || static_cast<long>(num_chains) * draws_per_chain < kEarlyDraws) {
        verdict.sentence = "Too early to say: there are fewer than 100 draws.";
        return verdict;
    }
    if (const std::string names = notFinite(rows); !names.empty()) {
        verdict.light = Light::kNotYet;
        verdict.sentence = "Some draws are not finite: do not use this run.";
        verdict.warnings.insert(verdict.warnings.begin(),
            "Not every draw is a finite number: " + names + ". Nothing can be said of them.");
        return verdict;
    }
    if (telling.empty()) {
        const bool has_moved = std::ranges::any_of(rows, [](const SummaryRow& row) { return row.sd > 0; });
        verdict.sentence = has_moved ? "Too early to say: each chain needs 8 draws at least."
                                     : "Nothing moved: every quantity is constant, so R-hat has no meaning.";
        return verdict;
    }
    const double ess_wanted = kGoodEssPerChain * num_chains;
    for (const SummaryRow* row : telling) {
        verdict.worst_rhat = std::fmax(verdict.worst_rhat, row->rhat);
        verdict.lowest_ess = std::fmin(verdict.lowest_ess, lowerEss(*row));
    }
    std::stable_sort(telling.begin(), telling.end(), [&](const SummaryRow* a, const SummaryRow* b) {
        return shortfall(*a, ess_wanted) > shortfall(*b, ess_wanted);
    });
    for (const SummaryRow* row : telling) {
        const bool is_fine = row->rhat < kGoodRhat && lowerEss(*row) >= ess_wanted;
        if (!is_fine && verdict.worst.size() < kMaxNamed) verdict.worst.push_back(row->name);
    }
    if (!verdict.worst.empty()) verdict.warnings.insert(verdict.warnings.begin(), adviceFor(verdict));
    const bool is_good = verdict.worst_rhat < kGoodRhat && verdict.lowest_ess >= ess_wanted;
    const bool is_usable =
        verdict.worst_rhat < kUsableRhat && verdict.lowest_ess >= kUsableEssPerChain * num_chains;
    const bool has_doubt =
        troubles.num_divergences > 0 || troubles.lowest_ebfmi < kLowEbfmi || troubles.num_failed_chains > 0;
    verdict.light = is_good ? Light::kGood : is_usable ? Light::kKeepGoing : Light::kNotYet;
    verdict.sentence = sentenceFor(verdict, num_chains, ess_wanted);
    if (is_good && has_doubt) {
        verdict.light = Light::kKeepGoing;
        verdict.sentence = "R-hat and the number of independent draws are fine, but the sampler met trouble: "
                           "read the warnings.";
    }
    return verdict;
}

const char* wordFor(Light light) {
    switch (light) {
    case Light::kGood: return "good";
    case Light::kKeepGoing: return "keep going";
    case Light::kNotYet: return "not yet";
    case Light::kTooEarly: break;
    }
    return "too early";
}

} // namespace chainsong
