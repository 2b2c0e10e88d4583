#include "widgets/plots/plot_panel.h"

#include <QTextLayout>

// Only this file, the traces', the figure's and the canvas's know QCustomPlot.
#include <qcustomplot.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "widgets/plots/trace_lines.h"

namespace chainsong {
namespace {

/// Line styles can be told apart up to so many points of a trace, and cost more than plain lines.
constexpr std::size_t kStyledBelow = 250;

QCPScatterStyle markOf(int chain, double size) {
    constexpr std::array kShapes{QCPScatterStyle::ssDisc, QCPScatterStyle::ssSquare,
        QCPScatterStyle::ssTriangle, QCPScatterStyle::ssDiamond};
    return {kShapes[static_cast<std::size_t>(chain + chain / 8) % 4], size};
}

/// Eight colours, four styles: a pair of its own for each of 32 chains.
Qt::PenStyle lineOf(int chain) {
    constexpr std::array kLines{Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    return kLines[static_cast<std::size_t>(chain + chain / 8) % 4];
}

bool isCloud(const PlotPicture& picture) { return !picture.dots.empty() && picture.lines.empty(); }

/// Where curves are; grows with every point.
struct Extent {
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -lowest;
    void take(double value) {
        if (!std::isfinite(value)) return;
        lowest = std::min(lowest, value);
        highest = std::max(highest, value);
    }
    bool isKnown() const { return lowest <= highest; }
    double span() const { return std::max(highest - lowest, 1e-9 + 1e-3 * std::abs(highest)); }
};

void setPoints(QCPGraph& graph, const std::vector<PlotPoint>& points) {
    QVector<QCPGraphData> data;
    data.reserve(static_cast<qsizetype>(points.size()));
    bool is_sorted = true;
    for (const PlotPoint& point : points) {
        if (!std::isfinite(point.x)) continue;
        is_sorted = is_sorted && (data.isEmpty() || data.last().key <= point.x);
        data.append({point.x, point.y});
    }
    graph.data()->set(data, is_sorted);
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

QPen PlotPanel::linePen(const PlotLine& line) const {
    const double width = m_style.is_large ? 3 : line.ends_in_mark ? 1 : 1.6;
    if (line.chain == kNoChain)
        return QPen(themeColors(m_style.theme).text, width, line.is_dashed ? Qt::DashLine : Qt::SolidLine);
    return QPen(chainColor(line.chain, m_style.theme), width, lineOf(line.chain));
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
    if (std::ranges::any_of(picture.lines, &PlotLine::ends_in_mark)) m_traces = new TraceLines(*m_rect);
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

QString PlotPanel::wrapped(const QString& sentence) const {
    if (sentence.isEmpty()) return {};
    QTextLayout layout(sentence, m_note->font());
    QStringList lines;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(m_rect->width() - 24, 60));
        lines << sentence.mid(line.textStart(), line.textLength()).trimmed();
    }
    layout.endLayout();
    return lines.join(QLatin1Char('\n'));
}

void PlotPanel::updateRanges(const PlotPicture& picture, const std::optional<PlotRange>& zoom) {
    Extent across, up;
    const auto see = [&](const std::vector<PlotPoint>& points) {
        for (const PlotPoint& point : points) {
            across.take(point.x);
            if (!zoom || (point.x >= zoom->first && point.x <= zoom->last)) up.take(point.y);
        }
    };
    for (const PlotLine& line : picture.lines) see(line.points);
    for (const PlotDots& dots : picture.dots) see(dots.points);
    for (const PlotBand& band : picture.bands) {
        see(band.lower);
        see(band.upper);
    }
    for (const PlotGuide& guide : picture.guides) (guide.is_upright ? across : up).take(guide.at);
    if (picture.hatched_before) across.take(0);
    if (picture.shows_zero) up.take(0);
    if (!across.isKnown()) across = {0, 1};
    if (!up.isKnown()) up = {0, 1};
    if (picture.has_whole_x) across.highest = std::max(across.highest, across.lowest + 10);
    const QSignalBlocker quiet(x());
    const double margin = 0.02 * across.span();
    x()->setRange(zoom ? zoom->first : across.lowest - margin, zoom ? zoom->last : across.highest + margin);
    if (zoom && isCloud(picture)) return; // the user moves both axes
    // Room above for badge and title, as many pixels as they are high.
    const double height = std::max(40, m_rect->height());
    const bool has_head = !picture.badge.text.isEmpty() || m_title->visible();
    const double head = has_head ? std::min(0.5, (m_style.is_large ? 34 : 24) / height) : 0.04;
    y()->setRange(up.lowest - 0.05 * up.span(), up.highest + (0.03 + head / (1 - head)) * up.span());
}

/// A name stands on its line, or under it where title and badge are above.
void PlotPanel::placeGuideNames(const PlotPicture& picture) {
    constexpr double kHeadPx = 40;
    const double from_top =
        y()->range().upper - y()->range().size() * kHeadPx / std::max(80, m_rect->height());
    for (std::size_t i = 0; i < picture.guides.size(); ++i) {
        const bool is_under = !picture.guides[i].is_upright && picture.guides[i].at > from_top;
        m_guide_names[i]->setPositionAlignment(Qt::AlignLeft | (is_under ? Qt::AlignTop : Qt::AlignBottom));
    }
}

void PlotPanel::updateBadge(const PlotBadge& badge) {
    const QColor color = verdictColor(badge.verdict, m_style.theme);
    m_badge->setVisible(!badge.text.isEmpty());
    const QString brief = verdictShape(badge.verdict) + QLatin1Char(' ') + badge.text;
    const QString whole = brief + QStringLiteral(" · ") + verdictWord(badge.verdict);
    // Where it would cover the title, shape and colour say what the word does.
    const auto widthOf = [](const QCPItemText* item, const QString& words) {
        return QFontMetrics(item->font()).horizontalAdvance(words) + item->padding().left()
            + item->padding().right();
    };
    const int title_width = m_title->visible() ? widthOf(m_title, m_title->text()) : 0;
    m_badge->setText(title_width + widthOf(m_badge, whole) > m_rect->width() ? brief : whole);
    m_badge->setColor(color);
    m_badge->setPen(QPen(color, 1));
    m_badge->setBrush(mixed(themeColors(m_style.theme).canvas, color, 0.08));
}

void PlotPanel::updateCurves(const PlotPicture& picture) {
    for (std::size_t i = 0; i < picture.bands.size(); ++i) {
        setPoints(*m_lower[i], picture.bands[i].lower);
        setPoints(*m_upper[i], picture.bands[i].upper);
    }
    std::vector<TraceLines::Trace> traces;
    auto curve = m_lines.begin();
    auto end = m_ends.begin();
    for (const PlotLine& line : picture.lines) {
        QPen pen = linePen(line);
        if (!line.ends_in_mark) {
            setPoints(**curve, line.points);
            (*curve++)->setPen(pen);
            continue;
        }
        if (line.points.size() >= kStyledBelow) pen.setStyle(Qt::SolidLine);
        traces.push_back({line.points, pen});
        using Points = std::vector<PlotPoint>;
        setPoints(**end++, line.points.empty() ? Points{} : Points{line.points.back()});
    }
    if (m_traces) m_traces->show(std::move(traces));
    for (std::size_t i = 0; i < picture.dots.size(); ++i) setPoints(*m_dots[i], picture.dots[i].points);
    m_marked->data()->clear();
    if (picture.marked) m_marked->addData(picture.marked->x, picture.marked->y);
}

void PlotPanel::update(const PlotPicture& picture, const std::optional<PlotRange>& zoom) {
    updateCurves(picture);
    for (std::size_t i = 0; i < picture.guides.size(); ++i) {
        const auto& [at, is_upright, name] = picture.guides[i];
        m_guides[i]->point1->setCoords(is_upright ? at : 0, is_upright ? 0 : at);
        m_guides[i]->point2->setCoords(is_upright ? at : 1, is_upright ? 1 : at);
        m_guide_names[i]->position->setCoords(is_upright ? at : 0, is_upright ? 1 : at);
    }
    m_hatching->setVisible(picture.hatched_before.has_value());
    m_hatching->topLeft->setCoords(0, 0);
    m_hatching->bottomRight->setCoords(picture.hatched_before.value_or(0), 1);
    m_note->setVisible(!picture.note.isEmpty());
    m_note->setText(wrapped(picture.note));
    updateRanges(picture, zoom);
    placeGuideNames(picture);
    updateBadge(picture.badge);
}

} // namespace chainsong
