#pragma once

#include "engine/music/score.h"

#include <array>

namespace chainsong {

/// How strongly the notes speak for a key.
struct KeyEstimate {
    Key key;  // major or minor
    double correlation = 0;  // -1..1
};

/// The key that a piece's notes suggest: correlation of durations per pitch class with the Krumhansl-Kessler
/// profiles (Krumhansl 1990, ch. 2 and 4). Drums are left out; an empty piece gives C major with 0.
KeyEstimate estimateKey(const Score& score);

/// Sounding time per pitch class, in quarters; drums left out.
std::array<double, 12> pitchClassDurations(const Score& score);
/// Shannon entropy of the pitch classes' note counts, bits (0 .. log2 12); drums left out.
double pitchClassEntropyBits(const Score& score);
/// Mean MIDI key of all pitched notes; 0 for none.
double meanPitch(const Score& score);
/// Notes that begin per quarter of the piece's length.
double notesPerQuarter(const Score& score);
/// Largest share of notes that fit one of the 24 major and harmonic-or-natural minor scales, 0..1.
double scaleConsistency(const Score& score);
/// Mean over neighbouring bars of 1 - normalised Hamming distance of their onset grids (MusDr's GS), 0..1.
double grooveConsistency(const Score& score);
struct PitchExtent {
    int lowest = 0;
    int highest = 0;
};
PitchExtent pitchExtent(const Score& score);  // 0, 0 for no notes

/// One point of a chain's trace: what a piece amounts to in four numbers.
struct PieceSummary {
    double log_density = 0;  // nats, set by whoever knows the model
    double mean_pitch = 0;
    double notes_per_quarter = 0;
    double pitch_class_entropy_bits = 0;
};
PieceSummary summarise(const Score& score, double log_density);

}  // namespace chainsong
