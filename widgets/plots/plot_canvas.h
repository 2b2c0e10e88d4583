#pragma once

#include <QByteArray>
#include <QPoint>
#include <QString>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

#include "widgets/plots/plot_panel.h"
#include "widgets/plots/plot_picture.h"

class QCustomPlot;

namespace chainsong {

class PlotFigure;

/// Draws pictures, one or several panels: lines, bands, dots, a legend, badges. Wheel and drag (or + and -,
/// left and right) look closer; a double click (or Home) shows all again.
class PlotCanvas final : public QWidget {
    Q_OBJECT
public:
    explicit PlotCanvas(QWidget* parent = nullptr);
    ~PlotCanvas() override;

    /// Panels stand in a column, or two by two where the canvas is wide.
    void showPictures(std::vector<PlotPicture> pictures);
    const std::vector<PlotPicture>& pictures() const;
    /// Shows all again, however the user has zoomed.
    void showAll();
    /// What the user looks at, if that is not all.
    std::optional<PlotRange> zoomed() const;
    /// The pixels that a panel has for its curves.
    int panelWidth() const;
    /// Thick lines and large letters for a projector.
    void setLarge(bool is_large);
    bool isLarge() const;

    /// The figure in black on white: "png", "svg" or "pdf"; empty for any other format.
    QByteArray rendered(const QString& format);

Q_SIGNALS:
    /// The user looks at another part, or there is another number of pixels.
    void zoomChanged();
    /// A click at a place of a panel; `reach` is what nine pixels are in its units.
    void clicked(int panel, chainsong::PlotPoint at, chainsong::PlotPoint reach);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void connectMouse();
    void rebuild();
    void zoomTo(PlotRange range);
    void takeZoom();
    void tellClick(QPointF at);

    QCustomPlot* m_canvas = nullptr; // QCustomPlot stays in the .cpp files
    std::unique_ptr<PlotFigure> m_figure;
    QPoint m_pressed_at;
};

} // namespace chainsong
