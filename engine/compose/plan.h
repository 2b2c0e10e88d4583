#pragma once

#include "engine/compose/request.h"

namespace chainsong {

constexpr int kMostBars = 512;

/// What a request comes to before a note is written: the empty form, the notes that stand already, all
/// constraints.
struct Plan {
    PieceFrame frame; // of the whole piece
    Score base; // the piece with nothing but what stays: the prime, pinned notes
    int first_bar = 0; // the first bar to write
    std::vector<Constraint> constraints; // the user's and the built-in ones
    std::vector<Chip> request_chips;
    std::vector<TextSpan> not_understood;
    std::vector<std::string> notices;
};

/// Reads the prompt, lets edited chips and constraints win over it, and chooses what is left open from the
/// style and the seed; the form from what the prior knows of pieces of that style.
Result<Plan> planPiece(const Prior& prior, const ComposeRequest& request);

/// What the built-in constraints depend on besides the frame.
struct BuiltIn {
    bool has_cadence = false; // the piece ends here
    bool keeps_key = true; // the prior would not by itself
};
/// Built-in constraints of a frame: comfortable ranges, one note at a time for instruments that play one, no
/// undue rests. A constraint of the user's with the same name and scope takes the built-in one's place, also if
/// it is off.
std::vector<Constraint> withBuiltIn(
    const std::vector<Constraint>& wanted, const PieceFrame& frame, const BuiltIn& built_in);

/// Puts the notes of "pinned" constraints into the base. Fails if two of them contradict each other, naming
/// bar and notes.
Status addPinnedNotes(Score& base, const PieceFrame& frame, const std::vector<Constraint>& constraints);

/// How a style is usually played. What a prompt leaves open comes from here.
struct StyleDefaults {
    std::string_view style;
    std::string_view metre = "4/4";
    double tempo_bpm = 100;
    std::string_view instruments = ""; // separated by commas; empty = piano
    int voices = 0;
    std::string_view mode = ""; // "", "major", "minor"
};
/// The row of a style, or a plain one.
const StyleDefaults& defaultsOf(std::string_view style);

} // namespace chainsong
