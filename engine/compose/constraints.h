#pragma once

#include "engine/compose/request.h"
#include "engine/compose/rule.h"

#include <span>
#include <string_view>

namespace chainsong {

/// A row of the table of constraints.
struct ConstraintKind {
    std::string_view name;
    std::string_view argument; // "KEY", "NOTE-NOTE"
    std::string_view help; // one line
    bool is_frame = false; // decides the empty form (metre, bars …) before a note is written
    bool can_be_soft = false;
};
std::span<const ConstraintKind> constraintTable();
const ConstraintKind* findConstraintKind(std::string_view name);

/// How a frame that is being written lies in the piece that the user sees.
struct FrameMap {
    int first_bar = 0; // bar 0 of the frame is this bar of the piece
    std::vector<int> track_of_part;

    /// Does a scope reach a bar and a part of the frame?
    bool reaches(const Scope& scope, int bar, int part) const;
    bool reachesPart(const Scope& scope, int part) const;
};

/// The rule of a constraint for a frame; nullptr for those that decide the frame itself, and for "pinned".
Result<RulePtr> makeRule(const Constraint& constraint, const PieceFrame& frame, const FrameMap& map);

/// One note that the user wants, as "pinned" writes it: "3/2.5 C5 1" is bar 3, beat 2.5, C5, one beat long.
struct PinnedNote {
    int bar = 0; // from 0
    double beat = 0; // from 0
    int key = 60;
    double length_beats = 1;
};
Result<std::vector<PinnedNote>> parsePinnedNotes(std::string_view text);

/// "C3-C5" as keys, low and high.
Result<std::pair<int, int>> parseKeyRange(std::string_view text);

// Each family of rules, in a file of its own.
Result<RulePtr> makePitchRule(const Constraint& constraint, const PieceFrame& frame, const FrameMap& map);
Result<RulePtr> makeTextureRule(const Constraint& constraint, const PieceFrame& frame, const FrameMap& map);
Result<RulePtr> makeFormRule(const Constraint& constraint, const PieceFrame& frame, const FrameMap& map);

} // namespace chainsong
