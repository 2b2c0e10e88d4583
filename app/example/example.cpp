#include "app/example/example.h"

#include "engine/base/numbers.h"
#include "engine/base/text.h"
#include "engine/music/key.h"

#include <array>
#include <cassert>
#include <cmath>
#include <string_view>

namespace chainsong {
namespace {

struct Voice {
    const char* name;
    int program;
    int pan_127;
    int velocity_127;
    /// Eight bars of "note:quarters", "r" a rest, "|" a bar line.
    std::string_view notes;
};

constexpr std::array kVoices{
    Voice{"Violin", 40, 44, 94,
        "D5:1 G5:1.5 F5:.5 Eb5:1 | C5:1 Eb5:1 D5:1.5 C5:.5 | Bb4:1 D5:1 G5:1.5 F5:.5 | Eb5:1 C5:1 D5:2 | "
        "D5:.5 Eb5:.5 F5:1 A5:1 F5:1 | G5:1 Bb5:1 F5:1.5 D5:.5 | Eb5:1 C5:1 D5:.5 C5:.5 A4:1 | G4:3 r:1"},
    Voice{"Oboe", 68, 56, 74,
        "Bb4:2 Bb4:1 G4:1 | G4:2 F#4:2 | G4:2 Bb4:2 | G4:2 F#4:1 A4:1 | "
        "Bb4:2 C5:2 | Bb4:2 Bb4:1 A4:1 | G4:2 F#4:2 | D4:3 r:1"},
    Voice{"Horn", 60, 74, 68,
        "D4:3 Eb4:1 | Eb4:2 D4:1 C4:1 | Bb3:2 Eb4:2 | C4:2 A3:2 | "
        "F4:4 | Eb4:2 D4:2 | C4:1 Eb4:1 C4:2 | Bb3:3 r:1"},
    Voice{"Cello", 42, 86, 82,
        "G2:2 D3:1 Bb2:1 | C3:2 D3:1 D2:1 | G2:1 Bb2:1 Eb3:2 | C3:1 Eb3:1 D3:2 | "
        "Bb2:1 D3:1 F3:1 A2:1 | Eb3:2 D3:1 Bb2:1 | C3:2 D3:1 D2:1 | G2:3 r:1"},
};

Track trackOf(const Voice& voice) {
    Track track;
    track.name = voice.name;
    track.program = voice.program;
    track.pan_127 = voice.pan_127;
    const Metre metre;
    Tick at;
    for (const std::string& word : split(voice.notes, ' ')) {
        if (word.empty() || word == "|") continue;
        const std::size_t colon = word.find(':');
        std::string length_text = word.substr(colon + 1);
        if (length_text.starts_with('.')) length_text.insert(length_text.begin(), '0');
        const auto quarters = parseNumber(length_text);
        assert(quarters && "the example is misspelled");
        const Tick length{std::llround(*quarters * kTicksPerQuarter)};
        if (word[0] != 'r') {
            const auto key = parseNoteName(word.substr(0, colon));
            assert(key && "the example is misspelled");
            // A little weight on the bar's first beat, and notes that breathe.
            const bool is_first_beat = at.value % metre.barLength().value == 0;
            track.notes.push_back({.start = at,
                .length = {length.value - kTicksPerStep},
                .key = static_cast<std::uint8_t>(*key),
                .velocity_127 = static_cast<std::uint8_t>(voice.velocity_127 + (is_first_beat ? 6 : 0))});
        }
        at = at + length;
    }
    return track;
}

} // namespace

Score examplePiece() {
    Score score;
    score.title = "First light";
    score.tempos = {tempoAt({}, 92)};
    score.metres = {{.at = {}, .metre = {}}};
    score.keys = {{.at = {}, .key = {.tonic = 7, .mode = Mode::kMinor}}};
    for (const Voice& voice : kVoices) score.tracks.push_back(trackOf(voice));
    score.end = Metre{}.barLength() * 8;
    return normalised(std::move(score));
}

} // namespace chainsong
