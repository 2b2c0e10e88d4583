#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace chainsong {

/// The lowest and highest key that players of an instrument are comfortable with.
struct KeyRange {
    int lowest = 0;
    int highest = 127;
    bool operator==(const KeyRange&) const = default;
    constexpr bool contains(int key) const { return key >= lowest && key <= highest; }
};

/// The General MIDI name of a program in lower case, short as musicians say it: 0 "piano", 42 "cello",
/// 52 "voice". 0..127.
std::string_view instrumentName(int program);
/// The program of such a name, or of the corpus' words ("soprano", "harpsichord", "string ensemble"); English only.
std::optional<int> programOf(std::string_view name);
KeyRange comfortableRange(int program);
/// The drum kit as an instrument has this name.
constexpr std::string_view kDrumsName = "drums";

}  // namespace chainsong
