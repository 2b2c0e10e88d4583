#pragma once

#include <QImage>
#include <QPen>

// A file of QCustomPlot's side: included by the panel alone.
#include <qcustomplot.h>

#include <vector>

#include "widgets/plots/line_pixels.h"

namespace chainsong {

/// The traces of one panel, all chains in one picture that is laid over the grid. On paper, where there are
/// no pixels, and dashed, they are drawn as any other line.
class TraceLines final : public QCPLayerable {
public:
    /// Goes with the axes' rectangle.
    explicit TraceLines(QCPAxisRect& rect);

    struct Trace {
        std::vector<PlotPoint> points;
        QPen pen;
    };
    void show(std::vector<Trace> traces) { m_traces = std::move(traces); }

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

} // namespace chainsong
