#include "widgets/plots/plot_figure.h"

#include <QBuffer>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <qcustomplot.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace chainsong {
namespace {

constexpr int kWidePx = 420; // from here on panels stand two by two
constexpr int kLowPx = 120; // a panel below has few ticks and no axis names
constexpr std::size_t kMostNamed = 12; // in the legend

/// How many columns a table filled row by row can have, each as wide as its widest entry.
int columnsThatFit(const std::vector<int>& widths, int spacing, int room) {
    for (std::size_t count = widths.size(); count > 1; --count) {
        std::vector<int> columns(count, 0);
        for (std::size_t i = 0; i < widths.size(); ++i)
            columns[i % count] = std::max(columns[i % count], widths[i]);
        const int needed = std::accumulate(columns.begin(), columns.end(), spacing * static_cast<int>(count));
        if (needed <= room) return static_cast<int>(count);
    }
    return 1;
}

/// The same items can show it: only numbers differ.
bool haveOneShape(const PlotPicture& a, const PlotPicture& b) {
    const auto same = [](const auto& first, const auto& second, const auto&... members) {
        return std::ranges::equal(
            first, second, [&](const auto& p, const auto& q) { return ((p.*members == q.*members) && ...); });
    };
    return a.title == b.title && a.x_label == b.x_label && a.y_label == b.y_label
        && a.has_whole_x == b.has_whole_x && a.note.isEmpty() == b.note.isEmpty()
        && same(a.bands, b.bands, &PlotBand::name)
        && same(a.guides, b.guides, &PlotGuide::name, &PlotGuide::is_upright)
        && same(a.lines, b.lines, &PlotLine::name, &PlotLine::chain, &PlotLine::is_dashed,
            &PlotLine::ends_in_mark)
        && same(a.dots, b.dots, &PlotDots::name, &PlotDots::chain, &PlotDots::is_alarm);
}

} // namespace

bool PlotFigure::isWide() const { return m_canvas.width() > kWidePx && m_pictures.size() > 1; }

int PlotFigure::numRows() const {
    const int count = static_cast<int>(m_pictures.size());
    return isWide() ? (count + 1) / 2 : count;
}

bool PlotFigure::areLow() const { return m_canvas.height() / std::max(1, numRows()) < kLowPx; }

void PlotFigure::show(std::vector<PlotPicture> pictures) {
    const bool fits = std::ranges::equal(m_pictures, pictures, haveOneShape) && !m_panels.empty();
    m_pictures = std::move(pictures);
    if (fits)
        update();
    else
        build();
}

void PlotFigure::update() {
    for (std::size_t i = 0; i < m_panels.size(); ++i) m_panels[i].update(m_pictures[i], zoom);
}

void PlotFigure::build() {
    m_canvas.clearPlottables();
    m_canvas.clearItems();
    m_canvas.legend = nullptr; // it lived in the layout that goes now
    m_canvas.plotLayout()->clear();
    m_panels.clear();
    m_canvas.setBackground(themeColors(theme).panel);
    auto* grid = new QCPLayoutGrid;
    grid->setRowSpacing(2);
    grid->setColumnSpacing(4);
    m_canvas.plotLayout()->addElement(0, 0, grid);
    m_canvas.plotLayout()->setRowSpacing(0);
    // Plots of one width below each other.
    const std::array column_margins{new QCPMarginGroup(&m_canvas), new QCPMarginGroup(&m_canvas)};
    const PlotStyle style{theme, is_large, areLow(), m_pictures.size() > 1 || m_is_exported};
    const int num_columns = isWide() ? 2 : 1;
    const int num_panels = static_cast<int>(m_pictures.size());
    for (int i = 0; i < num_panels; ++i) {
        const PlotPicture& picture = m_pictures[static_cast<std::size_t>(i)];
        auto* rect = new QCPAxisRect(&m_canvas);
        grid->addElement(i / num_columns, i % num_columns, rect);
        const PlotPanel& panel = m_panels.emplace_back(*rect, picture, style);
        panel.rect()->setMarginGroup(QCP::msLeft, column_margins[static_cast<std::size_t>(i % num_columns)]);
        // A column of panels with one time axis needs it once.
        const bool is_lowest = i + num_columns >= num_panels;
        panel.x()->setTickLabels(is_lowest || !picture.shares_x);
        if (areLow()) continue;
        if (is_lowest || !picture.shares_x) panel.x()->setLabel(picture.x_label);
        panel.y()->setLabel(picture.y_label);
    }
    update();
    if (!areLow() || m_is_exported) buildLegend(column_margins.front());
    // Twice: axes need their numbers to know their room, and heads and notes need to know theirs.
    for (const auto phase :
        {QCPLayoutElement::upPreparation, QCPLayoutElement::upMargins, QCPLayoutElement::upLayout})
        m_canvas.plotLayout()->update(phase);
    update();
}

/// One line under all panels (more where it is narrow): chains by colour and line, bands, marks.
void PlotFigure::buildLegend(QCPMarginGroup* margins) {
    std::vector<QCPGraph*> named;
    for (const PlotPanel& panel : m_panels)
        for (QCPGraph* graph : panel.named()) {
            const auto has_name = [&](const QCPGraph* other) { return other->name() == graph->name(); };
            if (named.size() < kMostNamed && std::ranges::none_of(named, has_name)) named.push_back(graph);
        }
    if (named.empty()) return;
    const PlotStyle style{theme, is_large};
    auto* legend = new QCPLegend;
    m_canvas.plotLayout()->addElement(1, 0, legend);
    m_canvas.plotLayout()->setRowStretchFactor(1, 0.001);
    legend->setMarginGroup(QCP::msLeft, margins);
    legend->setLayer(QStringLiteral("legend"));
    legend->setFillOrder(QCPLayoutGrid::foColumnsFirst);
    legend->setBorderPen(Qt::NoPen);
    legend->setBrush(Qt::NoBrush);
    legend->setMargins({8, 0, 6, 4});
    legend->setColumnSpacing(10);
    const int icon_width = m_panels.front().hasMarks() ? (is_large ? 20 : 12) : (is_large ? 44 : 28);
    legend->setIconSize(icon_width, is_large ? 18 : 12);
    legend->setIconTextPadding(4);
    legend->setTextColor(themeColors(theme).text);
    legend->setFont(style.font(11, 17));
    const QFontMetrics metrics(legend->font());
    std::vector<int> widths;
    for (const QCPGraph* graph : named)
        widths.push_back(icon_width + 4 + metrics.horizontalAdvance(graph->name()));
    legend->setWrap(columnsThatFit(widths, legend->columnSpacing(), m_canvas.width() - 20));
    for (QCPGraph* graph : named) legend->addItem(new QCPPlottableLegendItem(legend, graph));
}

bool PlotFigure::paintOn(QPaintDevice* device, QSize size) {
    QCPPainter painter;
    if (!painter.begin(device)) return false;
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    const double scale = device->width() / static_cast<double>(size.width());
    painter.scale(scale, scale);
    m_canvas.toPainter(&painter, size.width(), size.height());
    return painter.end();
}

QByteArray PlotFigure::rendered(const QString& format, QSize size) {
    const Theme shown_theme = theme;
    theme = Theme::kLight;
    m_is_exported = true;
    build();
    m_canvas.setBackground(QBrush(Qt::white));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    bool is_drawn = false;
    if (format == QLatin1String("png")) {
        is_drawn = m_canvas.toPixmap(size.width(), size.height(), 2).toImage().save(&buffer, "PNG");
    } else if (format == QLatin1String("svg")) {
        QSvgGenerator svg;
        svg.setOutputDevice(&buffer);
        svg.setSize(size);
        svg.setViewBox(QRect(QPoint(0, 0), size));
        is_drawn = paintOn(&svg, size);
    } else if (format == QLatin1String("pdf")) {
        QPdfWriter pdf(&buffer);
        pdf.setPageMargins({});
        pdf.setPageSize(QPageSize(QSizeF(size) * 0.75, QPageSize::Point));
        is_drawn = paintOn(&pdf, size);
    }
    theme = shown_theme;
    m_is_exported = false;
    return is_drawn ? bytes : QByteArray();
}

} // namespace chainsong
