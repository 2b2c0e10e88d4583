#pragma once

#include "engine/io/midi_track.h"

#include <string>
#include <vector>

namespace chainsong {

/// What a file's header says.
struct MidiHeader {
    int type = 1;
    int num_tracks = 0;
    MidiClock clock;
};

/// What came out of the file before it becomes a score.
struct MidiContent {
    MidiHeader header;
    std::vector<MidiTrack> tracks;
    MidiLosses losses;
    std::vector<std::string> notices;
};

/// "1 track", "3 tracks".
std::string counted(std::size_t count, const std::string& one, const std::string& many);

/// The score that the tracks of a file become; there is at least one. Takes what it needs out of them.
Score assembled(MidiContent& content);

} // namespace chainsong
