#include "engine/playback/channels.h"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>

namespace chainsong {
namespace {

constexpr int kNumPitched = kNumChannels - 1;

/// Tracks with the same group number share a channel.
using Group = std::tuple<int, int, int>;
using GroupOf = std::function<Group(const Track&, int index)>;

bool takesPitchedChannel(const Track& track) { return !track.is_drums && !track.notes.empty(); }

/// The n-th channel that is not the drums'.
int pitchedChannel(int n) { return n < kDrumChannel ? n : n + 1; }

/// Channels in order of first appearance; empty when there are more groups than channels.
std::map<Group, int> numbered(const std::vector<Track>& tracks, const GroupOf& group_of) {
    std::map<Group, int> channel_of_group;
    for (int i = 0; i < static_cast<int>(tracks.size()); ++i) {
        const Track& track = tracks[static_cast<std::size_t>(i)];
        if (!takesPitchedChannel(track)) continue;
        const Group group = group_of(track, i);
        if (channel_of_group.contains(group)) continue;
        const int count = static_cast<int>(channel_of_group.size());
        if (count == kNumPitched) return {};
        channel_of_group[group] = pitchedChannel(count);
    }
    return channel_of_group;
}

} // namespace

ChannelPlan planChannels(const std::vector<Track>& tracks) {
    const GroupOf generous_to_strict[] = {
        [](const Track&, int index) {
            return Group{index, 0, 0};
        },
        [](const Track& track, int) {
            return Group{track.program, track.volume_127, track.pan_127};
        },
        [](const Track& track, int) {
            return Group{track.program, 0, 0};
        },
        [](const Track& track, int) {
            return Group{track.program * kNumPitched / 128, 0, 0};
        },
    };
    ChannelPlan plan;
    plan.channel_of_track.assign(tracks.size(), 0);
    for (const GroupOf& group_of : generous_to_strict) {
        const auto channel_of_group = numbered(tracks, group_of);
        const bool fits =
            !channel_of_group.empty() || std::none_of(tracks.begin(), tracks.end(), takesPitchedChannel);
        if (!fits) continue;
        std::array<int, kNumChannels> program_of_channel;
        program_of_channel.fill(-1);
        for (std::size_t i = 0; i < tracks.size(); ++i) {
            if (tracks[i].is_drums) plan.channel_of_track[i] = kDrumChannel;
            if (!takesPitchedChannel(tracks[i])) continue;
            const int channel = channel_of_group.at(group_of(tracks[i], static_cast<int>(i)));
            plan.channel_of_track[i] = channel;
            int& program = program_of_channel[static_cast<std::size_t>(channel)];
            if (program >= 0 && program != tracks[i].program)
                plan.has_many_programs[static_cast<std::size_t>(channel)] = true;
            program = tracks[i].program;
        }
        break;
    }
    return plan;
}

} // namespace chainsong
