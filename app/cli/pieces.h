#pragma once

#include "app/cli/console.h"
#include "engine/jobs/loader.h"
#include "engine/music/score.h"

#include <string>

namespace chainsong {

/// A MIDI file as a score; what had to be mended in it is remarked.
Result<Score> readPiece(const std::string& midi_path, Console& console);

/// The model, or the rules with a remark that says so.
PriorPtr loadPriorOrSayWhy(Console& console);

} // namespace chainsong
