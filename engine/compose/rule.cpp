#include "engine/compose/rule.h"

#include "engine/music/instruments.h"

#include <algorithm>

namespace chainsong {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

int middleOf(const Part& part) {
    const KeyRange range = comfortableRange(part.program);
    return range.lowest + range.highest;
}

} // namespace

KeySet keysBetween(int lowest, int highest) {
    KeySet keys;
    for (int k = std::max(0, lowest); k <= std::min(127, highest); ++k) keys.set(at(k));
    return keys;
}

std::span<const PlacedNote> GivenNotes::from(int part, int step) const {
    const auto& notes = of_part[at(part)];
    const auto first = std::lower_bound(
        notes.begin(), notes.end(), step, [](const PlacedNote& note, int s) { return note.start_step < s; });
    return {first, notes.end()};
}

GivenNotes givenNotes(const PieceFrame& frame, std::vector<std::vector<Event>> by_bar) {
    GivenNotes given;
    given.by_bar = std::move(by_bar);
    int bar_start = 0;
    for (std::size_t b = 0; b < given.by_bar.size(); ++b) {
        for (const Event& note : given.by_bar[b]) {
            const int start = bar_start + note.position;
            given.of_part[at(note.part)].push_back(
                {start, start + note.duration + 1, midiKeyOf(note.pitch, frame.bars[b].key)});
        }
        bar_start += frame.bars[b].numSteps();
    }
    return given;
}

Written::Written() {
    lowest_key.fill(-1);
    highest_key.fill(-1);
    onset_step.fill(-1);
}

void Written::add(const Event& note, bool is_given, const EventCursor& before, const PieceFrame& frame) {
    const std::size_t part = at(note.part);
    const auto key = static_cast<std::int16_t>(midiKeyOf(note.pitch, frame.bars[at(before.bar())].key));
    const int step = before.barStartStep() + note.position;
    if (onset_step[part] != step) lowest_key[part] = key;
    highest_key[part] = key; // the canonical order rises within an onset
    onset_step[part] = step;
    was_given[part] = is_given;
    ++notes_in_bar;
    ++notes_of_part_in_bar[part];
    if (is_given) ++next_given;
}

void Written::startBar() {
    notes_in_bar = 0;
    next_given = 0;
    notes_of_part_in_bar.fill(0);
}

int melodyPart(const PieceFrame& frame) {
    int best = -1;
    for (int p = 0; p < static_cast<int>(frame.parts.size()); ++p) {
        if (frame.parts[at(p)].is_drums) continue;
        if (best < 0 || middleOf(frame.parts[at(p)]) > middleOf(frame.parts[at(best)])) best = p;
    }
    return best;
}

int bassPart(const PieceFrame& frame) {
    int best = -1;
    for (int p = 0; p < static_cast<int>(frame.parts.size()); ++p) {
        if (frame.parts[at(p)].is_drums) continue;
        if (best < 0 || middleOf(frame.parts[at(p)]) <= middleOf(frame.parts[at(best)])) best = p;
    }
    return best;
}

} // namespace chainsong
