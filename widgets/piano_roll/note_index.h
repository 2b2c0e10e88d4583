#pragma once

#include <functional>
#include <span>
#include <vector>

#include "engine/music/note.h"

namespace chainsong {

/// Finds the notes that touch a stretch of time without looking at the others: a tree of latest ends over
/// notes sorted by start. A question costs O(found · log notes), however long a pedal note lasts.
class NoteIndex {
public:
    NoteIndex() = default;
    /// `notes` must be in musical order; the index does not keep them.
    explicit NoteIndex(std::span<const Note> notes);
    /// Calls `visit` with the index of each note that sounds in [from, to), in musical order.
    void visit(std::span<const Note> notes, Tick from, Tick to, const std::function<void(int)>& visit) const;

private:
    std::size_t m_num_leaves = 0; // a power of two
    std::vector<Tick> m_latest_end; // node k has children 2k and 2k + 1; root = 1
};

} // namespace chainsong
