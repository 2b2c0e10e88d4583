#pragma once

#include <QFrame>
#include <QStringList>
#include <QWidget>

#include <vector>

#include "widgets/prompt_bar/prompt_chip.h"

class QLabel;
class QLineEdit;
class QToolButton;

namespace chainsong {

/// One chip: "Key  D minor  ×". Click, Enter or F2 edits the value; Delete or the cross removes it.
class ChipView final : public QFrame {
    Q_OBJECT
public:
    explicit ChipView(const PromptChip& chip, QWidget* parent = nullptr);
    const PromptChip& chip() const { return m_chip; }
    void startEditing();

Q_SIGNALS:
    void edited(const QString& name, const QString& value);
    void removed(const QString& name);
    /// The mouse or the focus is on it: its words deserve emphasis.
    void pointedAt(const chainsong::CharacterRange& evidence);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void finishEditing(bool is_kept);

    PromptChip m_chip;
    QLabel* m_value = nullptr;
    QLineEdit* m_editor = nullptr;
    QToolButton* m_close = nullptr;
};

/// All chips, then the words that were not understood, then "+".
class ChipRow final : public QWidget {
    Q_OBJECT
public:
    explicit ChipRow(QWidget* parent = nullptr);
    void show(const std::vector<PromptChip>& chips, const QStringList& not_understood);
    const std::vector<ChipView*>& chips() const { return m_chips; }

Q_SIGNALS:
    void edited(const QString& name, const QString& value);
    void removed(const QString& name);
    void addRequested(const QPoint& global_position);
    void pointedAt(const chainsong::CharacterRange& evidence);

private:
    std::vector<PromptChip> m_shown;
    QStringList m_not_understood;
    std::vector<ChipView*> m_chips;
    QList<QWidget*> m_others;
    QToolButton* m_add = nullptr;
};

} // namespace chainsong
