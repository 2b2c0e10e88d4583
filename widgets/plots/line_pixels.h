#pragma once

#include <QColor>
#include <QImage>

#include <span>
#include <vector>

#include "widgets/plots/plot_picture.h"

namespace chainsong {

/// Draws curves that go from left to right, as traces do, many times faster than a general painter: a curve
/// leaves one upright stroke in each column of pixels.
class LinePixels {
public:
    /// Points in pixels of the image, each to the right of the one before it or above or below it. Pixels
    /// outside the image are left out.
    void draw(QImage& image, std::span<const PlotPoint> points, QColor color, int width_px);

private:
    /// From `lowest` to `highest`, both included; empty while the one is above the other.
    struct Stroke {
        int lowest = 0;
        int highest = -1;
        void take(int from, int to);
    };
    void markColumns(const QImage& image, std::span<const PlotPoint> points);
    Stroke widened(int column, int width_px) const;

    std::vector<Stroke> m_columns;
    int m_first = 0, m_past = 0; // columns that have a stroke
};

} // namespace chainsong
