// Phrases to be reminded of, the way to another piece, and how original a piece is.
#include "app/studio.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>

#include "app/window/main_window.h"
#include "app/words/engine_words.h"
#include "app/words/originality_words.h"
#include "engine/io/midi_file.h"
#include "engine/jobs/loader.h"
#include "widgets/message_bar/status_strip.h"

namespace chainsong {
namespace {

const QString kShipped = QStringLiteral("shipped");

} // namespace

void Studio::connectPhrases() {
    m_actions->on("towards", [this] { askWayTo(); });
    m_actions->on("phrases_own", [this] { rememberPhrases(kShipped); });
    m_actions->on("phrases_open", [this] { askForPhrases(); });
    m_actions->on("phrases_none", [this] { rememberPhrases({}); });
    m_actions->on("originality", [this] { tellOriginality(); });
    // A library that has gone since is no reason to begin with a complaint: it is told when it is asked for
    // again.
    if (const QString name = m_preferences.phraseLibrary(); !name.isEmpty())
        if (const auto library = openLibrary(name.toStdString())) m_composing.setLibrary(*library);
}

void Studio::rememberPhrases(const QString& library) {
    if (library.isEmpty()) {
        m_composing.setLibrary(nullptr);
        m_preferences.setPhraseLibrary({});
        return m_window->parts().status->showIdle(tr("New notes are reminded of no phrases."));
    }
    const auto opened = openLibrary(library.toStdString());
    if (!opened) return say({.kind = MessageKind::kWarning, .text = engineText(sentence(opened.error()))});
    m_composing.setLibrary(*opened);
    m_preferences.setPhraseLibrary(library);
    m_window->parts().status->showIdle(tr("New notes are reminded of up to four of %n phrase(s).", nullptr,
        static_cast<int>((*opened)->numPhrases())));
}

void Studio::askForPhrases() {
    const QString path =
        QFileDialog::getOpenFileName(m_window.get(), tr("Phrases, as “chainsong-cli index” writes them"),
            m_preferences.lastFolder(), tr("Phrase libraries (*.library);;All files (*)"));
    if (path.isEmpty()) return;
    m_preferences.setLastFolder(QFileInfo(path).absolutePath());
    rememberPhrases(path);
}

void Studio::askWayTo() {
    const QString path = QFileDialog::getOpenFileName(m_window.get(), tr("On the way to which piece?"),
        m_preferences.lastFolder(), tr("MIDI files (*.mid *.midi)"));
    if (path.isEmpty()) return;
    const auto reading = readMidiFile(path.toStdString());
    if (!reading) return say({.kind = MessageKind::kProblem, .text = engineText(sentence(reading.error()))});
    m_preferences.setLastFolder(QFileInfo(path).absolutePath());
    m_composing.composeTowards(reading->score);
}

void Studio::tellOriginality() {
    const ScorePtr score = m_composing.heard();
    const auto found = findKnownRuns();
    const auto runs = found ? KnownRuns::load(*found) : Result<KnownRuns>(found.error());
    const QString name = m_preferences.phraseLibrary();
    const auto library = name.isEmpty() ? Result<std::shared_ptr<const PhraseLibrary>>(nullptr)
                                        : openLibrary(name.toStdString());
    const Originality originality =
        originalityOf(*score, runs ? &*runs : nullptr, library ? library->get() : nullptr);
    QString text = originalityText(originality, *score);
    if (!runs) text.prepend(engineText(sentence(runs.error())) + QLatin1Char('\n'));
    auto* const box = new QMessageBox(
        QMessageBox::Information, tr("How original is this?"), text, QMessageBox::Ok, m_window.get());
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    box->open();
}

} // namespace chainsong
