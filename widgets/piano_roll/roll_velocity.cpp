#include "widgets/piano_roll/piano_roll.h"

#include <QMouseEvent>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace chainsong {

using Kind = RollGesture::Kind;

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

} // namespace chainsong
