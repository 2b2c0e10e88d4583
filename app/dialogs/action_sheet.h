#pragma once

#include <QDialog>

class QAction;
class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace chainsong {

class Actions;

/// All that can be done, by menu, with its keys: the sheet to read (F1) and the palette to run from (Ctrl+K).
/// Typing filters, Enter runs.
class ActionSheet final : public QDialog {
    Q_OBJECT
public:
    ActionSheet(const Actions& actions, QWidget* parent);
    int numShown() const;
    void filter(const QString& words);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill(const Actions& actions);
    void run(QTreeWidgetItem* item);
    void selectFirst();

    QLineEdit* m_words = nullptr;
    QTreeWidget* m_tree = nullptr;
};

} // namespace chainsong
