// What changes with every frame; plot_panel.cpp builds the items.
#include "widgets/plots/plot_panel.h"

#include <QTextLayout>

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

/// Eight colours, four styles: a pair of its own for each of 32 chains.
Qt::PenStyle lineOf(int chain) {
    constexpr std::array kLines{Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    return kLines[static_cast<std::size_t>(chain + chain / 8) % 4];
}

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

QPen PlotPanel::linePen(const PlotLine& line) const {
    const double width = m_style.is_large ? 3 : line.ends_in_mark ? 1 : 1.6;
    if (line.chain == kNoChain)
        return QPen(themeColors(m_style.theme).text, width, line.is_dashed ? Qt::DashLine : Qt::SolidLine);
    return QPen(chainColor(line.chain, m_style.theme), width, lineOf(line.chain));
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
