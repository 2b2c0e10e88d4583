#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace chainsong {

/// What the mixer says of one track; what it leaves open is as the score has it.
struct TrackMix {
    bool is_muted = false;
    bool is_soloed = false;
    std::optional<int> volume_127;
    std::optional<int> pan_127;
    bool operator==(const TrackMix&) const = default;
};

/// The mixer. Tracks beyond the list play as written.
struct Mix {
    std::vector<TrackMix> tracks;
    bool operator==(const Mix&) const = default;
};

/// A soloed track silences all that are not soloed; mute wins over solo.
inline bool isAudible(const Mix& mix, std::size_t track) {
    bool someone_is_soloed = false;
    for (const TrackMix& each : mix.tracks) someone_is_soloed = someone_is_soloed || each.is_soloed;
    if (track >= mix.tracks.size()) return !someone_is_soloed;
    return !mix.tracks[track].is_muted && (!someone_is_soloed || mix.tracks[track].is_soloed);
}

/// Only this one of `num_tracks` tracks sounds.
inline Mix soloOf(std::size_t track, std::size_t num_tracks) {
    Mix mix;
    mix.tracks.resize(num_tracks);
    for (std::size_t i = 0; i < num_tracks; ++i) mix.tracks[i].is_muted = i != track;
    return mix;
}

} // namespace chainsong
