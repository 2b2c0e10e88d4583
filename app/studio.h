#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QPoint>
#include <QPointer>
#include <QStringList>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "app/actions/actions.h"
#include "app/composing/compose_desk.h"
#include "app/document/document.h"
#include "app/editing/edit_desk.h"
#include "app/files/file_desk.h"
#include "app/preferences/languages.h"
#include "app/preferences/preferences.h"
#include "app/runs/picturing.h"
#include "app/sound/sound_desk.h"
#include "engine/jobs/loader.h"

class QMenu;

namespace chainsong {

class MainWindow;
class RunWindow;

/// The whole program: a document, four desks that work on it, and one window. This is the only place where
/// the parts are connected; read connect…() below each other to know who speaks to whom.
class Studio final : public QObject {
    Q_OBJECT
public:
    Studio();
    ~Studio() override;

    /// Shows the window at once; sound and model come after it, each on a thread of its own.
    void open(const QStringList& files);

    MainWindow& window() const { return *m_window; }
    Actions& actions() const { return *m_actions; }
    Document& document() { return m_document; }
    ComposeDesk& composing() { return m_composing; }
    SoundDesk& sound() { return m_sound; }
    FileDesk& files() { return m_files; }
    Preferences& preferences() { return m_preferences; }
    /// A sampler's run from Stan CSV files, or folders of them, in a window of its own.
    RunWindow& openRun(const QStringList& paths);
    /// A folder or a .csv file: what openRun() takes.
    static bool isRun(const QString& path);

    /// The bars that Resample takes: those chosen on the roll, or the bar of the playhead.
    std::pair<int, int> chosenBars() const;
    void setTheme(const QString& theme);
    void setLanguage(const QString& language);
    /// For tests and pictures: nobody is there to be asked whether an unsaved piece may go.
    void leaveSilently() { m_leaves_silently = true; }

private:
    void buildWindow();
    void connectDocument();
    void connectPrompt();
    void connectRuns();
    void connectVariations();
    void connectRoll();
    void connectRollActions();
    void connectTransport();
    void connectFiles();
    void connectPlots();
    void connectPhrases();
    void connectHelp();
    void fillMenus();

    // What several connections do, each in one place.
    void showScore();
    void showVariations();
    void showHeard();
    void showCertainty();
    void showWhere();
    void showWishes();
    void showTitle();
    void showHistory();
    void showProgress(const Progress& progress);
    void showDiagnosis(const Diagnosis& diagnosis);
    void showPlaying(bool is_playing);
    void showPlace(Tick at, bool is_playing);
    void showLoop();
    void showOutputs();
    void showTrack(int track);
    void sayFollowMode(FollowMode mode);
    void fillRecent();
    void resampleChosen();
    void pointToResample();
    void toggleMute();
    void toggleSolo();
    void addChip(const QPoint& at);
    void dragOut(int index);
    void say(const Message& message);
    void act(const QString& action_id);
    bool mayLeave();
    void askAndOpen();
    bool saveOrAsk();
    bool askAndSave();
    void askAndExport(ExportFormat format);
    void wantPictures();
    void askAndSavePlot();
    void askAndOpenRun();
    void askAndOpenRunFolder();
    void reopenRuns();
    void askForSoundfont();
    void askForPhrases();
    void rememberPhrases(const QString& library);
    void askWayTo();
    void tellOriginality();
    void openDropped(const QStringList& paths);
    void stopOnSecondEscape();
    bool eventFilter(QObject* watched, QEvent* event) override;

    Preferences m_preferences;
    Languages m_languages;
    Document m_document;
    EditDesk m_editing;
    ComposeDesk m_composing;
    SoundDesk m_sound;
    FileDesk m_files;
    Picturing m_picturing; // of the composing chains
    std::vector<QPointer<RunWindow>> m_run_windows;
    std::unique_ptr<Actions> m_actions;
    std::unique_ptr<MainWindow> m_window;
    QMenu* m_roll_menu = nullptr; // the window's
    QElapsedTimer m_last_escape;
    bool m_has_played = false;
    bool m_leaves_silently = false;
    ExportFormat m_last_format = ExportFormat::kMidiForNotation;
    Loader m_loader; // last: its thread ends first
};

} // namespace chainsong
