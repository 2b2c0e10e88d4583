#pragma once

#include <QByteArray>
#include <QSize>

#include <memory>
#include <optional>
#include <vector>

#include "widgets/plots/plot_panel.h"
#include "widgets/plots/plot_picture.h"

class QCPMarginGroup;
class QCustomPlot;
class QPaintDevice;

namespace chainsong {

/// Pictures beside and below each other on one QCustomPlot, with one legend under them.
class PlotFigure {
public:
    explicit PlotFigure(QCustomPlot& canvas)
        : m_canvas(canvas) { }

    /// New numbers for the items that are there; or all items anew where they do not fit.
    void show(std::vector<PlotPicture> pictures);
    /// All items anew, after the size, the theme or the style changed.
    void build();
    /// The same items at another zoom.
    void update();
    const std::vector<PlotPicture>& pictures() const { return m_pictures; }
    const std::vector<PlotPanel>& panels() const { return m_panels; }
    /// In black on white: "png", "svg" or "pdf"; empty for any other format. Leaves the figure to be built
    /// anew.
    QByteArray rendered(const QString& format, QSize size);

    std::optional<PlotRange> zoom;
    Theme theme = Theme::kLight;
    bool is_large = false;

private:
    bool isWide() const;
    int numRows() const;
    bool areLow() const;
    void buildLegend(QCPMarginGroup* margins);
    bool paintOn(QPaintDevice* device, QSize size);

    QCustomPlot& m_canvas;
    std::vector<PlotPicture> m_pictures;
    std::vector<PlotPanel> m_panels;
    bool m_is_exported = false; // titles and legend whatever the size
};

} // namespace chainsong
