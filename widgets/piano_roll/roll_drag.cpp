#include "widgets/piano_roll/piano_roll.h"

#include <QApplication>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>

namespace chainsong {

using Kind = RollGesture::Kind;

void PianoRoll::mouseMoveEvent(QMouseEvent* event) {
    const QPoint position = event->position().toPoint();
    const auto lit = m_layout.notes.contains(position) || m_layout.keyboard.contains(position)
        ? std::optional(keyAtY(position.y()))
        : std::nullopt;
    if (lit != m_lit_key) {
        m_lit_key = lit;
        viewport()->update(m_layout.keyboard);
    }
    if (m_gesture)
        dragTo(*event);
    else
        updateCursorShape(position);
}

void PianoRoll::dragTo(const QMouseEvent& event) {
    RollGesture& gesture = *m_gesture;
    const QPoint before = gesture.to;
    gesture.to = event.position().toPoint();
    if (!gesture.has_moved)
        gesture.has_moved =
            (gesture.to - gesture.from).manhattanLength() >= QApplication::startDragDistance() / 2;
    if (!gesture.has_moved) return;
    switch (gesture.kind) {
    case Kind::kPan:
        horizontalScrollBar()->setValue(gesture.scroll_from.x() + gesture.from.x() - gesture.to.x());
        verticalScrollBar()->setValue(gesture.scroll_from.y() + gesture.from.y() - gesture.to.y());
        return;
    case Kind::kMarquee: selectInMarquee(); break;
    case Kind::kErase: eraseAt(gesture.to); break;
    case Kind::kLoop:
        gesture.range = snappedRange(gesture.from.x(), gesture.to.x(), event.modifiers());
        return repaintAll();
    case Kind::kRegion: gesture.bars = barsBetween(gesture.from.x(), gesture.to.x()); return repaintAll();
    case Kind::kVelocity:
        gesture.louder = velocityAt(gesture.to.y()) - velocityAt(gesture.from.y());
        return repaintAll();
    case Kind::kPaintVelocity: return paintVelocitiesTo(before, gesture.to);
    default: moveGrabbed(event);
    }
    viewport()->update();
}

void PianoRoll::moveGrabbed(const QMouseEvent& event) {
    RollGesture& gesture = *m_gesture;
    const Tick by = tickAt(gesture.to.x()) - tickAt(gesture.from.x());
    if (gesture.kind == Kind::kDrawNote) {
        gesture.drawn.key = static_cast<std::uint8_t>(keyAtY(gesture.to.y()));
        const Tick smallest{
            std::max<std::int64_t>(1, event.modifiers() & Qt::AltModifier ? 1 : m_grid.value)};
        if (std::abs(gesture.to.x() - gesture.from.x()) > 8) {
            gesture.drawn.length = std::max(smallest,
                snapped(tickAt(gesture.to.x()) + Tick{smallest.value / 2}, event.modifiers())
                    - gesture.drawn.start);
        }
        if (gesture.drawn.key != m_last_previewed_key) previewNote(gesture.drawn.key, m_last_velocity_127);
        return;
    }
    const Note& grabbed = *find(gesture.grabbed);
    if (gesture.kind == Kind::kResize) {
        gesture.lengthen = snapped(grabbed.end() + by, event.modifiers()) - grabbed.end();
        const Tick smallest{std::max<std::int64_t>(
            1, event.modifiers() & Qt::AltModifier ? 1 : std::min(m_grid, grabbed.length).value)};
        gesture.lengthen = std::max(gesture.lengthen, smallest - grabbed.length);
        m_last_length = grabbed.length + gesture.lengthen;
        return;
    }
    // The group keeps its shape at the edges of time and keyboard.
    Tick first = grabbed.start;
    int lowest = 127;
    int highest = 0;
    for (const NoteRef& ref : gesture.notes) {
        const Note& note = *find(ref);
        first = std::min(first, note.start);
        lowest = std::min<int>(lowest, note.key);
        highest = std::max<int>(highest, note.key);
    }
    gesture.move = std::max(snapped(grabbed.start + by, event.modifiers()) - grabbed.start, Tick{} - first);
    if (std::abs(gesture.to.x() - gesture.from.x()) < 4) gesture.move = {};
    gesture.transpose = std::clamp(keyAtY(gesture.to.y()) - keyAtY(gesture.from.y()), -lowest, 127 - highest);
    const int key = grabbed.key + gesture.transpose;
    if (key != m_last_previewed_key) previewNote(key, grabbed.velocity_127);
}

void PianoRoll::selectInMarquee() {
    const RollGesture& gesture = *m_gesture;
    const QRect band = QRect(gesture.from, gesture.to).normalized();
    std::vector<NoteRef> chosen =
        gesture.adds || gesture.toggles ? gesture.selected_before : std::vector<NoteRef>();
    const auto t = static_cast<std::size_t>(m_track);
    if (t >= m_indices.size()) return;
    const auto& notes = shown().tracks[t].notes;
    std::vector<NoteRef> inside;
    m_indices[t].visit(notes, tickAt(band.left()), tickAt(band.right()) + Tick{1}, [&](int i) {
        const int key = notes[static_cast<std::size_t>(i)].key;
        if (key <= keyAtY(band.top()) && key >= keyAtY(band.bottom())) inside.push_back({m_track, i});
    });
    std::vector<NoteRef> result;
    if (gesture.toggles)
        std::ranges::set_symmetric_difference(chosen, inside, std::back_inserter(result));
    else
        std::ranges::set_union(chosen, inside, std::back_inserter(result));
    setSelection(std::move(result));
}

void PianoRoll::mouseReleaseEvent(QMouseEvent* event) {
    if (m_gesture) finishGesture(*event);
    updateCursorShape(event->position().toPoint());
}

void PianoRoll::finishGesture(const QMouseEvent& event) {
    const RollGesture gesture = *m_gesture;
    m_gesture.reset();
    repaintAll();
    const bool is_note_click = !gesture.has_moved && gesture.kind == Kind::kCopy;
    if (is_note_click) { // Ctrl and Shift without a drag are about the selection
        std::vector<NoteRef> result;
        const std::vector<NoteRef> one{gesture.grabbed};
        if (gesture.toggles)
            std::ranges::set_symmetric_difference(gesture.selected_before, one, std::back_inserter(result));
        else
            std::ranges::set_union(gesture.selected_before, one, std::back_inserter(result));
        return setSelection(std::move(result));
    }
    switch (gesture.kind) {
    case Kind::kMarquee:
        if (!gesture.has_moved && !gesture.adds && !gesture.toggles) setSelection({});
        return;
    case Kind::kLoop:
        if (gesture.has_moved) return Q_EMIT loopChanged(gesture.range);
        return Q_EMIT seekRequested(std::max(Tick{}, snapped(tickAt(gesture.to.x()), event.modifiers())));
    case Kind::kRegion:
        if (!gesture.has_moved && m_region && *m_region == gesture.bars
            && m_region_state == RegionState::kSelected) {
            showRegion({});
            return Q_EMIT regionCleared();
        }
        showRegion(gesture.bars);
        return Q_EMIT regionSelected(gesture.bars.first_bar, gesture.bars.past_last_bar);
    case Kind::kMove:
        if (!gesture.has_moved) return setSelection({gesture.grabbed});
        break;
    default: break;
    }
    if (gesture.kind == Kind::kDrawNote) m_last_length = gesture.drawn.length;
    ask(editsOf(gesture, shown(), m_track));
}

} // namespace chainsong
