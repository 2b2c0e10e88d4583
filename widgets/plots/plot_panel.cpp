#include "widgets/plots/plot_panel.h"

// Only the panel, its traces, the figure and the canvas know QCustomPlot.
#include <qcustomplot.h>

#include <algorithm>
#include <array>

#include "widgets/plots/trace_lines.h"

namespace chainsong {
namespace {

QCPScatterStyle markOf(int chain, double size) {
    constexpr std::array kShapes{QCPScatterStyle::ssDisc, QCPScatterStyle::ssSquare,
        QCPScatterStyle::ssTriangle, QCPScatterStyle::ssDiamond};
    return {kShapes[static_cast<std::size_t>(chain + chain / 8) % 4], size};
}

} // namespace

QFont PlotStyle::font(int px, int large_px) const {
    QFont chosen;
    chosen.setPixelSize(is_large ? large_px : px);
    return chosen;
}

PlotPanel::PlotPanel(QCPAxisRect& rect, const PlotPicture& picture, const PlotStyle& style)
    : m_canvas(*rect.parentPlot())
    , m_style(style)
    , m_rect(&rect) {
    m_rect->setLayer(QStringLiteral("background")); // under the warm-up's hatching
    m_rect->setBackground(themeColors(style.theme).canvas);
    m_rect->setMinimumMargins({4, 6, 16, 2}); // on the right, half of the last number
    m_rect->setRangeDrag(isCloud(picture) ? Qt::Horizontal | Qt::Vertical : Qt::Orientations(Qt::Horizontal));
    m_rect->setRangeZoom(m_rect->rangeDrag());
    for (QCPAxis* axis : {x(), y()}) {
        styleAxis(axis);
        const bool is_whole = axis == x() && picture.has_whole_x;
        axis->setNumberFormat(is_whole ? QStringLiteral("f") : QStringLiteral("gb"));
        axis->setNumberPrecision(is_whole ? 0 : 4);
    }
    buildHatching();
    buildCurves(picture);
    buildGuides(picture);
    buildTexts(picture);
}

QCPAxis* PlotPanel::x() const { return m_rect->axis(QCPAxis::atBottom); }
QCPAxis* PlotPanel::y() const { return m_rect->axis(QCPAxis::atLeft); }

void PlotPanel::styleAxis(QCPAxis* axis) const {
    const ThemeColors& colors = themeColors(m_style.theme);
    axis->setBasePen(colors.line_strong);
    axis->setTickPen(colors.line_strong);
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLabelColor(colors.text_muted);
    axis->setTickLabelFont(m_style.font(10, 17));
    axis->setLabelFont(m_style.font(11, 17));
    axis->setLabelColor(colors.text_muted);
    axis->setLabelPadding(2);
    axis->setTickLengthIn(0);
    axis->setTickLengthOut(3);
    axis->grid()->setPen(QPen(colors.line, 1));
    axis->grid()->setZeroLinePen(Qt::NoPen);
    axis->ticker()->setTickCount(axis->orientation() == Qt::Vertical ? (m_style.is_low ? 2 : 4) : 5);
}

QCPGraph* PlotPanel::graph(const QString& name) {
    QCPGraph* made = m_canvas.addGraph(x(), y());
    made->setName(name);
    return made;
}

QCPItemText* PlotPanel::text(PlotPoint ratio, Qt::Alignment alignment) {
    auto* item = new QCPItemText(&m_canvas);
    item->setClipAxisRect(m_rect);
    item->position->setAxes(x(), y());
    item->position->setAxisRect(m_rect);
    item->position->setType(QCPItemPosition::ptAxisRectRatio);
    item->position->setCoords(ratio.x, ratio.y);
    item->setPositionAlignment(alignment);
    item->setPadding({6, 3, 6, 3});
    item->setFont(m_style.font(11, 18));
    item->setColor(themeColors(m_style.theme).text);
    item->setLayer(QStringLiteral("overlay"));
    return item;
}

void PlotPanel::buildCurves(const PlotPicture& picture) {
    const ThemeColors& colors = themeColors(m_style.theme);
    for (const PlotBand& band : picture.bands) {
        m_lower.push_back(graph({}));
        m_upper.push_back(graph(band.name));
        m_lower.back()->setPen(QPen(mixed(colors.canvas, colors.text_muted, 0.5), 1));
        m_upper.back()->setPen(m_lower.back()->pen());
        m_upper.back()->setBrush(mixed(colors.canvas, colors.text_muted, 0.22));
        m_upper.back()->setChannelFillGraph(m_lower.back());
    }
    if (std::ranges::any_of(picture.lines, &PlotLine::ends_in_mark)) m_traces = &TraceLines::addTo(*m_rect);
    for (const PlotLine& line : picture.lines) {
        if (!line.ends_in_mark) {
            m_lines.push_back(graph(line.name));
            continue;
        }
        m_ends.push_back(graph(line.name));
        m_ends.back()->setLineStyle(QCPGraph::lsNone);
        QCPScatterStyle mark = markOf(line.chain, m_style.is_large ? 12 : 7);
        mark.setPen(QPen(chainColor(line.chain, m_style.theme), 1.4));
        mark.setBrush(chainColor(line.chain, m_style.theme));
        m_ends.back()->setScatterStyle(mark);
    }
    for (const PlotDots& dots : picture.dots) {
        m_dots.push_back(graph(dots.name));
        m_dots.back()->setLineStyle(QCPGraph::lsNone);
        QColor color = dots.is_alarm ? colors.not_yet : chainColor(std::max(0, dots.chain), m_style.theme);
        QCPScatterStyle mark = dots.is_alarm
            ? QCPScatterStyle(QCPScatterStyle::ssCross, m_style.is_large ? 12 : 8)
            : markOf(std::max(0, dots.chain), m_style.is_large ? 7 : 4);
        if (!dots.is_alarm) color.setAlphaF(0.5F);
        mark.setPen(QPen(color, dots.is_alarm ? 2 : 1));
        mark.setBrush(color);
        m_dots.back()->setScatterStyle(mark);
    }
    m_marked = graph({});
    m_marked->setLineStyle(QCPGraph::lsNone);
    m_marked->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(colors.playhead, 2.5), Qt::NoBrush, 13));
}

void PlotPanel::buildHatching() {
    const ThemeColors& colors = themeColors(m_style.theme);
    m_hatching = new QCPItemRect(&m_canvas);
    m_hatching->setClipAxisRect(m_rect);
    m_hatching->setPen(Qt::NoPen);
    m_hatching->setBrush(QBrush(mixed(colors.canvas, colors.text_muted, 0.35), Qt::BDiagPattern));
    m_hatching->setLayer(QStringLiteral("background"));
    for (QCPItemPosition* position : {m_hatching->topLeft, m_hatching->bottomRight}) {
        position->setAxes(x(), y());
        position->setAxisRect(m_rect);
        position->setTypeX(position == m_hatching->topLeft ? QCPItemPosition::ptAxisRectRatio
                                                           : QCPItemPosition::ptPlotCoords);
        position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    }
}

void PlotPanel::buildGuides(const PlotPicture& picture) {
    const ThemeColors& colors = themeColors(m_style.theme);
    for (const PlotGuide& guide : picture.guides) {
        auto* line = new QCPItemStraightLine(&m_canvas);
        line->setClipAxisRect(m_rect);
        for (QCPItemPosition* position : {line->point1, line->point2}) {
            position->setAxes(x(), y());
            position->setType(QCPItemPosition::ptPlotCoords);
        }
        line->setPen(QPen(colors.text_muted, 1, Qt::DashLine));
        m_guides.push_back(line);
        QCPItemText* name = text({0, 1}, Qt::AlignLeft | Qt::AlignBottom);
        name->setText(guide.name);
        name->setVisible(!guide.name.isEmpty());
        name->setColor(colors.text_muted);
        name->setFont(m_style.font(10, 16));
        name->setPadding({4, 1, 4, 1});
        if (guide.is_upright)
            name->position->setTypeX(QCPItemPosition::ptPlotCoords);
        else
            name->position->setTypeY(QCPItemPosition::ptPlotCoords);
        m_guide_names.push_back(name);
    }
}

void PlotPanel::buildTexts(const PlotPicture& picture) {
    const ThemeColors& colors = themeColors(m_style.theme);
    m_badge = text({1, 0}, Qt::AlignRight | Qt::AlignTop);
    QFont bold = m_badge->font();
    bold.setBold(true);
    m_badge->setFont(bold);
    m_title = text({0, 0}, Qt::AlignLeft | Qt::AlignTop);
    QColor veil = colors.canvas;
    veil.setAlphaF(0.82F);
    m_title->setBrush(veil);
    m_title->setPen(Qt::NoPen);
    m_title->setText(picture.title);
    m_title->setVisible(m_style.has_titles && !isCloud(picture)); // a cloud names both axes
    m_note = text({0.5, 0.55}, Qt::AlignCenter);
    m_note->setColor(colors.text_muted);
    m_note->setTextAlignment(Qt::AlignCenter);
}

std::vector<QCPGraph*> PlotPanel::named() const {
    std::vector<QCPGraph*> all;
    if (m_note->visible()) return all;
    for (const auto* graphs : {m_ends.empty() ? &m_lines : &m_ends, &m_dots, &m_upper})
        for (QCPGraph* graph : *graphs)
            if (!graph->name().isEmpty()) all.push_back(graph);
    return all;
}

} // namespace chainsong
