#include "widgets/piano_roll/roll_scene.h"

#include <algorithm>

namespace chainsong {
namespace {

bool holds(const std::vector<Note>& notes, const Note& wanted) {
    const auto before = [](const Note& a, const Note& b) {
        return a.start != b.start ? a.start < b.start : a.key < b.key;
    };
    const auto [first, last] = std::equal_range(notes.begin(), notes.end(), wanted, before);
    return std::any_of(first, last, [&](const Note& note) { return note.length == wanted.length; });
}

// Calls `paint` for every visible note of `ones` that `others` does not hold.
template <class Paint>
void eachMissing(const RollScene& scene, const NoteIndex& index, const std::vector<Note>& ones,
    const std::vector<Note>& others, Paint paint) {
    index.visit(ones, scene.firstVisible(), scene.pastVisible(), [&](int i) {
        const Note& note = ones[static_cast<std::size_t>(i)];
        if (!holds(others, note))
            paint(scene.coords.rect(note).translated(scene.layout.notes.topLeft()).adjusted(1, 1, -1, -1));
    });
}

} // namespace

void paintDifference(QPainter& painter, const RollScene& scene) {
    if (!scene.original) return;
    const ThemeColors& colors = themeColors(scene.theme);
    const std::size_t num_tracks = std::min(scene.score.tracks.size(), scene.original->tracks.size());
    painter.save();
    painter.setClipRect(scene.layout.notes);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    for (std::size_t track = 0; track < num_tracks; ++track) {
        const auto& now = scene.score.tracks[track].notes;
        const auto& then = scene.original->tracks[track].notes;
        const QColor color = trackColor(static_cast<int>(track), scene.theme);
        painter.setPen(QPen(color, 1.2, Qt::DashLine));
        eachMissing(scene, scene.original_indices[track], then, now,
            [&](const QRectF& rect) { painter.drawRoundedRect(rect, 2.5, 2.5); });
        eachMissing(scene, scene.indices[track], now, then, [&](const QRectF& rect) {
            painter.setPen(QPen(colors.good, 2));
            painter.drawRoundedRect(rect, 2.5, 2.5);
            if (rect.width() < 12 || rect.height() < 9) return;
            const QPointF middle(rect.right() - 6, rect.center().y());
            painter.setPen(QPen(readableOn(color), 1.6));
            painter.drawLine(middle - QPointF(3, 0), middle + QPointF(3, 0));
            painter.drawLine(middle - QPointF(0, 3), middle + QPointF(0, 3));
        });
    }
    painter.restore();
}

} // namespace chainsong
