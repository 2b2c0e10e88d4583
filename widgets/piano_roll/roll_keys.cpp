#include "widgets/piano_roll/piano_roll.h"
#include "widgets/piano_roll/roll_accessible.h"
#include "widgets/piano_roll/roll_scene.h"

#include <QKeyEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace chainsong {

void PianoRoll::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && m_gesture) { // nothing has been asked for yet
        m_gesture.reset();
        return repaintAll();
    }
    if (event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown)
        return QAbstractScrollArea::keyPressEvent(event);
    const bool is_done = keyOnSelection(*event) || keyOnCursor(*event) || keyOfView(*event);
    event->setAccepted(is_done); // Space, digits, R, P and the rest are the window's
}

bool PianoRoll::keyOnSelection(const QKeyEvent& event) {
    if (m_selection.empty() || m_audition) return false;
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const bool has_octave = modifiers == Qt::ShiftModifier || modifiers == Qt::ControlModifier;
    const Tick step = modifiers == Qt::AltModifier ? Tick{1} : m_grid;
    const int direction = event.key() == Qt::Key_Up || event.key() == Qt::Key_Right
            || event.key() == Qt::Key_Plus || event.key() == Qt::Key_Equal
        ? 1
        : -1;
    switch (event.key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (modifiers == Qt::AltModifier)
            transposeSelectionInScale(direction);
        else
            transposeSelection(direction * (has_octave ? 12 : 1));
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (modifiers & Qt::ControlModifier) return false; // the playhead's
        if (modifiers == Qt::ShiftModifier)
            lengthenSelection(m_grid * direction);
        else
            nudgeSelection(step * direction);
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
    case Qt::Key_Minus:
        if (modifiers & Qt::ControlModifier) return false;
        changeSelectionVelocity(5 * direction);
        return true;
    case Qt::Key_Delete:
    case Qt::Key_Backspace: eraseSelection(); return true;
    case Qt::Key_Q:
        if (modifiers != Qt::NoModifier) return false;
        quantiseSelection();
        return true;
    case Qt::Key_D:
        if (modifiers != Qt::ControlModifier) return false;
        duplicateSelection();
        return true;
    case Qt::Key_Escape: selectNone(); return true;
    default: return false;
    }
}

bool PianoRoll::keyOnCursor(const QKeyEvent& event) {
    if (!m_selection.empty() || m_audition) return false;
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (modifiers & (Qt::ControlModifier | Qt::AltModifier)) return false;
    const int octave = modifiers & Qt::ShiftModifier ? 12 : 1;
    switch (event.key()) {
    case Qt::Key_Up: moveCursor(octave, 0); return true;
    case Qt::Key_Down: moveCursor(-octave, 0); return true;
    case Qt::Key_Left: moveCursor(0, -1); return true;
    case Qt::Key_Right: moveCursor(0, 1); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_cursor) return false;
        toggleNoteAtCursor();
        return true;
    case Qt::Key_Escape:
        if (!m_cursor) return false;
        m_cursor.reset();
        viewport()->update();
        return true;
    default: return false;
    }
}

bool PianoRoll::keyOfView(const QKeyEvent& event) {
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (modifiers == Qt::ControlModifier) {
        if (event.key() == Qt::Key_A)
            selectAll();
        else if (event.key() == Qt::Key_I)
            invertSelection();
        else
            return false;
        return true;
    }
    if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier) && event.key() == Qt::Key_A) {
        selectNone();
        return true;
    }
    if (modifiers == Qt::AltModifier && event.key() == Qt::Key_0) {
        QToolTip::showText(viewport()->mapToGlobal(m_layout.notes.topLeft()), spokenPlace(), viewport());
        setAccessibleDescription(spokenPlace());
        return true;
    }
    if (modifiers == Qt::ShiftModifier && event.key() == Qt::Key_Z) {
        zoomToFit();
        return true;
    }
    if (modifiers != Qt::NoModifier) return false;
    switch (event.key()) {
    case Qt::Key_V: setTool(RollTool::kPointer); return true;
    case Qt::Key_D: setTool(RollTool::kDraw); return true;
    case Qt::Key_E: setTool(RollTool::kErase); return true;
    case Qt::Key_Z: zoomToSelection(); return true;
    case Qt::Key_F: cycleFollowMode(); return true;
    case Qt::Key_G: setOtherTracksShown(!m_are_others_shown); return true;
    case Qt::Key_H: setScaleHighlighted(!m_is_scale_highlighted); return true;
    case Qt::Key_N: setNoteNamesShown(!m_are_names_shown); return true;
    case Qt::Key_U: cycleUncertaintyView(); return true;
    case Qt::Key_BracketLeft:
        setGrid({std::min<std::int64_t>(m_grid.value * 2, kTicksPerQuarter * 4)});
        return true;
    case Qt::Key_BracketRight:
        if (m_grid.value % 2 == 0 && m_grid.value > kTicksPerStep) setGrid({m_grid.value / 2});
        return true;
    case Qt::Key_T: { // a triplet grid divides three to the next coarser one
        const bool is_triplet =
            kTicksPerQuarter * 4 % (m_grid.value * 3) == 0 && (kTicksPerQuarter * 4 / m_grid.value) % 3 == 0;
        setGrid({is_triplet ? m_grid.value * 3 / 2 : m_grid.value * 2 / 3});
        return true;
    }
    default: return false;
    }
}

void PianoRoll::moveCursor(int keys, int grids) {
    if (!m_cursor) {
        const Tick left = std::max(Tick{}, m_coords.tick(0));
        const bool is_playhead_seen =
            playheadX() >= m_layout.notes.left() && playheadX() <= m_layout.notes.right();
        m_cursor = NoteCursor{snappedDown(is_playhead_seen ? m_playhead : left + m_grid, m_grid),
            m_coords.key(m_layout.notes.height() / 2.0)};
    } else {
        m_cursor->key = std::clamp(m_cursor->key + keys, 0, 127);
        m_cursor->at = std::max(Tick{}, snappedDown(m_cursor->at, m_grid) + m_grid * grids);
        if (keys != 0) previewNote(m_cursor->key, m_last_velocity_127);
    }
    ensureSeen({m_cursor->at, m_grid, static_cast<std::uint8_t>(m_cursor->key)});
    viewport()->update();
    setAccessibleDescription(spokenPlace());
}

void PianoRoll::ensureSeen(const Note& note) {
    const QRectF rect = m_coords.rect(note);
    const QSize area = m_layout.notes.size();
    RollCoords coords = m_coords;
    if (rect.left() < 0 || rect.right() > area.width())
        coords.scroll_x_px = std::max(0.0, m_coords.width(note.start) - area.width() * 0.3);
    if (rect.top() < 0 || rect.bottom() > area.height())
        coords.scroll_y_px = std::max(0.0, (127 - note.key) * coords.key_height_px - area.height() * 0.5);
    if (coords != m_coords) setCoords(coords);
}

void PianoRoll::toggleNoteAtCursor() {
    if (m_track >= static_cast<int>(shown().tracks.size())) return;
    const auto& notes = shown().tracks[static_cast<std::size_t>(m_track)].notes;
    std::optional<NoteRef> there;
    m_indices[static_cast<std::size_t>(m_track)].visit(
        notes, m_cursor->at, m_cursor->at + Tick{1}, [&](int i) {
            if (notes[static_cast<std::size_t>(i)].key == m_cursor->key) there = NoteRef{m_track, i};
        });
    if (there) return ask({EraseNotes{{*there}}});
    const Note note{m_cursor->at, m_grid, static_cast<std::uint8_t>(m_cursor->key),
        static_cast<std::uint8_t>(m_last_velocity_127)};
    previewNote(note.key, note.velocity_127);
    ask({AddNotes{m_track, {note}}});
}

bool PianoRoll::stepToNote(int direction) {
    if (m_audition || m_track >= static_cast<int>(shown().tracks.size())) return false;
    const auto& notes = shown().tracks[static_cast<std::size_t>(m_track)].notes;
    const int count = static_cast<int>(notes.size());
    int next = direction > 0 ? 0 : count - 1;
    if (!m_selection.empty() && m_selection.front().track == m_track) {
        next = (direction > 0 ? m_selection.back().index : m_selection.front().index) + direction;
    } else if (m_cursor) {
        const auto at = std::ranges::lower_bound(notes, m_cursor->at, {}, &Note::start);
        next = static_cast<int>(at - notes.begin()) - (direction > 0 ? 0 : 1);
    }
    if (next < 0 || next >= count) return false; // Tab leaves the roll at its ends
    const Note& note = notes[static_cast<std::size_t>(next)];
    m_cursor = NoteCursor{note.start, note.key};
    setSelection({{m_track, next}});
    ensureSeen(note);
    previewNote(note.key, note.velocity_127);
    setAccessibleDescription(spokenNote({m_track, next}));
    rollNoteFocused(*this, next);
    return true;
}

bool PianoRoll::focusNextPrevChild(bool next) {
    return stepToNote(next ? 1 : -1) || QAbstractScrollArea::focusNextPrevChild(next);
}

void PianoRoll::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void PianoRoll::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace chainsong
