#pragma once

#include "engine/io/byte_reader.h"
#include "engine/io/midi_file.h"

#include <map>
#include <optional>

namespace chainsong {

/// The file's clock against ours: ours = theirs * num / den, rounded.
struct MidiClock {
    std::int64_t num = 1;
    std::int64_t den = 1;
    bool is_in_seconds = false; // SMPTE: the file's tempo events do not drive it
    /// Beyond this, kMaxMidiTick is passed (and products could overflow).
    std::int64_t lastTick() const { return kMaxMidiTick.value * den / num; }
    Tick ours(std::int64_t theirs) const { return {(theirs * num + den / 2) / den}; }
};

/// What one channel does within one track of a file.
struct MidiChannel {
    std::vector<Note> notes;
    std::optional<int> program, volume_127, pan_127;
};

/// One track of a file, as read.
struct MidiTrack {
    std::optional<std::string> name, instrument;
    std::map<int, MidiChannel> channels;
    std::vector<TempoChange> tempos;
    std::vector<MetreChange> metres;
    std::vector<KeyChange> keys;
    std::vector<Marker> markers;
    std::vector<std::string> remarks;
    Tick end;
    std::optional<Tick> our_end; // of files that writeMidi() wrote: where the score ends
    bool is_cut_short = false;
};

/// How often something did not come along; shared by the tracks of a file.
struct MidiLosses {
    std::size_t num_notes = 0; // read so far: the budget
    std::size_t stuck_notes = 0, stray_releases = 0, late_programs = 0, controllers = 0, lyrics = 0;
    std::size_t clamped_tempos = 0, bad_metres = 0, bad_keys = 0, bad_tempos = 0;
    bool is_too_long = false, has_too_many_notes = false, has_too_many_changes = false;
};

/// A sequencer-specific event of our own, under the "no manufacturer" number, stands where the score ends:
/// files of others end with their last note, ours where it was meant.
constexpr std::string_view kOurMark = "\x7D"
                                      "Chainsong";
constexpr std::size_t kMaxRemarkCharacters = 4096;
constexpr std::string_view kKeyText = "key:";
constexpr std::string_view kChordText = "chord:";

/// Reads a track's events up to its end event or the end of the bytes. An error names the byte.
Result<MidiTrack> readMidiTrack(ByteReader bytes, bool is_first, const MidiClock& clock, MidiLosses& losses);

} // namespace chainsong
