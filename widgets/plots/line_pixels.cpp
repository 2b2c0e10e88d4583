#include "widgets/plots/line_pixels.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace chainsong {

void ColumnStrokes::Stroke::take(int from, int to) {
    if (lowest > highest) {
        lowest = from;
        highest = to;
        return;
    }
    lowest = std::min(lowest, from);
    highest = std::max(highest, to);
}

/// Cuts the curve at the edges of the columns: how high it is in each.
void ColumnStrokes::cover(QSize size, std::span<const PlotPoint> points, int width_px) {
    const int num_columns = size.width();
    const double height = size.height();
    m_columns.assign(static_cast<std::size_t>(num_columns), {});
    const auto row = [&](double y) { return static_cast<int>(std::floor(std::clamp(y, -1.0, height))); };
    const auto mark = [&](int column, double y, double other_y) {
        m_columns[static_cast<std::size_t>(column)].take(
            row(std::min(y, other_y)), row(std::max(y, other_y)));
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
    if (width_px > 1) widen(width_px);
}

/// What a square brush leaves in each column.
void ColumnStrokes::widen(int width_px) {
    const int before = (width_px - 1) / 2, after = width_px / 2, count = static_cast<int>(m_columns.size());
    std::swap(m_columns, m_thin);
    m_columns.assign(m_thin.size(), {});
    for (int column = 0; column < count; ++column) {
        const Stroke& thin = m_thin[static_cast<std::size_t>(column)];
        if (thin.lowest > thin.highest) continue;
        for (int near = std::max(0, column - before); near <= std::min(count - 1, column + after); ++near)
            m_columns[static_cast<std::size_t>(near)].take(thin.lowest - before, thin.highest + after);
    }
}

void ColumnStrokes::draw(QImage& image, QColor color, int first, int past_last) const {
    const QRgb ink = qPremultiply(color.rgba());
    auto* const pixels = reinterpret_cast<QRgb*>(image.bits());
    const auto stride = static_cast<std::size_t>(image.bytesPerLine()) / sizeof(QRgb);
    for (int column = first; column < past_last; ++column) {
        const Stroke& stroke = m_columns[static_cast<std::size_t>(column)];
        const int top = std::max(0, stroke.lowest), bottom = std::min(image.height() - 1, stroke.highest);
        QRgb* at = pixels + static_cast<std::size_t>(top) * stride + static_cast<std::size_t>(column);
        for (int y = top; y <= bottom; ++y, at += stride) *at = ink;
    }
}

void drawCurves(QImage& image, std::span<const PixelCurve> curves, std::vector<ColumnStrokes>& strokes) {
    if (image.isNull() || image.format() != QImage::Format_ARGB32_Premultiplied) return;
    strokes.resize(std::max(strokes.size(), curves.size()));
    for (std::size_t i = 0; i < curves.size(); ++i)
        strokes[i].cover(image.size(), curves[i].points, curves[i].width_px);
    // A few columns of all curves at a time: their rows stay in the processor's cache.
    constexpr int kColumns = 16;
    for (int first = 0; first < image.width(); first += kColumns)
        for (std::size_t i = 0; i < curves.size(); ++i)
            strokes[i].draw(image, curves[i].color, first, std::min(first + kColumns, image.width()));
}

} // namespace chainsong
