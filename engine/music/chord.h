#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace chainsong {

/// A chord as a set of pitch classes over a root. Bit k of `pitch_classes` = pitch class k (0 = C) belongs to it.
struct Chord {
    int root = 0;
    int bass = 0;
    std::uint16_t pitch_classes = 0;
    std::string symbol;  // as written, e.g. "Dm7"
    bool operator==(const Chord&) const = default;
};

/// Reads a chord symbol: "C", "Dm7", "F#dim", "Bb/D", "Gsus4", "Cmaj7", "E7b9", "A+".
Result<Chord> parseChord(std::string_view symbol);
bool contains(const Chord& chord, int midi_key);

}  // namespace chainsong
