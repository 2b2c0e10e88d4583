#include "app/files/file_desk.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QMetaObject>

#include <utility>

#include "app/example/example.h"
#include "app/files/content.h"
#include "app/files/recovery.h"
#include "app/words/engine_words.h"
#include "engine/io/midi_file.h"

namespace chainsong {
namespace {

constexpr int kWishesRest_ms = 800;

Exporter::Callbacks exporterCallbacks(FileDesk* desk, QString& exporting_to) {
    return {
        .on_progress =
            [desk](JobId, const Progress& progress) {
                QMetaObject::invokeMethod(
                    desk, [desk, progress] { Q_EMIT desk->exportProgressed(progress); },
                    Qt::QueuedConnection);
            },
        .on_done =
            [desk, &exporting_to](JobId, Status status) {
                QMetaObject::invokeMethod(
                    desk,
                    [desk, status, &exporting_to] {
                        Q_EMIT desk->exportEnded();
                        if (status)
                            Q_EMIT desk->messaged({.kind = MessageKind::kGood,
                                .text = FileDesk::tr("Saved %1.").arg(QDir::toNativeSeparators(exporting_to)),
                                .action_id = QStringLiteral("show_folder"),
                                .action_text = FileDesk::tr("Show the folder")});
                        else
                            Q_EMIT desk->messaged({.kind = MessageKind::kProblem,
                                .text = engineText(sentence(status.error()))});
                    },
                    Qt::QueuedConnection);
            },
    };
}

} // namespace

FileDesk::FileDesk(Document& document, Preferences& preferences, QObject* parent)
    : QObject(parent)
    , m_document(document)
    , m_preferences(preferences)
    , m_exporter(exporterCallbacks(this, m_exporting_to)) {
    m_wishes_timer.setSingleShot(true);
    m_wishes_timer.setInterval(kWishesRest_ms);
    connect(&m_wishes_timer, &QTimer::timeout, this,
        [this] { recordNow(tr("Change the wishes").toStdString(), false); });
    connect(&m_document, &Document::stepRecorded, this, &FileDesk::recordStep);
    connect(&m_document, &Document::positionChanged, this, [this] {
        recordNow(tr("Go back to: %1")
                      .arg(QString::fromStdString(m_document.history().current().name))
                      .toStdString(),
            false);
    });
    connect(&m_document, &Document::wishesChanged, this, [this] {
        if (!m_is_opening) m_wishes_timer.start();
    });
    connect(&m_keeper, &ProjectKeeper::failed, this, [this](const Error& error) {
        Q_EMIT messaged({.kind = MessageKind::kProblem,
            .text = tr("Could not save: %1. Your work is safe in the window; save it elsewhere.")
                        .arg(engineText(sentence(error))),
            .action_id = QStringLiteral("save_as"),
            .action_text = tr("Save elsewhere…")});
    });
}

FileDesk::~FileDesk() = default;

QString FileDesk::name() const {
    if (!m_path.isEmpty()) return QFileInfo(m_path).completeBaseName();
    if (!m_imported_name.isEmpty()) return m_imported_name;
    if (!m_document.score()->title.empty()) return QString::fromStdString(m_document.score()->title);
    return tr("untitled");
}

ProjectContent FileDesk::content() const { return contentOf(m_document); }

// ---- keeping

void FileDesk::recordStep(bool merges) { recordNow(m_document.history().current().name, merges); }

void FileDesk::recordNow(const std::string& name, bool merges) {
    m_wishes_timer.stop();
    const bool was_unsaved = std::exchange(m_has_changes, true);
    if (ensureFile()) m_keeper.record(content(), name, merges);
    if (!was_unsaved) Q_EMIT titleChanged();
}

bool FileDesk::ensureFile() {
    if (m_keeper.isOpen()) return true;
    m_recovery_path = newRecoveryPath(name());
    // It begins with the piece as it was, so that even the first step can be undone after opening it again.
    ProjectContent beginning = content();
    beginning.score = *m_document.history().steps().front().score;
    auto file = ProjectFile::create(m_recovery_path.toStdString(), beginning);
    if (!file) {
        warn(file.error());
        return false;
    }
    m_keeper.keepIn(*std::move(file));
    return true;
}

void FileDesk::warn(const Error& error) {
    Q_EMIT messaged({.kind = MessageKind::kProblem, .text = engineText(sentence(error))});
}

void FileDesk::leave() {
    m_keeper.flush();
    m_keeper.close();
    if (!m_recovery_path.isEmpty()) setAsideRecovery(m_recovery_path);
    m_recovery_path.clear();
    m_path.clear();
    m_imported_name.clear();
    m_has_changes = false;
}

// ---- opening

void FileDesk::newPiece() {
    leave();
    Score score;
    score.tracks.emplace_back().name = "Piano";
    score.end = Metre{}.barLength() * 8;
    m_document.open(std::make_shared<const Score>(std::move(score)), {}, true);
    Q_EMIT titleChanged();
}

void FileDesk::openExample() {
    leave();
    Wishes wishes;
    wishes.seed = 4711;
    m_document.open(std::make_shared<const Score>(examplePiece()), std::move(wishes), true);
    Q_EMIT titleChanged();
}

bool FileDesk::open(const QString& path) {
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending == QLatin1String("sf2") || ending == QLatin1String("sf3")) {
        Q_EMIT soundfontOpened(path);
        return true;
    }
    m_preferences.setLastFolder(QFileInfo(path).absolutePath());
    if (ending == QLatin1String("mid") || ending == QLatin1String("midi"))
        importMidi(path);
    else
        openProject(path, false);
    return true;
}

void FileDesk::importMidi(const QString& path) {
    auto reading = readMidiFile(path.toStdString());
    if (!reading) return warn(reading.error());
    leave();
    m_imported_name = QFileInfo(path).completeBaseName();
    const int notes = static_cast<int>(numNotes(reading->score));
    const int tracks = static_cast<int>(reading->score.tracks.size());
    m_document.open(std::make_shared<const Score>(std::move(reading->score)), {}, false);
    m_preferences.addRecentFile(path);
    Q_EMIT recentChanged();
    Q_EMIT titleChanged();
    Q_EMIT said(tr("%n note(s)", nullptr, notes) + QStringLiteral(", ") + tr("%n voice(s)", nullptr, tracks));
    if (!reading->notices.empty())
        Q_EMIT messaged({.kind = MessageKind::kInfo, .text = engineText(reading->notices.front())});
}

void FileDesk::openProject(const QString& path, bool is_recovery) {
    auto file = ProjectFile::open(path.toStdString());
    if (!file) return warn(file.error());
    const std::vector<std::string> notices = file->notices();
    const bool is_read_only = file->isReadOnly();
    leave();
    auto opened = openedFrom(*file);
    m_is_opening = true;
    m_document.open(std::move(opened.history), std::move(opened.wishes));
    if (opened.variations.original) m_document.offer(std::move(opened.variations));
    m_is_opening = false;
    if (is_recovery) {
        m_recovery_path = path;
        m_has_changes = true;
        m_keeper.keepIn(*std::move(file));
    } else if (!is_read_only) {
        m_path = path;
        m_keeper.keepIn(*std::move(file));
        m_preferences.addRecentFile(path);
        Q_EMIT recentChanged();
    } else {
        m_imported_name = QFileInfo(path).completeBaseName();
    }
    Q_EMIT titleChanged();
    if (!notices.empty())
        Q_EMIT messaged({.kind = MessageKind::kWarning, .text = engineText(notices.front())});
}

// ---- saving

bool FileDesk::save() {
    if (m_path.isEmpty()) return false;
    if (m_wishes_timer.isActive()) recordNow(tr("Change the wishes").toStdString(), false);
    m_document.seal();
    m_keeper.flush();
    Q_EMIT said(tr("Saved. Every step is saved as you make it."));
    return true;
}

bool FileDesk::saveAs(const QString& path) {
    if (!ensureFile()) return false;
    m_keeper.record(content(), tr("Save").toStdString(), false);
    if (const Status status = m_keeper.saveAs(path.toStdString()); !status) {
        Q_EMIT messaged({.kind = MessageKind::kProblem,
            .text = tr("Could not save: %1. Your work is safe in the recovery copy.")
                        .arg(engineText(sentence(status.error()))),
            .action_id = QStringLiteral("save_as"),
            .action_text = tr("Save elsewhere…")});
        return false;
    }
    if (!m_recovery_path.isEmpty()) setAsideRecovery(std::exchange(m_recovery_path, {}));
    m_path = path;
    m_document.seal();
    m_preferences.addRecentFile(path);
    m_preferences.setLastFolder(QFileInfo(path).absolutePath());
    Q_EMIT recentChanged();
    Q_EMIT titleChanged();
    Q_EMIT said(tr("Saved as %1.").arg(QFileInfo(path).fileName()));
    return true;
}

void FileDesk::exportTo(const QString& path, ExportFormat format, ScorePtr score) {
    m_exporting_to = path;
    m_preferences.setLastFolder(QFileInfo(path).absolutePath());
    m_exporter.start({.score = std::move(score),
        .path = path.toStdString(),
        .format = format,
        .soundfont_path = m_preferences.soundfont().toStdString()});
}

void FileDesk::cancelExport() {
    m_exporter.cancel();
    Q_EMIT exportEnded();
    Q_EMIT said(tr("Export stopped; no file was written."));
}

QString FileDesk::temporaryMidi(const Score& score) {
    const QString path = QDir::temp().filePath(
        QStringLiteral("%1-%2.mid").arg(name()).arg(QDateTime::currentMSecsSinceEpoch()));
    const Status status = writeMidiFile(score, path.toStdString(), MidiFlavour::kPerformed);
    if (status) return path;
    warn(status.error());
    return {};
}

// ---- recovery

void FileDesk::offerRecovery() {
    m_offered_path = newestLeftBehind();
    if (m_offered_path.isEmpty()) return;
    const QDateTime when = QFileInfo(m_offered_path).lastModified();
    Q_EMIT messaged({.kind = MessageKind::kWarning,
        .text = tr("The last session ended unexpectedly (%1). Its piece was kept.")
                    .arg(QLocale().toString(when, QLocale::ShortFormat)),
        .action_id = QStringLiteral("recover"),
        .action_text = tr("Restore")});
}

void FileDesk::recover() {
    if (!m_offered_path.isEmpty()) openProject(std::exchange(m_offered_path, {}), true);
}

} // namespace chainsong
