#pragma once

#include "engine/music/score.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace chainsong {

/// The melody of one track: at each onset its highest note, on the model's grid, none longer than the way to
/// the next.
struct Voice {
    int track = 0; // of the score
    int program = 0; // General MIDI
    std::vector<Note> notes; // by start, one an onset
    bool operator==(const Voice&) const = default;
};
/// The voices of all pitched tracks that have notes. Drums have no melody.
std::vector<Voice> voicesOf(const Score& score);

/// A note of a phrase, as Muse's events have it: `pitch` is the class of Head::kPitch under the phrase's key.
struct PhraseNote {
    int position = 0; // steps from the phrase's first bar line
    int duration_steps = 1;
    int pitch = 0;
    bool operator==(const PhraseNote&) const = default;
};

/// A few bars of one voice.
struct Phrase {
    int track = 0;
    int program = 0; // General MIDI
    int first_bar = 0; // of the piece, from 0
    int past_last_bar = 0;
    int length_steps = 0;
    Key key; // in force where it begins; the estimated one if none is written
    std::vector<PhraseNote> notes;
    bool operator==(const Phrase&) const = default;
};

/// How pieces are cut into phrases.
struct PhraseCut {
    int bars = 2;
    int hop_bars = 1;
    int least_notes = 4;
    int most_notes = 64;
};

/// A phrase and where it stands among its voice's notes.
struct PlacedPhrase {
    Phrase phrase;
    int voice = 0; // index into the voices that were given
    int first_note = 0; // of the voice
};
/// All phrases of these voices. One that is repeated in the same piece, in whatever key, stands for its
/// repetitions.
std::vector<PlacedPhrase> phrasesOf(
    const Score& score, std::span<const Voice> voices, const PhraseCut& cut = {});

/// The phrase of a voice in these bars (from 0), however many notes it has; nothing if no note begins there.
std::optional<Phrase> phraseAt(const Score& score, const Voice& voice, int first_bar, int num_bars);

} // namespace chainsong
