#include "widgets/piano_roll/roll_scene.h"

#include <QImage>

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

constexpr std::size_t kDenseFrom = 4000; // above so many visible notes single outlines cannot be told apart

bool isSelected(const RollScene& scene, NoteRef ref) {
    return std::ranges::binary_search(scene.selection, ref);
}

bool isHeldByGesture(const RollScene& scene, NoteRef ref) {
    return scene.gesture && scene.gesture->changesNotes()
        && std::ranges::binary_search(scene.gesture->notes, ref);
}

double shareOf(const RollScene& scene, NoteRef ref) {
    if (!scene.certainty || scene.uncertainty == UncertaintyView::kOff) return 1;
    const auto& shares = scene.certainty->note_share_unit;
    const auto track = static_cast<std::size_t>(ref.track);
    const auto index = static_cast<std::size_t>(ref.index);
    return track < shares.size() && index < shares[track].size() ? shares[track][index] : 1;
}

QColor trackFill(const RollScene& scene, int track) {
    const QColor full = trackColor(track, scene.theme);
    return track == scene.track ? full : mixed(themeColors(scene.theme).canvas, full, 0.34);
}

bool isOnScreen(const RollScene& scene, const Note& note) {
    const double y = scene.coords.y(note.key);
    return y + scene.coords.key_height_px > 0 && y < scene.layout.notes.height();
}

std::vector<int> visibleNotes(const RollScene& scene, std::size_t track) {
    const auto& notes = scene.score.tracks[track].notes;
    std::vector<int> found;
    scene.indices[track].visit(notes, scene.firstVisible(), scene.pastVisible(), [&](int i) {
        if (isOnScreen(scene, notes[static_cast<std::size_t>(i)])) found.push_back(i);
    });
    return found;
}

// A crowd of notes: their pixels are set directly, a hundred times faster than through the painter.
void paintDense(
    QPainter& painter, const RollScene& scene, std::size_t track, const std::vector<int>& visible) {
    const QRect& area = scene.layout.notes;
    const double ratio = painter.device()->devicePixelRatioF();
    QImage image((QSizeF(area.size()) * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    const QRgb plain = trackFill(scene, static_cast<int>(track)).rgb();
    const QRgb chosen = mixed(QColor(plain), themeColors(scene.theme).text, 0.55).rgb();
    const auto& notes = scene.score.tracks[track].notes;
    const int height = std::max(1, static_cast<int>(scene.coords.key_height_px * ratio) - 1);
    for (const int i : visible) {
        const Note& note = notes[static_cast<std::size_t>(i)];
        const NoteRef ref{static_cast<int>(track), i};
        if (isHeldByGesture(scene, ref)) continue;
        const QRgb color = isSelected(scene, ref) ? chosen : plain;
        const int x0 = std::clamp(static_cast<int>(scene.coords.x(note.start) * ratio), 0, image.width() - 1);
        const int x1 =
            std::clamp(static_cast<int>(scene.coords.x(note.end()) * ratio), x0 + 1, image.width());
        const int y0 = static_cast<int>(scene.coords.y(note.key) * ratio);
        for (int y = std::max(0, y0); y < std::min(image.height(), y0 + height); ++y) {
            auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
            std::fill(line + x0, line + x1, color);
        }
    }
    painter.drawImage(QRectF(area), image);
}

void paintSingly(
    QPainter& painter, const RollScene& scene, std::size_t track, const std::vector<int>& visible) {
    const ThemeColors& colors = themeColors(scene.theme);
    const bool is_current = static_cast<int>(track) == scene.track;
    const QPoint origin = scene.layout.notes.topLeft();
    const auto& notes = scene.score.tracks[track].notes;
    const QColor fill = trackFill(scene, static_cast<int>(track));
    for (const int i : visible) {
        const Note& note = notes[static_cast<std::size_t>(i)];
        const NoteRef ref{static_cast<int>(track), i};
        if (isHeldByGesture(scene, ref)) continue;
        const QRectF rect = scene.coords.rect(note).translated(origin);
        if (!is_current && !isSelected(scene, ref)) {
            painter.fillRect(rect.adjusted(0.5, 1, -0.5, -1), fill);
            continue;
        }
        NoteLook look{fill, isSelected(scene, ref), shareOf(scene, ref), {}};
        if (scene.are_names_shown && rect.width() >= 26 && rect.height() >= 11) {
            look.label = QString::fromStdString(noteName(note.key, keyAt(scene.score, note.start)));
        }
        paintNote(painter, rect, note, look, colors);
    }
}

void paintPin(QPainter& painter, const QRectF& rect, const QColor& color) {
    const double size = std::min(6.0, rect.height() - 5);
    if (rect.width() < 9 || size < 3) return;
    const QPointF centre(rect.right() - 3 - size / 2, rect.center().y());
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(centre, size / 2, size / 2);
    painter.fillRect(QRectF(centre.x() - 0.5, centre.y(), 1.2, size / 2 + 2), color);
}

} // namespace

void paintNote(QPainter& painter, const QRectF& rect, const Note& note, const NoteLook& look,
    const ThemeColors& colors) {
    const QColor fill = mixed(colors.canvas, look.color, 0.35 + 0.65 * std::clamp(look.share_unit, 0.0, 1.0));
    const QRectF body(
        rect.x() + 0.5, rect.y() + 0.5, std::max(1.5, rect.width() - 1), std::max(1.5, rect.height() - 1));
    const QColor edge = look.is_selected ? colors.text : mixed(look.color, colors.text, 0.35);
    if (body.width() < 5 || body.height() < 5) {
        painter.fillRect(body, look.is_selected ? edge : fill);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    const double pen_width = look.is_selected ? 2 : (note.is_pinned ? 1.6 : 1);
    const QRectF outline = body.adjusted(pen_width / 2, pen_width / 2, -pen_width / 2, -pen_width / 2);
    painter.setPen(QPen(edge, pen_width, look.share_unit < 0.5 ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(fill);
    painter.drawRoundedRect(outline, 2.5, 2.5);
    if (look.share_unit < 0.5) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(QBrush(mixed(look.color, colors.text, 0.3), Qt::BDiagPattern));
        painter.drawRoundedRect(outline, 2.5, 2.5);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QColor ink = readableOn(fill);
    if (!look.label.isEmpty()) {
        painter.setPen(ink);
        painter.setFont(smallFont(std::min(11, static_cast<int>(rect.height()) - 3)));
        if (look.share_unit < 0.5)
            painter.fillRect(QRectF(body.x() + 3, body.y() + 2,
                                 painter.fontMetrics().horizontalAdvance(look.label) + 3, body.height() - 4),
                fill);
        painter.drawText(body.adjusted(4, 0, -2, 0), Qt::AlignVCenter | Qt::AlignLeft, look.label);
    }
    if (note.is_pinned) {
        painter.setRenderHint(QPainter::Antialiasing);
        paintPin(painter, body, ink);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
}

int paintNotes(QPainter& painter, const RollScene& scene) {
    painter.save();
    painter.setClipRect(scene.layout.notes);
    std::size_t num_painted = 0;
    const auto paintTrack = [&](std::size_t track) {
        const std::vector<int> visible = visibleNotes(scene, track);
        num_painted += visible.size();
        if (visible.size() > kDenseFrom)
            paintDense(painter, scene, track, visible);
        else
            paintSingly(painter, scene, track, visible);
    };
    const auto current = static_cast<std::size_t>(std::max(0, scene.track));
    for (std::size_t track = 0; track < scene.score.tracks.size(); ++track) {
        if (track != current && scene.are_others_shown) paintTrack(track);
    }
    if (current < scene.score.tracks.size()) paintTrack(current); // on top
    painter.restore();
    return static_cast<int>(num_painted);
}

void paintGhosts(QPainter& painter, const RollScene& scene) {
    if (!scene.certainty || scene.uncertainty != UncertaintyView::kGhosts) return;
    const ThemeColors& colors = themeColors(scene.theme);
    painter.save();
    painter.setClipRect(scene.layout.notes);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const GhostNote& ghost : scene.certainty->ghosts) {
        const QRectF rect =
            scene.coords.rect(ghost.note).translated(scene.layout.notes.topLeft()).adjusted(1, 1, -1, -1);
        if (ghost.track != scene.track || !rect.intersects(scene.layout.notes)) continue;
        QColor fill = trackColor(ghost.track, scene.theme);
        fill.setAlphaF(static_cast<float>(0.08 + 0.5 * ghost.share_unit));
        painter.setBrush(fill);
        painter.setPen(QPen(mixed(trackColor(ghost.track, scene.theme), colors.text, 0.3), 1.2, Qt::DotLine));
        painter.drawRoundedRect(rect, 2.5, 2.5);
        if (rect.width() < 34 || rect.height() < 10) continue;
        painter.setPen(colors.text);
        painter.setFont(smallFont(std::min(10, static_cast<int>(rect.height()) - 2)));
        painter.drawText(rect.adjusted(4, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
            RollText::tr("%1 %").arg(std::lround(100 * ghost.share_unit)));
    }
    painter.restore();
}

void paintGesture(QPainter& painter, const RollScene& scene) {
    using Kind = RollGesture::Kind;
    if (!scene.gesture) return;
    const RollGesture& gesture = *scene.gesture;
    const ThemeColors& colors = themeColors(scene.theme);
    painter.save();
    painter.setClipRect(scene.layout.notes);
    const QPoint origin = scene.layout.notes.topLeft();
    const bool is_shown = gesture.changesNotes() ? gesture.kind != Kind::kErase : gesture.kind == Kind::kCopy;
    for (const NoteRef& ref :
        is_shown ? std::span<const NoteRef>(gesture.notes) : std::span<const NoteRef>()) {
        const Note note = preview(scene.score.tracks[static_cast<std::size_t>(ref.track)]
                                      .notes[static_cast<std::size_t>(ref.index)],
            ref, gesture);
        const QRectF rect = scene.coords.rect(note).translated(origin);
        if (!rect.intersects(scene.layout.notes)) continue;
        const QString label = rect.width() >= 26
            ? QString::fromStdString(noteName(note.key, keyAt(scene.score, note.start)))
            : QString();
        paintNote(painter, rect, note, {trackColor(ref.track, scene.theme), true, 1, label}, colors);
    }
    if (gesture.kind == Kind::kDrawNote) {
        const QString name =
            QString::fromStdString(noteName(gesture.drawn.key, keyAt(scene.score, gesture.drawn.start)));
        paintNote(painter, scene.coords.rect(gesture.drawn).translated(origin), gesture.drawn,
            {trackColor(scene.track, scene.theme), true, 1, name}, colors);
    }
    if (gesture.kind == Kind::kMarquee && gesture.has_moved) {
        QColor fill = colors.accent;
        fill.setAlphaF(0.14F);
        painter.setBrush(fill);
        painter.setPen(colors.accent);
        painter.drawRect(QRect(gesture.from, gesture.to).normalized());
    }
    painter.restore();
}

} // namespace chainsong
