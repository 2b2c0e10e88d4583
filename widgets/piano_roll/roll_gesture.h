#pragma once

#include <QPoint>
#include <QRect>

#include <utility>
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
        kVelocity,
        kPaintVelocity,
        kPan
    };
    Kind kind = Kind::kMarquee;
    QPoint from = {}; // of the viewport
    QPoint to = {};
    bool has_moved = false;
    NoteRef grabbed = {};
    std::vector<NoteRef> notes = {}; // those that the gesture acts on, ascending
    std::vector<NoteRef> selected_before = {}; // what a marquee adds to or toggles
    bool adds = false;
    bool toggles = false;
    Tick move = {};
    int transpose = 0;
    Tick lengthen = {};
    int louder = 0;
    Note drawn = {};
    TickRange range = {}; // loop
    BarRange bars = {}; // region
    std::vector<std::pair<NoteRef, int>> velocities =
        {}; // painted: the new velocity of each note touched, ascending
    QPoint scroll_from = {};

    /// True while the notes it acts on are shown as they will be, not as they are.
    bool changesNotes() const {
        return kind == Kind::kMove || kind == Kind::kResize || kind == Kind::kErase || kind == Kind::kVelocity
            || kind == Kind::kPaintVelocity;
    }
};

/// A note as the gesture would leave it: what is drawn while the mouse is down.
Note preview(const Note& note, NoteRef ref, const RollGesture& gesture);
/// The edits that a finished gesture asks for, none if it changes nothing. More than one belong together.
std::vector<Edit> editsOf(const RollGesture& gesture, const Score& score, int track);

} // namespace chainsong
