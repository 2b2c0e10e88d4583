#include "widgets/trace_plot/trace_plot.h"

#include "engine/base/atomic_file.h"
#include "widgets/trace_plot/thinned.h"

#include <QBuffer>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QPdfWriter>
#include <QSignalBlocker>
#include <QSvgGenerator>
#include <QTimerEvent>
#include <QVBoxLayout>

// The one file that knows QCustomPlot.
#include <qcustomplot.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace chainsong {
namespace {

constexpr int kFrameMs = 40;
constexpr int kWidePx = 640; // from here on four panels stand two by two
constexpr int kStyledBelow =
    250; // line styles can be told apart up to so many points, and cost more than plain lines

QCPScatterStyle markOf(int chain, double size) {
    constexpr std::array kShapes{QCPScatterStyle::ssDisc, QCPScatterStyle::ssSquare,
        QCPScatterStyle::ssTriangle, QCPScatterStyle::ssDiamond};
    return {kShapes[static_cast<std::size_t>(chain % 4)], size};
}

Qt::PenStyle lineOf(int chain) {
    constexpr std::array kLines{Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    return kLines[static_cast<std::size_t>(chain % 4)];
}

/// One statistic's axes and what is drawn on them; QCustomPlot owns them all.
struct Panel {
    TraceStatistic statistic = TraceStatistic::kLogDensity;
    QCPAxisRect* rect = nullptr;
    std::vector<QCPGraph*> lines; // one a chain
    std::vector<QCPGraph*> ends; // its last draw, by shape
    QCPGraph* marked = nullptr;
    QCPItemRect* warm_up = nullptr;
    QCPItemText* badge = nullptr;
    QCPItemText* title = nullptr;
};

} // namespace

struct TracePlot::Plot {
    QCustomPlot* canvas = nullptr;
    QComboBox* chooser = nullptr;
    QCheckBox* hide_warm_up = nullptr;
    TraceData data;
    std::vector<Panel> panels;
    std::array<TraceBadge, kNumTraceStatistics> badges;
    TraceStatistic statistic = TraceStatistic::kLogDensity;
    bool are_all_shown = false;
    bool is_large = false;
    bool is_following = true; // until the user zooms; a double click returns
    int num_warm_up = 0;
    int marked_chain = -1;
    int marked_draw = 0;
    Theme theme = Theme::kLight;

    void build();
    Panel buildPanel(TraceStatistic shown, int row, int column);
    void styleAxis(QCPAxis* axis) const;
    void buildBadge(Panel& panel) const;
    void update();
    void updateTime();
    void updatePanel(Panel& panel);
    void updateBadge(Panel& panel) const;
    /// Four panels in a small dock: no room for a legend and few ticks.
    bool areLow() const {
        return are_all_shown && canvas->height() < (canvas->width() > kWidePx ? 240 : 480);
    }
    int firstShown() const { return hide_warm_up->isChecked() ? num_warm_up : 0; }
    bool paintOn(QPaintDevice* device, QSize size);
    std::optional<std::pair<int, int>> pointAt(QPointF position) const;
};

void TracePlot::Plot::styleAxis(QCPAxis* axis) const {
    const ThemeColors& colors = themeColors(theme);
    QFont font;
    font.setPixelSize(is_large ? 17 : 10);
    axis->setBasePen(colors.line_strong);
    axis->setTickPen(colors.line_strong);
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLabelColor(colors.text_muted);
    axis->setTickLabelFont(font);
    axis->setLabelFont(font);
    axis->setLabelColor(colors.text_muted);
    axis->setLabelPadding(2);
    axis->setTickLengthIn(0);
    axis->setTickLengthOut(3);
    axis->grid()->setPen(QPen(colors.line, 1));
    axis->grid()->setZeroLinePen(Qt::NoPen);
    axis->ticker()->setTickCount(axis->orientation() == Qt::Vertical ? (areLow() ? 2 : 4) : 5);
}

Panel TracePlot::Plot::buildPanel(TraceStatistic shown, int row, int column) {
    const ThemeColors& colors = themeColors(theme);
    Panel panel;
    panel.statistic = shown;
    panel.rect = new QCPAxisRect(canvas);
    canvas->plotLayout()->addElement(row, column, panel.rect);
    panel.rect->setLayer(QStringLiteral("background")); // under the warm-up's hatching
    panel.rect->setBackground(colors.canvas);
    panel.rect->setMinimumMargins({4, 6, 10, 2});
    panel.rect->setRangeDrag(Qt::Horizontal);
    panel.rect->setRangeZoom(Qt::Horizontal);
    QCPAxis* x = panel.rect->axis(QCPAxis::atBottom);
    QCPAxis* y = panel.rect->axis(QCPAxis::atLeft);
    styleAxis(x);
    styleAxis(y);
    x->setNumberFormat(QStringLiteral("f"));
    x->setNumberPrecision(0);
    panel.warm_up = new QCPItemRect(canvas);
    panel.warm_up->setClipAxisRect(panel.rect);
    panel.warm_up->setPen(Qt::NoPen);
    panel.warm_up->setBrush(QBrush(mixed(colors.canvas, colors.text_muted, 0.35), Qt::BDiagPattern));
    panel.warm_up->setLayer(QStringLiteral("background"));
    for (QCPItemPosition* position : {panel.warm_up->topLeft, panel.warm_up->bottomRight}) {
        position->setAxes(x, y);
        position->setAxisRect(panel.rect);
        position->setTypeX(position == panel.warm_up->topLeft ? QCPItemPosition::ptAxisRectRatio
                                                              : QCPItemPosition::ptPlotCoords);
        position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    }
    for (int chain = 0; chain < data.numChains(); ++chain) {
        QCPGraph* line = canvas->addGraph(x, y);
        line->setAdaptiveSampling(true);
        line->setPen(QPen(chainColor(chain, theme), is_large ? 3 : 1));
        panel.lines.push_back(line);
        QCPGraph* end = canvas->addGraph(x, y);
        end->setLineStyle(QCPGraph::lsNone);
        QCPScatterStyle mark = markOf(chain, is_large ? 12 : 7);
        mark.setPen(QPen(chainColor(chain, theme), 1.4));
        mark.setBrush(chainColor(chain, theme));
        end->setScatterStyle(mark);
        end->setName(chain == 0 ? TracePlot::tr("chain %1").arg(1) : QString::number(chain + 1));
        panel.ends.push_back(end);
    }
    panel.marked = canvas->addGraph(x, y);
    panel.marked->setLineStyle(QCPGraph::lsNone);
    panel.marked->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(colors.playhead, 2.5), Qt::NoBrush, 13));
    buildBadge(panel);
    return panel;
}

void TracePlot::Plot::buildBadge(Panel& panel) const {
    const ThemeColors& colors = themeColors(theme);
    const auto make = [&](double x_ratio, Qt::Alignment alignment) {
        auto* text = new QCPItemText(canvas);
        text->setClipAxisRect(panel.rect);
        text->position->setAxisRect(panel.rect);
        text->position->setType(QCPItemPosition::ptAxisRectRatio);
        text->position->setCoords(x_ratio, 0);
        text->setPositionAlignment(alignment);
        text->setPadding({6, 3, 6, 3});
        QFont font;
        font.setPixelSize(is_large ? 18 : 11);
        text->setFont(font);
        text->setLayer(QStringLiteral("overlay"));
        return text;
    };
    panel.badge = make(1, Qt::AlignRight | Qt::AlignTop);
    QFont bold = panel.badge->font();
    bold.setBold(true);
    panel.badge->setFont(bold);
    panel.title = make(0, Qt::AlignLeft | Qt::AlignTop);
    panel.title->setColor(colors.text);
    QColor veil = colors.canvas;
    veil.setAlphaF(0.82F);
    panel.title->setBrush(veil);
    panel.title->setPen(Qt::NoPen);
    panel.title->setText(traceStatisticName(panel.statistic));
    panel.title->setVisible(are_all_shown);
}

void TracePlot::Plot::build() {
    const ThemeColors& colors = themeColors(theme);
    canvas->clearPlottables();
    canvas->clearItems();
    canvas->legend = nullptr; // it lived in an axis rect that goes now
    canvas->plotLayout()->clear();
    panels.clear();
    canvas->setBackground(colors.panel);
    const bool is_wide = canvas->width() > kWidePx;
    for (int i = 0; i < (are_all_shown ? kNumTraceStatistics : 1); ++i) {
        const auto shown = are_all_shown ? static_cast<TraceStatistic>(i) : statistic;
        panels.push_back(
            are_all_shown && is_wide ? buildPanel(shown, i / 2, i % 2) : buildPanel(shown, i, 0));
    }
    canvas->plotLayout()->setRowSpacing(0);
    // One time axis for a column of panels, and plots of one width below each other.
    auto* same_margins = new QCPMarginGroup(canvas);
    const std::size_t num_bottom = are_all_shown && is_wide ? 2 : 1;
    for (std::size_t i = 0; i < panels.size(); ++i) {
        if (i % num_bottom == 0) panels[i].rect->setMarginGroup(QCP::msLeft, same_margins);
        panels[i].rect->axis(QCPAxis::atBottom)->setTickLabels(i + num_bottom >= panels.size());
    }
    QCPAxis* bottom = panels.back().rect->axis(QCPAxis::atBottom);
    if (!areLow()) bottom->setLabel(TracePlot::tr("draw"));
    if (data.numChains() == 0 || areLow()) return update();
    auto* legend = new QCPLegend;
    QCPAxisRect* first = panels.front().rect;
    first->insetLayout()->addElement(legend, Qt::AlignBottom | Qt::AlignLeft);
    first->insetLayout()->setMargins({4, 4, 4, 4});
    legend->setLayer(QStringLiteral("legend"));
    legend->setFillOrder(QCPLayoutGrid::foColumnsFirst);
    legend->setBorderPen(Qt::NoPen);
    QColor veil = colors.canvas;
    veil.setAlphaF(0.82F);
    legend->setBrush(veil);
    legend->setMargins({4, 1, 6, 1});
    legend->setIconSize(is_large ? 20 : 12, is_large ? 18 : 12);
    legend->setIconTextPadding(3);
    legend->setTextColor(colors.text);
    legend->setFont(bottom->tickLabelFont());
    for (QCPGraph* end : panels.front().ends) legend->addItem(new QCPPlottableLegendItem(legend, end));
    update();
}

void TracePlot::Plot::updateTime() {
    if (!is_following) return;
    const double first = firstShown();
    const double last = std::max(first + 10, static_cast<double>(data.longestChain()));
    const double room = 0.02 * (last - first);
    for (Panel& panel : panels) {
        const QSignalBlocker quiet(panel.rect->axis(QCPAxis::atBottom));
        panel.rect->axis(QCPAxis::atBottom)->setRange(first - room, last + room);
    }
}

void TracePlot::Plot::updatePanel(Panel& panel) {
    const QCPRange shown = panel.rect->axis(QCPAxis::atBottom)->range();
    const auto first =
        static_cast<std::size_t>(std::clamp(std::floor(shown.lower), static_cast<double>(firstShown()), 1e9));
    const auto past_last = static_cast<std::size_t>(std::clamp(std::ceil(shown.upper) + 2, 0.0, 1e9));
    const int num_columns = std::max(100, panel.rect->width());
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -lowest;
    for (int chain = 0; chain < data.numChains(); ++chain) {
        const auto points = thinned(data.values(panel.statistic, chain), first, past_last, num_columns);
        QVector<QCPGraphData> graph_data;
        graph_data.reserve(static_cast<qsizetype>(points.size()));
        for (const PlotPoint& point : points) {
            graph_data.append({point.draw, point.value});
            lowest = std::min(lowest, point.value);
            highest = std::max(highest, point.value);
        }
        QCPGraph* line = panel.lines[static_cast<std::size_t>(chain)];
        QPen pen = line->pen();
        pen.setStyle(points.size() < kStyledBelow ? lineOf(chain) : Qt::SolidLine);
        line->setPen(pen);
        QCPGraph* end = panel.ends[static_cast<std::size_t>(chain)];
        end->data()->clear();
        if (!graph_data.isEmpty()) end->data()->add(graph_data.last());
        line->data()->set(graph_data, true);
    }
    if (lowest <= highest) {
        // Room above for the badge and below for the legend.
        const double span = std::max(highest - lowest, 1e-6 + 1e-3 * std::abs(highest));
        panel.rect->axis(QCPAxis::atLeft)
            ->setRange(lowest - (areLow() ? 0.1 : 0.14) * span, highest + (areLow() ? 1.1 : 0.18) * span);
    }
    panel.marked->data()->clear();
    if (marked_chain >= 0 && marked_draw < data.numDraws(marked_chain)) {
        const double value =
            data.values(panel.statistic, marked_chain)[static_cast<std::size_t>(marked_draw)];
        if (std::isfinite(value)) panel.marked->addData(marked_draw, value);
    }
    panel.warm_up->setVisible(num_warm_up > 0 && !hide_warm_up->isChecked());
    panel.warm_up->topLeft->setCoords(0, 0);
    panel.warm_up->bottomRight->setCoords(num_warm_up, 1);
    updateBadge(panel);
}

void TracePlot::Plot::updateBadge(Panel& panel) const {
    const ThemeColors& colors = themeColors(theme);
    const TraceBadge& badge = badges[static_cast<std::size_t>(panel.statistic)];
    const QColor color = verdictColor(badge.verdict, theme);
    panel.badge->setVisible(!badge.text.isEmpty());
    panel.badge->setText(QStringLiteral("%1 %2 · %3")
                             .arg(verdictShape(badge.verdict), badge.text, verdictWord(badge.verdict)));
    panel.badge->setColor(color);
    panel.badge->setPen(QPen(color, 1));
    panel.badge->setBrush(mixed(colors.canvas, color, 0.08));
}

void TracePlot::Plot::update() {
    updateTime();
    for (Panel& panel : panels) updatePanel(panel);
}

std::optional<std::pair<int, int>> TracePlot::Plot::pointAt(QPointF position) const {
    constexpr double kReachPx = 9;
    for (const Panel& panel : panels) {
        if (!panel.rect->rect().contains(position.toPoint())) continue;
        QCPAxis* x = panel.rect->axis(QCPAxis::atBottom);
        QCPAxis* y = panel.rect->axis(QCPAxis::atLeft);
        // Where draws lie far apart, the line between them belongs to the nearer one.
        const double reach_px = std::max(kReachPx, 0.5 * std::abs(x->coordToPixel(1) - x->coordToPixel(0)));
        const auto from = static_cast<int>(
            std::max<double>(firstShown(), std::floor(x->pixelToCoord(position.x() - reach_px))));
        const auto to = static_cast<int>(std::ceil(x->pixelToCoord(position.x() + reach_px)));
        std::optional<std::pair<int, int>> nearest;
        double best = std::numeric_limits<double>::infinity();
        for (int chain = 0; chain < data.numChains(); ++chain) {
            const auto values = data.values(panel.statistic, chain);
            for (int draw = from; draw <= std::min(to, data.numDraws(chain) - 1); ++draw) {
                const double dx = x->coordToPixel(draw) - position.x();
                const double dy = y->coordToPixel(values[static_cast<std::size_t>(draw)]) - position.y();
                const double distance = dy * dy + 0.2 * dx * dx;
                if (std::abs(dx) > reach_px || !(std::abs(dy) <= kReachPx) || distance >= best) continue;
                best = distance;
                nearest = {chain, draw};
            }
        }
        return nearest;
    }
    return {};
}

bool TracePlot::Plot::paintOn(QPaintDevice* device, QSize size) {
    QCPPainter painter;
    if (!painter.begin(device)) return false;
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    const double scale = device->width() / static_cast<double>(size.width());
    painter.scale(scale, scale);
    canvas->toPainter(&painter, size.width(), size.height());
    return painter.end();
}

TracePlot::TracePlot(QWidget* parent)
    : QWidget(parent)
    , m_plot(std::make_unique<Plot>()) {
    Plot& p = *m_plot;
    p.theme = themeOf(palette());
    p.canvas = new QCustomPlot(this);
    p.canvas->setAutoAddPlottableToLegend(false);
    p.canvas->setPlottingHints(QCP::phFastPolylines | QCP::phCacheLabels);
    p.canvas->setNotAntialiasedElements(QCP::aePlottables | QCP::aeGrid | QCP::aeAxes);
    p.canvas->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    p.canvas->setFocusPolicy(Qt::NoFocus);
    p.canvas->setMinimumHeight(120);
    p.chooser = new QComboBox(this);
    for (int i = 0; i < kNumTraceStatistics; ++i)
        p.chooser->addItem(traceStatisticName(static_cast<TraceStatistic>(i)));
    p.chooser->addItem(tr("All four"));
    p.chooser->setAccessibleName(tr("Statistic"));
    p.chooser->setToolTip(
        tr("What is plotted, draw by draw. Chains that agree look like one fuzzy caterpillar."));
    p.hide_warm_up = new QCheckBox(tr("Hide warm-up"), this);
    p.hide_warm_up->setToolTip(
        tr("The hatched first draws only lead the chains to good music; they do not count."));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(10, 4, 10, 2);
    head->addWidget(p.chooser);
    head->addStretch(1);
    head->addWidget(p.hide_warm_up);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(head);
    all->addWidget(p.canvas, 1);
    setAccessibleName(tr("Traces of the chains"));
    p.build();
    connect(p.chooser, &QComboBox::activated, this, [this](int index) {
        setAllShown(index == kNumTraceStatistics);
        if (index < kNumTraceStatistics) setStatistic(static_cast<TraceStatistic>(index));
    });
    connect(p.hide_warm_up, &QCheckBox::toggled, this, &TracePlot::changed);
    connect(p.canvas, &QCustomPlot::mouseWheel, this, [this] {
        m_plot->is_following = false;
        changed();
    });
    connect(p.canvas, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
        if (!(event->buttons() & Qt::LeftButton)) return;
        m_plot->is_following = false;
        changed();
    });
    connect(p.canvas, &QCustomPlot::mouseDoubleClick, this, [this] {
        m_plot->is_following = true;
        changed();
    });
    auto* pressed_at = new QPoint; // of the canvas; lives as long as the connection below
    connect(p.canvas, &QObject::destroyed, [pressed_at] { delete pressed_at; });
    connect(p.canvas, &QCustomPlot::mousePress, this,
        [pressed_at](QMouseEvent* event) { *pressed_at = event->pos(); });
    connect(p.canvas, &QCustomPlot::mouseRelease, this, [this, pressed_at](QMouseEvent* event) {
        if ((event->pos() - *pressed_at).manhattanLength() > 3) return;
        if (const auto point = m_plot->pointAt(event->position()))
            Q_EMIT pointClicked(point->first, point->second);
    });
}

TracePlot::~TracePlot() = default;

void TracePlot::start(int num_chains) {
    m_plot->data = TraceData(num_chains);
    m_plot->badges = {};
    m_plot->num_warm_up = 0;
    m_plot->marked_chain = -1;
    m_plot->is_following = true;
    m_plot->build();
    changed();
}

void TracePlot::addDraws(int chain, std::span<const PieceSummary> draws) {
    m_plot->data.add(chain, draws);
    changed();
}

void TracePlot::showWarmUp(int num_draws) {
    if (num_draws == m_plot->num_warm_up) return;
    m_plot->num_warm_up = num_draws;
    changed();
}

void TracePlot::showBadge(TraceStatistic statistic, const TraceBadge& badge) {
    TraceBadge& shown = m_plot->badges[static_cast<std::size_t>(statistic)];
    if (badge == shown) return;
    shown = badge;
    setAccessibleDescription(spokenText());
    changed();
}

void TracePlot::showMarkedDraw(int chain, int draw) {
    m_plot->marked_chain = chain;
    m_plot->marked_draw = draw;
    changed();
}

int TracePlot::numChains() const { return m_plot->data.numChains(); }
int TracePlot::numDraws(int chain) const { return m_plot->data.numDraws(chain); }
TraceStatistic TracePlot::statistic() const { return m_plot->statistic; }
bool TracePlot::areAllShown() const { return m_plot->are_all_shown; }

void TracePlot::changed() {
    m_is_stale = true;
    if (isVisible() && !m_frame.isActive()) m_frame.start(kFrameMs, this);
}

void TracePlot::timerEvent(QTimerEvent* event) {
    if (event->timerId() != m_frame.timerId()) return QWidget::timerEvent(event);
    if (!m_is_stale || !isVisible()) return m_frame.stop();
    replot();
}

void TracePlot::replot() {
    m_is_stale = false;
    m_plot->update();
    m_plot->canvas->replot();
}

void TracePlot::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    changed();
}

void TracePlot::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (m_plot->are_all_shown) m_plot->build(); // two by two or one below the other
    changed();
}

void TracePlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || !m_plot->canvas || m_plot->theme == themeOf(palette()))
        return;
    m_plot->theme = themeOf(palette());
    m_plot->build();
    changed();
}

void TracePlot::setStatistic(TraceStatistic statistic) {
    m_plot->statistic = statistic;
    if (!m_plot->are_all_shown) m_plot->chooser->setCurrentIndex(static_cast<int>(statistic));
    m_plot->build();
    changed();
}

void TracePlot::setAllShown(bool are_all_shown) {
    m_plot->are_all_shown = are_all_shown;
    m_plot->chooser->setCurrentIndex(
        are_all_shown ? kNumTraceStatistics : static_cast<int>(m_plot->statistic));
    m_plot->build();
    changed();
}

void TracePlot::setWarmUpHidden(bool is_hidden) { m_plot->hide_warm_up->setChecked(is_hidden); }

void TracePlot::setLarge(bool is_large) {
    m_plot->is_large = is_large;
    m_plot->build();
    changed();
}

QString TracePlot::spokenText() const {
    QStringList parts;
    for (int i = 0; i < kNumTraceStatistics; ++i) {
        const TraceBadge& badge = m_plot->badges[static_cast<std::size_t>(i)];
        if (!badge.text.isEmpty())
            parts << tr("%1: %2, %3")
                         .arg(traceStatisticName(static_cast<TraceStatistic>(i)), badge.text,
                             verdictWord(badge.verdict));
    }
    parts << tr("%1 chains").arg(numChains()) + QStringLiteral(", ")
            + tr("%1 draws").arg(m_plot->data.longestChain());
    return parts.join(QStringLiteral("; "));
}

Status TracePlot::exportTo(const QString& path) {
    const std::string file = path.toStdString();
    const QString ending = path.section(QLatin1Char('.'), -1).toLower();
    if (ending == QLatin1String("csv"))
        return writeFileAtomically(file, m_plot->data.csv(m_plot->num_warm_up));
    const QSize size = m_plot->canvas->size().expandedTo({640, 360});
    QBuffer bytes;
    bytes.open(QIODevice::WriteOnly);
    Plot& p = *m_plot;
    const Theme shown_theme = p.theme;
    p.theme = Theme::kLight;
    p.build();
    p.canvas->setBackground(QBrush(Qt::white));
    bool is_drawn = false;
    if (ending == QLatin1String("png")) {
        is_drawn = p.canvas->toPixmap(size.width(), size.height(), 2).toImage().save(&bytes, "PNG");
    } else if (ending == QLatin1String("svg")) {
        QSvgGenerator svg;
        svg.setOutputDevice(&bytes);
        svg.setSize(size);
        svg.setViewBox(QRect(QPoint(0, 0), size));
        is_drawn = p.paintOn(&svg, size);
    } else if (ending == QLatin1String("pdf")) {
        QPdfWriter pdf(&bytes);
        pdf.setPageMargins({});
        pdf.setPageSize(QPageSize(QSizeF(size) * 0.75, QPageSize::Point));
        is_drawn = p.paintOn(&pdf, size);
    }
    p.theme = shown_theme;
    p.build();
    changed();
    if (!is_drawn) return Error{tr("a plot can be saved as .png, .svg, .pdf or .csv").toStdString(), file};
    const QByteArray& content = bytes.data();
    return writeFileAtomically(
        file, std::string_view(content.constData(), static_cast<std::size_t>(content.size())));
}

} // namespace chainsong
