#pragma once

#include <compare>
#include <cstdint>

namespace chainsong {

/// A position or length on the score's grid. 64-bit: a hostile file can hold 2^28-tick deltas by the thousand,
/// and a sum must never wrap.
struct Tick {
    std::int64_t value = 0;
    friend constexpr auto operator<=>(Tick, Tick) = default;
    friend constexpr Tick operator+(Tick a, Tick b) { return { a.value + b.value }; }
    friend constexpr Tick operator-(Tick a, Tick b) { return { a.value - b.value }; }
    friend constexpr Tick operator*(Tick a, std::int64_t n) { return { a.value * n }; }
};

constexpr std::int64_t kTicksPerQuarter = 480;
/// The model's grid: 24 steps a quarter, so triplets and 32nds both fall on it.
constexpr std::int64_t kStepsPerQuarter = 24;
constexpr std::int64_t kTicksPerStep = kTicksPerQuarter / kStepsPerQuarter;

struct Note {
    Tick start;
    Tick length;
    std::uint8_t key = 60;  // MIDI key 0..127, 60 = middle C
    std::uint8_t velocity_127 = 96;  // 1..127
    bool is_pinned = false;  // a wish of the user's: the sampler keeps it as it is

    constexpr Tick end() const { return start + length; }
    friend constexpr bool operator==(const Note&, const Note&) = default;
};

/// Musical order: by start, then from low to high, then by length and velocity.
constexpr bool comesBefore(const Note& a, const Note& b)
{
    if (a.start != b.start) return a.start < b.start;
    if (a.key != b.key) return a.key < b.key;
    if (a.length != b.length) return a.length < b.length;
    return a.velocity_127 < b.velocity_127;
}

}  // namespace chainsong
