#include "engine/music/key.h"

#include "engine/base/numbers.h"
#include "engine/base/text.h"

#include <algorithm>
#include <utility>

namespace chainsong {
namespace {

/// A spelled pitch class is a place on the line of fifths: … Bb -2, F -1, C 0, G 1 … B 5, F# 6 …
constexpr std::string_view kLettersByFifths = "FCGDAEB";
constexpr std::string_view kLetters = "CDEFGAB";
constexpr std::array<int, 7> kPitchOfLetter{0, 2, 4, 5, 7, 9, 11};

struct ModeFacts {
    std::string_view name;
    std::array<int, 7> steps;
    int tonic_fifth; // place of the tonic on the line of fifths when the signature is empty
};
constexpr std::array<ModeFacts, kNumModes> kModes{{
    {"major", {0, 2, 4, 5, 7, 9, 11}, 0},
    {"minor", {0, 2, 3, 5, 7, 8, 10}, 3},
    {"dorian", {0, 2, 3, 5, 7, 9, 10}, 2},
    {"phrygian", {0, 1, 3, 5, 7, 8, 10}, 4},
    {"lydian", {0, 2, 4, 6, 7, 9, 11}, -1},
    {"mixolydian", {0, 2, 4, 5, 7, 9, 10}, 1},
    {"locrian", {0, 1, 3, 5, 6, 8, 10}, 5},
}};
constexpr std::array<std::pair<std::string_view, Mode>, 6> kOtherModeNames{{
    {"", Mode::kMajor},
    {"maj", Mode::kMajor},
    {"ionian", Mode::kMajor},
    {"m", Mode::kMinor},
    {"min", Mode::kMinor},
    {"aeolian", Mode::kMinor},
}};

const ModeFacts& factsOf(Mode mode) { return kModes[static_cast<std::size_t>(mode)]; }
int positiveModulo(int a, int b) { return ((a % b) + b) % b; }

struct Spelling {
    char letter;
    int sharps; // negative: flats
};
Spelling spellingOf(int fifth) {
    const int sharps = fifth + 1 >= 0 ? (fifth + 1) / 7 : -((5 - fifth) / 7);
    return {kLettersByFifths[static_cast<std::size_t>(positiveModulo(fifth + 1, 7))], sharps};
}
std::string textOf(const Spelling& spelling) {
    return spelling.letter
        + std::string(static_cast<std::size_t>(std::abs(spelling.sharps)), spelling.sharps < 0 ? 'b' : '#');
}

/// A letter and its accidentals at the beginning of `text`; what was read is taken away from it.
struct ReadPitch {
    int natural = 0; // pitch class without accidentals
    int sharps = 0;
};
std::optional<ReadPitch> takePitch(std::string_view& text) {
    if (text.empty()) return std::nullopt;
    const char upper = static_cast<char>(text[0] >= 'a' && text[0] <= 'g' ? text[0] - 'a' + 'A' : text[0]);
    const std::size_t letter = kLetters.find(upper);
    if (letter == std::string_view::npos) return std::nullopt;
    ReadPitch pitch{kPitchOfLetter[letter], 0};
    text.remove_prefix(1);
    struct Accidental {
        std::string_view sign;
        int sharps;
    };
    constexpr std::array<Accidental, 9> kAccidentals{{{"#", 1}, {"b", -1}, {"x", 2}, {"\u266f", 1},
        {"\u266d", -1}, {"-sharp", 1}, {"-flat", -1}, {" sharp", 1}, {" flat", -1}}};
    bool has_more = true;
    while (has_more && std::abs(pitch.sharps) < 3) {
        has_more = false;
        for (const Accidental& accidental : kAccidentals) {
            if (!text.starts_with(accidental.sign)) continue;
            pitch.sharps += accidental.sharps;
            text.remove_prefix(accidental.sign.size());
            has_more = true;
            break;
        }
    }
    return pitch;
}

} // namespace

std::string keyName(const Key& key) {
    const int fifth = signatureSharps(key) + factsOf(key.mode).tonic_fifth;
    return textOf(spellingOf(fifth)) + " " + std::string(modeName(key.mode));
}

Result<Key> parseKey(std::string_view text) {
    const Error error{"a key is written like D minor, Bb major or A dorian", std::string(text.substr(0, 40))};
    const std::string lower = lowerAscii(trimmed(text));
    std::string_view rest = lower;
    const auto pitch = takePitch(rest);
    if (!pitch) return error;
    const std::string_view mode_text = trimmed(rest);
    const int tonic = positiveModulo(pitch->natural + pitch->sharps, 12);
    for (std::size_t mode = 0; mode < kModes.size(); ++mode)
        if (mode_text == kModes[mode].name) return Key{tonic, static_cast<Mode>(mode)};
    for (const auto& [name, mode] : kOtherModeNames)
        if (mode_text == name) return Key{tonic, mode};
    return error;
}

std::string_view modeName(Mode mode) { return factsOf(mode).name; }

std::span<const int> scaleSteps(Mode mode) { return factsOf(mode).steps; }

bool isInScale(int midi_key, const Key& key) {
    const int above_tonic = positiveModulo(midi_key - key.tonic, 12);
    if (key.mode == Mode::kMinor && (above_tonic == 9 || above_tonic == 11)) return true;
    const auto steps = scaleSteps(key.mode);
    return std::find(steps.begin(), steps.end(), above_tonic) != steps.end();
}

int signatureSharps(const Key& key) {
    const int sharps = positiveModulo(7 * key.tonic - factsOf(key.mode).tonic_fifth, 12);
    // Six sharps and six flats sound the same: F# major, but Eb minor, are the usual names.
    const int most_sharps = key.mode == Mode::kMinor ? 5 : 6;
    return sharps > most_sharps ? sharps - 12 : sharps;
}

Key keyFromSignature(int sharps, bool is_minor) {
    const int fifth = std::clamp(sharps, -7, 7) + (is_minor ? 3 : 0);
    return {positiveModulo(7 * fifth, 12), is_minor ? Mode::kMinor : Mode::kMajor};
}

std::string noteName(int midi_key, const Key& key) {
    // Twelve neighbours on the line of fifths, from the flat third to the raised leading tone of the relative
    // minor.
    const int lowest = signatureSharps(key) - 3;
    const int fifth = lowest + positiveModulo(7 * midi_key - lowest, 12);
    const Spelling spelling = spellingOf(fifth);
    const int natural = midi_key - spelling.sharps;
    const int octave = (natural - positiveModulo(natural, 12)) / 12 - 1;
    return textOf(spelling) + std::to_string(octave);
}

Result<int> parseNoteName(std::string_view text) {
    std::string_view rest = trimmed(text);
    const auto pitch = takePitch(rest);
    const auto octave = parseInteger(rest);
    if (pitch && octave && *octave >= -1 && *octave <= 9) {
        const int midi_key = 12 * (static_cast<int>(*octave) + 1) + pitch->natural + pitch->sharps;
        if (midi_key >= 0 && midi_key <= 127) return midi_key;
    }
    return Error{"a note is written like C4, F#3 or Bb5, from C-1 to G9", std::string(text.substr(0, 40))};
}

} // namespace chainsong
