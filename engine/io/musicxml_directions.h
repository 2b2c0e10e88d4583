#pragma once

#include "engine/io/notation.h"
#include "engine/io/xml_writer.h"

#include <vector>

namespace chainsong {

/// What stands above the system: tempo, rehearsal marks, chord symbols. The cursors move on, as bars come in
/// order.
struct DirectionCursor {
    std::vector<TempoChange>::const_iterator tempo;
    std::vector<Marker>::const_iterator marker;
};
/// Writes those of one bar.
void writeDirections(XmlWriter& out, const Score& score, const NotatedBar& bar, DirectionCursor& next);

} // namespace chainsong
