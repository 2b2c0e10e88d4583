#include "widgets/piano_roll/piano_roll.h"

#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace chainsong {

using Kind = RollGesture::Kind;

std::optional<NoteRef> PianoRoll::noteAt(QPoint position, bool of_other_tracks) const {
    if (!m_layout.notes.contains(position)) return {};
    const Tick at = tickAt(position.x());
    const int key = keyAtY(position.y());
    // A very short note can still be hit: a few pixels to its right count.
    const Tick reach{std::max<std::int64_t>(1, static_cast<std::int64_t>(4 / m_coords.pixels_per_tick))};
    const auto inTrack = [&](int track) -> std::optional<NoteRef> {
        const auto t = static_cast<std::size_t>(track);
        if (t >= m_indices.size()) return {};
        const auto& notes = shown().tracks[t].notes;
        std::optional<NoteRef> found;
        m_indices[t].visit(notes, at - reach, at + Tick{1}, [&](int i) {
            const Note& note = notes[static_cast<std::size_t>(i)];
            if (note.key == key && (at < note.end() || note.length < reach)) found = NoteRef{track, i};
        });
        return found;
    };
    if (!of_other_tracks) return inTrack(m_track);
    for (int track = static_cast<int>(m_indices.size()) - 1; track >= 0; --track) {
        if (track == m_track) continue;
        if (const auto found = inTrack(track)) return found;
    }
    return {};
}

std::optional<std::size_t> PianoRoll::ghostAt(QPoint position) const {
    if (m_uncertainty != UncertaintyView::kGhosts || m_audition) return {};
    const QPointF at = position - m_layout.notes.topLeft();
    for (std::size_t i = 0; i < m_certainty.ghosts.size(); ++i) {
        const GhostNote& ghost = m_certainty.ghosts[i];
        if (ghost.track == m_track && m_coords.rect(ghost.note).contains(at)) return i;
    }
    return {};
}

Tick PianoRoll::snapped(Tick at, Qt::KeyboardModifiers modifiers) const {
    return modifiers & Qt::AltModifier ? at : snappedNear(at, m_grid);
}

void PianoRoll::mousePressEvent(QMouseEvent* event) {
    const QPoint position = event->position().toPoint();
    if (event->button() == Qt::MiddleButton) {
        m_gesture = RollGesture{.kind = Kind::kPan, .from = position, .to = position};
        m_gesture->scroll_from = {horizontalScrollBar()->value(), verticalScrollBar()->value()};
        viewport()->setCursor(Qt::ClosedHandCursor);
        return;
    }
    if (m_layout.ruler.contains(position)) return pressRuler(*event);
    if (m_layout.keyboard.contains(position)) return previewNote(keyAtY(position.y()), m_last_velocity_127);
    if (m_audition) return;
    if (m_layout.velocities.contains(position)) return pressVelocities(*event);
    if (m_layout.undecided.contains(position))
        return Q_EMIT seekRequested(std::max(Tick{}, tickAt(position.x())));
    if (m_layout.notes.contains(position)) pressNotes(*event);
}

void PianoRoll::pressRuler(const QMouseEvent& event) {
    const QPoint position = event.position().toPoint();
    const Tick at = std::max(Tick{}, tickAt(position.x()));
    if (event.button() != Qt::LeftButton) return;
    if (event.modifiers() & Qt::AltModifier) return Q_EMIT chordPreviewRequested(at);
    const bool is_lower = position.y() >= m_layout.ruler.center().y();
    RollGesture gesture{.kind = is_lower ? Kind::kRegion : Kind::kLoop, .from = position, .to = position};
    if (is_lower) gesture.bars = barsBetween(position.x(), position.x());
    if (!is_lower && m_loop) { // an end of the brace is pulled: the other end stays
        const double x0 = m_layout.ruler.left() + m_coords.x(m_loop->from);
        const double x1 = m_layout.ruler.left() + m_coords.x(m_loop->to);
        if (std::abs(position.x() - x1) <= 6)
            gesture.from.setX(static_cast<int>(std::lround(x0)));
        else if (std::abs(position.x() - x0) <= 6)
            gesture.from.setX(static_cast<int>(std::lround(x1)));
    }
    m_gesture = gesture;
}

void PianoRoll::pressNotes(const QMouseEvent& event) {
    const QPoint position = event.position().toPoint();
    const auto note = noteAt(position, false);
    if (event.button() == Qt::RightButton) {
        if (m_tool == RollTool::kDraw || m_tool == RollTool::kErase) {
            m_gesture = RollGesture{.kind = Kind::kErase, .from = position, .to = position};
            return eraseAt(position);
        }
        if (note && !std::ranges::binary_search(m_selection, *note)) setSelection({*note});
        return Q_EMIT contextMenuRequested(event.globalPosition().toPoint());
    }
    if (event.button() != Qt::LeftButton) return;
    if (m_tool == RollTool::kErase) {
        m_gesture = RollGesture{.kind = Kind::kErase, .from = position, .to = position};
        return eraseAt(position);
    }
    if (note) return pressOnNote(event, *note);
    if (const auto ghost = ghostAt(position)) {
        const GhostNote chosen = m_certainty.ghosts[*ghost];
        return Q_EMIT ghostAdopted(chosen.track, chosen.note);
    }
    if (m_tool == RollTool::kDraw) {
        const Tick at = event.modifiers() & Qt::AltModifier ? tickAt(position.x())
                                                            : snappedDown(tickAt(position.x()), m_grid);
        m_gesture = RollGesture{.kind = Kind::kDrawNote, .from = position, .to = position};
        m_gesture->drawn = {std::max(Tick{}, at), m_last_length,
            static_cast<std::uint8_t>(keyAtY(position.y())), static_cast<std::uint8_t>(m_last_velocity_127)};
        setSelection({});
        previewNote(m_gesture->drawn.key, m_last_velocity_127);
        return viewport()->update();
    }
    if (const auto other = noteAt(position, true); other && m_are_others_shown) {
        showTrack(other->track);
        Q_EMIT trackRequested(other->track);
        return pressOnNote(event, *other);
    }
    m_gesture =
        RollGesture{.kind = Kind::kMarquee, .from = position, .to = position, .selected_before = m_selection};
    m_gesture->adds = event.modifiers() & Qt::ShiftModifier;
    m_gesture->toggles = event.modifiers() & Qt::ControlModifier;
    m_cursor.reset();
}

void PianoRoll::pressOnNote(const QMouseEvent& event, NoteRef ref) {
    const QPoint position = event.position().toPoint();
    const bool copies = event.modifiers() & (Qt::ControlModifier | Qt::ShiftModifier);
    const bool was_selected = std::ranges::binary_search(m_selection, ref);
    RollGesture gesture{.kind = copies ? Kind::kCopy : Kind::kMove,
        .from = position,
        .to = position,
        .grabbed = ref,
        .selected_before = m_selection};
    if (!was_selected && !copies) setSelection({ref});
    gesture.notes = m_selection;
    if (copies && !was_selected) {
        gesture.notes.push_back(ref);
        std::ranges::sort(gesture.notes);
    }
    gesture.adds = event.modifiers() & Qt::ShiftModifier;
    gesture.toggles = event.modifiers() & Qt::ControlModifier;
    const Note note = *find(ref);
    const QRectF rect = m_coords.rect(note).translated(m_layout.notes.topLeft());
    if (!copies && isOnRightEdge(rect, position)) gesture.kind = Kind::kResize;
    m_last_length = note.length;
    m_last_velocity_127 = note.velocity_127;
    m_cursor.reset();
    m_gesture = gesture;
    previewNote(note.key, note.velocity_127);
    repaintAll();
}

void PianoRoll::eraseAt(QPoint position) {
    const auto ref = noteAt(position, false);
    if (!ref || !m_gesture) return;
    auto& erased = m_gesture->notes;
    const auto at = std::ranges::lower_bound(erased, *ref);
    if (at != erased.end() && *at == *ref) return;
    erased.insert(at, *ref);
    repaintAll();
}

TickRange PianoRoll::snappedRange(int x0, int x1, Qt::KeyboardModifiers modifiers) const {
    const bool is_free = modifiers & (Qt::ControlModifier | Qt::AltModifier);
    const Tick grid{std::max<std::int64_t>(1, is_free ? 1 : m_grid.value)};
    Tick from = std::max(Tick{}, snappedNear(tickAt(std::min(x0, x1)), grid));
    Tick to = std::max(Tick{}, snappedNear(tickAt(std::max(x0, x1)), grid));
    return {from, std::max(to, from + grid)};
}

BarRange PianoRoll::barsBetween(int x0, int x1) const {
    const int first = m_metres.barAt(std::max(Tick{}, tickAt(std::min(x0, x1))));
    return {first, std::max(first, m_metres.barAt(std::max(Tick{}, tickAt(std::max(x0, x1))))) + 1};
}

void PianoRoll::previewNote(int key, int velocity_127) {
    m_last_previewed_key = key;
    Q_EMIT notePreviewRequested(m_track, key, velocity_127);
}

void PianoRoll::mouseDoubleClickEvent(QMouseEvent* event) {
    const QPoint position = event->position().toPoint();
    const bool is_plain = event->button() == Qt::LeftButton && m_tool == RollTool::kPointer
        && m_layout.notes.contains(position);
    if (!is_plain || m_audition) return mousePressEvent(event);
    m_gesture.reset();
    if (const auto note = noteAt(position, false)) return ask({EraseNotes{{*note}}});
    if (m_track >= static_cast<int>(shown().tracks.size())) return;
    const Tick at = event->modifiers() & Qt::AltModifier ? tickAt(position.x())
                                                         : snappedDown(tickAt(position.x()), m_grid);
    const Note note{std::max(Tick{}, at), m_last_length, static_cast<std::uint8_t>(keyAtY(position.y())),
        static_cast<std::uint8_t>(m_last_velocity_127)};
    previewNote(note.key, note.velocity_127);
    ask({AddNotes{m_track, {note}}});
}

} // namespace chainsong
