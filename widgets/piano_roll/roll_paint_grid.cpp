#include "widgets/piano_roll/roll_scene.h"

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

// Rows of one key signature, from x0 to x1.
void paintRows(QPainter& painter, const RollScene& scene, const Key& key, double x0_px, double x1_px) {
    const ThemeColors& colors = themeColors(scene.theme);
    const QRect& area = scene.layout.notes;
    const int top_key = scene.coords.key(0);
    const int low_key = scene.coords.key(area.height());
    const bool knows_key = scene.is_scale_highlighted && !scene.score.keys.empty();
    for (int k = low_key; k <= top_key; ++k) {
        const double y = area.top() + scene.coords.y(k);
        const QRectF row(x0_px, y, x1_px - x0_px, scene.coords.key_height_px);
        const bool is_plain = knows_key ? isInScale(k, key) : !isBlackKey(k);
        const QColor fill = is_plain ? colors.canvas : colors.canvas_black_key;
        const bool is_tonic = knows_key && k % 12 == key.tonic;
        painter.fillRect(row, is_tonic ? colors.canvas_in_scale : fill);
        const bool is_octave = k % 12 == 0;
        if (is_octave || scene.coords.key_height_px >= 9) {
            painter.setPen(is_octave ? colors.line_strong : mixed(colors.line, colors.canvas, 0.45));
            const double bottom = std::floor(y + scene.coords.key_height_px) - 0.5;
            painter.drawLine(QPointF(x0_px, bottom), QPointF(x1_px, bottom));
        }
    }
}

void paintLines(
    QPainter& painter, const RollScene& scene, Tick from, Tick to, Tick step, const QColor& color) {
    const QRect& area = scene.layout.notes;
    painter.setPen(color);
    for (Tick at = from; at < to; at = at + step) {
        const double x = std::floor(area.left() + scene.coords.x(at)) + 0.5;
        if (x >= area.left()) painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom() + 1));
    }
}

} // namespace

RollLayout rollLayout(QSize viewport, bool has_undecided_strip) {
    constexpr int kVelocityHeight = 68;
    constexpr int kUndecidedHeight = 30;
    const int undecided = has_undecided_strip ? kUndecidedHeight : 0;
    const int velocity = viewport.height() > 260 ? kVelocityHeight : 0;
    const int width = std::max(0, viewport.width() - kKeyboardWidth);
    const int height = std::max(0, viewport.height() - kRulerHeight - velocity - undecided);
    RollLayout layout;
    layout.corner = {0, 0, kKeyboardWidth, kRulerHeight};
    layout.ruler = {kKeyboardWidth, 0, width, kRulerHeight};
    layout.keyboard = {0, kRulerHeight, kKeyboardWidth, height};
    layout.notes = {kKeyboardWidth, kRulerHeight, width, height};
    layout.velocities = {kKeyboardWidth, kRulerHeight + height, width, velocity};
    layout.undecided = {kKeyboardWidth, kRulerHeight + height + velocity, width, undecided};
    return layout;
}

bool isBlackKey(int key) {
    constexpr unsigned kBlack = 0b010101001010; // bit k: pitch class k
    return ((kBlack >> (key % 12)) & 1U) != 0;
}

QFont smallFont(int pixel_size) {
    QFont font;
    font.setPixelSize(std::max(7, pixel_size));
    return font;
}

int barStride(const RollScene& scene, double min_width_px) {
    const int first = scene.metres.barAt(std::max(Tick{}, scene.firstVisible()));
    const double width = std::max(1e-6, scene.coords.width(scene.metres.barLength(first)));
    int stride = 1;
    while (width * stride < min_width_px && stride < (1 << 24)) stride *= 2;
    return stride;
}

void paintGrid(QPainter& painter, const RollScene& scene) {
    const ThemeColors& colors = themeColors(scene.theme);
    const QRect& area = scene.layout.notes;
    painter.save();
    painter.setClipRect(area);
    // Rows, one stretch for each key in force.
    const auto& keys = scene.score.keys;
    for (std::size_t i = 0; i < std::max<std::size_t>(1, keys.size()); ++i) {
        const double x0 = i == 0 ? area.left() : area.left() + scene.coords.x(keys[i].at);
        const double x1 =
            i + 1 < keys.size() ? area.left() + scene.coords.x(keys[i + 1].at) : area.right() + 1.0;
        if (x1 <= area.left() || x0 > area.right() + 1) continue;
        paintRows(painter, scene, keys.empty() ? Key{} : keys[i].key, std::max<double>(x0, area.left()),
            std::min(x1, area.right() + 1.0));
    }
    // Grid, beats, bar lines: each only where there is room for it.
    const int stride = barStride(scene, 14);
    const Tick past = scene.pastVisible();
    int bar = scene.metres.barAt(std::max(Tick{}, scene.firstVisible()));
    bar -= bar % stride;
    for (; scene.metres.barStart(bar) < past; bar += stride) {
        const Tick start = scene.metres.barStart(bar);
        const Tick next = scene.metres.barStart(bar + 1);
        const Tick beat = scene.metres.metreOfBar(bar).beatLength();
        if (scene.grid.value > 0 && scene.coords.width(scene.grid) >= 9) {
            paintLines(painter, scene, start, next, scene.grid, mixed(colors.line, colors.canvas, 0.35));
        }
        if (scene.coords.width(beat) >= 9)
            paintLines(painter, scene, start, next, beat, mixed(colors.line, colors.line_strong, 0.25));
        paintLines(painter, scene, start, start + Tick{1}, next - start, colors.line_strong);
    }
    // Behind the last bar line there is no piece yet.
    const double end_x = area.left() + scene.coords.x(scene.score.end);
    if (end_x < area.right()) {
        QColor veil = colors.panel;
        veil.setAlphaF(0.55F);
        painter.fillRect(QRectF(std::max<double>(end_x, area.left()), area.top(),
                             area.right() + 1 - std::max<double>(end_x, area.left()), area.height()),
            veil);
    }
    painter.restore();
}

void paintRegion(QPainter& painter, const RollScene& scene) {
    if (!scene.region) return;
    const ThemeColors& colors = themeColors(scene.theme);
    const QRect& area = scene.layout.notes;
    const double x0 = area.left() + scene.coords.x(scene.metres.barStart(scene.region->first_bar));
    const double x1 = area.left() + scene.coords.x(scene.metres.barStart(scene.region->past_last_bar));
    painter.save();
    painter.setClipRect(area);
    const QRectF inside(x0, area.top(), x1 - x0, area.height());
    const bool is_sampling = scene.region_state == RegionState::kSampling;
    QColor veil = is_sampling ? colors.panel : colors.accent;
    veil.setAlphaF(is_sampling ? 0.62F : 0.10F);
    if (is_sampling) {
        painter.fillRect(
            QRectF(area.left(), area.top(), std::max(0.0, x0 - area.left()), area.height()), veil);
        painter.fillRect(QRectF(std::max<double>(area.left(), x1), area.top(),
                             std::max(0.0, area.right() + 1 - x1), area.height()),
            veil);
    } else {
        painter.fillRect(inside, veil);
    }
    painter.setPen(QPen(colors.accent, is_sampling ? 2 : 1, is_sampling ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(inside.adjusted(0.5, 0.5, -0.5, -1.5));
    painter.restore();
}

} // namespace chainsong
