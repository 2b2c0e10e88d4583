#pragma once

#include <QBasicTimer>
#include <QString>
#include <QWidget>

#include <memory>
#include <span>

#include "engine/base/result.h"
#include "engine/music/statistics.h"
#include "widgets/theme/verdict.h"
#include "widgets/trace_plot/trace_data.h"

namespace chainsong {

/// R-hat in words: "R-hat 1.006", "too early", with its traffic light.
struct TraceBadge {
    QString text;
    Verdict verdict = Verdict::kTooEarly;
    bool operator==(const TraceBadge&) const = default;
};

/// The chains' traces, live: one statistic large, or all four small. Points may come at any rate; the picture
/// is made anew 25 times a second while it is visible, and not at all while it is not.
class TracePlot final : public QWidget {
    Q_OBJECT
public:
    explicit TracePlot(QWidget* parent = nullptr);
    ~TracePlot() override;

    /// Forgets everything and awaits that many chains.
    void start(int num_chains);
    void addDraws(int chain, std::span<const PieceSummary> draws);
    /// The first draws of every chain that do not count; they are shaded.
    void showWarmUp(int num_draws);
    void showBadge(TraceStatistic statistic, const TraceBadge& badge);
    int numChains() const;
    int numDraws(int chain) const;
    /// Makes the picture anew at once, as the timer does; for tests and benchmarks.
    void replot();
    TraceStatistic statistic() const;
    bool areAllShown() const;
    /// Marks the draw that sounds; a chain below 0 unmarks.
    void showMarkedDraw(int chain, int draw);

    /// By the file's ending: .png, .svg, .pdf or .csv. Pictures are drawn on white.
    Status exportTo(const QString& path);
    /// What the plot shows, in words, for a screen reader.
    QString spokenText() const;

public Q_SLOTS:
    void setStatistic(chainsong::TraceStatistic statistic);
    void setAllShown(bool are_all_shown);
    void setWarmUpHidden(bool is_hidden);
    /// Thick lines and large letters for a projector.
    void setLarge(bool is_large);

Q_SIGNALS:
    /// A click on a trace: hear that draw.
    void pointClicked(int chain, int draw);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    void changed();

    struct Plot; // QCustomPlot stays in the .cpp
    std::unique_ptr<Plot> m_plot;
    QBasicTimer m_frame;
    bool m_is_stale = true;
};

} // namespace chainsong
