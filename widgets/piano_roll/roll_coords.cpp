#include "widgets/piano_roll/roll_coords.h"

#include <algorithm>
#include <cmath>

namespace chainsong {

Tick RollCoords::tick(double x_px) const {
    return {static_cast<std::int64_t>(std::floor((x_px + scroll_x_px) / pixels_per_tick))};
}

int RollCoords::key(double y_px) const {
    const double row = std::floor((y_px + scroll_y_px) / key_height_px);
    return static_cast<int>(std::clamp(127 - row, 0.0, 127.0));
}

QRectF RollCoords::rect(const Note& note) const {
    return {x(note.start), y(note.key), width(note.length), key_height_px};
}

RollCoords RollCoords::zoomedTime(double factor, double anchor_x_px) const {
    RollCoords zoomed = *this;
    zoomed.pixels_per_tick = std::clamp(pixels_per_tick * factor, kMinPixelsPerTick, kMaxPixelsPerTick);
    const double ticks_at_anchor = (anchor_x_px + scroll_x_px) / pixels_per_tick;
    zoomed.scroll_x_px = std::max(0.0, ticks_at_anchor * zoomed.pixels_per_tick - anchor_x_px);
    return zoomed;
}

RollCoords RollCoords::zoomedKeys(double factor, double anchor_y_px) const {
    RollCoords zoomed = *this;
    zoomed.key_height_px = std::clamp(key_height_px * factor, kMinKeyHeight, kMaxKeyHeight);
    const double rows_at_anchor = (anchor_y_px + scroll_y_px) / key_height_px;
    zoomed.scroll_y_px = std::max(0.0, rows_at_anchor * zoomed.key_height_px - anchor_y_px);
    return zoomed;
}

bool isOnRightEdge(const QRectF& note, QPointF position) {
    return position.x() > note.right() - std::min(7.0, note.width() / 3);
}

Tick snappedDown(Tick at, Tick grid) {
    if (grid.value < 1) return at;
    const std::int64_t rest = at.value % grid.value;
    return {at.value - (rest < 0 ? rest + grid.value : rest)};
}

Tick snappedNear(Tick at, Tick grid) {
    return grid.value < 1 ? at : snappedDown({at.value + grid.value / 2}, grid);
}

} // namespace chainsong
