#pragma once

#include "engine/model/prior.h"

#include <map>
#include <string>
#include <vector>

namespace chainsong::micro {

/// A prior so small that every piece can be listed: one part, two places in a bar, three pitches, no choice
/// of length and loudness. What comes next depends on the last pitch and on the number of notes so far.
constexpr int kNumKeys = 3;
constexpr int kKeys[kNumKeys] = {60, 62, 64};
constexpr int kPlaces[2] = {0, 12};
constexpr int kSteps = 6;
constexpr int kVelocity = 5;

/// One note of a micro piece, as a place and an index of kKeys.
struct MicroNote {
    int bar = 0;
    int place = 0;
    int key = 0;
    auto operator<=>(const MicroNote&) const = default;
};
using MicroPiece = std::vector<MicroNote>;

/// The prior's own numbers, which the decoder and the list of all pieces share.
double noteProbability(
    int place, int num_notes, int last_key); // that the place (and none before it) is played
double keyProbability(int key, int last_key, int num_notes);

/// Every piece of so many bars with its probability.
std::map<MicroPiece, double> allPieces(int num_bars);

PieceFrame microFrame(int num_bars);
PriorPtr makeMicroPrior();

/// Events of whole bars as a micro piece; `first_bar` is the bar of the first event.
MicroPiece pieceOf(const std::vector<Event>& events, int first_bar = 0);
std::vector<Event> eventsOf(const MicroPiece& piece, int num_bars);

} // namespace chainsong::micro
