#include "app/editing/edit_desk.h"

#include <algorithm>
#include <cmath>

#include "app/words/edit_words.h"
#include "app/words/engine_words.h"
#include "engine/music/tempo_map.h"

namespace chainsong {
namespace {

const Note& noteOf(const Score& score, NoteRef ref) {
    return score.tracks[static_cast<std::size_t>(ref.track)].notes[static_cast<std::size_t>(ref.index)];
}

template <class Wanted> std::vector<NoteRef> notesThat(const Score& score, Wanted wanted) {
    std::vector<NoteRef> notes;
    for (int t = 0; t < static_cast<int>(score.tracks.size()); ++t)
        for (int i = 0; i < static_cast<int>(score.tracks[static_cast<std::size_t>(t)].notes.size()); ++i)
            if (wanted(t, noteOf(score, {t, i}))) notes.push_back({t, i});
    return notes;
}

} // namespace

EditDesk::EditDesk(Document& document, QObject* parent)
    : QObject(parent)
    , m_document(document) {
    m_clock.start();
}

void EditDesk::apply(const Edit& edit) {
    const Status status = m_document.apply(edit, editText(edit), m_clock.elapsed());
    if (!status) Q_EMIT refused(engineText(sentence(status.error())));
}

void EditDesk::applyTogether(const std::vector<Edit>& edits) {
    if (edits.empty()) return;
    Score score = *m_document.score();
    for (const Edit& edit : edits) {
        Result<Score> next = applied(score, edit);
        if (!next) return Q_EMIT refused(engineText(sentence(next.error())));
        score = *std::move(next);
    }
    m_document.replace(std::make_shared<const Score>(std::move(score)), editText(edits.front()));
}

void EditDesk::copy(const std::vector<NoteRef>& notes) {
    if (notes.empty()) return Q_EMIT said(tr("Nothing is selected."));
    m_copied.clear();
    for (const NoteRef ref : notes) m_copied.push_back(noteOf(*m_document.score(), ref));
    std::sort(m_copied.begin(), m_copied.end(), comesBefore);
    const Tick first = m_copied.front().start;
    for (Note& note : m_copied) note.start = note.start - first;
    Q_EMIT said(tr("%n note(s) copied.", nullptr, static_cast<int>(m_copied.size())));
}

void EditDesk::cut(const std::vector<NoteRef>& notes) {
    if (notes.empty()) return Q_EMIT said(tr("Nothing is selected."));
    copy(notes);
    apply(EraseNotes{notes});
}

void EditDesk::paste(int track, Tick at) {
    if (m_copied.empty()) return Q_EMIT said(tr("Nothing was copied yet."));
    AddNotes edit{.track = track, .notes = m_copied};
    for (Note& note : edit.notes) note.start = note.start + at;
    apply(edit);
}

void EditDesk::togglePins(const std::vector<NoteRef>& notes) {
    if (notes.empty()) return Q_EMIT said(tr("Select the notes that shall stay; then P pins them."));
    const bool all_pinned = std::all_of(
        notes.begin(), notes.end(), [&](NoteRef ref) { return noteOf(*m_document.score(), ref).is_pinned; });
    apply(PinNotes{.notes = notes, .pinned = !all_pinned});
}

void EditDesk::pinOutside(std::pair<int, int> bars) {
    const Score& score = *m_document.score();
    const MetreMap metres(score.metres);
    const Tick from = metres.barStart(bars.first);
    const Tick to = metres.barStart(bars.second);
    apply(PinNotes{.notes = notesThat(
                       score, [&](int, const Note& note) { return note.start < from || note.start >= to; })});
}

void EditDesk::adopt(int track, const Note& note) {
    Note pinned = note;
    pinned.is_pinned = true;
    Score score = *m_document.score();
    if (track < 0 || track >= static_cast<int>(score.tracks.size())) return;
    auto& notes = score.tracks[static_cast<std::size_t>(track)].notes;
    // The note that stood at this onset makes room; with several, the one nearest in pitch.
    auto nearest = notes.end();
    for (auto it = notes.begin(); it != notes.end(); ++it)
        if (it->start == note.start && !it->is_pinned
            && (nearest == notes.end() || std::abs(it->key - note.key) < std::abs(nearest->key - note.key)))
            nearest = it;
    if (nearest != notes.end()) notes.erase(nearest);
    notes.insert(std::upper_bound(notes.begin(), notes.end(), pinned, comesBefore), pinned);
    m_document.replace(
        std::make_shared<const Score>(normalised(std::move(score))), tr("Take the alternative"));
}

void EditDesk::changeTempo(double by_bpm) {
    const double now = TempoMap(m_document.score()->tempos).tempoBpmAt({});
    apply(SetTempo{std::clamp(std::round(now) + by_bpm, 20.0, 300.0)});
}

} // namespace chainsong
