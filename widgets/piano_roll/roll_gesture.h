#pragma once

#include <QPoint>
#include <QRect>

#include <vector>

#include "engine/music/edit.h"
#include "engine/music/score.h"
#include "widgets/piano_roll/roll_types.h"

namespace chainsong {

/// What the mouse is doing between press and release. Nothing is asked for before the release.
struct RollGesture {
    enum class Kind {
        kMarquee,
        kMove,
        kCopy,
        kResize,
        kDrawNote,
        kErase,
        kLoop,
        kRegion,
        kSeek,
        kVelocity,
        kPan
    };
    Kind kind = Kind::kMarquee;
    QPoint from; // of the viewport
    QPoint to;
    Tick from_tick;
    int from_key = 60;
    bool has_moved = false;
    NoteRef grabbed;
    std::vector<NoteRef> before; // the selection that a marquee adds to or toggles
    bool adds = false;
    bool toggles = false;
    Tick move;
    int transpose = 0;
    Tick lengthen;
    Note drawn;
    TickRange range;
    std::vector<NoteRef> erased;
    std::vector<std::pair<NoteRef, int>> velocities; // the new velocity of each note touched
    QPoint scroll_from;
};

/// A note as the gesture would leave it: what is drawn while the mouse is down.
Note preview(const Note& note, const RollGesture& gesture);
/// The edits that a finished gesture asks for, none if it changes nothing. A copy is one edit a track.
std::vector<Edit> editsOf(
    const RollGesture& gesture, const Score& score, const std::vector<NoteRef>& selection, int track);

} // namespace chainsong
