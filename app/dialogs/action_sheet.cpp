#include "app/dialogs/action_sheet.h"

#include <QAction>
#include <QCoreApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

#include "app/actions/actions.h"

namespace chainsong {
namespace {

constexpr int kActionRole = Qt::UserRole;
constexpr QSize kSize(620, 640);

} // namespace

ActionSheet::ActionSheet(const Actions& actions, QWidget* parent)
    : QDialog(parent)
    , m_words(new QLineEdit(this))
    , m_tree(new QTreeWidget(this)) {
    setWindowTitle(tr("Keys and actions"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(kSize);
    auto* const column = new QVBoxLayout(this);
    m_words->setPlaceholderText(tr("What would you like to do?"));
    m_words->setAccessibleName(tr("Search"));
    m_words->setClearButtonEnabled(true);
    m_words->installEventFilter(this);
    column->addWidget(m_words);
    m_tree->setColumnCount(2);
    m_tree->setHeaderHidden(true);
    m_tree->setRootIsDecorated(false);
    m_tree->setUniformRowHeights(true);
    column->addWidget(m_tree);
    fill(actions);
    m_tree->expandAll();
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    connect(m_words, &QLineEdit::textChanged, this, &ActionSheet::filter);
    connect(m_words, &QLineEdit::returnPressed, this, [this] { run(m_tree->currentItem()); });
    connect(m_tree, &QTreeWidget::itemActivated, this, &ActionSheet::run);
    m_words->setFocus();
}

void ActionSheet::fill(const Actions& actions) {
    std::vector<QTreeWidgetItem*> groups;
    for (int i = 0; i < kNumMenus; ++i) {
        auto* const group = new QTreeWidgetItem(m_tree, {withoutMnemonic(menuTitle(static_cast<MenuId>(i)))});
        group->setFlags(Qt::ItemIsEnabled);
        QFont bold = group->font(0);
        bold.setBold(true);
        group->setFont(0, bold);
        groups.push_back(group);
    }
    for (const ActionSpec& spec : actionSpecs()) {
        QAction& action = actions[spec.id];
        auto* const item = new QTreeWidgetItem(groups[static_cast<std::size_t>(spec.menu)],
            {Actions::plainText(action), actions.keysText(spec.id)});
        item->setData(0, kActionRole, QVariant::fromValue(&action));
    }
}

void ActionSheet::filter(const QString& words) {
    const QStringList wanted = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (int g = 0; g < m_tree->topLevelItemCount(); ++g) {
        QTreeWidgetItem* const group = m_tree->topLevelItem(g);
        bool has_any = false;
        for (int i = 0; i < group->childCount(); ++i) {
            QTreeWidgetItem* const item = group->child(i);
            const QString text =
                group->text(0) + QLatin1Char(' ') + item->text(0) + QLatin1Char(' ') + item->text(1);
            const bool fits = std::all_of(wanted.begin(), wanted.end(),
                [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
            item->setHidden(!fits);
            has_any = has_any || fits;
        }
        group->setHidden(!has_any);
    }
    selectFirst();
}

void ActionSheet::selectFirst() {
    for (QTreeWidgetItemIterator it(
             m_tree, QTreeWidgetItemIterator::NotHidden | QTreeWidgetItemIterator::NoChildren);
         *it; ++it) {
        m_tree->setCurrentItem(*it);
        return;
    }
    m_tree->setCurrentItem(nullptr);
}

int ActionSheet::numShown() const {
    int count = 0;
    for (QTreeWidgetItemIterator it(
             m_tree, QTreeWidgetItemIterator::NotHidden | QTreeWidgetItemIterator::NoChildren);
         *it; ++it)
        ++count;
    return count;
}

void ActionSheet::run(QTreeWidgetItem* item) {
    auto* const action = item ? item->data(0, kActionRole).value<QAction*>() : nullptr;
    if (!action) return;
    accept();
    // After the dialog is gone: the action belongs to the window and its focus.
    QTimer::singleShot(0, action, &QAction::trigger);
}

/// Arrow keys walk through the list while the words keep the focus.
bool ActionSheet::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_words && event->type() == QEvent::KeyPress) {
        auto* const key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down || key->key() == Qt::Key_PageUp
            || key->key() == Qt::Key_PageDown) {
            QCoreApplication::sendEvent(m_tree, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace chainsong
