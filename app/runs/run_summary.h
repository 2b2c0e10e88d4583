#pragma once

#include <vector>

#include "app/runs/loaded_run.h"
#include "engine/inference/diagnostics.h"
#include "engine/inference/quantity_judge.h"
#include "widgets/theme/verdict.h"

namespace chainsong {

/// Whether the draws of a quantity can be judged at all.
enum class DrawsState { kJudged, kConstant, kNotFinite, kTooFew };

/// What is known of each quantity of a run, and of all together. Complete once there is a row for each.
struct RunSummary {
    std::vector<SummaryRow> rows; // by quantity, as far as they are done
    std::vector<DrawsState> states;
    std::vector<Verdict> verdicts;
    std::vector<int> ranking; // quantities, the worst first: those not finite, then by light, R-hat, ESS
    RunVerdict overall;
    int draws_per_chain = 0; // of the shortest chain, after warm-up
};

/// Judges one more quantity; false if there is none left. The judge may be any, but is best kept for the
/// whole run.
bool judgeNext(const LoadedRun& run, RunSummary& summary, QuantityJudge& judge);
/// Ranks what is judged so far and says what to make of the run.
void conclude(const LoadedRun& run, RunSummary& summary);

} // namespace chainsong
