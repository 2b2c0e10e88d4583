#include "app/actions/actions.h"

#include <QAction>
#include <QCoreApplication>
#include <QKeySequence>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QStringList>

#include <array>
#include <cassert>
#include <utility>

namespace chainsong {
namespace {

QList<QKeySequence> keysOf(const ActionSpec& spec) {
    QList<QKeySequence> keys;
    for (const QString& text : QString::fromLatin1(spec.keys).split(QLatin1Char(' '), Qt::SkipEmptyParts))
        keys.append(QKeySequence::fromString(text, QKeySequence::PortableText));
    return keys;
}

/// Letters of a window-wide action must not be stolen from text fields: only modified keys, Space and F-keys
/// are.
Qt::ShortcutContext contextOf(const ActionSpec& spec) {
    return spec.reach == Reach::kWindow ? Qt::WindowShortcut : Qt::WidgetWithChildrenShortcut;
}

} // namespace

QString menuTitle(MenuId menu) {
    static constexpr std::array<const char*, kNumMenus> kTitles{QT_TRANSLATE_NOOP("Actions", "&File"),
        QT_TRANSLATE_NOOP("Actions", "&Edit"), QT_TRANSLATE_NOOP("Actions", "&View"),
        QT_TRANSLATE_NOOP("Actions", "&Compose"), QT_TRANSLATE_NOOP("Actions", "&Sampler"),
        QT_TRANSLATE_NOOP("Actions", "&Playback"), QT_TRANSLATE_NOOP("Actions", "&Help")};
    return QCoreApplication::translate("Actions", kTitles[static_cast<std::size_t>(menu)]);
}

Actions::Actions(QObject* parent)
    : QObject(parent) {
    for (const ActionSpec& spec : actionSpecs()) {
        auto* const action = new QAction(this);
        action->setObjectName(QString::fromLatin1(spec.id));
        action->setCheckable(spec.is_checkable);
        action->setShortcutContext(contextOf(spec));
        if (spec.reach != Reach::kRollItself) action->setShortcuts(keysOf(spec));
        m_index.emplace(spec.id, m_actions.size());
        m_actions.push_back(action);
    }
    retranslate();
}

QAction& Actions::operator[](std::string_view id) const {
    const auto found = m_index.find(id);
    assert(found != m_index.end() && "an action that the table does not have");
    return *m_actions[found->second];
}

void Actions::on(std::string_view id, std::function<void()> run) {
    m_connected.emplace(id);
    connect(&(*this)[id], &QAction::triggered, this, [run = std::move(run)] { run(); });
}

void Actions::onToggled(std::string_view id, std::function<void(bool)> run) {
    m_connected.emplace(id);
    connect(&(*this)[id], &QAction::triggered, this, [run = std::move(run)](bool is_on) { run(is_on); });
}

void Actions::bindTo(QWidget* window, const std::vector<QWidget*>& music) {
    for (std::size_t i = 0; i < m_actions.size(); ++i) {
        if (actionSpecs()[i].reach == Reach::kWindow) window->addAction(m_actions[i]);
        if (actionSpecs()[i].reach == Reach::kMusic)
            for (QWidget* widget : music) widget->addAction(m_actions[i]);
    }
}

std::vector<QMenu*> Actions::fill(QMenuBar* bar) const {
    std::vector<QMenu*> menus;
    for (int i = 0; i < kNumMenus; ++i) menus.push_back(bar->addMenu(menuTitle(static_cast<MenuId>(i))));
    for (std::size_t i = 0; i < m_actions.size(); ++i) {
        QMenu* const menu = menus[static_cast<std::size_t>(actionSpecs()[i].menu)];
        if (actionSpecs()[i].begins_group) menu->addSeparator();
        menu->addAction(m_actions[i]);
    }
    return menus;
}

void Actions::retranslate() {
    for (std::size_t i = 0; i < m_actions.size(); ++i) {
        const ActionSpec& spec = actionSpecs()[i];
        QString text = QCoreApplication::translate("Actions", spec.text);
        // The roll's own keys are shown, not bound: a bound arrow would be taken from its note cursor.
        if (spec.reach == Reach::kRollItself)
            text += QLatin1Char('\t') + keysOf(spec).first().toString(QKeySequence::NativeText);
        m_actions[i]->setText(text);
    }
}

QString withoutMnemonic(QString text) {
    text.remove(QRegularExpression(QStringLiteral("\\(&[A-Z]\\)"))); // as Chinese menus write them
    return text.remove(QLatin1Char('&'));
}

QString Actions::plainText(const QAction& action) {
    return withoutMnemonic(action.text().section(QLatin1Char('\t'), 0, 0));
}

QString Actions::keysText(std::string_view id) const {
    const auto found = m_index.find(id);
    assert(found != m_index.end() && "an action that the table does not have");
    QStringList texts;
    for (const QKeySequence& keys : keysOf(actionSpecs()[found->second]))
        texts.append(keys.toString(QKeySequence::NativeText));
    texts.removeDuplicates();
    return texts.join(QStringLiteral(", "));
}

} // namespace chainsong
