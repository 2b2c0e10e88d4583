#pragma once

#include "engine/music/score.h"

#include <variant>
#include <vector>

namespace chainsong {

/// Names one note of a score: which track, which index in it. Valid for that score only.
struct NoteRef {
    int track = 0;
    int index = 0;
    auto operator<=>(const NoteRef&) const = default;
};

/// What can be done to a score. Each edit is a value that can be stored, named and replayed.
struct AddNotes {
    int track = 0;
    std::vector<Note> notes;
};
struct EraseNotes {
    std::vector<NoteRef> notes;
};
/// Moves, stretches, transposes and re-weighs the named notes together; results are clamped to the score and to MIDI.
struct ChangeNotes {
    std::vector<NoteRef> notes;
    Tick move;
    Tick lengthen;
    int transpose = 0;  // semitones
    int louder = 0;  // added to velocity_127
};
/// Moves each note along the scale of the key in force there; chromatic notes keep their distance.
struct TransposeInScale {
    std::vector<NoteRef> notes;
    int steps = 0;
};
struct Quantise {
    std::vector<NoteRef> notes;
    Tick grid;
    double strength_unit = 1;
};
struct PinNotes {
    std::vector<NoteRef> notes;
    bool pinned = true;
};
struct SetTempo {
    double tempo_bpm = 120;  // replaces every tempo change by one at tick 0
};
struct SetKey {
    Key key;
};
struct SetTrack {
    int track = 0;
    std::string name;
    int program = 0;
    int volume_127 = 100;
    int pan_127 = 64;
    bool is_drums = false;
};
struct AddTrack {
    Track track;
};
struct EraseTrack {
    int track = 0;
};
/// A result of the sampler (or an opened file) takes the score's place.
struct ReplaceScore {
    Score score;
};
using Edit = std::variant<AddNotes, EraseNotes, ChangeNotes, TransposeInScale, Quantise, PinNotes, SetTempo, SetKey, SetTrack, AddTrack,
    EraseTrack, ReplaceScore>;

/// The score after the edit. Fails with a sentence if the edit names tracks or notes that are not there.
Result<Score> applied(const Score& score, const Edit& edit);
/// The notes that an edit touched, as they are named in the score after it: what stays selected.
std::vector<NoteRef> touchedBy(const Score& before, const Edit& edit, const Score& after);
/// What the undo list calls it, in English: "Transpose 3 notes". The studio translates.
std::string editName(const Edit& edit);

}  // namespace chainsong
