#include "engine/music/score.h"

#include "engine/base/numbers.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace chainsong {
namespace {

constexpr int kLongestQuarterUs = 0xFFFFFF; // what three bytes of a MIDI file hold

bool isMetreUnit(int unit) {
    return unit >= 1 && unit <= 64 && std::has_single_bit(static_cast<unsigned>(unit));
}

Tick notBeforeStart(Tick at) { return std::max(at, Tick{0}); }

/// Sorts changes by their tick; of several at one tick the last written stays.
template <class Change> void putInOrder(std::vector<Change>& changes) {
    for (Change& change : changes) change.at = notBeforeStart(change.at);
    std::stable_sort(
        changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.at < b.at; });
    std::vector<Change> kept;
    kept.reserve(changes.size());
    for (Change& change : changes) {
        if (!kept.empty() && kept.back().at == change.at) kept.pop_back();
        kept.push_back(std::move(change));
    }
    changes = std::move(kept);
}

void putInOrder(Track& track) {
    track.program = std::clamp(track.program, 0, 127);
    track.volume_127 = std::clamp(track.volume_127, 0, 127);
    track.pan_127 = std::clamp(track.pan_127, 0, 127);
    for (Note& note : track.notes) {
        note.start = notBeforeStart(note.start);
        note.length = std::max(note.length, Tick{1});
        note.key = std::min<std::uint8_t>(note.key, 127);
        note.velocity_127 = std::clamp<std::uint8_t>(note.velocity_127, 1, 127);
    }
    if (!std::is_sorted(track.notes.begin(), track.notes.end(), comesBefore))
        std::stable_sort(track.notes.begin(), track.notes.end(), comesBefore);
}

/// The changes in force in [from, to), the one that rules at `from` standing at 0.
template <class Change> std::vector<Change> sliceOf(const std::vector<Change>& changes, Tick from, Tick to) {
    std::vector<Change> inside;
    for (Change change : changes) {
        if (change.at >= to && change.at > from) break;
        if (change.at <= from) inside.clear();
        change.at = std::max(change.at, from) - from;
        inside.push_back(std::move(change));
    }
    return inside;
}

} // namespace

std::string metreName(const Metre& metre) {
    return std::to_string(metre.beats) + "/" + std::to_string(metre.unit);
}

Result<Metre> parseMetre(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash != std::string_view::npos) {
        const auto beats = parseInteger(text.substr(0, slash));
        const auto unit = parseInteger(text.substr(slash + 1));
        if (beats && unit && *beats >= 1 && *beats <= 32 && *unit >= 1 && *unit <= 64
            && isMetreUnit(static_cast<int>(*unit)))
            return Metre{static_cast<int>(*beats), static_cast<int>(*unit)};
    }
    return Error{"a metre is written like 3/4 or 6/8: 1 to 32 beats, unit 1, 2, 4, 8, 16, 32 or 64",
        std::string(text.substr(0, 40))};
}

TempoChange tempoAt(Tick at, double tempo_bpm) {
    const double bpm = std::isnan(tempo_bpm) ? 120.0 : std::clamp(tempo_bpm, 4.0, 1000.0);
    return {at, static_cast<int>(std::lround(60e6 / bpm))};
}

Score normalised(Score score) {
    putInOrder(score.tempos);
    for (TempoChange& tempo : score.tempos)
        tempo.microseconds_per_quarter = std::clamp(tempo.microseconds_per_quarter, 1, kLongestQuarterUs);
    putInOrder(score.metres);
    for (MetreChange& change : score.metres) {
        change.metre.beats = std::clamp(change.metre.beats, 1, 255);
        if (!isMetreUnit(change.metre.unit)) change.metre.unit = 4;
    }
    putInOrder(score.keys);
    for (KeyChange& change : score.keys) change.key.tonic = ((change.key.tonic % 12) + 12) % 12;
    for (Marker& marker : score.markers) marker.at = notBeforeStart(marker.at);
    std::stable_sort(score.markers.begin(), score.markers.end(),
        [](const Marker& a, const Marker& b) { return a.at < b.at; });
    for (Track& track : score.tracks) putInOrder(track);
    score.end = std::max(score.end, lastNoteEnd(score));
    return score;
}

std::size_t numNotes(const Score& score) {
    std::size_t count = 0;
    for (const Track& track : score.tracks) count += track.notes.size();
    return count;
}

Tick lastNoteEnd(const Score& score) {
    Tick last;
    for (const Track& track : score.tracks)
        for (const Note& note : track.notes) last = std::max(last, note.end());
    return last;
}

Key keyAt(const Score& score, Tick at) {
    Key key;
    for (const KeyChange& change : score.keys) {
        if (change.at > at) break;
        key = change.key;
    }
    return key;
}

Score slice(const Score& score, Tick from, Tick to) {
    Score part;
    part.title = score.title;
    part.tempos = sliceOf(score.tempos, from, to);
    part.metres = sliceOf(score.metres, from, to);
    part.keys = sliceOf(score.keys, from, to);
    for (const Marker& marker : score.markers)
        if (marker.at >= from && marker.at < to) part.markers.push_back({marker.at - from, marker.text});
    for (const Track& track : score.tracks) {
        Track copy = track;
        copy.notes.clear();
        for (Note note : track.notes) {
            if (note.start < from || note.start >= to) continue;
            note.start = note.start - from;
            copy.notes.push_back(note);
        }
        part.tracks.push_back(std::move(copy));
    }
    part.end = std::max({Tick{0}, std::min(to, score.end) - from, lastNoteEnd(part)});
    return part;
}

} // namespace chainsong
