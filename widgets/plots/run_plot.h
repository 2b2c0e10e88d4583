#pragma once

#include <QBasicTimer>
#include <QStringList>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "engine/base/result.h"
#include "widgets/plots/plot_kind.h"
#include "widgets/plots/plot_picture.h"
#include "widgets/plots/run_draws.h"
#include "widgets/plots/trace_picture.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QToolButton;

namespace chainsong {

class PlotCanvas;

/// Plots of one run: the user chooses the kind and the quantity, or the worst few. Traces are drawn from the
/// draws themselves, 25 times a second while they grow and the plot is visible. Other kinds cost more than a
/// frame: their owner computes them elsewhere (`choiceChanged`) and shows the pictures when they are ready.
class RunPlot final : public QWidget {
    Q_OBJECT
public:
    explicit RunPlot(QWidget* parent = nullptr);
    ~RunPlot() override;

    /// Another run. Titles are the quantities' names for people; without them the run's own serve.
    void showRun(std::shared_ptr<const RunDraws> run, QStringList titles = {});
    /// Draws were added to the run.
    void refresh();
    /// R-hat and light of a quantity; asked for those that are shown only.
    void showBadges(std::function<PlotBadge(int)> badge_of);
    /// The order in which quantities are offered; the first four are "the worst".
    void showRanking(std::vector<int> worst_first);
    /// Ignored unless it is still what the user has chosen.
    void showPictures(const PlotChoice& choice, std::vector<PlotPicture> pictures);
    /// Marks the draw that sounds; a chain below 0 unmarks.
    void showMarkedDraw(int chain, int draw);

    const RunDraws& run() const { return *m_run; }
    /// What the user looks at.
    PlotChoice choice() const;
    /// Nothing: the worst few at once.
    std::optional<int> quantity() const { return m_quantity; }
    PlotKind kind() const { return m_kind; }
    QString titleOf(int quantity) const;
    const std::vector<PlotPicture>& pictures() const;
    /// What the plot shows, in words, for a screen reader.
    QString spokenText() const;
    /// Makes the picture anew at once, as the timer does; for tests and benchmarks.
    void replot();

    /// By the file's ending: .png, .svg, .pdf, or .csv: of traces and pairs every draw, of other kinds the
    /// curves. Pictures are drawn on white.
    Status exportTo(const QString& path);

public Q_SLOTS:
    void setKind(chainsong::PlotKind kind);
    /// A quantity alone.
    void setQuantity(int quantity);
    void showWorst();
    void setWarmUpHidden(bool is_hidden);
    /// Thick lines and large letters for a projector.
    void setLarge(bool is_large);

Q_SIGNALS:
    /// Another kind or other quantities: pictures are wanted, unless the kind is kTrace.
    void choiceChanged();
    /// A click on a trace: hear that draw.
    void pointClicked(int chain, int draw);
    void saveRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    void buildHead();
    void fillKinds();
    void fillQuantities();
    void changed();
    void chose();
    void showTraces();
    void addBadges(std::vector<PlotPicture>& pictures) const;
    void draw(std::vector<PlotPicture> pictures);
    void showCaption();
    void findPoint(int panel, PlotPoint at, PlotPoint reach);

    std::shared_ptr<const RunDraws> m_run;
    QStringList m_titles;
    TracePictures m_traces;
    std::vector<int> m_ranking;
    std::function<PlotBadge(int)> m_badge_of;
    PlotKind m_kind = PlotKind::kTrace;
    std::optional<int> m_quantity;
    int m_marked_chain = kNoChain;
    int m_marked_draw = 0;
    bool m_is_waiting = false; // for pictures from the owner
    bool m_is_stale = true;
    QBasicTimer m_frame;
    QComboBox* m_kinds = nullptr;
    QComboBox* m_quantities = nullptr;
    QCheckBox* m_hide_warm_up = nullptr;
    PlotCanvas* m_canvas = nullptr;
    QLabel* m_caption = nullptr;
};

} // namespace chainsong
