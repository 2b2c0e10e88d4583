#pragma once

#include <QObject>

#include <QStringList>
#include <QTimer>

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
    int num_draws = 0; // after warm-up, of all chains: those that were judged
};

/// Pure: `chains[c]` are the draws of a chain after its warm-up.
Diagnosis diagnosisOf(const std::vector<std::vector<PieceSummary>>& chains);

class GrowingTraces;

/// Watches the traces grow and judges them on a thread of its own, which keeps the draws it has seen: a
/// judgement costs the window's thread nothing but its news. What it says is of as many draws as it says;
/// once the draws rest, of all.
class Diagnosing final : public QObject {
    Q_OBJECT
public:
    explicit Diagnosing(QObject* parent = nullptr);
    ~Diagnosing() override;

    /// Forgets the draws of the last run.
    void start();
    void add(const std::vector<TracePoint>& points);
    /// Every draw so far, warm-up and all; grows while the run lasts, and another run has another.
    const std::shared_ptr<RunDraws>& run() const { return m_draws; }
    /// Chains that have drawn anything.
    int numChains() const { return m_num_chains; }

Q_SIGNALS:
    void judged(const chainsong::Diagnosis& diagnosis);

private:
    void judge(bool to_the_last_draw);

    std::shared_ptr<RunDraws> m_draws;
    std::shared_ptr<GrowingTraces> m_traces; // the worker's
    std::vector<TracePoint> m_news; // not handed over yet
    int m_num_chains = 0;
    int m_run = 0; // judgements of an earlier run are dropped
    bool m_is_judging = false;
    QTimer m_rest; // runs out where no draws come in
    Worker m_worker; // last: its thread ends first
};

} // namespace chainsong
