#pragma once

#include <QWidget>

#include <array>
#include <vector>

#include "widgets/piano_roll/roll_types.h"

class QComboBox;
class QLabel;
class QSlider;
class QToolButton;

namespace chainsong {

/// The line above the roll: tools, grid, how sure the notes are, and what can be done with the chosen bars.
class RollBar final : public QWidget {
    Q_OBJECT
public:
    explicit RollBar(QWidget* parent = nullptr);

    void showTool(RollTool tool);
    void showGrid(Tick grid);
    void showUncertainty(UncertaintyView view);
    /// "bar 3", "bars 2–4": the bars that Resample would take.
    void showWhere(const QString& where);
    /// How far the resampled notes may stray: temperature, 1 = as the model is.
    double variety() const;

Q_SIGNALS:
    void toolChosen(chainsong::RollTool tool);
    void gridChosen(chainsong::Tick grid);
    void uncertaintyChosen(chainsong::UncertaintyView view);
    void resampleRequested();
    void pinRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
    QLabel* addCaption(const QString& text, QWidget* buddy);
    QToolButton* addTool(RollTool tool, const QString& name, const QString& key);

    std::array<QToolButton*, 3> m_tools{};
    std::vector<QLabel*> m_captions; // hidden where the window is narrow; tooltips say the same
    QComboBox* m_grid = nullptr;
    QComboBox* m_view = nullptr;
    QLabel* m_where = nullptr;
    QSlider* m_variety = nullptr;
    QToolButton* m_pin = nullptr;
    int m_full_width_px = 0; // that everything needs
    bool m_is_full = true; // captions and all
};

} // namespace chainsong
