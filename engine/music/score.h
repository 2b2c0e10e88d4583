#pragma once

#include "engine/base/result.h"
#include "engine/music/key.h"
#include "engine/music/note.h"

#include <memory>
#include <string>
#include <vector>

namespace chainsong {

/// A time signature: `beats` of a 1/`unit` note in a bar. unit is 1, 2, 4 … 64; beats 1..255.
struct Metre {
    int beats = 4;
    int unit = 4;
    friend constexpr bool operator==(const Metre&, const Metre&) = default;
    constexpr Tick barLength() const { return { kTicksPerQuarter * 4 * beats / unit }; }
    constexpr Tick beatLength() const { return { kTicksPerQuarter * 4 / unit }; }
};
std::string metreName(const Metre& metre);  // "3/4"
Result<Metre> parseMetre(std::string_view text);  // "3/4", "6/8"; 1..32 beats of a 1/1..1/64 unit

/// Tempo as MIDI stores it, so that nothing is lost on the way to a file and back.
struct TempoChange {
    Tick at;
    int microseconds_per_quarter = 500'000;
    bool operator==(const TempoChange&) const = default;
    double tempoBpm() const { return 60e6 / microseconds_per_quarter; }
};
/// Rounded to the nearest microsecond; tempo_bpm is clamped to 4..1000.
TempoChange tempoAt(Tick at, double tempo_bpm);

struct MetreChange {
    Tick at;
    Metre metre;
    bool operator==(const MetreChange&) const = default;
};
struct KeyChange {
    Tick at;
    Key key;
    bool operator==(const KeyChange&) const = default;
};
struct Marker {
    Tick at;
    std::string text;
    bool operator==(const Marker&) const = default;
};

/// One voice: an instrument and its notes.
struct Track {
    std::string name;
    int program = 0;  // General MIDI, 0..127; 0 = acoustic grand piano
    bool is_drums = false;
    int volume_127 = 100;
    int pan_127 = 64;  // 0 = left, 64 = middle
    std::vector<Note> notes;  // in musical order (comesBefore)
    bool operator==(const Track&) const = default;
};

/// A whole piece. A plain value: edits make a new one (edit.h), threads share it as ScorePtr.
struct Score {
    std::string title;
    std::vector<TempoChange> tempos;  // ascending; empty = 120 BPM
    std::vector<MetreChange> metres;  // ascending; empty = 4/4
    std::vector<KeyChange> keys;  // ascending; empty = not known
    std::vector<Marker> markers;  // ascending
    std::vector<Track> tracks;
    Tick end;  // the last bar line; never before the last note's end
    bool operator==(const Score&) const = default;
};
using ScorePtr = std::shared_ptr<const Score>;

/// The score with every list sorted, lengths at least 1 tick, values in range and `end` not before the last note.
Score normalised(Score score);
std::size_t numNotes(const Score& score);
/// The last tick at which a note ends (0 for none).
Tick lastNoteEnd(const Score& score);
/// The key in force at a tick; C major where none is written.
Key keyAt(const Score& score, Tick at);
/// The notes that begin in [from, to) of every track, moved so that `from` becomes 0; maps cut to the same span.
Score slice(const Score& score, Tick from, Tick to);

}  // namespace chainsong
