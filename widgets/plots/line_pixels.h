#pragma once

#include <QColor>
#include <QImage>
#include <QSize>

#include <span>
#include <vector>

#include "widgets/plots/plot_picture.h"

namespace chainsong {

/// A curve as pixels: one upright stroke in each column. It must go from left to right, as traces do; a
/// general painter takes many times as long.
class ColumnStrokes {
public:
    /// Points in pixels of an image of that size, each to the right of the one before it or above or below
    /// it; drawn with a brush so wide. What is outside the image is left out.
    void cover(QSize size, std::span<const PlotPoint> points, int width_px);
    /// Rows from `lowest` to `highest`, both included; empty while the one is above the other.
    struct Stroke {
        int lowest = 0;
        int highest = -1;
        bool isEmpty() const { return lowest > highest; }
        void take(int from, int to);
    };
    const Stroke& at(int column) const { return m_columns[static_cast<std::size_t>(column)]; }

private:
    void widen(int width_px);

    std::vector<Stroke> m_columns, m_thin;
};

/// A curve, the color to draw it in, and how wide.
struct PixelCurve {
    std::span<const PlotPoint> points;
    QColor color;
    int width_px = 1;
};

/// Draws the curves, one over the other; `image` is premultiplied ARGB. `strokes` is working memory.
void drawCurves(QImage& image, std::span<const PixelCurve> curves, std::vector<ColumnStrokes>& strokes);

} // namespace chainsong
