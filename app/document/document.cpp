#include "app/document/document.h"

#include <algorithm>
#include <utility>

namespace chainsong {

namespace {

ScorePtr emptyScore() {
    Score score;
    score.tracks.emplace_back().name = "Piano";
    score.end = Metre{}.barLength() * 8;
    return std::make_shared<const Score>(std::move(score));
}

std::vector<NoteRef> sorted(std::vector<NoteRef> notes) {
    std::sort(notes.begin(), notes.end());
    return notes;
}

} // namespace

std::string mergeKind(const Edit& edit) {
    if (const auto* change = std::get_if<ChangeNotes>(&edit)) {
        // A nudge, a transposition and a change of loudness are different wishes even within half a second.
        if (change->move.value != 0 && change->transpose != 0) return "";
        if (change->move.value != 0) return "move";
        if (change->lengthen.value != 0) return "lengthen";
        if (change->transpose != 0) return "transpose";
        if (change->louder != 0) return "louder";
    }
    if (std::holds_alternative<TransposeInScale>(edit)) return "transpose in scale";
    if (std::holds_alternative<SetTempo>(edit)) return "tempo";
    if (const auto* track = std::get_if<SetTrack>(&edit)) return "track " + std::to_string(track->track);
    return "";
}

std::vector<NoteRef> namedNotes(const Edit& edit) {
    if (const auto* change = std::get_if<ChangeNotes>(&edit)) return sorted(change->notes);
    if (const auto* change = std::get_if<TransposeInScale>(&edit)) return sorted(change->notes);
    return {};
}

Document::Document(QObject* parent)
    : QObject(parent)
    , m_history({.name = "", .score = emptyScore()}) { }

void Document::open(ScorePtr score, Wishes wishes, bool is_example) {
    m_history = History({.name = "", .score = std::move(score)});
    m_wishes = std::move(wishes);
    m_is_example = is_example;
    m_variations = {};
    Q_EMIT opened();
}

void Document::open(History history, Wishes wishes) {
    m_history = std::move(history);
    m_wishes = std::move(wishes);
    m_is_example = false;
    m_variations = {};
    Q_EMIT opened();
}

Status Document::apply(const Edit& edit, const QString& name, std::int64_t now_ms) {
    auto after = applied(*score(), edit);
    if (!after) return after.error();
    if (*after == *score()) return Done{};
    PieceStep step{.name = name.toStdString(), .score = std::make_shared<const Score>(*std::move(after))};
    step.touched = sorted(touchedBy(*score(), edit, *step.score));
    record(std::move(step), mergeKind(edit), namedNotes(edit), now_ms);
    return Done{};
}

void Document::replace(ScorePtr score, const QString& name, PosteriorPtr posterior) {
    PieceStep step{.name = name.toStdString(), .score = std::move(score), .posterior = std::move(posterior)};
    record(std::move(step), "", {}, 0);
}

void Document::record(
    PieceStep step, const std::string& kind, const std::vector<NoteRef>& continued, std::int64_t now_ms) {
    m_is_example = false;
    const bool merged = m_history.record(std::move(step), kind, continued, now_ms);
    Q_EMIT stepRecorded(merged);
    Q_EMIT scoreChanged();
}

void Document::learn(PosteriorPtr posterior) {
    m_history.learn(std::move(posterior));
    Q_EMIT posteriorChanged();
}

void Document::undo() { goTo(m_history.position() == 0 ? 0 : m_history.position() - 1); }

void Document::redo() { goTo(m_history.position() + 1); }

void Document::goTo(std::size_t position) {
    if (position == m_history.position() || position >= m_history.steps().size()) return;
    m_history.goTo(position);
    Q_EMIT positionChanged();
    Q_EMIT scoreChanged();
}

void Document::setWishes(Wishes wishes) {
    if (wishes == m_wishes) return;
    m_wishes = std::move(wishes);
    Q_EMIT wishesChanged();
}

void Document::offer(VariationSet set) {
    m_variations = std::move(set);
    Q_EMIT variationsReset();
}

void Document::offer(Variation variation) {
    m_variations.variations.push_back(std::move(variation));
    Q_EMIT variationAdded(static_cast<int>(m_variations.variations.size()) - 1);
}

void Document::star(std::size_t index, bool is_starred) {
    if (index >= m_variations.variations.size()) return;
    m_variations.variations[index].is_starred = is_starred;
    Q_EMIT variationStarred(static_cast<int>(index));
}

void Document::learnOfVariations(const Score& score, PosteriorPtr posterior, std::string model) {
    const auto& all = m_variations.variations;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Variation& v) { return *v.score == score; });
    if (found == all.end()) return;
    m_variations.posterior = std::move(posterior);
    m_variations.posterior_of = static_cast<std::size_t>(found - all.begin());
    m_variations.model = std::move(model);
}

void Document::clearVariations() {
    m_variations = {};
    Q_EMIT variationsReset();
}

} // namespace chainsong
