#pragma once

#include <QObject>

#include <QStringList>

#include <array>
#include <memory>
#include <vector>

#include "engine/inference/diagnostics.h"
#include "engine/jobs/composer.h"
#include "engine/jobs/worker.h"
#include "widgets/plots/run_draws.h"
#include "widgets/theme/verdict.h"

namespace chainsong {

/// The four numbers of a trace, in the order of PieceSummary.
constexpr int kNumQuantities = 4;
/// Their names for people.
QStringList quantityTitles();
/// Four chains are traced: enough for R-hat, few enough to tell apart by colour.
constexpr int kTracedChains = 4;

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
    /// Every draw so far, warm-up and all; grows while the run lasts, and another run has another.
    const std::shared_ptr<RunDraws>& run() const { return m_draws; }
    /// Chains that have drawn anything.
    int numChains() const { return static_cast<int>(m_chains.size()); }

Q_SIGNALS:
    void judged(const chainsong::Diagnosis& diagnosis);

private:
    void judge();

    std::vector<std::vector<PieceSummary>> m_chains; // without warm-up
    std::shared_ptr<RunDraws> m_draws;
    int m_run = 0; // judgements of an earlier run are dropped
    bool m_is_judging = false;
    bool m_has_news = false;
    Worker m_worker; // last: its thread ends first
};

} // namespace chainsong
