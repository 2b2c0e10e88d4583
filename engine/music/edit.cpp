#include "engine/music/edit.h"

#include "engine/music/tempo_map.h"

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

constexpr std::int64_t kLastTick = std::int64_t{1} << 36; // 900 hours at 120 BPM: no sum of two can wrap

/// A score on its way through an edit, and where the edit's own notes came to lie.
struct Outcome {
    Score score;
    std::vector<std::vector<Note>> touched; // one list a track
};

Status checkTrack(const Score& score, int track) {
    if (track >= 0 && track < static_cast<int>(score.tracks.size())) return Done{};
    return Error{"there is no track " + std::to_string(std::int64_t{track} + 1) + "; the piece has "
            + std::to_string(score.tracks.size()),
        {}};
}

Status checkNotes(const Score& score, const std::vector<NoteRef>& notes) {
    for (const NoteRef& ref : notes) {
        if (Status track = checkTrack(score, ref.track); !track) return track;
        const std::size_t count = score.tracks[static_cast<std::size_t>(ref.track)].notes.size();
        if (ref.index < 0 || static_cast<std::size_t>(ref.index) >= count)
            return Error{"track " + std::to_string(ref.track + 1) + " has no note "
                    + std::to_string(std::int64_t{ref.index} + 1) + "; it has " + std::to_string(count),
                {}};
    }
    return Done{};
}

/// The named notes once each, in order.
std::vector<NoteRef> withoutRepeats(std::vector<NoteRef> notes) {
    std::sort(notes.begin(), notes.end());
    notes.erase(std::unique(notes.begin(), notes.end()), notes.end());
    return notes;
}

Note& noteOf(Score& score, const NoteRef& ref) {
    return score.tracks[static_cast<std::size_t>(ref.track)].notes[static_cast<std::size_t>(ref.index)];
}
const Note& noteOf(const Score& score, const NoteRef& ref) {
    return score.tracks[static_cast<std::size_t>(ref.track)].notes[static_cast<std::size_t>(ref.index)];
}

Note clamped(Note note) {
    note.start.value = std::clamp<std::int64_t>(note.start.value, 0, kLastTick);
    note.length.value = std::clamp<std::int64_t>(note.length.value, 1, kLastTick);
    note.key = std::min<std::uint8_t>(note.key, 127);
    note.velocity_127 = std::clamp<std::uint8_t>(note.velocity_127, 1, 127);
    return note;
}

std::int64_t bounded(Tick tick) { return std::clamp(tick.value, -kLastTick, kLastTick); }

/// Musical order again, and an end that no note passes: a new one is a bar line.
void settle(Score& score) {
    for (Track& track : score.tracks)
        if (!std::is_sorted(track.notes.begin(), track.notes.end(), comesBefore))
            std::stable_sort(track.notes.begin(), track.notes.end(), comesBefore);
    const Tick last = lastNoteEnd(score);
    if (last > score.end) score.end = MetreMap(score.metres).barLineFrom(last);
}

/// Gives each named note the value that `changed` makes of it.
template <class Changed>
Outcome withNotes(const Score& score, const std::vector<NoteRef>& notes, Changed changed) {
    Outcome outcome{score, std::vector<std::vector<Note>>(score.tracks.size())};
    for (const NoteRef& ref : notes) {
        Note& note = noteOf(outcome.score, ref);
        note = clamped(changed(note, score.tracks[static_cast<std::size_t>(ref.track)]));
        outcome.touched[static_cast<std::size_t>(ref.track)].push_back(note);
    }
    settle(outcome.score);
    return outcome;
}

Result<Outcome> outcomeOf(const Score& score, const AddNotes& edit) {
    if (Status track = checkTrack(score, edit.track); !track) return track.error();
    Outcome outcome{score, std::vector<std::vector<Note>>(score.tracks.size())};
    const auto track = static_cast<std::size_t>(edit.track);
    for (const Note& note : edit.notes) outcome.touched[track].push_back(clamped(note));
    auto& notes = outcome.score.tracks[track].notes;
    notes.insert(notes.end(), outcome.touched[track].begin(), outcome.touched[track].end());
    settle(outcome.score);
    return outcome;
}

Result<Outcome> outcomeOf(const Score& score, const EraseNotes& edit) {
    if (Status notes = checkNotes(score, edit.notes); !notes) return notes.error();
    Outcome outcome{score, {}};
    const std::vector<NoteRef> refs = withoutRepeats(edit.notes);
    auto next = refs.begin();
    for (std::size_t track = 0; track < score.tracks.size(); ++track) {
        std::vector<Note> kept;
        const auto& notes = score.tracks[track].notes;
        for (std::size_t index = 0; index < notes.size(); ++index) {
            if (next != refs.end() && *next == NoteRef{static_cast<int>(track), static_cast<int>(index)})
                ++next;
            else
                kept.push_back(notes[index]);
        }
        outcome.score.tracks[track].notes = std::move(kept);
    }
    return outcome;
}

Result<Outcome> outcomeOf(const Score& score, const ChangeNotes& edit) {
    if (Status notes = checkNotes(score, edit.notes); !notes) return notes.error();
    const std::vector<NoteRef> refs = withoutRepeats(edit.notes);
    // The group keeps its shape: it moves and transposes only as far as all of it can.
    std::int64_t first = kLastTick, last = 0;
    int lowest = 127, highest = 0;
    for (const NoteRef& ref : refs) {
        const Note& note = noteOf(score, ref);
        first = std::min(first, note.start.value);
        last = std::max(last, note.start.value);
        lowest = std::min<int>(lowest, note.key);
        highest = std::max<int>(highest, note.key);
    }
    if (refs.empty()) return Outcome{score, {}};
    const std::int64_t move =
        std::clamp(bounded(edit.move), -first, std::max<std::int64_t>(kLastTick - last, 0));
    const int transpose = std::clamp(edit.transpose, -lowest, std::max(127 - highest, -lowest));
    const std::int64_t lengthen = bounded(edit.lengthen);
    const int louder = std::clamp(edit.louder, -127, 127);
    return withNotes(score, refs, [&](Note note, const Track&) {
        note.start.value += move;
        note.length.value = std::max<std::int64_t>(note.length.value + lengthen, 1);
        note.key = static_cast<std::uint8_t>(note.key + transpose);
        note.velocity_127 = static_cast<std::uint8_t>(std::clamp(note.velocity_127 + louder, 1, 127));
        return note;
    });
}

/// `midi_key` moved along the scale: from the scale note at or below it, keeping the distance to that.
int movedInScale(int midi_key, const Key& key, int steps) {
    const auto scale = scaleSteps(key.mode);
    const int above_tonic = midi_key - key.tonic + 24;
    const int octave = above_tonic / 12;
    const auto past = std::upper_bound(scale.begin(), scale.end(), above_tonic % 12);
    const int degree = static_cast<int>(past - scale.begin()) - 1;
    const int chromatic = above_tonic % 12 - scale[static_cast<std::size_t>(degree)];
    const int moved = octave * 7 + degree + steps + 7 * 30; // positive, so that division rounds down
    const int in_octave = scale[static_cast<std::size_t>(moved % 7)];
    return key.tonic - 24 + 12 * (moved / 7 - 30) + in_octave + chromatic;
}

Result<Outcome> outcomeOf(const Score& score, const TransposeInScale& edit) {
    if (Status notes = checkNotes(score, edit.notes); !notes) return notes.error();
    const std::vector<NoteRef> refs = withoutRepeats(edit.notes);
    const auto allFit = [&](int steps) {
        return std::all_of(refs.begin(), refs.end(), [&](const NoteRef& ref) {
            const Note& note = noteOf(score, ref);
            const int moved = movedInScale(note.key, keyAt(score, note.start), steps);
            return score.tracks[static_cast<std::size_t>(ref.track)].is_drums || (moved >= 0 && moved <= 127);
        });
    };
    int steps = std::clamp(edit.steps, -75, 75); // MIDI has 75 scale notes
    while (steps != 0 && !allFit(steps)) steps += steps > 0 ? -1 : 1;
    return withNotes(score, refs, [&](Note note, const Track& track) {
        if (!track.is_drums && steps != 0)
            note.key = static_cast<std::uint8_t>(movedInScale(note.key, keyAt(score, note.start), steps));
        return note;
    });
}

Result<Outcome> outcomeOf(const Score& score, const Quantise& edit) {
    if (Status notes = checkNotes(score, edit.notes); !notes) return notes.error();
    if (edit.grid.value <= 0 || edit.grid.value > kLastTick || std::isnan(edit.strength_unit))
        return Error{"a quantising grid must be at least one tick", {}};
    const MetreMap metres(score.metres);
    const double strength = std::clamp(edit.strength_unit, 0.0, 1.0);
    return withNotes(score, withoutRepeats(edit.notes), [&](Note note, const Track&) {
        const int bar = metres.barAt(note.start);
        const std::int64_t bar_start = metres.barStart(bar).value;
        const std::int64_t past = note.start.value - bar_start;
        const std::int64_t on_grid = (past + edit.grid.value / 2) / edit.grid.value * edit.grid.value;
        const std::int64_t target = bar_start + std::min(on_grid, metres.barLength(bar).value);
        note.start.value += std::llround(strength * static_cast<double>(target - note.start.value));
        return note;
    });
}

Result<Outcome> outcomeOf(const Score& score, const PinNotes& edit) {
    if (Status notes = checkNotes(score, edit.notes); !notes) return notes.error();
    return withNotes(score, withoutRepeats(edit.notes), [&](Note note, const Track&) {
        note.is_pinned = edit.pinned;
        return note;
    });
}

Result<Outcome> outcomeOf(const Score& score, const SetTempo& edit) {
    Outcome outcome{score, {}};
    outcome.score.tempos = {tempoAt({0}, edit.tempo_bpm)};
    return outcome;
}

Result<Outcome> outcomeOf(const Score& score, const SetKey& edit) {
    Outcome outcome{score, {}};
    outcome.score.keys = {{{0}, {((edit.key.tonic % 12) + 12) % 12, edit.key.mode}}};
    return outcome;
}

Result<Outcome> outcomeOf(const Score& score, const SetTrack& edit) {
    if (Status track = checkTrack(score, edit.track); !track) return track.error();
    Outcome outcome{score, {}};
    Track& track = outcome.score.tracks[static_cast<std::size_t>(edit.track)];
    track.name = edit.name;
    track.program = std::clamp(edit.program, 0, 127);
    track.volume_127 = std::clamp(edit.volume_127, 0, 127);
    track.pan_127 = std::clamp(edit.pan_127, 0, 127);
    track.is_drums = edit.is_drums;
    return outcome;
}

Result<Outcome> outcomeOf(const Score& score, const AddTrack& edit) {
    Score alone;
    alone.tracks = {edit.track};
    for (Note& note : alone.tracks[0].notes) note = clamped(note);
    alone = normalised(std::move(alone));
    Outcome outcome{score, std::vector<std::vector<Note>>(score.tracks.size() + 1)};
    outcome.touched.back() = alone.tracks[0].notes;
    outcome.score.tracks.push_back(std::move(alone.tracks[0]));
    settle(outcome.score);
    return outcome;
}

Result<Outcome> outcomeOf(const Score& score, const EraseTrack& edit) {
    if (Status track = checkTrack(score, edit.track); !track) return track.error();
    Outcome outcome{score, {}};
    outcome.score.tracks.erase(outcome.score.tracks.begin() + edit.track);
    return outcome;
}

Result<Outcome> outcomeOf(const Score&, const ReplaceScore& edit) {
    return Outcome{normalised(edit.score), {}};
}

Result<Outcome> outcomeOf(const Score& score, const Edit& edit) {
    return std::visit([&](const auto& kind) { return outcomeOf(score, kind); }, edit);
}

} // namespace

Result<Score> applied(const Score& score, const Edit& edit) {
    Result<Outcome> outcome = outcomeOf(score, edit);
    if (!outcome) return outcome.error();
    return std::move(outcome->score);
}

std::vector<NoteRef> touchedBy(const Score& before, const Edit& edit, const Score& after) {
    const Result<Outcome> outcome = outcomeOf(before, edit);
    if (!outcome) return {};
    std::vector<NoteRef> refs;
    for (std::size_t track = 0; track < outcome->touched.size() && track < after.tracks.size(); ++track) {
        std::vector<Note> wanted = outcome->touched[track];
        std::stable_sort(wanted.begin(), wanted.end(), comesBefore);
        const auto& notes = after.tracks[track].notes;
        auto from = notes.begin();
        for (const Note& note : wanted) {
            auto found = std::lower_bound(from, notes.end(), note, comesBefore);
            while (found != notes.end() && !(*found == note) && !comesBefore(note, *found)) ++found;
            if (found == notes.end() || !(*found == note)) continue;
            refs.push_back({static_cast<int>(track), static_cast<int>(found - notes.begin())});
            from = std::next(found);
        }
    }
    return refs;
}

} // namespace chainsong
