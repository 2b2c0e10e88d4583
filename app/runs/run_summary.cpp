#include "app/runs/run_summary.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "app/composing/lights.h"

namespace chainsong {
namespace {

DrawsState stateOf(DrawSpans chains) {
    std::size_t shortest = chains.empty() ? 0 : chains.front().size();
    bool is_constant = true;
    for (const auto& chain : chains) {
        shortest = std::min(shortest, chain.size());
        for (const double value : chain) {
            if (!std::isfinite(value)) return DrawsState::kNotFinite;
            is_constant = is_constant && value == chains.front().front();
        }
    }
    if (is_constant) return DrawsState::kConstant;
    return shortest < 8 ? DrawsState::kTooFew : DrawsState::kJudged;
}

int badness(DrawsState state, Verdict verdict) {
    if (state == DrawsState::kNotFinite) return 4;
    if (state == DrawsState::kConstant) return -1; // says nothing about mixing
    switch (verdict) {
    case Verdict::kNotYet: return 3;
    case Verdict::kKeepGoing: return 2;
    case Verdict::kTooEarly: return 1;
    case Verdict::kGood: break;
    }
    return 0;
}

} // namespace

bool judgeNext(const LoadedRun& run, RunSummary& summary, QuantityJudge& judge) {
    const int quantity = static_cast<int>(summary.rows.size());
    if (quantity >= run.draws->numQuantities()) return false;
    std::vector<std::span<const double>> values;
    for (int chain = 0; chain < run.draws->numChains(); ++chain)
        values.push_back(run.draws->keptValues(quantity, chain));
    summary.draws_per_chain = static_cast<int>(shortestOf(values));
    summary.rows.push_back(judge.summaryOf(run.draws->names[static_cast<std::size_t>(quantity)], values));
    summary.states.push_back(stateOf(values));
    auto verdict = static_cast<Verdict>(
        lightOf(std::span(&summary.rows.back(), 1), run.draws->numChains(), summary.draws_per_chain));
    // Halves of one chain may agree while all of it sits in one mode: never green.
    if (run.draws->numChains() == 1 && verdict == Verdict::kGood) verdict = Verdict::kKeepGoing;
    if (summary.states.back() == DrawsState::kNotFinite) verdict = Verdict::kNotYet;
    if (summary.states.back() == DrawsState::kConstant) verdict = Verdict::kTooEarly;
    summary.verdicts.push_back(verdict);
    return true;
}

void conclude(const LoadedRun& run, RunSummary& summary) {
    summary.ranking.resize(summary.rows.size());
    std::iota(summary.ranking.begin(), summary.ranking.end(), 0);
    const auto key = [&](int quantity) {
        const auto at = static_cast<std::size_t>(quantity);
        const SummaryRow& row = summary.rows[at];
        const double rhat = std::isnan(row.rhat) ? 0 : row.rhat;
        const double ess = std::fmin(row.ess_bulk, row.ess_tail);
        return std::tuple(-badness(summary.states[at], summary.verdicts[at]), -rhat,
            std::isnan(ess) ? std::numeric_limits<double>::max() : ess);
    };
    std::ranges::stable_sort(summary.ranking, {}, key);
    summary.overall = verdictOf(summary.rows, run.draws->numChains(), summary.draws_per_chain, run.troubles);
    if (run.draws->numChains() == 1 && summary.overall.light == Light::kGood) {
        summary.overall.light = Light::kKeepGoing;
        summary.overall.sentence =
            "The two halves of the chain agree, but one chain cannot show a second mode.";
    }
}

} // namespace chainsong
