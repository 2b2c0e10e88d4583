#include "engine/io/musicxml_part.h"

#include "engine/base/numbers.h"
#include "engine/io/musicxml_directions.h"
#include "engine/music/instruments.h"

#include <algorithm>
#include <set>

namespace chainsong {
namespace {

constexpr int kSplitKey = 60; // keyboards: middle C and above are the right hand's

/// A spelled note: step, alteration, octave.
struct Pitch {
    std::string step;
    int alter = 0;
    int octave = 4;
};
Pitch pitchOf(int midi_key, const Key& key) {
    const std::string name = noteName(midi_key, key);
    Pitch pitch{name.substr(0, 1), 0, 4};
    std::size_t i = 1;
    for (; i < name.size() && (name[i] == '#' || name[i] == 'b'); ++i) pitch.alter += name[i] == '#' ? 1 : -1;
    if (const auto octave = parseInteger(std::string_view(name).substr(i)))
        pitch.octave = static_cast<int>(*octave);
    return pitch;
}

/// Where a drum stands on the staff, and its note head.
struct DrumPlace {
    std::string_view step;
    int octave;
    bool is_cross;
};
DrumPlace drumPlace(int key) {
    switch (key) {
    case 35:
    case 36: return {"F", 4, false};
    case 38:
    case 40: return {"C", 5, false};
    case 37: return {"C", 5, true};
    case 41:
    case 43: return {"A", 4, false};
    case 45:
    case 47: return {"D", 5, false};
    case 48:
    case 50: return {"E", 5, false};
    case 42:
    case 46: return {"G", 5, true};
    case 44: return {"D", 4, true};
    case 49:
    case 57: return {"A", 5, true};
    case 51:
    case 53:
    case 59: return {"F", 5, true};
    default: return {"B", 4, true};
    }
}

std::string instrumentId(const MusicXmlPart& part, int key) {
    return part.id + (part.track->is_drums ? "-I" + std::to_string(key + 1) : "-I1");
}

std::set<int> drumKeys(const Track& track) {
    std::set<int> keys;
    for (const Note& note : track.notes) keys.insert(note.key);
    return keys;
}

/// One or two staves' notes, the upper first.
std::vector<std::vector<Note>> stavesOf(const Track& track) {
    const bool is_keyboard = !track.is_drums && (track.program < 24 || track.program == 46);
    std::vector<std::vector<Note>> staves(2);
    for (const Note& note : track.notes) staves[note.key >= kSplitKey ? 0 : 1].push_back(note);
    if (!is_keyboard || staves[0].empty() || staves[1].empty()) return {track.notes};
    return staves;
}

struct Clef {
    std::string_view sign;
    int line;
    int octave_change = 0;
};
Clef clefOf(const Track& track, const std::vector<Note>& notes) {
    if (track.is_drums) return {"percussion", 3};
    double sum = 0;
    for (const Note& note : notes) sum += note.key;
    const double mean = notes.empty() ? 60 : sum / static_cast<double>(notes.size());
    if (track.program >= 24 && track.program < 32) return {"G", 2, -1}; // guitars
    if (track.program >= 32 && track.program < 40) return {"F", 4, -1}; // basses
    if (track.program == 41) return {"C", 3}; // viola
    return mean >= 58 ? Clef{"G", 2} : Clef{"F", 4};
}

void writeAttributes(XmlWriter& out, const Track& track, const std::vector<std::vector<Note>>& staves,
    const NotatedBar& bar, const NotatedBar* before) {
    const bool has_key = !track.is_drums && (!before || before->key != bar.key);
    const bool has_metre = !before || before->metre != bar.metre;
    if (before && !has_key && !has_metre) return;
    out.open("attributes");
    if (!before) out.leaf("divisions", kTicksPerQuarter);
    if (has_key) {
        out.open("key");
        out.leaf("fifths", signatureSharps(bar.key));
        out.leaf("mode", modeName(bar.key.mode));
        out.close();
    }
    if (has_metre) {
        out.open("time");
        out.leaf("beats", bar.metre.beats);
        out.leaf("beat-type", bar.metre.unit);
        out.close();
    }
    if (!before) {
        if (staves.size() > 1) out.leaf("staves", static_cast<long long>(staves.size()));
        for (std::size_t s = 0; s < staves.size(); ++s) {
            const Clef clef = clefOf(track, staves[s]);
            out.open("clef", {{"number", std::to_string(s + 1)}});
            out.leaf("sign", clef.sign);
            out.leaf("line", clef.line);
            if (clef.octave_change != 0) out.leaf("clef-octave-change", clef.octave_change);
            out.close();
        }
    }
    out.close();
}

struct Place {
    int voice = 1; // from 1, over all staves
    int staff = 0; // from 1; 0: the part has one
    bool is_hidden_rest = false;
};

void writeNotations(XmlWriter& out, const NotatedPiece& piece) {
    if (!piece.is_tied_before && !piece.is_tied_after) return;
    out.open("notations");
    if (piece.is_tied_before) out.empty("tied", {{"type", "stop"}});
    if (piece.is_tied_after) out.empty("tied", {{"type", "start"}});
    out.close();
}

/// One note of a chord, or a rest where `key` is negative.
void writeNote(XmlWriter& out, const MusicXmlPart& part, const NotatedPiece& piece, int key, bool is_chord,
    const Key& bar_key, const Place& place) {
    const bool is_rest = key < 0;
    out.open("note",
        is_rest && place.is_hidden_rest ? XmlWriter::Attributes{{"print-object", "no"}}
                                        : XmlWriter::Attributes{});
    if (is_chord) out.empty("chord");
    if (is_rest) {
        out.empty("rest",
            piece.type.empty() && piece.at == Tick{0} ? XmlWriter::Attributes{{"measure", "yes"}}
                                                      : XmlWriter::Attributes{});
    } else if (part.track->is_drums) {
        const DrumPlace drum = drumPlace(key);
        out.open("unpitched");
        out.leaf("display-step", drum.step);
        out.leaf("display-octave", drum.octave);
        out.close();
    } else {
        const Pitch pitch = pitchOf(key, bar_key);
        out.open("pitch");
        out.leaf("step", pitch.step);
        if (pitch.alter != 0) out.leaf("alter", pitch.alter);
        out.leaf("octave", pitch.octave);
        out.close();
    }
    out.leaf("duration", piece.length.value);
    if (piece.is_tied_before) out.empty("tie", {{"type", "stop"}});
    if (piece.is_tied_after) out.empty("tie", {{"type", "start"}});
    if (!is_rest) out.empty("instrument", {{"id", instrumentId(part, key)}});
    out.leaf("voice", place.voice);
    if (!piece.type.empty()) out.leaf("type", piece.type);
    for (int i = 0; i < piece.num_dots; ++i) out.empty("dot");
    if (piece.is_triplet) {
        out.open("time-modification");
        out.leaf("actual-notes", 3);
        out.leaf("normal-notes", 2);
        out.close();
    }
    if (!is_rest && part.track->is_drums && drumPlace(key).is_cross) out.leaf("notehead", "x");
    if (place.staff > 0) out.leaf("staff", place.staff);
    if (!is_rest) writeNotations(out, piece);
    out.close();
}

} // namespace

void writePartEntry(XmlWriter& out, const MusicXmlPart& part) {
    const Track& track = *part.track;
    const std::string instrument(track.is_drums ? kDrumsName : instrumentName(track.program));
    const auto volume = formatFixed(track.volume_127 / 1.27, 2);
    const auto pan = formatFixed(std::max(-90.0, (track.pan_127 - 64) * 90.0 / 63), 2);
    out.open("score-part", {{"id", part.id}});
    out.leaf("part-name", track.name.empty() ? instrument : track.name);
    std::set<int> keys = track.is_drums ? drumKeys(track) : std::set<int>{0};
    for (const int key : keys) {
        out.open("score-instrument", {{"id", instrumentId(part, key)}});
        out.leaf("instrument-name", track.is_drums ? instrument + " " + std::to_string(key) : instrument);
        out.close();
    }
    for (const int key : keys) {
        out.open("midi-instrument", {{"id", instrumentId(part, key)}});
        out.leaf("midi-channel", part.midi_channel);
        out.leaf("midi-program", track.program + 1);
        if (track.is_drums) out.leaf("midi-unpitched", key + 1);
        out.leaf("volume", volume);
        out.leaf("pan", pan);
        out.close();
    }
    out.close();
}

void writePart(
    XmlWriter& out, const MusicXmlPart& part, const Score& score, const std::vector<NotatedBar>& bars) {
    const Track& track = *part.track;
    const std::vector<std::vector<Note>> staves = stavesOf(track);
    std::vector<std::vector<std::vector<VoiceBar>>> voices; // staff, voice, bar
    for (const std::vector<Note>& staff : staves) voices.push_back(notatedVoices(staff, bars));
    DirectionCursor directions{score.tempos.begin(), score.markers.begin()};
    out.open("part", {{"id", part.id}});
    for (std::size_t b = 0; b < bars.size(); ++b) {
        out.open("measure", {{"number", std::to_string(b + 1)}});
        writeAttributes(out, track, staves, bars[b], b > 0 ? &bars[b - 1] : nullptr);
        if (part.has_score_directions) writeDirections(out, score, bars[b], directions);
        bool is_first = true;
        for (std::size_t s = 0; s < voices.size(); ++s)
            for (std::size_t v = 0; v < voices[s].size(); ++v) {
                const VoiceBar& pieces = voices[s][v][b];
                if (pieces.empty()) continue;
                if (!is_first) {
                    out.open("backup");
                    out.leaf("duration", bars[b].length.value);
                    out.close();
                }
                is_first = false;
                const Place place{static_cast<int>(s) * kMaxVoicesPerStaff + static_cast<int>(v) + 1,
                    staves.size() > 1 ? static_cast<int>(s) + 1 : 0, v > 0};
                for (const NotatedPiece& piece : pieces) {
                    if (piece.keys.empty()) writeNote(out, part, piece, -1, false, bars[b].key, place);
                    for (std::size_t k = 0; k < piece.keys.size(); ++k)
                        writeNote(out, part, piece, piece.keys[k], k > 0, bars[b].key, place);
                }
            }
        if (b + 1 == bars.size()) {
            out.open("barline", {{"location", "right"}});
            out.leaf("bar-style", "light-heavy");
            out.close();
        }
        out.close();
    }
    out.close();
}

} // namespace chainsong
