#include "widgets/plots/trace_lines.h"

#include <QImage>

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "widgets/plots/line_pixels.h"

namespace chainsong {
namespace {

class TracesOnScreen final : public QCPLayerable, public TraceLines {
public:
    explicit TracesOnScreen(QCPAxisRect& rect);
    void show(std::vector<Trace> traces) override { m_traces = std::move(traces); }

protected:
    QRect clipRect() const override { return m_rect.rect(); }
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(false); }
    void draw(QCPPainter* painter) override;

private:
    /// From the rectangle's left upper corner, a unit of the widget as `scale` pixels.
    std::vector<PlotPoint> inPixels(const Trace& trace, double scale) const;

    QCPAxisRect& m_rect;
    std::vector<Trace> m_traces;
    QImage m_image;
    std::vector<ColumnStrokes> m_strokes;
};

TracesOnScreen::TracesOnScreen(QCPAxisRect& rect)
    : QCPLayerable(rect.parentPlot(), QStringLiteral("main"))
    , m_rect(rect) {
    setParent(&rect);
}

std::vector<PlotPoint> TracesOnScreen::inPixels(const Trace& trace, double scale) const {
    const QCPRange across = m_rect.axis(QCPAxis::atBottom)->range();
    const QCPRange up = m_rect.axis(QCPAxis::atLeft)->range();
    const double x_scale = scale * m_rect.width() / across.size(), height = scale * m_rect.height();
    const double y_scale = height / up.size();
    std::vector<PlotPoint> places;
    places.reserve(trace.points.size());
    for (const PlotPoint& point : trace.points)
        places.push_back({(point.x - across.lower) * x_scale, height - (point.y - up.lower) * y_scale});
    return places;
}

void TracesOnScreen::draw(QCPPainter* painter) {
    const bool is_screen = painter->modes() == QCPPainter::pmDefault;
    const double scale = painter->device()->devicePixelRatioF();
    const QSize size = (QSizeF(m_rect.size()) * scale).toSize();
    if (size.isEmpty()) return;
    const auto hasPixels = [&](const Trace& trace) {
        return is_screen && trace.pen.style() == Qt::SolidLine;
    };
    std::vector<std::vector<PlotPoint>> places;
    std::vector<PixelCurve> curves;
    for (const Trace& trace : m_traces) {
        if (!hasPixels(trace)) continue;
        places.push_back(inPixels(trace, scale));
        const auto width_px = std::max(1, static_cast<int>(std::lround(trace.pen.widthF() * scale)));
        curves.push_back({places.back(), trace.pen.color(), width_px});
    }
    if (!curves.empty()) {
        if (m_image.size() != size) m_image = QImage(size, QImage::Format_ARGB32_Premultiplied);
        m_image.setDevicePixelRatio(scale);
        m_image.fill(Qt::transparent);
        drawCurves(m_image, curves, m_strokes);
        painter->drawImage(m_rect.topLeft(), m_image);
    }
    for (const Trace& trace : m_traces) {
        if (hasPixels(trace)) continue;
        QPolygonF line;
        for (const PlotPoint& place : inPixels(trace, 1))
            line << QPointF(m_rect.left() + place.x, m_rect.top() + place.y);
        painter->setPen(trace.pen);
        painter->setBrush(Qt::NoBrush);
        painter->drawPolyline(line);
    }
}

} // namespace

TraceLines& TraceLines::addTo(QCPAxisRect& rect) {
    return *new TracesOnScreen(rect); // its parent from now on
}

} // namespace chainsong
