#pragma once

#include "widgets/piano_roll/roll_types.h"

#include "engine/music/score.h"

namespace chainsong {

/// What was known of the notes of `before`, for the score that an edit made of it: a note that is still there
/// keeps its share, a note the user changed or added is the user's own and certain.
RollCertainty carriedOver(const RollCertainty& certainty, const Score& before, const Score& after);

/// "G4 62 %, A4 21 %, rest 9 % – from 1 240 draws, 4 chains": the choices at one onset of a track.
QString choicesAt(const RollCertainty& certainty, const Score& score, int track, int note);

} // namespace chainsong
