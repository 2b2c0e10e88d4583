#include "engine/inference/quantity_judge.h"

#include "engine/inference/effective_size.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace chainsong {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

bool hasNan(DrawSpans chains, std::size_t length) {
    bool has_nan = false;
    for (const auto& chain : chains)
        for (const double value : chain.first(length)) has_nan = has_nan || std::isnan(value);
    return has_nan;
}

} // namespace

/// Splits the chains; false if they say nothing about how they mix.
bool QuantityJudge::take(DrawSpans chains) {
    splitChains(chains, m_halves);
    return isTelling(m_halves);
}

/// Of the draws that are sorted, the larger of location's and spread's; leaves the scores of the location.
double QuantityJudge::rhatOfRanked() {
    const bool has_spread = m_ranked.writeFoldedScores(m_normal_scores, m_scores);
    const double spread = has_spread ? plainRhat(m_scores) : kNan;
    m_ranked.writeScores(m_normal_scores, m_scores);
    const double location = plainRhat(m_scores);
    return std::isnan(spread) ? location : std::max(location, spread);
}

double QuantityJudge::essBelowQuantile(double probability) {
    return effectiveSizeBelow(m_ranked.quantile(probability), m_halves, m_autocovariances, m_below);
}

Mixing QuantityJudge::mixingOf(DrawSpans chains) {
    if (!take(chains)) return {kNan, kNan, kNan};
    m_ranked.sort(chains);
    Mixing mixing;
    mixing.rhat = rhatOfRanked();
    mixing.ess_bulk = effectiveSize(m_scores, m_autocovariances);
    mixing.ess_tail = std::min(essBelowQuantile(0.05), essBelowQuantile(0.95));
    return mixing;
}

double QuantityJudge::rhat(DrawSpans chains) {
    if (!take(chains)) return kNan;
    m_ranked.sort(chains);
    return rhatOfRanked();
}

double QuantityJudge::essBulk(DrawSpans chains) {
    if (!take(chains)) return kNan;
    m_ranked.sort(chains);
    m_ranked.writeScores(m_normal_scores, m_scores);
    return effectiveSize(m_scores, m_autocovariances);
}

double QuantityJudge::mcseMeanOf(DrawSpans chains) {
    if (!take(chains)) return kNan;
    return std::sqrt(varianceOfAll(chains)) / std::sqrt(effectiveSize(m_halves, m_autocovariances));
}

SummaryRow QuantityJudge::summaryOf(std::string name, DrawSpans chains) {
    SummaryRow row{.name = std::move(name)};
    const std::size_t length = shortestOf(chains), count = length * chains.size();
    const Mixing mixing = mixingOf(chains);
    const bool is_telling = !std::isnan(mixing.rhat);
    row.rhat = mixing.rhat;
    row.ess_bulk = mixing.ess_bulk;
    row.ess_tail = mixing.ess_tail;
    row.mean = count == 0 ? kNan : averageOfAll(chains);
    row.sd = count < 2 ? kNan : std::sqrt(varianceOfAll(chains));
    row.mcse_mean = is_telling ? row.sd / std::sqrt(effectiveSize(m_halves, m_autocovariances)) : kNan;
    const bool is_sortable = count > 0 && (is_telling || !hasNan(chains, length));
    if (is_sortable && !is_telling) m_ranked.sort(chains);
    row.q5 = is_sortable ? m_ranked.quantile(0.05) : kNan;
    row.q50 = is_sortable ? m_ranked.quantile(0.5) : kNan;
    row.q95 = is_sortable ? m_ranked.quantile(0.95) : kNan;
    return row;
}

} // namespace chainsong
