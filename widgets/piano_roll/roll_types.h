#pragma once

#include <QRect>
#include <QString>

#include <vector>

#include "engine/music/note.h"

namespace chainsong {

/// Bars from `first_bar` (counted from 0) up to but without `past_last_bar`.
struct BarRange {
    int first_bar = 0;
    int past_last_bar = 1;
    bool operator==(const BarRange&) const = default;
};

struct TickRange {
    Tick from;
    Tick to;
    bool operator==(const TickRange&) const = default;
};

/// A note that stands in some of the draws, and in which share of them.
struct GhostNote {
    int track = 0;
    Note note;
    double share_unit = 0;
    bool operator==(const GhostNote&) const = default;
};

/// What the draws say of the shown score's notes.
struct RollCertainty {
    std::vector<std::vector<double>>
        note_share_unit; // [track][note]; an empty list: nothing known of that track
    std::vector<GhostNote> ghosts;
    std::vector<double> undecided_bits_per_beat;
    int num_draws = 0;
    int num_chains = 0;
};

/// Where the parts of the roll lie in its viewport. An absent part is empty.
struct RollLayout {
    QRect corner, ruler, keyboard, notes, velocities, undecided;
};

enum class RollTool { kPointer, kDraw, kErase };
enum class FollowMode { kOff, kPaged, kContinuous };
/// U cycles: plain notes; opacity says how sure; the likeliest alternatives as outlines beside it.
enum class UncertaintyView { kOff, kConfidence, kGhosts };
/// A region of bars is merely chosen, or the sampler is at work in it.
enum class RegionState { kSelected, kSampling };

} // namespace chainsong
