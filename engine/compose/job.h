#pragma once

#include "engine/compose/region.h"
#include "engine/compose/request.h"

#include <functional>

namespace chainsong {

/// Bars to write, and what is free in them.
struct RegionWish {
    int first_bar = 0; // of the piece
    int past_last_bar = 0;
    std::vector<int> tracks; // that may get new notes; empty = all
    KeySet keys = ~KeySet(); // that new notes may have
};

/// One region of one piece, ready to be written: the plan for the writers, and the score that the new notes
/// join.
struct Job {
    std::shared_ptr<const WritingPlan> plan;
    Score base; // everything that stays
    RegionWish wish;

    /// The base with the notes of a draw.
    Score assembled(const RegionDraw& draw) const;
    /// The notes of a draw that were free, per track of the base.
    std::vector<std::vector<Note>> newNotes(const RegionDraw& draw) const;
    Tick regionStart() const;
    Tick frameStart() const;
};

/// Cuts the frame to what the prior should see (16 bars before the region, 8 behind it) and compiles the
/// constraints. `frame` is the whole piece's; `base` has its bars and at least as many tracks as the frame
/// has parts. `tracks_of_parts` names the base's track of each part.
Result<Job> makeJob(const PieceFrame& frame, Score base, std::vector<int> tracks_of_parts,
    const RegionWish& wish, const std::vector<Constraint>& constraints, double temperature);

/// Are the constraints kept by the region's draw? One row a constraint, with the first place where it is not.
std::vector<ConstraintReport> reportsOf(
    const Job& job, const std::vector<Constraint>& constraints, const RegionDraw& draw);

} // namespace chainsong
