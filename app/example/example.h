#pragma once

#include "engine/music/score.h"

namespace chainsong {

/// The piece that stands on the roll at the first start: eight bars for four voices in G minor, written for
/// this program.
Score examplePiece();

} // namespace chainsong
