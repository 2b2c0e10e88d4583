#include "engine/io/midi_file.h"

#include "engine/base/atomic_file.h"
#include "engine/base/text.h"
#include "engine/io/midi_track.h"
#include "engine/music/instruments.h"
#include "engine/music/tempo_map.h"

#include <algorithm>
#include <array>

namespace chainsong {
namespace {

constexpr int kDrumChannel = 9;

struct Header {
    int type = 1;
    int num_tracks = 0;
    MidiClock clock;
};

/// What came out of the file before it becomes a score.
struct Content {
    Header header;
    std::vector<MidiTrack> tracks;
    MidiLosses losses;
    std::vector<std::string> notices;
};

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

Result<MidiClock> readClock(std::uint32_t division) {
    if (division == 0) return Error{"its header says that a quarter note has no ticks"};
    if (division < 0x8000) return MidiClock{kTicksPerQuarter, division, false};
    const int frames = 256 - static_cast<int>(division >> 8);
    const int ticks = static_cast<int>(division & 0xFF);
    if (ticks == 0) return Error{"its header says that a film frame has no ticks"};
    const std::int64_t ticks_per_second = kTicksPerQuarter * 2; // 120 BPM
    if (frames == 29) return MidiClock{ticks_per_second * 1001, 30'000ll * ticks, true};
    if (frames == 24 || frames == 25 || frames == 30)
        return MidiClock{ticks_per_second, frames * ticks, true};
    return Error{"its header counts " + std::to_string(frames)
        + " film frames a second; 24, 25, 29 and 30 are possible"};
}

/// Steps into a RIFF wrapper (files of type RMID); bare files stay as they are.
Result<ByteReader> unwrapped(ByteReader bytes) {
    if (!bytes.startsWith("RIFF") || !bytes.has(12)) return bytes;
    bytes.take(8);
    if (!bytes.startsWith("RMID"))
        return Error{
            "it is a RIFF file of kind \"" + cleanLabel(asText(bytes.take(4))) + "\", not a MIDI file"};
    bytes.take(4);
    while (bytes.has(8)) {
        const bool is_data = bytes.startsWith("data");
        bytes.take(4);
        const std::size_t length = bytes.littleEndian32();
        const std::size_t at = bytes.at();
        if (is_data) return ByteReader(bytes.take(std::min(length, bytes.remaining())), at);
        bytes.take(std::min(length + length % 2, bytes.remaining()));
    }
    return Error{"its RIFF wrapper holds no MIDI data"};
}

Result<Header> readHeader(ByteReader& bytes, std::vector<std::string>& notices) {
    if (!bytes.startsWith("MThd")) return Error{"it is not a MIDI file: it does not begin with \"MThd\""};
    if (!bytes.has(14)) return Error{"it ends inside its header"};
    bytes.take(4);
    const std::size_t length = bytes.bigEndian(4);
    if (length < 6) return Error{"its header is too short at byte " + std::to_string(bytes.at() - 4)};
    Header header;
    header.type = static_cast<int>(bytes.bigEndian(2));
    header.num_tracks = static_cast<int>(bytes.bigEndian(2));
    const Result<MidiClock> clock = readClock(bytes.bigEndian(2));
    if (!clock) return clock.error();
    header.clock = *clock;
    if (length - 6 <= bytes.remaining())
        bytes.take(length - 6);
    else
        notices.push_back("The header says it is longer than the file; it was taken as the usual 6 bytes.");
    if (header.type > 2)
        notices.push_back("It is of type " + std::to_string(header.type)
            + ", which no standard describes; it was read like type 1.");
    return header;
}

bool looksLikeChunk(std::span<const std::uint8_t> rest) {
    if (rest.size() < 8) return rest.empty(); // the end of the file is as good
    return std::all_of(rest.begin(), rest.begin() + 4, [](std::uint8_t c) { return c >= 0x20 && c < 0x7F; });
}

/// Is the length that a chunk declares its true one? Then another chunk follows, or its last bytes are an end
/// event.
bool isPlausible(std::span<const std::uint8_t> from_content, std::size_t length) {
    if (length > from_content.size()) return false;
    return looksLikeChunk(from_content.subspan(length))
        || asText(from_content.first(length)).ends_with(std::string_view("\xFF\x2F\x00", 3));
}

/// Reads all tracks. Lengths and the track count in the file are hints only.
Status readTracks(std::span<const std::uint8_t> bytes, std::size_t offset, Content& content) {
    std::size_t num_mended = 0, num_foreign = 0, num_cut_short = 0;
    std::size_t at = 0;
    while (bytes.size() - at >= 8) {
        ByteReader chunk(bytes.subspan(at), offset + at);
        const bool is_track = chunk.startsWith("MTrk");
        chunk.take(4);
        const std::size_t length = chunk.bigEndian(4);
        const std::size_t content_at = at += 8;
        const auto rest = bytes.subspan(content_at);
        // A wrong length is mended: the chunk reaches to the next track.
        const bool is_plausible = isPlausible(rest, length);
        const std::size_t true_length =
            is_plausible ? length : std::min(asText(rest).find("MTrk"), rest.size());
        at += true_length;
        if (!is_track) {
            ++num_foreign;
            continue;
        }
        if (content.tracks.size() == kMaxMidiTracks) {
            content.notices.push_back(
                "Only the first " + std::to_string(kMaxMidiTracks) + " tracks were read.");
            break;
        }
        const std::string name = "track " + std::to_string(content.tracks.size() + 1);
        Result<MidiTrack> track = readMidiTrack(ByteReader(rest.first(true_length), offset + content_at),
            content.tracks.empty(), content.header.clock, content.losses);
        if (!track) return Error{name + ": " + track.error().what};
        if (!is_plausible) ++num_mended;
        if (track->is_cut_short) ++num_cut_short;
        content.tracks.push_back(*std::move(track));
    }
    if (content.tracks.empty()) return Error{"it holds no tracks"};
    if (num_mended > 0)
        content.notices.push_back(
            counted(num_mended, "track has", "tracks have") + " a wrong length in the file.");
    if (num_cut_short > 0)
        content.notices.push_back(counted(num_cut_short, "track ends", "tracks end")
            + " inside an event; what stands before it was read.");
    if (num_foreign > 0)
        content.notices.push_back(
            counted(num_foreign, "part", "parts") + " of the file of an unknown kind stayed behind.");
    if (at < bytes.size())
        content.notices.push_back(
            "Something that is not music follows at byte " + std::to_string(offset + at) + ".");
    if (content.header.num_tracks != static_cast<int>(content.tracks.size()))
        content.notices.push_back("The header promises "
            + counted(static_cast<std::size_t>(content.header.num_tracks), "track", "tracks") + "; there "
            + (content.tracks.size() == 1 ? "is " : "are ") + std::to_string(content.tracks.size()) + ".");
    return Done{};
}

/// Type 2 holds independent patterns: each begins on the bar line after the one before.
void layEndToEnd(Content& content) {
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

Score scoreOf(Content& content) {
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

void addLosses(const MidiLosses& losses, std::vector<std::string>& notices) {
    const auto note = [&](std::size_t count, const std::string& one, const std::string& many) {
        if (count > 0) notices.push_back(counted(count, one, many));
    };
    note(losses.stuck_notes, "note never ends; it ends with its track.",
        "notes never end; they end with their tracks.");
    note(losses.clamped_tempos, "tempo was beyond 4 to 1000 BPM and was moved there.",
        "tempos were beyond 4 to 1000 BPM and were moved there.");
    note(losses.bad_tempos, "tempo change is broken and was ignored.",
        "tempo changes are broken and were ignored.");
    note(losses.bad_metres, "time signature is impossible and was ignored.",
        "time signatures are impossible and were ignored.");
    note(losses.bad_keys, "key signature is impossible and was ignored.",
        "key signatures are impossible and were ignored.");
    note(losses.late_programs, "change of instrument, volume or pan inside a voice was left out.",
        "changes of instrument, volume or pan inside a voice were left out.");
    note(losses.controllers, "pedal, bend or other controller event was left out.",
        "pedal, bend and other controller events were left out.");
    note(losses.lyrics, "syllable of lyrics was left out.", "syllables of lyrics were left out.");
    if (losses.is_too_long)
        notices.push_back("The piece is longer than two years; what lies beyond was left out.");
    if (losses.has_too_many_notes)
        notices.push_back("Only the first " + std::to_string(kMaxMidiNotes) + " notes were read.");
    if (losses.has_too_many_changes)
        notices.push_back("Only the first " + std::to_string(kMaxMidiChanges)
            + " changes and markers of a kind were read.");
}

} // namespace

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

Result<MidiReading> readMidi(std::span<const std::uint8_t> bytes, const std::string& name) {
    if (bytes.empty()) return Error{"it is empty", name};
    if (bytes.size() > kMaxMidiBytes)
        return Error{"it is larger than " + std::to_string(kMaxMidiBytes >> 20) + " MB", name};
    Result<ByteReader> inner = unwrapped(ByteReader(bytes));
    if (!inner) return Error{inner.error().what, name};
    Content content;
    const Result<Header> header = readHeader(*inner, content.notices);
    if (!header) return Error{header.error().what, name};
    content.header = *header;
    const std::size_t offset = inner->at();
    if (const Status tracks = readTracks(inner->take(inner->remaining()), offset, content); !tracks)
        return Error{tracks.error().what, name};
    if (header->type == 2) layEndToEnd(content);
    if (header->clock.is_in_seconds)
        content.notices.push_back(
            "Its time is in seconds (SMPTE), not in beats; the bars are those of 120 BPM.");
    MidiReading reading;
    if (!content.tracks.empty()) {
        reading.remarks = std::move(content.tracks.front().remarks);
        reading.score = scoreOf(content);
    }
    addLosses(content.losses, content.notices);
    reading.notices = std::move(content.notices);
    return reading;
}

Result<MidiReading> readMidiFile(const std::string& path) {
    const Result<std::vector<std::uint8_t>> bytes = readWholeFile(path, kMaxMidiBytes);
    if (!bytes) return bytes.error();
    return readMidi(*bytes, path);
}

} // namespace chainsong
