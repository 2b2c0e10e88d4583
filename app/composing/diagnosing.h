#pragma once

#include <QObject>

#include <array>
#include <vector>

#include "engine/inference/diagnostics.h"
#include "engine/jobs/composer.h"
#include "engine/jobs/worker.h"
#include "widgets/theme/verdict.h"

namespace chainsong {

/// The four numbers of a trace, in the order of TraceStatistic.
constexpr int kNumQuantities = 4;

/// What the traces say so far.
struct Diagnosis {
    std::array<SummaryRow, kNumQuantities> rows;
    std::array<Verdict, kNumQuantities> verdicts{};
    Verdict verdict = Verdict::kTooEarly; // of all together
    int num_chains = 0;
    int num_draws = 0; // after warm-up, of all chains
};

/// Pure: `chains[c]` are the draws of a chain after its warm-up.
Diagnosis diagnosisOf(const std::vector<std::vector<PieceSummary>>& chains);

/// Watches the traces grow and judges them on a thread of its own: one judgement at a time, always of the
/// newest draws.
class Diagnosing final : public QObject {
    Q_OBJECT
public:
    explicit Diagnosing(QObject* parent = nullptr);

    /// Forgets the draws of the last run.
    void start();
    void add(const std::vector<TracePoint>& points);
    const std::vector<std::vector<PieceSummary>>& chains() const { return m_chains; }
    int numWarmUp() const { return m_num_warm_up; }

Q_SIGNALS:
    void judged(const chainsong::Diagnosis& diagnosis);

private:
    void judge();

    std::vector<std::vector<PieceSummary>> m_chains;
    int m_num_warm_up = 0; // draws a chain that do not count
    int m_run = 0; // judgements of an earlier run are dropped
    bool m_is_judging = false;
    bool m_has_news = false;
    Worker m_worker; // last: its thread ends first
};

} // namespace chainsong
