#pragma once

#include <QFrame>
#include <QPixmap>

#include "widgets/variation_cards/variation_cards.h"

class QToolButton;

namespace chainsong {

/// One card: its key, a tiny roll, what it scores and changes, and a star.
class VariationCardView final : public QFrame {
    Q_OBJECT
public:
    /// Index 0 is the original.
    VariationCardView(int index, VariationCard card, QWidget* parent = nullptr);
    void showHeard(bool is_heard);
    void showStarred(bool is_starred);
    QSize sizeHint() const override { return {220, 62}; }

Q_SIGNALS:
    void clicked(int index);
    void accepted(int index);
    void starred(int index, bool is_starred);
    void dragged(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    QRect rollArea() const;
    void drawRoll();
    QString headline() const;
    QString details() const;

    int m_index;
    VariationCard m_card;
    bool m_is_heard = false;
    bool m_is_dragged = false;
    QPoint m_pressed_at;
    QPixmap m_roll;
    QToolButton* m_star = nullptr;
};

} // namespace chainsong
