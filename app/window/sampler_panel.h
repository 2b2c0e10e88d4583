#pragma once

#include <QWidget>

#include "widgets/theme/verdict.h"

class QLabel;
class QPushButton;

namespace chainsong {

class RunPlot;

/// What the chains say about themselves, in words first and numbers second.
struct Agreement {
    Verdict verdict = Verdict::kTooEarly;
    double rhat = 0; // the worst; NaN: not known
    double ess = 0; // the smallest bulk ESS; NaN: not known
    int num_chains = 0;
    int num_draws = 0; // after warm-up, all chains together
};

/// The evidence beside the music: do the chains agree, and their plots.
class SamplerPanel final : public QWidget {
    Q_OBJECT
public:
    explicit SamplerPanel(QWidget* parent = nullptr);

    RunPlot& plot() const { return *m_plot; }
    void showAgreement(const Agreement& agreement);
    /// Nothing was sampled yet.
    void showNothing();

Q_SIGNALS:
    void runLongerRequested();
    void detailsRequested();

private:
    QLabel* m_verdict = nullptr;
    QLabel* m_story = nullptr;
    QLabel* m_numbers = nullptr;
    RunPlot* m_plot = nullptr;
    QPushButton* m_longer = nullptr;
};

} // namespace chainsong
