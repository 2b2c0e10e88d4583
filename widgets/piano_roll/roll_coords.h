#pragma once

#include <QPointF>
#include <QRectF>

#include "engine/music/note.h"

namespace chainsong {

/// Ticks and keys to pixels of the note area and back. A pure value; (0, 0) is the note area's top left
/// corner.
struct RollCoords {
    double pixels_per_tick = 0.1;
    double key_height_px = 14;
    double scroll_x_px = 0;
    double scroll_y_px = 0;

    double x(Tick at) const { return static_cast<double>(at.value) * pixels_per_tick - scroll_x_px; }
    /// Top of the key's row; key 127 is the highest row.
    double y(int key) const { return (127 - key) * key_height_px - scroll_y_px; }
    Tick tick(double x_px) const; // rounded down, may be negative
    int key(double y_px) const; // clamped to 0..127
    QRectF rect(const Note& note) const;
    double width(Tick length) const { return static_cast<double>(length.value) * pixels_per_tick; }
    double contentHeight() const { return 128 * key_height_px; }

    /// The same view zoomed so that what lies under `anchor_px` stays there.
    RollCoords zoomedTime(double factor, double anchor_x_px) const;
    RollCoords zoomedKeys(double factor, double anchor_y_px) const;
    friend bool operator==(const RollCoords&, const RollCoords&) = default;
};

constexpr double kMinPixelsPerTick = 0.0005;
constexpr double kMaxPixelsPerTick = 2.0;
constexpr double kMinKeyHeight = 4;
constexpr double kMaxKeyHeight = 40;

/// The right end of a note is for stretching it, but never more than a third of it.
bool isOnRightEdge(const QRectF& note, QPointF position);

/// The grid line at or before `at` (kDown) or the one nearest to it; a grid below 1 tick leaves `at` alone.
Tick snappedDown(Tick at, Tick grid);
Tick snappedNear(Tick at, Tick grid);

} // namespace chainsong
