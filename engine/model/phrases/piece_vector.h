#pragma once

#include "engine/model/events.h"
#include "engine/model/phrases/embedding.h"

#include <string>
#include <string_view>
#include <vector>

namespace chainsong {

/// One voice of a piece in numbers.
struct VoiceNumbers {
    int program = 0;
    bool is_drums = false;
    double mean_key = 60; // MIDI; of drums not used
    double key_spread = 5; // standard deviation, semitones
    double notes_per_bar = 4;
    bool operator==(const VoiceNumbers&) const = default;
};

/// A piece as a point among pieces: its form, its voices in numbers, and where its melody lies among
/// melodies. It is no picture of the notes: many pieces share a vector, and composing at one gives others
/// each time.
struct PieceVector {
    Key key;
    Metre metre;
    double tempo_bpm = 120;
    int num_bars = 16;
    std::vector<VoiceNumbers> voices;
    double pitch_class_entropy_bits = 0;
    double groove_consistency = 0;
    MelodyVector melody{}; // mean over the phrases of the highest voice
    bool operator==(const PieceVector&) const = default;
};

/// Fails if the piece has no bars or no notes.
Result<PieceVector> encodePiece(const Score& score);
/// The point at `share_unit` of the way (0: the first, 1: the second). Numbers move evenly, tempo by ratio,
/// the tonic along the circle of fifths; metre, mode and instruments change in the middle.
PieceVector between(const PieceVector& first, const PieceVector& second, double share_unit);
/// How far pieces lie apart in what is not form: melody, register, density, harmony, groove. A weighted
/// Euclidean distance over matching voices.
double distanceOf(const PieceVector& a, const PieceVector& b);

/// As a file holds it, and back; back fails with a sentence on anything else.
std::string pieceVectorJson(const PieceVector& vector);
Result<PieceVector> pieceVectorFromJson(std::string_view json);

} // namespace chainsong
