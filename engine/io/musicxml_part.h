#pragma once

#include "engine/io/notation.h"
#include "engine/io/xml_writer.h"

#include <string>

namespace chainsong {

/// One part of a MusicXML file: a track with its id ("P1") and the staves it is written on.
struct MusicXmlPart {
    std::string id;
    const Track* track = nullptr;
    int midi_channel = 1; // from 1
    bool has_score_directions = false; // the first part carries tempo, rehearsal marks and chord symbols
};

/// Its entry in the part list: name, instruments.
void writePartEntry(XmlWriter& out, const MusicXmlPart& part);
/// Its bars.
void writePart(
    XmlWriter& out, const MusicXmlPart& part, const Score& score, const std::vector<NotatedBar>& bars);

} // namespace chainsong
