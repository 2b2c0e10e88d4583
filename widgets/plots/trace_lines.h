#pragma once

#include <QPen>

#include <vector>

#include "widgets/plots/plot_picture.h"

class QCPAxisRect;

namespace chainsong {

/// The traces of one panel, all chains in one picture that is laid over the grid. On paper, where there are
/// no pixels, and dashed, they are drawn as any other line.
class TraceLines {
public:
    /// On those axes; goes with them.
    static TraceLines& addTo(QCPAxisRect& rect);

    struct Trace {
        std::vector<PlotPoint> points;
        QPen pen;
    };
    virtual void show(std::vector<Trace> traces) = 0;

protected:
    ~TraceLines() = default;
};

} // namespace chainsong
