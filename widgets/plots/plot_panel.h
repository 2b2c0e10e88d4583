#pragma once

#include <QFont>
#include <QPen>

#include <optional>
#include <vector>

#include "widgets/plots/plot_picture.h"
#include "widgets/theme/theme.h"

class QCPAxis;
class QCPAxisRect;
class QCPGraph;
class QCPItemRect;
class QCPItemStraightLine;
class QCPItemText;
class QCustomPlot;

namespace chainsong {

class TraceLines;

/// From where to where the horizontal axes reach.
struct PlotRange {
    double first = 0;
    double last = 0;
};

/// How a figure is drawn, apart from what it shows.
struct PlotStyle {
    Theme theme = Theme::kLight;
    bool is_large = false; // for a projector
    bool is_low = false; // little room: few ticks
    bool has_titles = false;
    QFont font(int px, int large_px) const;
};

/// One picture's axes and what is drawn on them. QCustomPlot owns every item; this knows which is which.
class PlotPanel {
public:
    /// `rect` has its place in the canvas' layout already.
    PlotPanel(QCPAxisRect& rect, const PlotPicture& picture, const PlotStyle& style);

    /// Other numbers, or another size; the picture has the shape of the one it was made for.
    void update(const PlotPicture& picture, const std::optional<PlotRange>& zoom);
    QCPAxisRect* rect() const { return m_rect; }
    QCPAxis* x() const;
    QCPAxis* y() const;
    /// What a legend would name: chains, bands, marks. Nothing where only a note stands.
    std::vector<QCPGraph*> named() const;
    /// The legend shows shapes, not lines.
    bool hasMarks() const { return !m_ends.empty() || m_lines.empty(); }

private:
    void styleAxis(QCPAxis* axis) const;
    void buildCurves(const PlotPicture& picture);
    void buildHatching();
    void buildGuides(const PlotPicture& picture);
    void buildTexts(const PlotPicture& picture);
    QCPGraph* graph(const QString& name);
    QCPItemText* text(PlotPoint ratio, Qt::Alignment alignment);
    QPen linePen(const PlotLine& line) const;
    void updateCurves(const PlotPicture& picture);
    void updateRanges(const PlotPicture& picture, const std::optional<PlotRange>& zoom);
    void placeGuideNames(const PlotPicture& picture);
    void updateBadge(const PlotBadge& badge);
    QString wrapped(const QString& sentence) const;

    QCustomPlot& m_canvas;
    PlotStyle m_style;
    QCPAxisRect* m_rect = nullptr;
    std::vector<QCPGraph*> m_lines; // without traces
    TraceLines* m_traces = nullptr; // the lines that end in a mark
    std::vector<QCPGraph*> m_ends; // their marks
    std::vector<QCPGraph*> m_lower, m_upper; // the bands' edges
    std::vector<QCPGraph*> m_dots;
    QCPGraph* m_marked = nullptr;
    std::vector<QCPItemStraightLine*> m_guides;
    std::vector<QCPItemText*> m_guide_names;
    QCPItemRect* m_hatching = nullptr;
    QCPItemText* m_badge = nullptr;
    QCPItemText* m_title = nullptr;
    QCPItemText* m_note = nullptr;
};

} // namespace chainsong
