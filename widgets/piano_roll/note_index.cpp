#include "widgets/piano_roll/note_index.h"

#include <algorithm>
#include <bit>

namespace chainsong {

NoteIndex::NoteIndex(std::span<const Note> notes)
    : m_num_leaves(std::bit_ceil(std::max<std::size_t>(1, notes.size()))) {
    m_latest_end.assign(2 * m_num_leaves, Tick{-1});
    for (std::size_t i = 0; i < notes.size(); ++i) m_latest_end[m_num_leaves + i] = notes[i].end();
    for (std::size_t node = m_num_leaves; node-- > 1;) {
        m_latest_end[node] = std::max(m_latest_end[2 * node], m_latest_end[2 * node + 1]);
    }
}

void NoteIndex::visit(
    std::span<const Note> notes, Tick from, Tick to, const std::function<void(int)>& visit) const {
    const auto past = std::ranges::lower_bound(notes, to, {}, &Note::start);
    const std::size_t num_started = static_cast<std::size_t>(past - notes.begin());
    struct Branch {
        std::size_t node, first, size;
    };
    std::vector<Branch> open{{1, 0, m_num_leaves}};
    while (!open.empty() && num_started > 0) {
        const Branch branch = open.back();
        open.pop_back();
        if (branch.first >= num_started || m_latest_end[branch.node] <= from) continue;
        if (branch.size == 1) {
            visit(static_cast<int>(branch.first));
            continue;
        }
        const std::size_t half = branch.size / 2;
        open.push_back({2 * branch.node + 1, branch.first + half, half});
        open.push_back({2 * branch.node, branch.first, half});
    }
}

} // namespace chainsong
