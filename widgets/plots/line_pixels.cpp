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

namespace {

/// A column of an image.
struct PixelColumn {
    QRgb* top;
    std::size_t stride;
    int height;
    void fill(int first, int last, QRgb ink) const {
        first = std::max(0, first);
        last = std::min(height - 1, last);
        QRgb* at = top + static_cast<std::size_t>(first) * stride;
        for (int y = first; y <= last; ++y, at += stride) *at = ink;
    }
};

/// The strokes of all curves, the later ones above. Where they hang together, each pixel is written once.
void drawColumn(
    const PixelColumn& pixels, std::span<const ColumnStrokes::Stroke> strokes, std::span<const QRgb> inks) {
    ColumnStrokes::Stroke drawn;
    std::size_t rest = strokes.size(); // those before are still to be drawn
    for (; rest > 0; --rest) {
        const auto& stroke = strokes[rest - 1];
        if (stroke.isEmpty()) continue;
        const bool hangs_on = stroke.lowest <= drawn.highest + 1 && stroke.highest >= drawn.lowest - 1;
        if (!drawn.isEmpty() && !hangs_on) break;
        if (drawn.isEmpty()) {
            pixels.fill(stroke.lowest, stroke.highest, inks[rest - 1]);
        } else {
            pixels.fill(stroke.lowest, drawn.lowest - 1, inks[rest - 1]);
            pixels.fill(drawn.highest + 1, stroke.highest, inks[rest - 1]);
        }
        drawn.take(stroke.lowest, stroke.highest);
    }
    if (rest == 0) return;
    for (std::size_t i = 0; i < strokes.size(); ++i)
        pixels.fill(strokes[i].lowest, strokes[i].highest, inks[i]);
}

} // namespace

void drawCurves(QImage& image, std::span<const PixelCurve> curves, std::vector<ColumnStrokes>& strokes) {
    if (image.isNull() || image.format() != QImage::Format_ARGB32_Premultiplied) return;
    strokes.resize(std::max(strokes.size(), curves.size()));
    std::vector<QRgb> inks;
    for (std::size_t i = 0; i < curves.size(); ++i) {
        strokes[i].cover(image.size(), curves[i].points, curves[i].width_px);
        inks.push_back(qPremultiply(curves[i].color.rgba()));
    }
    auto* const pixels = reinterpret_cast<QRgb*>(image.bits());
    const auto stride = static_cast<std::size_t>(image.bytesPerLine()) / sizeof(QRgb);
    std::vector<ColumnStrokes::Stroke> column_strokes(curves.size());
    for (int column = 0; column < image.width(); ++column) {
        for (std::size_t i = 0; i < curves.size(); ++i) column_strokes[i] = strokes[i].at(column);
        drawColumn({pixels + column, stride, image.height()}, column_strokes, inks);
    }
}

} // namespace chainsong
