#pragma once

#include <QElapsedTimer>
#include <QObject>

#include <vector>

#include "app/document/document.h"

namespace chainsong {

/// Edits by hand: what the roll and the voices ask for becomes an undo step, or a sentence why not.
class EditDesk final : public QObject {
    Q_OBJECT
public:
    explicit EditDesk(Document& document, QObject* parent = nullptr);

    void apply(const Edit& edit);
    /// The edits of one gesture, in order: one undo step, or none if one of them fails.
    void applyTogether(const std::vector<Edit>& edits);
    void copy(const std::vector<NoteRef>& notes);
    void cut(const std::vector<NoteRef>& notes);
    /// Puts the copied notes into the track, the first of them at `at`.
    void paste(int track, Tick at);
    /// Pins the notes, or lets go of them if all are pinned already.
    void togglePins(const std::vector<NoteRef>& notes);
    /// Pins every note that does not begin in these bars.
    void pinOutside(std::pair<int, int> bars);
    /// A likelier note takes its place: pinned, because the user chose it.
    void adopt(int track, const Note& note);
    void changeTempo(double by_bpm);

Q_SIGNALS:
    void said(const QString& text);
    void refused(const QString& why);

private:
    Document& m_document;
    std::vector<Note> m_copied; // the first begins at 0
    QElapsedTimer m_clock;
};

} // namespace chainsong
