#include "widgets/piano_roll/roll_scene.h"

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

void paintLoop(QPainter& painter, const RollScene& scene) {
    const bool is_dragged =
        scene.gesture && scene.gesture->kind == RollGesture::Kind::kLoop && scene.gesture->has_moved;
    if (!scene.loop && !is_dragged) return;
    const TickRange loop = is_dragged ? scene.gesture->range : *scene.loop;
    const ThemeColors& colors = themeColors(scene.theme);
    const QRect& area = scene.layout.ruler;
    const double x0 = area.left() + scene.coords.x(loop.from);
    const double x1 = area.left() + scene.coords.x(loop.to);
    const QColor color = scene.is_loop_on || is_dragged ? colors.loop : colors.line_strong;
    QColor fill = color;
    fill.setAlphaF(0.22F);
    const QRectF brace(x0, area.top() + 1, x1 - x0, area.height() / 2.0 - 3);
    painter.fillRect(brace, fill);
    painter.fillRect(QRectF(x0, brace.top(), x1 - x0, 3), color);
    painter.fillRect(QRectF(x0, brace.top(), 2, brace.height()), color);
    painter.fillRect(QRectF(x1 - 2, brace.top(), 2, brace.height()), color);
}

void paintBarBand(QPainter& painter, const RollScene& scene, const QRectF& band) {
    const bool is_dragged = scene.gesture && scene.gesture->kind == RollGesture::Kind::kRegion;
    if (!scene.region && !is_dragged) return;
    const ThemeColors& colors = themeColors(scene.theme);
    const BarRange bars = is_dragged ? scene.gesture->bars : *scene.region;
    const double x0 = band.left() + scene.coords.x(scene.metres.barStart(bars.first_bar));
    const double x1 = band.left() + scene.coords.x(scene.metres.barStart(bars.past_last_bar));
    const QRectF chosen(x0, band.top() + 1, x1 - x0, band.height() - 2);
    painter.fillRect(chosen, colors.accent);
    painter.setPen(colors.accent_text);
    const QString name = bars.past_last_bar - bars.first_bar == 1
        ? RollText::tr("bar %1").arg(bars.first_bar + 1)
        : RollText::tr("bars %1–%2").arg(bars.first_bar + 1).arg(bars.past_last_bar);
    const QRectF visible = chosen.intersected(band);
    if (painter.fontMetrics().horizontalAdvance(name) < visible.width() - 6)
        painter.drawText(visible, Qt::AlignCenter, name);
}

void paintMarkers(QPainter& painter, const RollScene& scene, const QRectF& band) {
    const ThemeColors& colors = themeColors(scene.theme);
    for (const Marker& marker : scene.score.markers) {
        const double x = band.left() + scene.coords.x(marker.at);
        if (x < band.left() - 200 || x > band.right()) continue;
        const QString text = QString::fromStdString(marker.text);
        painter.setPen(colors.text);
        painter.drawText(QRectF(x + 4, band.top(), 200, band.height()), Qt::AlignVCenter | Qt::AlignLeft,
            painter.fontMetrics().elidedText(text, Qt::ElideRight, 190));
    }
}

QRect stripLabelArea(const RollScene& scene, const QRect& strip) {
    return {0, strip.top(), scene.layout.keyboard.width(), strip.height()};
}

void paintStripLabel(QPainter& painter, const RollScene& scene, const QRect& strip, const QString& text) {
    const ThemeColors& colors = themeColors(scene.theme);
    const QRect area = stripLabelArea(scene, strip);
    painter.fillRect(area, colors.panel);
    painter.setPen(colors.line);
    painter.drawLine(area.topLeft(), area.topRight());
    painter.drawLine(area.topRight(), area.bottomRight());
    painter.setPen(colors.text_muted);
    painter.setFont(smallFont(10));
    painter.drawText(area.adjusted(3, 2, -4, -2), Qt::AlignVCenter | Qt::AlignRight | Qt::TextWordWrap, text);
}

} // namespace

void paintRuler(QPainter& painter, const RollScene& scene) {
    const ThemeColors& colors = themeColors(scene.theme);
    const QRect& area = scene.layout.ruler;
    painter.fillRect(area.united(scene.layout.corner), colors.panel);
    painter.save();
    painter.setClipRect(area);
    const double middle = area.top() + area.height() / 2.0;
    const QRectF band(area.left(), middle, area.width(), area.height() / 2.0);
    painter.fillRect(band, mixed(colors.panel, colors.line_strong, 0.16));
    paintLoop(painter, scene);
    painter.setFont(smallFont(11));
    const int stride = barStride(scene, 44);
    const Tick past = scene.pastVisible();
    int bar = scene.metres.barAt(std::max(Tick{}, scene.firstVisible()));
    bar -= bar % stride;
    for (; scene.metres.barStart(bar) < past; bar += stride) {
        const double x = std::floor(area.left() + scene.coords.x(scene.metres.barStart(bar))) + 0.5;
        painter.setPen(colors.line_strong);
        painter.drawLine(QPointF(x, area.top() + 5), QPointF(x, area.bottom()));
        painter.setPen(colors.text);
        painter.drawText(QRectF(x + 7, area.top(), 60, area.height() / 2.0), Qt::AlignVCenter | Qt::AlignLeft,
            QString::number(bar + 1));
        const Tick beat = scene.metres.metreOfBar(bar).beatLength();
        if (stride > 1 || scene.coords.width(beat) < 34) continue;
        painter.setPen(colors.text_muted);
        int number = 2;
        for (Tick at = scene.metres.barStart(bar) + beat; at < scene.metres.barStart(bar + 1);
             at = at + beat, ++number) {
            const double beat_x = std::floor(area.left() + scene.coords.x(at)) + 0.5;
            painter.drawLine(QPointF(beat_x, middle - 6), QPointF(beat_x, middle - 1));
            if (scene.coords.width(beat) >= 44)
                painter.drawText(QRectF(beat_x + 4, area.top(), 30, area.height() / 2.0), Qt::AlignVCenter,
                    QStringLiteral("·%1").arg(number));
        }
    }
    painter.setFont(smallFont(11));
    paintBarBand(painter, scene, band);
    paintMarkers(painter, scene, band);
    painter.restore();
    painter.setPen(colors.line_strong);
    painter.drawLine(0, area.bottom(), area.right(), area.bottom());
}

void paintKeyboard(QPainter& painter, const RollScene& scene, std::optional<int> lit_key) {
    const ThemeColors& colors = themeColors(scene.theme);
    const bool is_dark = scene.theme == Theme::kDark;
    const QColor white = is_dark ? QColor(0xffb9c0ca) : QColor(0xffffffff);
    const QColor black = is_dark ? QColor(0xff0e1013) : QColor(0xff3a404a);
    const QRect& area = scene.layout.keyboard;
    painter.save();
    painter.setClipRect(area);
    painter.fillRect(area, white);
    const double height = scene.coords.key_height_px;
    for (int key = scene.coords.key(area.height()); key <= scene.coords.key(0); ++key) {
        const double y = area.top() + scene.coords.y(key);
        const bool is_lit = lit_key && *lit_key == key;
        if (is_lit)
            painter.fillRect(QRectF(area.left(), y, area.width(), height), mixed(white, colors.accent, 0.55));
        const QColor seam = mixed(white, QColor(Qt::black), 0.22);
        if (isBlackKey(key)) {
            painter.setPen(seam);
            painter.drawLine(QPointF(area.left(), std::floor(y + height / 2) + 0.5),
                QPointF(area.right(), std::floor(y + height / 2) + 0.5));
            painter.fillRect(QRectF(area.left(), y, area.width() * 0.58, height),
                is_lit ? mixed(black, colors.accent, 0.6) : black);
        } else if (key % 12 == 0 || key % 12 == 5) { // no black key below
            painter.setPen(seam);
            painter.drawLine(QPointF(area.left(), std::floor(y + height) - 0.5),
                QPointF(area.right(), std::floor(y + height) - 0.5));
        }
        const bool is_named = key % 12 == 0 || (scene.are_names_shown && height >= 13 && !isBlackKey(key));
        if (is_named && height >= 6) {
            QFont font = smallFont(std::min(11, static_cast<int>(height) + 2));
            font.setBold(key % 12 == 0);
            painter.setFont(font);
            painter.setPen(key % 12 == 0 ? QColor(0xff20252c) : QColor(0xff4a525d));
            painter.drawText(QRectF(area.left(), y - 2, area.width() - 5, height + 4),
                Qt::AlignVCenter | Qt::AlignRight, QString::fromStdString(noteName(key)));
        }
    }
    painter.restore();
    painter.setPen(colors.line_strong);
    painter.drawLine(area.topRight(), area.bottomRight());
}

void paintVelocities(QPainter& painter, const RollScene& scene) {
    const QRect& area = scene.layout.velocities;
    if (area.isEmpty()) return;
    const ThemeColors& colors = themeColors(scene.theme);
    painter.fillRect(area, colors.canvas);
    paintStripLabel(painter, scene, area, RollText::tr("velocity"));
    painter.save();
    painter.setClipRect(area);
    painter.setPen(mixed(colors.line, colors.canvas, 0.3));
    for (const double share : {0.25, 0.5, 0.75})
        painter.drawLine(QPointF(area.left(), area.bottom() - share * (area.height() - 8)),
            QPointF(area.right(), area.bottom() - share * (area.height() - 8)));
    painter.setPen(colors.line_strong);
    painter.drawLine(area.topLeft(), area.topRight());
    if (scene.track >= 0 && scene.track < static_cast<int>(scene.score.tracks.size())) {
        const auto track = static_cast<std::size_t>(scene.track);
        const auto& notes = scene.score.tracks[track].notes;
        const QColor color = trackColor(scene.track, scene.theme);
        double last_x = -1e9;
        int last_height = -1;
        scene.indices[track].visit(notes, scene.firstVisible(), scene.pastVisible(), [&](int i) {
            const NoteRef ref{scene.track, i};
            Note note = notes[static_cast<std::size_t>(i)];
            if (scene.gesture) note = preview(note, ref, *scene.gesture);
            const double x = std::floor(area.left() + scene.coords.x(note.start)) + 1;
            const int height = note.velocity_127 * (area.height() - 8) / 127;
            const bool is_selected = std::ranges::binary_search(scene.selection, ref);
            if (x < area.left() - 4 || (x - last_x < 1 && height <= last_height && !is_selected)) return;
            last_x = x;
            last_height = height;
            const QColor stem = is_selected ? colors.text : color;
            painter.fillRect(QRectF(x - 1, area.bottom() - height, is_selected ? 3 : 2, height + 1), stem);
            painter.fillRect(QRectF(x - 3, area.bottom() - height - 2, 7, 4), stem);
        });
    }
    painter.restore();
}

void paintUndecided(QPainter& painter, const RollScene& scene) {
    const QRect& area = scene.layout.undecided;
    if (area.isEmpty()) return;
    const ThemeColors& colors = themeColors(scene.theme);
    painter.fillRect(area, colors.canvas);
    paintStripLabel(painter, scene, area, RollText::tr("undecided"));
    if (!scene.certainty) return; // a variation is auditioned
    painter.save();
    painter.setClipRect(area);
    const auto& bits = scene.certainty->undecided_bits_per_beat;
    const double top = std::max(2.0, bits.empty() ? 0 : *std::ranges::max_element(bits));
    Tick at;
    for (int bar = 0, beat = 0; beat < static_cast<int>(bits.size()) && at < scene.pastVisible(); ++bar) {
        const Tick next = scene.metres.barStart(bar + 1);
        const Tick length = scene.metres.metreOfBar(bar).beatLength();
        for (at = scene.metres.barStart(bar); at < next && beat < static_cast<int>(bits.size());
             at = at + length, ++beat) {
            const double height = bits[static_cast<std::size_t>(beat)] / top * (area.height() - 5);
            const double x = area.left() + scene.coords.x(at);
            const double width = std::max(1.0, scene.coords.width(length) - 1);
            if (x + width < area.left() || height <= 0) continue;
            QColor fill = colors.keep_going;
            fill.setAlphaF(static_cast<float>(0.35 + 0.65 * height / area.height()));
            painter.fillRect(QRectF(x, area.bottom() + 1 - height, width, height), fill);
        }
    }
    painter.setPen(colors.line_strong);
    painter.drawLine(area.topLeft(), area.topRight());
    painter.restore();
}

void paintLegend(QPainter& painter, const RollScene& scene) {
    if (!scene.certainty || scene.uncertainty == UncertaintyView::kOff) return;
    const ThemeColors& colors = themeColors(scene.theme);
    const bool is_ghosts = scene.uncertainty == UncertaintyView::kGhosts;
    const QString last = is_ghosts ? RollText::tr("other choice: click to take") : RollText::tr("below 50 %");
    painter.save();
    painter.setFont(smallFont(11));
    const QFontMetrics metrics = painter.fontMetrics();
    const QString title = RollText::tr("How sure  (U)");
    const int width = 74 + metrics.horizontalAdvance(title) + metrics.horizontalAdvance(last) + 34;
    const QRect& area = scene.layout.notes;
    const QRectF pill(area.right() - width - 10, area.top() + 8, width, 24);
    if (pill.left() < area.left()) {
        painter.restore();
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors.line_strong);
    painter.setBrush(colors.raised);
    painter.drawRoundedRect(pill, 5, 5);
    painter.setPen(colors.text_muted);
    painter.drawText(pill.adjusted(9, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, title);
    double x = pill.left() + 18 + metrics.horizontalAdvance(title);
    const QColor color = trackColor(scene.track, scene.theme);
    for (const double share : {1.0, 0.7, 0.5}) {
        paintNote(painter, QRectF(x, pill.top() + 6, 16, 12), {}, {color, false, share, {}}, colors);
        x += 16;
    }
    x += 8;
    paintNote(painter, QRectF(x, pill.top() + 6, 18, 12), {},
        {is_ghosts ? colors.canvas : color, false, 0.3, {}}, colors);
    painter.setPen(colors.text);
    painter.drawText(
        QRectF(x + 24, pill.top(), pill.right() - x, pill.height()), Qt::AlignVCenter | Qt::AlignLeft, last);
    painter.restore();
}

} // namespace chainsong
