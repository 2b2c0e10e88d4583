#pragma once

#include "engine/compose/request.h"
#include "engine/music/edit.h"
#include "engine/music/score.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace chainsong {

using PosteriorPtr = std::shared_ptr<const Posterior>;

/// The piece as it stands after one step, and how the step is called.
struct PieceStep {
    std::string name; // as the undo list shows it
    ScorePtr score;
    PosteriorPtr posterior = {}; // what the draws say of this very score; null: nothing known
    std::vector<NoteRef> touched = {}; // what stays selected
};

/// Steps with the same kind that come within this time and go on with the same notes are one step.
constexpr std::int64_t kMergeWithin_ms = 500;

/// Undo as a list of snapshots. Pure: the clock is an argument. Old steps are forgotten when the snapshots
/// grow beyond a budget, but never the last kMinSteps.
class History {
public:
    explicit History(PieceStep start);

    const PieceStep& current() const { return m_steps[m_at]; }
    const std::vector<PieceStep>& steps() const { return m_steps; }
    std::size_t position() const { return m_at; }
    bool canUndo() const { return m_at > 0; }
    bool canRedo() const { return m_at + 1 < m_steps.size(); }

    /// Records a step and drops what could be redone. `kind` names steps that may merge ("" = never): a nudge
    /// that goes on with the notes that the last nudge left behind replaces it. True if it merged.
    bool record(
        PieceStep step, const std::string& kind, const std::vector<NoteRef>& continued, std::int64_t now_ms);
    void undo();
    void redo();
    /// What the draws say of the current step's score.
    void learn(PosteriorPtr posterior) { m_steps[m_at].posterior = std::move(posterior); }
    void goTo(std::size_t position);
    /// The next step starts anew even if it could merge: a save must never be merged across.
    void seal() { m_kind.clear(); }

    static constexpr std::size_t kMinSteps = 16;
    static constexpr std::size_t kMaxSteps = 500;
    static constexpr std::size_t kBudgetBytes = std::size_t{96} << 20;

private:
    void forgetOldest();

    std::vector<PieceStep> m_steps; // never empty
    std::size_t m_at = 0;
    std::string m_kind; // of the last recorded step
    std::int64_t m_recorded_ms = 0;
};

} // namespace chainsong
