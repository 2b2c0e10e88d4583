#include "engine/io/midi_file.h"

#include "engine/base/atomic_file.h"
#include "engine/base/text.h"
#include "engine/io/midi_assembly.h"

#include <algorithm>

namespace chainsong {
namespace {

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

Result<MidiHeader> readHeader(ByteReader& bytes, std::vector<std::string>& notices) {
    if (!bytes.startsWith("MThd")) return Error{"it is not a MIDI file: it does not begin with \"MThd\""};
    if (!bytes.has(14)) return Error{"it ends inside its header"};
    bytes.take(4);
    const std::size_t length = bytes.bigEndian(4);
    if (length < 6) return Error{"its header is too short at byte " + std::to_string(bytes.at() - 4)};
    MidiHeader header;
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
Status readTracks(std::span<const std::uint8_t> bytes, std::size_t offset, MidiContent& content) {
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

Result<MidiReading> readMidi(std::span<const std::uint8_t> bytes, const std::string& name) {
    if (bytes.empty()) return Error{"it is empty", name};
    if (bytes.size() > kMaxMidiBytes)
        return Error{"it is larger than " + std::to_string(kMaxMidiBytes >> 20) + " MB", name};
    Result<ByteReader> inner = unwrapped(ByteReader(bytes));
    if (!inner) return Error{inner.error().what, name};
    MidiContent content;
    const Result<MidiHeader> header = readHeader(*inner, content.notices);
    if (!header) return Error{header.error().what, name};
    content.header = *header;
    const std::size_t offset = inner->at();
    if (const Status tracks = readTracks(inner->take(inner->remaining()), offset, content); !tracks)
        return Error{tracks.error().what, name};
    if (header->clock.is_in_seconds)
        content.notices.push_back(
            "Its time is in seconds (SMPTE), not in beats; the bars are those of 120 BPM.");
    MidiReading reading;
    reading.remarks = std::move(content.tracks.front().remarks);
    reading.score = assembled(content);
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
