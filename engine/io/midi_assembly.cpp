#include "engine/io/midi_assembly.h"

#include "engine/base/text.h"
#include "engine/music/instruments.h"
#include "engine/music/tempo_map.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace chainsong {
namespace {

constexpr int kDrumChannel = 9;

/// Type 2 holds independent patterns: each begins on the bar line after the one before.
void layEndToEnd(MidiContent& content) {
    Tick from{0};
    std::size_t num_kept = 0;
    for (MidiTrack& track : content.tracks) {
        const Tick length = MetreMap(track.metres).barLineFrom(track.end);
        if (from + length > kMaxMidiTick) break;
        const auto move = [from](auto& list) {
            for (auto& item : list) item.at = item.at + from;
        };
        move(track.tempos);
        move(track.metres);
        move(track.keys);
        move(track.markers);
        for (auto& [channel, part] : track.channels)
            for (Note& note : part.notes) note.start = note.start + from;
        track.end = track.end + from;
        from = from + length;
        ++num_kept;
    }
    if (num_kept < content.tracks.size()) content.losses.is_too_long = true;
    content.tracks.resize(num_kept);
    content.notices.push_back("It holds " + counted(num_kept, "independent pattern", "independent patterns")
        + " (type 2); they stand one after another.");
}

/// Changes of all tracks, ascending, one at a tick: within a track the last word counts, between tracks the
/// first track.
template <class Change>
std::vector<Change> merged(std::vector<MidiTrack>& tracks, std::vector<Change> MidiTrack::*list) {
    std::vector<Change> all;
    for (MidiTrack& track : tracks) {
        std::vector<Change>& own = track.*list;
        for (std::size_t i = 0; i < own.size(); ++i)
            if (i + 1 == own.size() || own[i + 1].at != own[i].at) all.push_back(std::move(own[i]));
        own = {};
    }
    std::stable_sort(all.begin(), all.end(), [](const Change& a, const Change& b) { return a.at < b.at; });
    all.erase(
        std::unique(all.begin(), all.end(), [](const Change& a, const Change& b) { return a.at == b.at; }),
        all.end());
    return all;
}

std::vector<Marker> allMarkers(std::vector<MidiTrack>& tracks) {
    std::vector<Marker> all;
    for (MidiTrack& track : tracks)
        std::move(track.markers.begin(), track.markers.end(), std::back_inserter(all));
    std::stable_sort(all.begin(), all.end(), [](const Marker& a, const Marker& b) { return a.at < b.at; });
    return all;
}

/// The tracks of the score that one track of the file becomes: one for each channel with notes; a track that
/// only sets up a single channel is an empty voice.
void appendVoices(MidiTrack& from, bool is_conductor, const std::array<MidiChannel, 16>& set_up,
    std::vector<Track>& voices) {
    const auto num_sounding = std::count_if(
        from.channels.begin(), from.channels.end(), [](const auto& c) { return !c.second.notes.empty(); });
    if (num_sounding == 0 && (is_conductor || from.channels.size() != 1)) return;
    const std::string given = from.name ? *from.name : from.instrument.value_or("");
    for (auto& [channel, part] : from.channels) {
        if (num_sounding > 0 && part.notes.empty()) continue;
        const MidiChannel& others = set_up[static_cast<std::size_t>(channel)];
        Track voice;
        voice.is_drums = channel == kDrumChannel;
        voice.program = part.program.value_or(others.program.value_or(0));
        voice.volume_127 = part.volume_127.value_or(others.volume_127.value_or(100));
        voice.pan_127 = part.pan_127.value_or(others.pan_127.value_or(64));
        const std::string_view instrument = voice.is_drums ? kDrumsName : instrumentName(voice.program);
        if (num_sounding < 2)
            voice.name = given;
        else
            voice.name = given.empty() ? std::string(instrument)
                                       : cleanLabel(given + " (" + std::string(instrument) + ")");
        std::sort(part.notes.begin(), part.notes.end(), comesBefore);
        voice.notes = withoutOverlaps(std::move(part.notes));
        voices.push_back(std::move(voice));
    }
}

/// For voices that some other track of the file sets up: the first word on each channel's instrument.
std::array<MidiChannel, 16> channelSetUp(const std::vector<MidiTrack>& tracks) {
    std::array<MidiChannel, 16> all;
    for (const MidiTrack& track : tracks)
        for (const auto& [channel, part] : track.channels) {
            MidiChannel& known = all[static_cast<std::size_t>(channel)];
            if (!known.program) known.program = part.program;
            if (!known.volume_127) known.volume_127 = part.volume_127;
            if (!known.pan_127) known.pan_127 = part.pan_127;
        }
    return all;
}

} // namespace

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

Score assembled(MidiContent& content) {
    if (content.header.type == 2) layEndToEnd(content);
    if (content.tracks.empty()) return {};
    Score score;
    std::vector<MidiTrack>& tracks = content.tracks;
    const bool has_conductor = std::all_of(tracks.front().channels.begin(), tracks.front().channels.end(),
        [](const auto& channel) { return channel.second.notes.empty(); });
    if (has_conductor || tracks.size() == 1) score.title = tracks.front().name.value_or("");
    if (tracks.size() == 1) tracks.front().name.reset();
    score.tempos = merged(tracks, &MidiTrack::tempos);
    score.metres = merged(tracks, &MidiTrack::metres);
    score.keys = merged(tracks, &MidiTrack::keys);
    score.markers = allMarkers(tracks);
    const std::array<MidiChannel, 16> set_up = channelSetUp(tracks);
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        appendVoices(tracks[i], i == 0, set_up, score.tracks);
        score.end = std::max(score.end, tracks[i].end);
        if (score.tracks.size() >= kMaxMidiTracks) {
            score.tracks.resize(kMaxMidiTracks);
            content.notices.push_back(
                "Only the first " + std::to_string(kMaxMidiTracks) + " voices were kept.");
            break;
        }
    }
    const std::optional<Tick> our_end = content.header.type == 1 ? tracks.front().our_end : std::nullopt;
    if (our_end) score.end = *our_end;
    score = normalised(std::move(score));
    if (!our_end) {
        const Tick bar_line = MetreMap(score.metres).barLineFrom(score.end);
        if (bar_line <= kMaxMidiTick) score.end = bar_line;
    }
    return score;
}

std::vector<Note> withoutOverlaps(std::vector<Note> notes) {
    std::array<std::size_t, 128> last; // index + 1 of each key's latest note in `out`, 0 for none
    last.fill(0);
    std::size_t num_kept = 0;
    for (const Note& note : notes) {
        std::size_t& latest = last[note.key & 0x7Fu];
        if (latest > 0) {
            Note& before = notes[latest - 1];
            if (before.start == note.start) {
                before.length = std::max(before.length, note.length);
                before.velocity_127 = std::max(before.velocity_127, note.velocity_127);
                before.is_pinned |= note.is_pinned;
                continue;
            }
            before.length = std::min(before.length, note.start - before.start);
        }
        notes[num_kept++] = note;
        latest = num_kept;
    }
    notes.resize(num_kept);
    return notes;
}

} // namespace chainsong
