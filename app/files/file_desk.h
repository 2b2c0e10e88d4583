#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

#include "app/document/document.h"
#include "app/files/project_keeper.h"
#include "app/preferences/preferences.h"
#include "engine/jobs/exporter.h"
#include "widgets/message_bar/message_bar.h"

namespace chainsong {

/// Files in and out. A piece that was never saved is kept in a recovery file from its first change on; a
/// saved one is its project file: every step is there as soon as it is made.
class FileDesk final : public QObject {
    Q_OBJECT
public:
    FileDesk(Document& document, Preferences& preferences, QObject* parent = nullptr);
    ~FileDesk() override;

    /// The project's path; empty for a piece that was never saved.
    const QString& path() const { return m_path; }
    /// "waltz", or "untitled": what the window's title and file dialogs propose.
    QString name() const;
    /// Closing would leave work behind that the user never gave a file.
    bool isUnsaved() const { return m_path.isEmpty() && m_has_changes; }

    void newPiece();
    void openExample();
    /// A project, a MIDI file or (by signal) a soundfont, by what it is called.
    bool open(const QString& path);
    /// For a saved piece: everything is on the disk when it returns. False: it needs a name first.
    bool save();
    bool saveAs(const QString& path);
    /// The piece is left: its recovery file is set aside, not deleted.
    void leave();

    void exportTo(const QString& path, ExportFormat format, ScorePtr score);
    void cancelExport();
    /// A MIDI file in the temporary folder to be dragged out; empty if it could not be written.
    QString temporaryMidi(const Score& score);

    /// Looks for work that an earlier session left behind, and offers the newest.
    void offerRecovery();
    void recover();

Q_SIGNALS:
    void titleChanged();
    void recentChanged();
    void said(const QString& text);
    void messaged(const chainsong::Message& message);
    void soundfontOpened(const QString& path);
    void exportProgressed(const chainsong::Progress& progress);
    void exportEnded();

private:
    void openProject(const QString& path, bool is_recovery);
    void importMidi(const QString& path);
    void recordStep(bool merges);
    void recordNow(const std::string& name, bool merges);
    bool ensureFile();
    ProjectContent content() const;
    void warn(const Error& error);

    Document& m_document;
    Preferences& m_preferences;
    QString m_path;
    QString m_recovery_path; // of the current piece; empty: none yet
    QString m_offered_path; // found at start
    QString m_imported_name; // "waltz" of waltz.mid
    bool m_has_changes = false;
    bool m_is_opening = false;
    QTimer m_wishes_timer; // wishes are kept once the typing rests
    ProjectKeeper m_keeper;
    QString m_exporting_to;
    Exporter m_exporter; // last: its thread ends first
};

} // namespace chainsong
