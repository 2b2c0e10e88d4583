#pragma once

#include "engine/music/score.h"
#include "engine/playback/message.h"

#include <vector>

namespace chainsong {

/// Which of MIDI's sixteen channels each track plays on.
struct ChannelPlan {
    std::vector<int> channel_of_track;
    /// True where tracks of different instruments had to share: such a channel is told the program before
    /// each note.
    std::array<bool, kNumChannels> has_many_programs{};
};

/// Drums on channel 9, every other track on a channel of its own. More than fifteen share: first those equal
/// in program, volume and pan, then those equal in program, then neighbours in General MIDI's list. Tracks
/// without notes take no channel from the others.
ChannelPlan planChannels(const std::vector<Track>& tracks);

} // namespace chainsong
