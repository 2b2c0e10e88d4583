#pragma once

#include <QPushButton>

class QTimer;

namespace chainsong {

/// One hint that lies over a widget, at its lower edge, and goes away when it is clicked or no longer wanted.
/// There is never more than one.
class Hint final : public QPushButton {
    Q_OBJECT
public:
    /// Lies over `over` and follows its size.
    explicit Hint(QWidget* over);
    void showText(const QString& text, bool is_large);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void place();

    QTimer* m_pulse = nullptr;
    int m_beat = 0;
};

} // namespace chainsong
