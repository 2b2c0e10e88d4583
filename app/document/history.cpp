#include "app/document/history.h"

#include <utility>

namespace chainsong {
namespace {

std::size_t bytesOf(const PieceStep& step) { return numNotes(*step.score) * sizeof(Note) + 256; }

} // namespace

History::History(PieceStep start) { m_steps.push_back(std::move(start)); }

bool History::record(
    PieceStep step, const std::string& kind, const std::vector<NoteRef>& continued, std::int64_t now_ms) {
    const bool merges = !kind.empty() && kind == m_kind && !canRedo() && canUndo()
        && now_ms - m_recorded_ms <= kMergeWithin_ms && continued == current().touched;
    m_kind = kind;
    m_recorded_ms = now_ms;
    if (merges) {
        m_steps[m_at] = std::move(step);
        return true;
    }
    m_steps.resize(m_at + 1);
    m_steps.push_back(std::move(step));
    ++m_at;
    forgetOldest();
    return false;
}

void History::undo() { goTo(m_at > 0 ? m_at - 1 : 0); }

void History::redo() { goTo(m_at + 1); }

void History::goTo(std::size_t position) {
    seal();
    if (position < m_steps.size()) m_at = position;
}

void History::forgetOldest() {
    std::size_t bytes = 0;
    std::size_t kept = 0;
    while (kept < m_steps.size() && kept < kMaxSteps) {
        bytes += bytesOf(m_steps[m_steps.size() - 1 - kept]);
        if (kept >= kMinSteps && bytes > kBudgetBytes) break;
        ++kept;
    }
    const std::size_t forgotten = m_steps.size() - kept;
    m_steps.erase(m_steps.begin(), m_steps.begin() + static_cast<std::ptrdiff_t>(forgotten));
    m_at -= forgotten;
}

} // namespace chainsong
