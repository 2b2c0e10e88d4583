#include "engine/io/notation.h"

#include "engine/io/midi_file.h"

#include <algorithm>
#include <array>
#include <map>

namespace chainsong {
namespace {

struct WrittenValue {
    std::int64_t ticks;
    std::string_view type;
    int num_dots;
    bool is_triplet;
};
/// The longest first.
constexpr std::array<WrittenValue, 19> kPlainValues{{
    {5760, "breve", 1, false},
    {3840, "breve", 0, false},
    {2880, "whole", 1, false},
    {1920, "whole", 0, false},
    {1440, "half", 1, false},
    {960, "half", 0, false},
    {840, "quarter", 2, false},
    {720, "quarter", 1, false},
    {480, "quarter", 0, false},
    {420, "eighth", 2, false},
    {360, "eighth", 1, false},
    {240, "eighth", 0, false},
    {180, "16th", 1, false},
    {120, "16th", 0, false},
    {90, "32nd", 1, false},
    {60, "32nd", 0, false},
    {45, "64th", 1, false},
    {30, "64th", 0, false},
    {15, "128th", 0, false},
}};
constexpr std::array<WrittenValue, 5> kTripletValues{{
    {320, "quarter", 0, true},
    {160, "eighth", 0, true},
    {80, "16th", 0, true},
    {40, "32nd", 0, true},
    {20, "64th", 0, true},
}};

/// A chord of one voice, from the piece's start.
struct Chord {
    Tick start, end;
    std::vector<std::uint8_t> keys;
};

Tick onGrid(Tick at) { return {(at.value + kTicksPerStep / 2) / kTicksPerStep * kTicksPerStep}; }

/// What the eye counts: the dotted quarter in 6/8, the whole bar in 3/8, else the quarter.
std::int64_t countedBeat(const Metre& metre) {
    const bool is_compound = metre.unit >= 8 && metre.beats % 3 == 0;
    return is_compound ? 3 * metre.beatLength().value : kTicksPerQuarter;
}

const WrittenValue* exactly(std::int64_t ticks) {
    for (const WrittenValue& value : kPlainValues)
        if (value.ticks == ticks) return &value;
    for (const WrittenValue& value : kTripletValues)
        if (value.ticks == ticks) return &value;
    return nullptr;
}

/// The first value of a note or rest that stands at `at` in its bar and has `left` ticks to go.
WrittenValue nextValue(std::int64_t at, std::int64_t left, std::int64_t beat) {
    const std::int64_t past_beat = at % beat;
    if (past_beat == 0 && left >= beat) {
        for (const WrittenValue& value : kPlainValues)
            if (value.ticks <= left && value.ticks >= beat && value.num_dots < 2
                && (value.ticks % beat == 0 || value.ticks == left))
                return value;
    }
    // A syncopated quarter may hide one beat; nothing else may.
    if (left == kTicksPerQuarter && past_beat * 2 == beat && beat == kTicksPerQuarter) return *exactly(left);
    const std::int64_t in_beat = std::min(left, beat - past_beat);
    if (const WrittenValue* value = exactly(in_beat)) return *value;
    const bool is_on_triplet = past_beat % 30 != 0 || (in_beat % 30 != 0 && in_beat % 20 == 0);
    if (is_on_triplet)
        for (const WrittenValue& value : kTripletValues)
            if (value.ticks <= in_beat) return value;
    for (const WrittenValue& value : kPlainValues)
        if (value.ticks <= in_beat && value.num_dots == 0) return value;
    return {in_beat, "", 0, false};
}

/// Appends a stretch of one bar: a chord, or a rest where `keys` is empty.
void appendPieces(VoiceBar& out, std::int64_t at, std::int64_t length, const std::vector<std::uint8_t>& keys,
    bool is_tied_before, bool is_tied_after, std::int64_t beat) {
    const std::int64_t end = at + length;
    while (at < end) {
        const WrittenValue value = nextValue(at, end - at, beat);
        const bool is_last = at + value.ticks == end;
        NotatedPiece piece{{at}, {value.ticks}, keys, !keys.empty() && is_tied_before,
            !keys.empty() && (!is_last || is_tied_after), value.type, value.num_dots, value.is_triplet};
        out.push_back(std::move(piece));
        is_tied_before = true;
        at += value.ticks;
    }
}

std::vector<std::vector<Chord>> voicesOf(const std::vector<Note>& notes) {
    std::map<std::pair<Tick, Tick>, std::vector<std::uint8_t>> by_span;
    for (const Note& note : notes) by_span[{note.start, note.end()}].push_back(note.key);
    std::vector<std::vector<Chord>> voices(1);
    for (auto& [span, keys] : by_span) {
        const auto [start, end] = span;
        auto voice = std::find_if(voices.begin(), voices.end(),
            [start = start](const auto& v) { return v.empty() || v.back().end <= start; });
        if (voice == voices.end() && voices.size() < kMaxVoicesPerStaff) {
            voices.emplace_back();
            voice = std::prev(voices.end());
        }
        if (voice == voices.end()) {
            voice = std::min_element(voices.begin(), voices.end(),
                [](const auto& a, const auto& b) { return a.back().start < b.back().start; });
            if (voice->back().start == start) { // all four begin here: the longest takes the rest in
                Chord& chord = voices.back().back();
                chord.keys.insert(chord.keys.end(), keys.begin(), keys.end());
                std::sort(chord.keys.begin(), chord.keys.end());
                continue;
            }
            voice->back().end = start;
        }
        std::sort(keys.begin(), keys.end());
        voice->push_back({start, end, std::move(keys)});
    }
    return voices;
}

std::vector<VoiceBar> barsOf(
    const std::vector<Chord>& chords, const std::vector<NotatedBar>& bars, bool is_first_voice) {
    std::vector<VoiceBar> out(bars.size());
    auto chord = chords.begin();
    for (std::size_t b = 0; b < bars.size(); ++b) {
        const NotatedBar& bar = bars[b];
        const Tick bar_end = bar.start + bar.length;
        const std::int64_t beat = countedBeat(bar.metre);
        const auto rest = [&](Tick from, Tick to) {
            appendPieces(out[b], (from - bar.start).value, (to - from).value, {}, false, false, beat);
        };
        Tick at = bar.start;
        while (chord != chords.end() && chord->start < bar_end) {
            const Tick from = std::max(chord->start, bar.start);
            const Tick to = std::min(chord->end, bar_end);
            if (from > at) rest(at, from);
            appendPieces(out[b], (from - bar.start).value, (to - from).value, chord->keys,
                chord->start<bar.start, chord->end> bar_end, beat);
            at = to;
            if (chord->end > bar_end) break;
            ++chord;
        }
        if (out[b].empty() && is_first_voice)
            out[b].push_back({.at = {0}, .length = bar.length}); // a rest of the whole bar
        if (!out[b].empty() && at > bar.start && at < bar_end) rest(at, bar_end);
    }
    return out;
}

} // namespace

std::vector<NotatedBar> notatedBars(const Score& score) {
    const MetreMap metres(score.metres);
    const int num_bars = std::max(numBars(score), 1);
    std::vector<NotatedBar> bars;
    auto key = score.keys.begin();
    Key current;
    for (int i = 0; i < num_bars; ++i) {
        const Tick start = metres.barStart(i);
        for (; key != score.keys.end() && key->at <= start; ++key) current = key->key;
        bars.push_back({start, metres.barLength(i), metres.metreOfBar(i), current});
    }
    return bars;
}

std::vector<std::vector<VoiceBar>> notatedVoices(
    const std::vector<Note>& notes, const std::vector<NotatedBar>& bars) {
    std::vector<std::vector<VoiceBar>> out;
    for (const std::vector<Chord>& voice : voicesOf(notes)) out.push_back(barsOf(voice, bars, out.empty()));
    return out;
}

Score onNotationGrid(Score score) {
    for (Track& track : score.tracks)
        for (Note& note : track.notes) {
            const Tick end = onGrid(note.end());
            note.start = onGrid(note.start);
            note.length = std::max(end - note.start, Tick{kTicksPerStep});
        }
    score = normalised(std::move(score));
    for (Track& track : score.tracks) track.notes = withoutOverlaps(std::move(track.notes));
    score.end = MetreMap(score.metres).barLineFrom(score.end);
    return score;
}

} // namespace chainsong
