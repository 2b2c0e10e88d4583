#pragma once

#include <QPushButton>

#include <functional>

class QTimer;

namespace chainsong {

/// One hint that lies over a widget, at its lower edge, and goes away when it is clicked or no longer wanted.
/// There is never more than one.
class Hint final : public QPushButton {
    Q_OBJECT
public:
    /// Lies over `over`, at the lower edge of what `area` says, and follows its size.
    Hint(QWidget* over, std::function<QRect()> area);
    void showText(const QString& text, bool is_large);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void place();

    std::function<QRect()> m_area;
    QTimer* m_pulse = nullptr;
    int m_beat = 0;
};

} // namespace chainsong
