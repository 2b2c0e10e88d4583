#include "widgets/plots/line_pixels.h"

#include <algorithm>
#include <cmath>

namespace chainsong {

void LinePixels::Stroke::take(int from, int to) {
    if (lowest > highest) {
        lowest = from;
        highest = to;
        return;
    }
    lowest = std::min(lowest, from);
    highest = std::max(highest, to);
}

/// Cuts the curve at the edges of the columns: how high it is in each.
void LinePixels::markColumns(const QImage& image, std::span<const PlotPoint> points) {
    const int num_columns = image.width();
    const double height = image.height();
    m_columns.assign(static_cast<std::size_t>(num_columns), {});
    m_first = num_columns;
    m_past = 0;
    const auto row = [&](double y) { return static_cast<int>(std::floor(std::clamp(y, -1.0, height))); };
    const auto mark = [&](int column, double y, double other_y) {
        m_columns[static_cast<std::size_t>(column)].take(
            row(std::min(y, other_y)), row(std::max(y, other_y)));
        m_first = std::min(m_first, column);
        m_past = std::max(m_past, column + 1);
    };
    for (std::size_t i = 0; i < points.size(); ++i) {
        const PlotPoint& to = points[i];
        const PlotPoint& from = points[i == 0 ? 0 : i - 1];
        if (!(to.x >= 0) || !(from.x < num_columns) || !std::isfinite(from.y + to.y)) continue;
        const int first = static_cast<int>(std::floor(std::max(0.0, from.x)));
        const int last = static_cast<int>(std::floor(std::min(to.x, num_columns - 1.0)));
        if (first >= last && from.x >= 0 && to.x < num_columns) {
            mark(first, from.y, to.y);
            continue;
        }
        const double slope = (to.y - from.y) / (to.x - from.x);
        const auto at = [&](double x) {
            return x <= from.x ? from.y : x >= to.x ? to.y : from.y + slope * (x - from.x);
        };
        for (int column = first; column <= last; ++column) mark(column, at(column), at(column + 1));
    }
}

/// What a brush so wide leaves in a column.
LinePixels::Stroke LinePixels::widened(int column, int width_px) const {
    const int before = (width_px - 1) / 2, after = width_px / 2;
    Stroke stroke;
    for (int near = std::max(m_first, column - after); near <= std::min(m_past - 1, column + before); ++near)
        if (const Stroke& other = m_columns[static_cast<std::size_t>(near)]; other.lowest <= other.highest)
            stroke.take(other.lowest - before, other.highest + after);
    return stroke;
}

void LinePixels::draw(QImage& image, std::span<const PlotPoint> points, QColor color, int width_px) {
    if (image.isNull() || image.format() != QImage::Format_ARGB32_Premultiplied) return;
    markColumns(image, points);
    const QRgb ink = qPremultiply(color.rgba());
    auto* const pixels = reinterpret_cast<QRgb*>(image.bits());
    const auto stride = static_cast<std::size_t>(image.bytesPerLine()) / sizeof(QRgb);
    const int reach = width_px / 2;
    for (int column = std::max(0, m_first - reach); column < std::min(image.width(), m_past + reach);
         ++column) {
        const Stroke stroke =
            width_px > 1 ? widened(column, width_px) : m_columns[static_cast<std::size_t>(column)];
        const int first = std::max(0, stroke.lowest), last = std::min(image.height() - 1, stroke.highest);
        QRgb* at = pixels + static_cast<std::size_t>(first) * stride + static_cast<std::size_t>(column);
        for (int y = first; y <= last; ++y, at += stride) *at = ink;
    }
}

} // namespace chainsong
