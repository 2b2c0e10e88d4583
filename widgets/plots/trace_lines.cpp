#include "widgets/plots/trace_lines.h"

#include <algorithm>
#include <cmath>

namespace chainsong {

TraceLines::TraceLines(QCPAxisRect& rect)
    : QCPLayerable(rect.parentPlot(), QStringLiteral("main"))
    , m_rect(rect) {
    setParent(&rect);
}

const std::vector<PlotPoint>& TraceLines::inPixels(const Trace& trace, double scale) {
    const QCPRange across = m_rect.axis(QCPAxis::atBottom)->range();
    const QCPRange up = m_rect.axis(QCPAxis::atLeft)->range();
    const double x_scale = scale * m_rect.width() / across.size(), height = scale * m_rect.height();
    const double y_scale = height / up.size();
    m_places.clear();
    for (const PlotPoint& point : trace.points)
        m_places.push_back({(point.x - across.lower) * x_scale, height - (point.y - up.lower) * y_scale});
    return m_places;
}

void TraceLines::draw(QCPPainter* painter) {
    const bool is_screen = painter->modes() == QCPPainter::pmDefault;
    const double scale = painter->device()->devicePixelRatioF();
    const QSize size = (QSizeF(m_rect.size()) * scale).toSize();
    if (size.isEmpty()) return;
    const auto hasPixels = [&](const Trace& trace) {
        return is_screen && trace.pen.style() == Qt::SolidLine;
    };
    if (std::ranges::any_of(m_traces, hasPixels)) {
        if (m_image.size() != size) m_image = QImage(size, QImage::Format_ARGB32_Premultiplied);
        m_image.setDevicePixelRatio(scale);
        m_image.fill(Qt::transparent);
        for (const Trace& trace : m_traces)
            if (hasPixels(trace))
                m_pixels.draw(m_image, inPixels(trace, scale), trace.pen.color(),
                    std::max(1, static_cast<int>(std::lround(trace.pen.widthF() * scale))));
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

} // namespace chainsong
