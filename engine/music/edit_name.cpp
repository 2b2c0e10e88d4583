#include "engine/music/edit.h"

namespace chainsong {
namespace {

std::string counted(std::size_t count) { return count == 1 ? "note" : std::to_string(count) + " notes"; }

struct NameOf {
    std::string operator()(const AddNotes& edit) const { return "Add " + counted(edit.notes.size()); }
    std::string operator()(const EraseNotes& edit) const { return "Erase " + counted(edit.notes.size()); }
    std::string operator()(const ChangeNotes& edit) const {
        const std::string notes = counted(edit.notes.size());
        const bool moves = edit.move != Tick{0}, lengthens = edit.lengthen != Tick{0};
        const bool transposes = edit.transpose != 0, is_louder = edit.louder != 0;
        if (moves + lengthens + transposes + is_louder != 1)
            return (moves && transposes ? "Move " : "Change ") + notes;
        if (moves) return "Move " + notes;
        if (lengthens) return (edit.lengthen > Tick{0} ? "Lengthen " : "Shorten ") + notes;
        return transposes ? "Transpose " + notes : "Change velocity of " + notes;
    }
    std::string operator()(const TransposeInScale& edit) const {
        return "Transpose " + counted(edit.notes.size()) + " in the scale";
    }
    std::string operator()(const Quantise& edit) const { return "Quantise " + counted(edit.notes.size()); }
    std::string operator()(const PinNotes& edit) const {
        return (edit.pinned ? "Pin " : "Unpin ") + counted(edit.notes.size());
    }
    std::string operator()(const SetTempo&) const { return "Change tempo"; }
    std::string operator()(const SetKey&) const { return "Change key"; }
    std::string operator()(const SetTrack&) const { return "Change voice"; }
    std::string operator()(const AddTrack&) const { return "Add voice"; }
    std::string operator()(const EraseTrack&) const { return "Remove voice"; }
    std::string operator()(const ReplaceScore&) const { return "Replace piece"; }
};

} // namespace

std::string editName(const Edit& edit) { return std::visit(NameOf{}, edit); }

} // namespace chainsong
