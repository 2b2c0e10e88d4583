#pragma once

#include "engine/base/result.h"
#include "engine/music/score.h"

#include <string>

namespace chainsong {

/// The score as MusicXML 3.1 partwise, for notation programs: notes on the grid of 24 a quarter, with ties
/// over bar lines, rests, chords, voices where a track's notes overlap, key, metre, tempo, clef and the
/// instrument of each part.
/// A score of more than 20 000 bars is refused.
Result<std::string> musicXml(const Score& score);
/// The same into a file, completely or not at all.
Status writeMusicXml(const Score& score, const std::string& path);

} // namespace chainsong
