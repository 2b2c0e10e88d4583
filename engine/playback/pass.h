#pragma once

#include "engine/playback/schedule.h"

#include <memory>
#include <optional>

namespace chainsong {

using SchedulePtr = std::shared_ptr<const Schedule>;

/// A stretch of score that is played without a jump, and where it lies on the output's clock.
struct Pass {
    SchedulePtr schedule;
    Tick from;
    Tick to;
    double start_s = 0;
    double start_score_s = 0; // along the score, what sounds at start_s
    double tempo_scale = 1;
    std::optional<Tick> counts_in_to; // a count-in: where the piece will begin

    /// When a tick sounds.
    double timeOf(Tick at) const;
    /// How far along the score it is at a time; not before the pass begins.
    double scoreSecondsAt(double time_s) const;
    /// The last tick that has sounded at a time, within the pass.
    Tick tickAt(double time_s) const;
    /// A moment after the start even for a score of absurd tempo.
    double end_s() const;
};

} // namespace chainsong
