#include "engine/music/chord.h"

#include "engine/music/key.h"

#include <array>
#include <initializer_list>
#include <optional>

namespace chainsong {
namespace {

constexpr std::uint16_t maskOf(std::initializer_list<int> semitones) {
    unsigned mask = 0;
    for (int semitone : semitones) mask |= 1u << (semitone % 12);
    return static_cast<std::uint16_t>(mask);
}

/// What a chord symbol can say behind its root: semitones it adds to and takes from the triad so far.
struct Quality {
    std::string_view text;
    std::uint16_t adds;
    std::uint16_t removes;
};
constexpr std::uint16_t kBothThirds = maskOf({3, 4});
constexpr std::uint16_t kFifths = maskOf({6, 7, 8});
constexpr std::uint16_t kNone = 0;

/// The kind of chord stands first; the longest word that fits is taken.
constexpr std::array<Quality, 40> kKinds{{
    {"maj13", maskOf({11, 2, 9}), kNone},
    {"maj11", maskOf({11, 2, 5}), kNone},
    {"maj9", maskOf({11, 2}), kNone},
    {"maj7", maskOf({11}), kNone},
    {"maj", kNone, kNone},
    {"major", kNone, kNone},
    {"M9", maskOf({11, 2}), kNone},
    {"M7", maskOf({11}), kNone},
    {"M", kNone, kNone},
    {"mM7", maskOf({3, 11}), kBothThirds},
    {"mmaj7", maskOf({3, 11}), kBothThirds},
    {"minor", maskOf({3}), kBothThirds},
    {"m13", maskOf({3, 10, 2, 9}), kBothThirds},
    {"m11", maskOf({3, 10, 2, 5}), kBothThirds},
    {"m9", maskOf({3, 10, 2}), kBothThirds},
    {"m7", maskOf({3, 10}), kBothThirds},
    {"m6", maskOf({3, 9}), kBothThirds},
    {"min7", maskOf({3, 10}), kBothThirds},
    {"min", maskOf({3}), kBothThirds},
    {"m", maskOf({3}), kBothThirds},
    {"-7", maskOf({3, 10}), kBothThirds},
    {"-", maskOf({3}), kBothThirds},
    {"dim7", maskOf({3, 6, 9}), kBothThirds | kFifths},
    {"dim", maskOf({3, 6}), kBothThirds | kFifths},
    {"o7", maskOf({3, 6, 9}), kBothThirds | kFifths},
    {"o", maskOf({3, 6}), kBothThirds | kFifths},
    {"\u00b07", maskOf({3, 6, 9}), kBothThirds | kFifths},
    {"\u00b0", maskOf({3, 6}), kBothThirds | kFifths},
    {"\u00f87", maskOf({3, 6, 10}), kBothThirds | kFifths},
    {"\u00f8", maskOf({3, 6, 10}), kBothThirds | kFifths},
    {"aug7", maskOf({8, 10}), kFifths},
    {"aug", maskOf({8}), kFifths},
    {"+7", maskOf({8, 10}), kFifths},
    {"+", maskOf({8}), kFifths},
    {"13", maskOf({10, 2, 9}), kNone},
    {"11", maskOf({10, 2, 5}), kNone},
    {"9", maskOf({10, 2}), kNone},
    {"7", maskOf({10}), kNone},
    {"69", maskOf({9, 2}), kNone},
    {"6", maskOf({9}), kNone},
}};

/// What may follow the kind, any number of times.
constexpr std::array<Quality, 21> kAlterations{{
    {"sus4", maskOf({5}), kBothThirds},
    {"sus2", maskOf({2}), kBothThirds},
    {"sus", maskOf({5}), kBothThirds},
    {"add9", maskOf({2}), kNone},
    {"add2", maskOf({2}), kNone},
    {"add4", maskOf({5}), kNone},
    {"add11", maskOf({5}), kNone},
    {"add13", maskOf({9}), kNone},
    {"no3", kNone, kBothThirds},
    {"no5", kNone, kFifths},
    {"b5", maskOf({6}), kFifths},
    {"-5", maskOf({6}), kFifths},
    {"#5", maskOf({8}), kFifths},
    {"+5", maskOf({8}), kFifths},
    {"b9", maskOf({1}), maskOf({2})},
    {"#9", maskOf({3}), maskOf({2})},
    {"#11", maskOf({6}), maskOf({5})},
    {"b13", maskOf({8}), kNone},
    {"5", kNone, kBothThirds},
    {"(", kNone, kNone},
    {")", kNone, kNone},
}};

/// Applies the longest quality that `rest` begins with to `mask` (bit k = k semitones above the root).
template <class Table> bool takeQuality(const Table& table, std::string_view& rest, std::uint16_t& mask) {
    const Quality* longest = nullptr;
    for (const Quality& quality : table)
        if (rest.starts_with(quality.text) && (!longest || quality.text.size() > longest->text.size()))
            longest = &quality;
    if (!longest) return false;
    mask = static_cast<std::uint16_t>((mask & ~longest->removes) | longest->adds);
    rest.remove_prefix(longest->text.size());
    return true;
}

/// The pitch class of a letter with its accidentals at the beginning of `rest`.
std::optional<int> takeRoot(std::string_view& rest) {
    constexpr std::string_view kLetters = "C D EF G A B";
    if (rest.empty() || rest[0] == ' ') return std::nullopt;
    const std::size_t natural = kLetters.find(rest[0]);
    if (natural == std::string_view::npos) return std::nullopt;
    int root = static_cast<int>(natural);
    rest.remove_prefix(1);
    while (!rest.empty() && (rest[0] == '#' || rest[0] == 'b')) {
        root += rest[0] == '#' ? 1 : 11;
        rest.remove_prefix(1);
    }
    return root % 12;
}

} // namespace

Result<Chord> parseChord(std::string_view symbol) {
    const Error error{
        "a chord is written like C, Dm7, F#dim, Gsus4 or Bb/D", std::string(symbol.substr(0, 40))};
    std::string_view rest = symbol;
    const auto root = takeRoot(rest);
    if (!root || symbol.size() > 40) return error;
    std::uint16_t above_root = maskOf({0, 4, 7});
    takeQuality(kKinds, rest, above_root);
    while (takeQuality(kAlterations, rest, above_root)) { }
    std::optional<int> bass = root;
    if (rest.starts_with('/')) {
        rest.remove_prefix(1);
        bass = takeRoot(rest);
    }
    if (!bass || !rest.empty()) return error;
    Chord chord{*root, *bass, 0, std::string(symbol)};
    for (int k = 0; k < 12; ++k)
        if ((above_root >> k) & 1)
            chord.pitch_classes =
                static_cast<std::uint16_t>(chord.pitch_classes | (1u << ((k + *root) % 12)));
    chord.pitch_classes = static_cast<std::uint16_t>(chord.pitch_classes | (1u << *bass));
    return chord;
}

bool contains(const Chord& chord, int midi_key) {
    return ((chord.pitch_classes >> (((midi_key % 12) + 12) % 12)) & 1) != 0;
}

} // namespace chainsong
