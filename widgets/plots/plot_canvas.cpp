#include "widgets/plots/plot_canvas.h"

#include "widgets/plots/plot_figure.h"
#include "widgets/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <qcustomplot.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace chainsong {

PlotCanvas::PlotCanvas(QWidget* parent)
    : QWidget(parent)
    , m_canvas(new QCustomPlot(this))
    , m_figure(std::make_unique<PlotFigure>(*m_canvas)) {
    m_figure->theme = themeOf(palette());
    m_canvas->setAutoAddPlottableToLegend(false);
    m_canvas->setPlottingHints(QCP::phFastPolylines | QCP::phCacheLabels);
    m_canvas->setNotAntialiasedElements(QCP::aeGrid | QCP::aeAxes);
    m_canvas->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_canvas->setFocusPolicy(Qt::NoFocus);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumHeight(96);
    auto* const all = new QVBoxLayout(this);
    all->setContentsMargins(1, 1, 1, 1); // room for the focus frame
    all->addWidget(m_canvas);
    m_figure->build();
    connectMouse();
}

PlotCanvas::~PlotCanvas() = default;

void PlotCanvas::connectMouse() {
    // Queued: QCustomPlot tells of the wheel and the mouse before it moves the axes.
    connect(m_canvas, &QCustomPlot::mouseWheel, this, &PlotCanvas::takeZoom, Qt::QueuedConnection);
    connect(m_canvas, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
        if (event->buttons() & Qt::LeftButton)
            QMetaObject::invokeMethod(this, &PlotCanvas::takeZoom, Qt::QueuedConnection);
    });
    connect(m_canvas, &QCustomPlot::mouseDoubleClick, this, &PlotCanvas::showAll);
    connect(m_canvas, &QCustomPlot::mousePress, this,
        [this](QMouseEvent* event) { m_pressed_at = event->pos(); });
    connect(m_canvas, &QCustomPlot::mouseRelease, this, [this](QMouseEvent* event) {
        setFocus(Qt::MouseFocusReason);
        if ((event->pos() - m_pressed_at).manhattanLength() <= 3) tellClick(event->position());
    });
}

/// The panel that was moved by mouse leads, the others follow.
void PlotCanvas::takeZoom() {
    const auto& panels = m_figure->panels();
    const auto& pictures = m_figure->pictures();
    if (panels.empty()) return;
    const QPoint at = m_canvas->mapFromGlobal(QCursor::pos());
    auto moved =
        std::ranges::find_if(panels, [&](const PlotPanel& p) { return p.rect()->outerRect().contains(at); });
    if (moved == panels.end()) moved = panels.begin();
    // Clouds have axes of their own: those are moved already.
    if (!isCloud(pictures.front()) || panels.size() == 1) zoomTo({moved->x()->range().lower, moved->x()->range().upper});
}

void PlotCanvas::tellClick(QPointF at) {
    constexpr double kReachPx = 9;
    for (std::size_t i = 0; i < m_figure->panels().size(); ++i) {
        const PlotPanel& panel = m_figure->panels()[i];
        if (!panel.rect()->rect().contains(at.toPoint())) continue;
        const PlotPoint place{panel.x()->pixelToCoord(at.x()), panel.y()->pixelToCoord(at.y())};
        Q_EMIT clicked(static_cast<int>(i), place,
            {std::abs(panel.x()->pixelToCoord(at.x() + kReachPx) - place.x),
                std::abs(panel.y()->pixelToCoord(at.y() + kReachPx) - place.y)});
    }
}

void PlotCanvas::rebuild() {
    m_figure->build();
    m_canvas->replot();
}

void PlotCanvas::showPictures(std::vector<PlotPicture> pictures) {
    m_figure->show(std::move(pictures));
    m_canvas->replot();
}

const std::vector<PlotPicture>& PlotCanvas::pictures() const { return m_figure->pictures(); }
std::optional<PlotRange> PlotCanvas::zoomed() const { return m_figure->zoom; }
bool PlotCanvas::isLarge() const { return m_figure->is_large; }

int PlotCanvas::panelWidth() const {
    const auto& panels = m_figure->panels();
    return std::max(100, panels.empty() ? width() : panels.front().rect()->width());
}

void PlotCanvas::showAll() {
    m_figure->zoom.reset();
    m_figure->update();
    m_canvas->replot();
    Q_EMIT zoomChanged();
}

void PlotCanvas::zoomTo(PlotRange range) {
    if (!(range.last > range.first)) return;
    m_figure->zoom = range;
    m_figure->update();
    m_canvas->replot();
    Q_EMIT zoomChanged();
}

void PlotCanvas::setLarge(bool is_large) {
    m_figure->is_large = is_large;
    rebuild();
}

void PlotCanvas::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_canvas->resize(contentsRect().size() - QSize(2, 2));
    rebuild(); // columns, legend and wrapped notes depend on the size
    Q_EMIT zoomChanged();
}

void PlotCanvas::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || !m_figure || m_figure->theme == themeOf(palette())) return;
    m_figure->theme = themeOf(palette());
    rebuild();
}

bool PlotCanvas::event(QEvent* event) {
    // While the plot has the focus, these keys are its own and no shortcuts of the window.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        constexpr std::array kKeys{
            Qt::Key_Left, Qt::Key_Right, Qt::Key_Plus, Qt::Key_Equal, Qt::Key_Minus, Qt::Key_Home};
        const bool is_plain =
            !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
        if (is_plain && std::ranges::find(kKeys, key->key()) != kKeys.end()) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void PlotCanvas::keyPressEvent(QKeyEvent* event) {
    if (m_figure->panels().empty()) return QWidget::keyPressEvent(event);
    const QCPRange shown = m_figure->panels().front().x()->range();
    const auto look = [&](double move, double scale) {
        const double centre = shown.center() + move * shown.size();
        const double half = 0.5 * shown.size() * scale;
        zoomTo({centre - half, centre + half});
    };
    switch (event->key()) {
    case Qt::Key_Left: return look(-0.2, 1);
    case Qt::Key_Right: return look(0.2, 1);
    case Qt::Key_Plus:
    case Qt::Key_Equal: return look(0, 0.5);
    case Qt::Key_Minus: return look(0, 2);
    case Qt::Key_Home: return showAll();
    default: QWidget::keyPressEvent(event);
    }
}

void PlotCanvas::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    update();
}

void PlotCanvas::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

void PlotCanvas::paintEvent(QPaintEvent*) {
    if (!hasFocus()) return;
    QPainter painter(this);
    painter.setPen(themeColors(palette()).accent);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

QByteArray PlotCanvas::rendered(const QString& format) {
    const QSize shown_size = m_canvas->size();
    const QSize size = shown_size.expandedTo({640, 360});
    m_canvas->resize(size);
    const QByteArray bytes = m_figure->rendered(format, size);
    m_canvas->resize(shown_size);
    rebuild();
    return bytes;
}

} // namespace chainsong
