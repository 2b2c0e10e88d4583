#pragma once

#include "engine/base/result.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace chainsong {

enum class Mode : std::uint8_t { kMajor, kMinor, kDorian, kPhrygian, kLydian, kMixolydian, kLocrian };
constexpr int kNumModes = 7;

/// A tonic and a mode. `tonic` is a pitch class, 0 = C … 11 = B; how it is spelled follows from the circle of
/// fifths (see keyName): 1 with minor is C# minor, 1 with major is Db major.
struct Key {
    int tonic = 0;
    Mode mode = Mode::kMajor;
    friend constexpr bool operator==(const Key&, const Key&) = default;
};

/// "D minor", "Bb major", "A dorian": the name that design and corpus use.
std::string keyName(const Key& key);
/// Reads "D minor", "d Minor", "Bb major", "F# dorian", "C" (major). English names only; other languages are the prompt's.
Result<Key> parseKey(std::string_view text);

/// "major", "minor", "dorian" …
std::string_view modeName(Mode mode);
/// Semitones above the tonic, ascending; seven of them. Minor is natural minor.
std::span<const int> scaleSteps(Mode mode);
/// True if the MIDI key (or pitch class) belongs to the key's scale. Minor admits the raised sixth and seventh.
bool isInScale(int midi_key, const Key& key);
/// Sharps (positive) or flats (negative) of the key signature, -7..7.
int signatureSharps(const Key& key);
/// The major or minor key with that signature; nothing else is in a MIDI key signature.
Key keyFromSignature(int sharps, bool is_minor);

/// "C#4" or "Db4" as the key spells it; 60 = C4.
std::string noteName(int midi_key, const Key& key = {});
/// Reads "C4", "F#3", "Bb5", "c-1": a MIDI key 0..127.
Result<int> parseNoteName(std::string_view text);

}  // namespace chainsong
