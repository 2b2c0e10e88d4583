#include "engine/io/musicxml_directions.h"

#include "engine/base/numbers.h"
#include "engine/base/text.h"
#include "engine/io/midi_track.h"

#include <string>
#include <string_view>
#include <utility>

namespace chainsong {
namespace {

/// A letter with its alteration in semitones.
struct Root {
    std::string step;
    int alter = 0;
};

void writeTempo(XmlWriter& out, const TempoChange& tempo, Tick offset) {
    const double bpm = tempo.tempoBpm();
    out.open("direction", {{"placement", "above"}});
    out.open("direction-type");
    out.open("metronome");
    out.leaf("beat-unit", "quarter");
    out.leaf("per-minute", formatNumber(static_cast<double>(static_cast<long long>(bpm * 100 + 0.5)) / 100));
    out.close();
    out.close();
    if (offset > Tick{0}) out.leaf("offset", offset.value);
    out.empty("sound", {{"tempo", formatFixed(bpm, 4)}});
    out.close();
}

void writeRehearsalMark(XmlWriter& out, const std::string& text, Tick offset) {
    out.open("direction", {{"placement", "above"}});
    out.open("direction-type");
    out.leaf("rehearsal", text);
    out.close();
    if (offset > Tick{0}) out.leaf("offset", offset.value);
    out.close();
}

/// The letter and accidentals at the beginning of `symbol`, which loses them; no step where there is no
/// letter.
Root takeRoot(std::string_view& symbol) {
    Root root;
    if (symbol.empty() || symbol.front() < 'A' || symbol.front() > 'G') return root;
    root.step = symbol.substr(0, 1);
    symbol.remove_prefix(1);
    for (; !symbol.empty() && (symbol.front() == '#' || symbol.front() == 'b'); symbol.remove_prefix(1))
        root.alter += symbol.front() == '#' ? 1 : -1;
    return root;
}

std::string_view kindOf(std::string_view quality) {
    static constexpr std::pair<std::string_view, std::string_view> kKinds[]{{"", "major"}, {"maj", "major"},
        {"m", "minor"}, {"min", "minor"}, {"-", "minor"}, {"7", "dominant"}, {"9", "dominant-ninth"},
        {"11", "dominant-11th"}, {"13", "dominant-13th"}, {"maj7", "major-seventh"}, {"M7", "major-seventh"},
        {"maj9", "major-ninth"}, {"m7", "minor-seventh"}, {"min7", "minor-seventh"}, {"m9", "minor-ninth"},
        {"m11", "minor-11th"}, {"6", "major-sixth"}, {"m6", "minor-sixth"}, {"dim", "diminished"},
        {"o", "diminished"}, {"dim7", "diminished-seventh"}, {"o7", "diminished-seventh"},
        {"m7b5", "half-diminished"}, {"aug", "augmented"}, {"+", "augmented"}, {"aug7", "augmented-seventh"},
        {"+7", "augmented-seventh"}, {"sus4", "suspended-fourth"}, {"sus", "suspended-fourth"},
        {"sus2", "suspended-second"}, {"5", "power"}, {"mM7", "major-minor"}};
    for (const auto& [suffix, kind] : kKinds)
        if (suffix == quality) return kind;
    return "other";
}

void writeHarmony(XmlWriter& out, std::string_view symbol, Tick offset) {
    const Root root = takeRoot(symbol);
    if (root.step.empty()) return; // "N.C.": nothing to write
    const std::size_t slash = symbol.rfind('/');
    std::string_view bass_symbol =
        slash == std::string_view::npos ? std::string_view() : symbol.substr(slash + 1);
    const Root bass = takeRoot(bass_symbol);
    const std::string_view quality = bass.step.empty() ? symbol : symbol.substr(0, slash);
    out.open("harmony");
    out.open("root");
    out.leaf("root-step", root.step);
    if (root.alter != 0) out.leaf("root-alter", root.alter);
    out.close();
    out.leaf("kind", kindOf(quality), {{"text", std::string(quality)}});
    if (!bass.step.empty()) {
        out.open("bass");
        out.leaf("bass-step", bass.step);
        if (bass.alter != 0) out.leaf("bass-alter", bass.alter);
        out.close();
    }
    if (offset > Tick{0}) out.leaf("offset", offset.value);
    out.close();
}

} // namespace

void writeDirections(XmlWriter& out, const Score& score, const NotatedBar& bar, DirectionCursor& next) {
    const Tick end = bar.start + bar.length;
    for (; next.tempo != score.tempos.end() && next.tempo->at < end; ++next.tempo)
        writeTempo(out, *next.tempo, next.tempo->at - bar.start);
    for (; next.marker != score.markers.end() && next.marker->at < end; ++next.marker) {
        const std::string text = cleanLabel(next.marker->text);
        const Tick offset = next.marker->at - bar.start;
        if (text.starts_with(kChordText))
            writeHarmony(out, std::string_view(text).substr(kChordText.size()), offset);
        else
            writeRehearsalMark(out, text, offset);
    }
}

} // namespace chainsong
