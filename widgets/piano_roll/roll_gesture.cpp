#include "widgets/piano_roll/roll_gesture.h"

#include <algorithm>
#include <map>

namespace chainsong {
namespace {

std::vector<Edit> copies(const RollGesture& gesture, const Score& score) {
    std::map<int, AddNotes> by_track;
    for (const NoteRef& ref : gesture.notes) {
        Note note =
            score.tracks[static_cast<std::size_t>(ref.track)].notes[static_cast<std::size_t>(ref.index)];
        note = preview(note, ref, gesture);
        note.is_pinned = false;
        AddNotes& edit = by_track[ref.track];
        edit.track = ref.track;
        edit.notes.push_back(note);
    }
    std::vector<Edit> edits;
    for (auto& [track, edit] : by_track) edits.emplace_back(std::move(edit));
    return edits;
}

/// Notes that change by the same amount share an edit.
std::vector<Edit> paintedVelocities(const RollGesture& gesture, const Score& score) {
    std::map<int, ChangeNotes> by_change;
    for (const auto& [ref, velocity_127] : gesture.velocities) {
        const Note& note =
            score.tracks[static_cast<std::size_t>(ref.track)].notes[static_cast<std::size_t>(ref.index)];
        const int louder = velocity_127 - note.velocity_127;
        if (louder == 0) continue;
        by_change[louder].louder = louder;
        by_change[louder].notes.push_back(ref);
    }
    std::vector<Edit> edits;
    for (auto& [louder, edit] : by_change) edits.emplace_back(std::move(edit));
    return edits;
}

} // namespace

Note preview(const Note& note, NoteRef ref, const RollGesture& gesture) {
    using Kind = RollGesture::Kind;
    Note shown = note;
    switch (gesture.kind) {
    case Kind::kMove:
    case Kind::kCopy:
        shown.start = std::max(Tick{0}, note.start + gesture.move);
        shown.key = static_cast<std::uint8_t>(std::clamp(note.key + gesture.transpose, 0, 127));
        break;
    case Kind::kResize: shown.length = std::max(Tick{1}, note.length + gesture.lengthen); break;
    case Kind::kVelocity:
        shown.velocity_127 =
            static_cast<std::uint8_t>(std::clamp(note.velocity_127 + gesture.louder, 1, 127));
        break;
    case Kind::kPaintVelocity: {
        const auto at =
            std::ranges::lower_bound(gesture.velocities, ref, {}, &std::pair<NoteRef, int>::first);
        if (at != gesture.velocities.end() && at->first == ref)
            shown.velocity_127 = static_cast<std::uint8_t>(at->second);
        break;
    }
    default: break;
    }
    return shown;
}

std::vector<Edit> editsOf(const RollGesture& gesture, const Score& score, int track) {
    using Kind = RollGesture::Kind;
    switch (gesture.kind) {
    case Kind::kMove:
        if (gesture.move == Tick{} && gesture.transpose == 0) return {};
        return {ChangeNotes{
            .notes = gesture.notes, .move = gesture.move, .lengthen = {}, .transpose = gesture.transpose}};
    case Kind::kCopy:
        if (gesture.move == Tick{} && gesture.transpose == 0) return {};
        return copies(gesture, score);
    case Kind::kResize:
        if (gesture.lengthen == Tick{}) return {};
        return {ChangeNotes{.notes = gesture.notes, .move = {}, .lengthen = gesture.lengthen}};
    case Kind::kVelocity:
        if (gesture.louder == 0) return {};
        return {ChangeNotes{.notes = gesture.notes, .move = {}, .lengthen = {}, .louder = gesture.louder}};
    case Kind::kPaintVelocity: return paintedVelocities(gesture, score);
    case Kind::kDrawNote: return {AddNotes{track, {gesture.drawn}}};
    case Kind::kErase:
        if (gesture.notes.empty()) return {};
        return {EraseNotes{gesture.notes}};
    default: return {};
    }
}

} // namespace chainsong
