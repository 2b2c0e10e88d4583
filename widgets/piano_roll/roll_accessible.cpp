#include "widgets/piano_roll/roll_accessible.h"

#include "widgets/piano_roll/piano_roll.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include <algorithm>
#include <map>

namespace chainsong {
namespace {

const std::vector<Note>& currentNotes(const PianoRoll& roll) {
    static const std::vector<Note> none;
    const auto& tracks = roll.score()->tracks;
    const auto track = static_cast<std::size_t>(roll.track());
    return track < tracks.size() ? tracks[track].notes : none;
}

/// One note of the current track, by its index there.
class NoteItem final : public QAccessibleInterface {
public:
    NoteItem(PianoRoll& roll, int index)
        : m_roll(&roll)
        , m_index(index) { }

    bool isValid() const override { return m_index < static_cast<int>(currentNotes(*m_roll).size()); }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_roll); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    int index() const { return m_index; }

    QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Name && isValid() ? m_roll->spokenNote(ref()) : QString();
    }
    void setText(QAccessible::Text, const QString&) override { }

    QRect rect() const override {
        const QRect local = m_roll->noteRect(ref());
        return {m_roll->viewport()->mapToGlobal(local.topLeft()), local.size()};
    }

    QAccessible::State state() const override {
        QAccessible::State state;
        state.focusable = true;
        state.selectable = true;
        state.selected = std::ranges::binary_search(m_roll->selection(), ref());
        state.focused = state.selected && m_roll->hasFocus() && m_roll->selection().size() == 1;
        state.offscreen = !m_roll->noteArea().intersects(m_roll->noteRect(ref()));
        return state;
    }

private:
    NoteRef ref() const { return {m_roll->track(), m_index}; }

    PianoRoll* m_roll;
    int m_index;
};

class RollList final : public QAccessibleWidget {
public:
    explicit RollList(PianoRoll& roll)
        : QAccessibleWidget(&roll, QAccessible::List)
        , m_roll(&roll) { }
    ~RollList() override { forget(); }

    int childCount() const override { return static_cast<int>(currentNotes(*m_roll).size()); }

    QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= childCount()) return nullptr;
        const auto [at, is_new] = m_items.try_emplace(index, 0);
        if (is_new) at->second = QAccessible::registerAccessibleInterface(new NoteItem(*m_roll, index));
        return QAccessible::accessibleInterface(at->second);
    }

    int indexOfChild(const QAccessibleInterface* child) const override {
        const auto* item = dynamic_cast<const NoteItem*>(child);
        return item ? item->index() : -1;
    }

    QAccessibleInterface* focusChild() const override {
        const auto& selected = m_roll->selection();
        return selected.size() == 1 && selected.front().track == m_roll->track()
            ? child(selected.front().index)
            : nullptr;
    }

    QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Value ? m_roll->spokenPlace() : QAccessibleWidget::text(kind);
    }

    void forget() const {
        for (const auto& [index, id] : m_items) QAccessible::deleteAccessibleInterface(id);
        m_items.clear();
    }

private:
    PianoRoll* m_roll;
    mutable std::map<int, QAccessible::Id> m_items; // those a screen reader asked for
};

QAccessibleInterface* makeInterface(const QString&, QObject* object) {
    auto* roll = qobject_cast<PianoRoll*>(object);
    return roll ? new RollList(*roll) : nullptr;
}

} // namespace

void installRollAccessibility() {
    static const bool is_installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    (void)is_installed;
}

void rollNotesChanged(PianoRoll& roll) {
    if (!QAccessible::isActive()) return;
    if (auto* list = dynamic_cast<RollList*>(QAccessible::queryAccessibleInterface(&roll))) list->forget();
    QAccessibleEvent event(&roll, QAccessible::ObjectReorder);
    QAccessible::updateAccessibility(&event);
}

void rollNoteFocused(PianoRoll& roll, int index) {
    if (!QAccessible::isActive()) return;
    QAccessibleEvent event(&roll, QAccessible::Focus);
    event.setChild(index);
    QAccessible::updateAccessibility(&event);
}

} // namespace chainsong
