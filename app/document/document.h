#pragma once

#include <QObject>
#include <QString>

#include <optional>
#include <string>
#include <vector>

#include "app/document/history.h"
#include "engine/compose/request.h"

namespace chainsong {

/// What the user asks for beside the notes themselves: goes with the piece, is not part of undo.
struct Wishes {
    std::string prompt;
    std::vector<Chip> edited_chips; // win over the prompt
    std::vector<Constraint> constraints;
    double temperature = 1;
    std::uint64_t seed = 1;
    bool operator==(const Wishes&) const = default;
};

/// One alternative that the sampler offers; it never overwrites anything by itself.
struct Variation {
    ScorePtr score;
    double log_density = 0;
    int num_changed_notes = 0;
    std::uint64_t seed = 0;
    bool is_starred = false;
};

/// The alternatives of one run, against the piece as it stood before.
struct VariationSet {
    ScorePtr original; // null: no set
    std::optional<std::pair<int, int>> bars; // first and past-last from 0; nothing: the whole piece
    std::vector<Variation> variations;
    PosteriorPtr posterior; // of one of them:
    std::size_t posterior_of = 0;
    std::string model = {};
};

/// The piece with all that belongs to it. Every change goes through here, and each is announced once. Nothing
/// here knows files or windows.
class Document final : public QObject {
    Q_OBJECT
public:
    explicit Document(QObject* parent = nullptr);

    const ScorePtr& score() const { return m_history.current().score; }
    const PosteriorPtr& posterior() const { return m_history.current().posterior; }
    const std::vector<NoteRef>& touched() const { return m_history.current().touched; }
    const History& history() const { return m_history; }
    const Wishes& wishes() const { return m_wishes; }
    const VariationSet& variations() const { return m_variations; }
    /// True until the user's first change: the first-run example, or nothing at all.
    bool isExample() const { return m_is_example; }

    /// Another piece takes this one's place; there is nothing to undo then.
    void open(ScorePtr score, Wishes wishes, bool is_example);
    /// The same with a past: `position` is the step that is shown.
    void open(History history, Wishes wishes);

    /// One undo step, or part of the last one if it goes on with it. An edit that changes nothing leaves
    /// none.
    Status apply(const Edit& edit, const QString& name, std::int64_t now_ms);
    /// A result or an imported piece takes the notes' place: one undo step.
    void replace(ScorePtr score, const QString& name, PosteriorPtr posterior = {});
    /// What the draws say of the score that stands there; no undo step.
    void learn(PosteriorPtr posterior);
    void undo();
    void redo();
    void goTo(std::size_t position);

    void setWishes(Wishes wishes);

    void offer(VariationSet set);
    void offer(Variation variation);
    void star(std::size_t index, bool is_starred);
    /// What the draws say of the variation that equals `score`.
    void learnOfVariations(const Score& score, PosteriorPtr posterior, std::string model);
    void clearVariations();

    /// Called after a save: later nudges do not merge with earlier ones.
    void seal() { m_history.seal(); }

Q_SIGNALS:
    /// The notes are others now; touched() is what the step concerned.
    void scoreChanged();
    /// A step was added (or replaced the last one, if `merged`).
    void stepRecorded(bool merged);
    /// Undo or redo moved to another step.
    void positionChanged();
    void posteriorChanged();
    void wishesChanged();
    /// Another set, or none.
    void variationsReset();
    void variationAdded(int index);
    void variationStarred(int index);
    /// Another piece altogether.
    void opened();

private:
    void record(
        PieceStep step, const std::string& kind, const std::vector<NoteRef>& continued, std::int64_t now_ms);

    History m_history;
    Wishes m_wishes;
    VariationSet m_variations;
    bool m_is_example = false;
};

/// The kind under which edits merge ("" = never), and the notes that such an edit names.
std::string mergeKind(const Edit& edit);
std::vector<NoteRef> namedNotes(const Edit& edit);

} // namespace chainsong
