#include "widgets/piano_roll/piano_roll.h"
#include "widgets/piano_roll/roll_certainty.h"
#include "widgets/piano_roll/roll_scene.h"

#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace chainsong {
namespace {

using Kind = RollGesture::Kind;

// The right end of a note is for stretching it, but never more than a third of it.
bool isOnRightEdge(const QRectF& note, QPoint position) {
    const double edge = std::min(7.0, note.width() / 3);
    return position.x() > note.right() - edge;
}

} // namespace

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

int PianoRoll::velocityAt(int y) const {
    const QRect& area = m_layout.velocities;
    return std::clamp((area.bottom() - y) * 127 / std::max(1, area.height() - 8), 1, 127);
}

void PianoRoll::pressVelocities(const QMouseEvent& event) {
    if (event.button() != Qt::LeftButton || m_track >= static_cast<int>(m_indices.size())) return;
    const QPoint position = event.position().toPoint();
    if (event.modifiers() & Qt::ControlModifier) {
        m_gesture = RollGesture{.kind = Kind::kPaintVelocity, .from = position, .to = position};
        return paintVelocitiesTo(position, position);
    }
    const auto& notes = shown().tracks[static_cast<std::size_t>(m_track)].notes;
    std::optional<NoteRef> nearest;
    int best = 1 << 20;
    m_indices[static_cast<std::size_t>(m_track)].visit(
        notes, tickAt(position.x() - 8), tickAt(position.x() + 8), [&](int i) {
            const Note& note = notes[static_cast<std::size_t>(i)];
            const double dx = m_layout.velocities.left() + m_coords.x(note.start) - position.x();
            const NoteRef ref{m_track, i};
            const int bonus = std::ranges::binary_search(m_selection, ref) ? -40 : 0;
            const int distance = std::abs(velocityAt(position.y()) - note.velocity_127)
                + static_cast<int>(4 * std::abs(dx)) + bonus;
            if (std::abs(dx) > 7 || distance >= best) return;
            best = distance;
            nearest = ref;
        });
    if (!nearest) return;
    if (!std::ranges::binary_search(m_selection, *nearest)) setSelection({*nearest});
    m_gesture = RollGesture{
        .kind = Kind::kVelocity, .from = position, .to = position, .grabbed = *nearest, .notes = m_selection};
}

void PianoRoll::paintVelocitiesTo(QPoint from, QPoint to) {
    const int x0 = std::min(from.x(), to.x()) - 3;
    const int x1 = std::max(from.x(), to.x()) + 3;
    const auto& notes = shown().tracks[static_cast<std::size_t>(m_track)].notes;
    auto& painted = m_gesture->velocities;
    m_indices[static_cast<std::size_t>(m_track)].visit(notes, tickAt(x0), tickAt(x1), [&](int i) {
        const double x = m_layout.velocities.left() + m_coords.x(notes[static_cast<std::size_t>(i)].start);
        if (x < x0 || x > x1) return;
        const double share =
            from.x() == to.x() ? 1 : std::clamp((x - from.x()) / (to.x() - from.x()), 0.0, 1.0);
        const int velocity_127 =
            velocityAt(static_cast<int>(std::lround(from.y() + share * (to.y() - from.y()))));
        const NoteRef ref{m_track, i};
        const auto at = std::ranges::lower_bound(painted, ref, {}, &std::pair<NoteRef, int>::first);
        if (at != painted.end() && at->first == ref)
            at->second = velocity_127;
        else
            painted.insert(at, {ref, velocity_127});
    });
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

void PianoRoll::wheelEvent(QWheelEvent* event) {
    // With Alt held Qt reports a vertical wheel as horizontal.
    const QPoint angle = event->angleDelta();
    const QPointF at = event->position() - m_layout.notes.topLeft();
    const double steps = (angle.y() != 0 ? angle.y() : angle.x()) / 120.0;
    const auto modifiers = event->modifiers();
    event->accept();
    if (modifiers & Qt::ControlModifier) {
        const double factor = std::pow(1.2, steps);
        m_is_follow_suspended = m_is_playing;
        return setCoords(modifiers & Qt::ShiftModifier ? m_coords.zoomedKeys(factor, at.y())
                                                       : m_coords.zoomedTime(factor, std::max(0.0, at.x())));
    }
    const auto under = noteAt(event->position().toPoint(), false);
    if (modifiers & Qt::AltModifier && under) {
        const bool is_selected = std::ranges::binary_search(m_selection, *under);
        return ask({ChangeNotes{.notes = is_selected ? m_selection : std::vector{*under},
            .move = {},
            .lengthen = {},
            .louder = steps > 0 ? 5 : -5}});
    }
    const bool is_sideways =
        modifiers & Qt::ShiftModifier || (angle.y() == 0 && !(modifiers & Qt::AltModifier));
    const int by = event->pixelDelta().isNull()
        ? static_cast<int>(std::lround(steps * 60))
        : (is_sideways && angle.y() == 0 ? event->pixelDelta().x() : event->pixelDelta().y());
    QScrollBar* bar = is_sideways ? horizontalScrollBar() : verticalScrollBar();
    bar->setValue(bar->value() - by);
}

void PianoRoll::updateCursorShape(QPoint position) {
    Qt::CursorShape shape = Qt::ArrowCursor;
    if (m_layout.notes.contains(position) && !m_audition) {
        const auto note = noteAt(position, false);
        if (m_tool == RollTool::kDraw) shape = Qt::CrossCursor;
        if (m_tool == RollTool::kErase) shape = Qt::PointingHandCursor;
        if (note && m_tool != RollTool::kErase) {
            const QRectF rect = m_coords.rect(*find(*note)).translated(m_layout.notes.topLeft());
            shape = isOnRightEdge(rect, position) ? Qt::SizeHorCursor : Qt::OpenHandCursor;
        }
        if (!note && ghostAt(position)) shape = Qt::PointingHandCursor;
    }
    if (m_layout.velocities.contains(position)) shape = Qt::SizeVerCursor;
    if (viewport()->cursor().shape() != shape) viewport()->setCursor(shape);
}

bool PianoRoll::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        showHoverText(help->pos(), help->globalPos());
        return true;
    }
    if (event->type() == QEvent::Leave && m_lit_key) {
        m_lit_key.reset();
        viewport()->update(m_layout.keyboard);
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void PianoRoll::showHoverText(QPoint position, QPoint global_position) {
    QString text;
    if (const auto note = noteAt(position, false)) {
        text = spokenNote(*note);
        const QString choices =
            m_audition ? QString() : choicesAt(m_certainty, shown(), note->track, note->index);
        if (!choices.isEmpty()) text += QLatin1Char('\n') + choices;
    } else if (const auto ghost = ghostAt(position)) {
        const GhostNote& chosen = m_certainty.ghosts[*ghost];
        text = tr("%1 in %2 % of the draws. Click to take it.")
                   .arg(QString::fromStdString(noteName(chosen.note.key, keyAt(shown(), chosen.note.start))))
                   .arg(std::lround(100 * chosen.share_unit));
    } else if (m_layout.ruler.contains(position)) {
        text = position.y() < m_layout.ruler.center().y()
            ? tr("Click: play from here. Drag: loop. Alt+click: hear the chord.")
            : tr("Drag: choose bars to resample (R).");
    } else if (m_layout.velocities.contains(position)) {
        text = tr("Drag a stem: louder or softer, with the whole selection. Ctrl+drag: draw a line.");
    } else if (m_layout.undecided.contains(position)) {
        text = tr("How undecided the draws are in each beat, in bits. Click to go there.");
    }
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(global_position, text, viewport());
}

} // namespace chainsong
