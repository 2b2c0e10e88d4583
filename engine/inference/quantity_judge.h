#pragma once

#include "engine/inference/autocovariance.h"
#include "engine/inference/diagnostics.h"
#include "engine/inference/ranked_draws.h"

#include <string>

namespace chainsong {

/// How well the chains of one quantity mix: what a rule for stopping asks.
struct Mixing {
    double rhat = 0; // the three are NaN where the draws do not say
    double ess_bulk = 0;
    double ess_tail = 0;
};

/// Judges quantities one after the other, each with one sort and as few transforms as its draws need; keeps
/// its working memory for the next. One a thread.
class QuantityJudge {
public:
    /// Rank-normalised split R-hat, bulk and tail ESS.
    Mixing mixingOf(DrawSpans chains);
    SummaryRow summaryOf(std::string name, DrawSpans chains);
    double mcseMeanOf(DrawSpans chains);

    double rhat(DrawSpans chains);
    double essBulk(DrawSpans chains);

private:
    double rhatOfRanked();
    double essBelowQuantile(double probability);
    bool take(DrawSpans chains);

    Autocovariances m_autocovariances;
    NormalScores m_normal_scores;
    RankedDraws m_ranked;
    DrawRows m_halves, m_scores, m_below;
};

} // namespace chainsong
