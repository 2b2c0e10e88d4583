#include "widgets/piano_roll/piano_roll.h"
#include "widgets/piano_roll/roll_certainty.h"

#include <QHelpEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace chainsong {

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
        const QString reason = m_audition || !m_reason_of ? QString() : m_reason_of(note->track, note->index);
        for (const QString& more : {choices, reason})
            if (!more.isEmpty()) text += QLatin1Char('\n') + more;
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
