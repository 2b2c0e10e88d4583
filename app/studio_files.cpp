// Menus, files and dialogs.
#include "app/studio.h"

#include <QActionGroup>
#include <QApplication>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QUrl>

#include "app/dialogs/about_dialog.h"
#include "app/dialogs/action_sheet.h"
#include "app/dialogs/export_dialog.h"
#include "app/window/main_window.h"
#include "app/window/sampler_panel.h"
#include "app/words/engine_words.h"
#include "widgets/message_bar/message_bar.h"
#include "widgets/message_bar/status_strip.h"
#include "widgets/piano_roll/piano_roll.h"

namespace chainsong {

void Studio::connectFiles() {
    MainWindow* const window = m_window.get();
    m_actions->on("new", [this] {
        if (mayLeave()) m_files.newPiece();
    });
    m_actions->on("open", [this] { askAndOpen(); });
    m_actions->on("example", [this] {
        if (mayLeave()) m_files.openExample();
    });
    m_actions->on("save", [this] { saveOrAsk(); });
    m_actions->on("save_as", [this] { askAndSave(); });
    m_actions->on("export", [this] { askAndExport(m_last_format); });
    m_actions->on("export_midi", [this] { askAndExport(ExportFormat::kMidiForNotation); });
    m_actions->on("export_sound", [this] { askAndExport(ExportFormat::kWav); });
    m_actions->on("quit", [this] { m_window->close(); });
    connect(&m_files, &FileDesk::titleChanged, window, [this] { showTitle(); });
    connect(&m_files, &FileDesk::recentChanged, window, [this] { fillRecent(); });
    connect(&m_files, &FileDesk::said, window,
        [this](const QString& text) { m_window->parts().status->showIdle(text); });
    connect(&m_files, &FileDesk::messaged, window, [this](const Message& message) { say(message); });
    connect(&m_files, &FileDesk::soundfontOpened, window,
        [this](const QString& path) { m_sound.chooseSoundfont(path); });
    connect(&m_files, &FileDesk::exportProgressed, window,
        [this](const Progress& progress) { showProgress(progress); });
    connect(&m_files, &FileDesk::exportEnded, window, [this] { m_window->parts().status->showIdle({}); });
    connect(
        window, &MainWindow::filesDropped, window, [this](const QStringList& paths) { openDropped(paths); });
    connect(window->parts().message, &MessageBar::actionRequested, window,
        [this](const QString& id) { act(id); });
    window->onClose([this] {
        if (!mayLeave()) return false;
        m_preferences.setLayout(m_window->saveGeometry(), m_window->layoutState());
        m_composing.stop();
        m_sound.stop();
        m_files.leave();
        return true;
    });
}

void Studio::connectHelp() {
    MainWindow* const window = m_window.get();
    m_actions->on("shortcuts", [this] { (new ActionSheet(*m_actions, m_window.get()))->open(); });
    m_actions->on("palette", [this] { (new ActionSheet(*m_actions, m_window.get()))->open(); });
    m_actions->on("about", [this] { (new AboutDialog(m_composing.modelName(), m_window.get()))->open(); });
    m_actions->on("layout_compose", [window] { window->applyLayout(LayoutPreset::kCompose); });
    m_actions->on("layout_diagnose", [window] { window->applyLayout(LayoutPreset::kDiagnose); });
    m_actions->on("layout_reset", [window] { window->applyLayout(LayoutPreset::kCompose); });
    m_actions->on("diagnostics", [window] { window->toggleDiagnostics(); });
    m_actions->on("next_region", [window] { window->focusRegion(1); });
    m_actions->on("previous_region", [window] { window->focusRegion(-1); });
    m_actions->onToggled("fullscreen", [window](bool is_on) {
        window->setWindowState(is_on ? window->windowState() | Qt::WindowFullScreen
                                     : window->windowState() & ~Qt::WindowFullScreen);
    });
    m_actions->on("soundfont", [this] { askForSoundfont(); });
}

void Studio::fillMenus() {
    const auto choice = [this](QMenu* menu, const QString& text, bool is_on, auto choose) {
        QAction* const action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(is_on);
        if (!menu->property("group").isValid())
            menu->setProperty("group", QVariant::fromValue(new QActionGroup(menu)));
        menu->property("group").value<QActionGroup*>()->addAction(action);
        // Queued: another language makes the window, and this menu with it, anew.
        connect(action, &QAction::triggered, this, choose, Qt::QueuedConnection);
    };
    QMenu* const themes = m_window->menus().theme;
    const std::array<std::pair<const char*, QString>, 3> kThemes{
        {{"system", tr("As the desktop")}, {"light", tr("Light")}, {"dark", tr("Dark")}}};
    for (const auto& [id, text] : kThemes)
        choice(themes, text, m_preferences.theme() == QLatin1String(id),
            [this, id = QString::fromLatin1(id)] { setTheme(id); });
    QMenu* const tongues = m_window->menus().language;
    choice(tongues, tr("As the desktop"), m_preferences.language().isEmpty(), [this] { setLanguage({}); });
    for (const Language& language : languages())
        choice(tongues, QString::fromUtf8(language.name),
            m_preferences.language() == QLatin1String(language.code),
            [this, code = QString::fromLatin1(language.code)] { setLanguage(code); });
    fillRecent();
    showOutputs();
    m_roll_menu = new QMenu(m_window.get());
    for (const char* id : {"resample", "pin", "pin_rest", "", "cut", "copy", "paste", "duplicate", "",
             "quantise", "select_all", "", "loop_region", "play_region", "zoom_selection", "zoom_fit"}) {
        if (*id)
            m_roll_menu->addAction(&(*m_actions)[id]);
        else
            m_roll_menu->addSeparator();
    }
}

void Studio::fillRecent() {
    QMenu& menu = *m_window->menus().recent;
    menu.clear();
    for (const QString& path : m_preferences.recentFiles()) {
        QAction* const action = menu.addAction(QStringLiteral("%1 — %2").arg(
            QFileInfo(path).fileName(), QDir::toNativeSeparators(QFileInfo(path).path())));
        connect(action, &QAction::triggered, this, [this, path] {
            if (mayLeave()) m_files.open(path);
        });
    }
    if (menu.isEmpty()) menu.addAction(tr("Nothing yet"))->setEnabled(false);
}

/// What the message bar's button does.
void Studio::act(const QString& action_id) {
    m_window->parts().message->dismiss();
    if (action_id == QLatin1String("recover")) m_files.recover();
    if (action_id == QLatin1String("save_as")) askAndSave();
    if (action_id == QLatin1String("soundfont")) askForSoundfont();
    if (action_id == QLatin1String("retry_sound")) m_sound.reopen();
    if (action_id == QLatin1String("run_longer")) m_composing.runLonger();
    if (action_id == QLatin1String("show_folder"))
        QDesktopServices::openUrl(QUrl::fromLocalFile(m_preferences.lastFolder()));
}

/// True if the piece may be left: it is saved, or the user does not want it.
bool Studio::mayLeave() {
    if (!m_files.isUnsaved() || m_leaves_silently) return true;
    const auto answer = QMessageBox::question(m_window.get(), tr("Save the piece?"),
        tr("“%1” was never saved under a name.").arg(m_files.name()),
        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Save);
    if (answer == QMessageBox::Save) return askAndSave();
    return answer == QMessageBox::Discard;
}

void Studio::askAndOpen() {
    if (!mayLeave()) return;
    const QString path = QFileDialog::getOpenFileName(m_window.get(), tr("Open"), m_preferences.lastFolder(),
        tr("Music (*.chainsong *.mid *.midi);;Chainsong projects (*.chainsong);;MIDI files (*.mid *.midi)"));
    if (!path.isEmpty()) m_files.open(path);
}

bool Studio::saveOrAsk() { return m_files.save() || askAndSave(); }

bool Studio::askAndSave() {
    QString path = QFileDialog::getSaveFileName(m_window.get(), tr("Save"),
        QDir(m_preferences.lastFolder()).filePath(m_files.name() + QStringLiteral(".chainsong")),
        tr("Chainsong projects (*.chainsong)"));
    if (path.isEmpty()) return false;
    if (QFileInfo(path).suffix().isEmpty()) path += QStringLiteral(".chainsong");
    return m_files.saveAs(path);
}

void Studio::askAndExport(ExportFormat format) {
    auto* const dialog =
        new ExportDialog(QDir(m_preferences.lastFolder()).filePath(m_files.name()), format, m_window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_last_format = dialog->format();
        if (QFileInfo::exists(dialog->path())
            && QMessageBox::question(m_window.get(), tr("Replace the file?"),
                   tr("“%1” is there already.").arg(QFileInfo(dialog->path()).fileName()))
                != QMessageBox::Yes)
            return;
        m_window->parts().status->showProgress({tr("Exporting").toStdString(), -1});
        m_files.exportTo(dialog->path(), dialog->format(), m_composing.heard());
    });
    dialog->open();
}

void Studio::askForSoundfont() {
    const QString path = QFileDialog::getOpenFileName(m_window.get(), tr("Choose the sounds"),
        QStringLiteral("/usr/share/sounds"), tr("SoundFonts (*.sf2 *.sf3)"));
    if (!path.isEmpty()) m_sound.chooseSoundfont(path);
}

void Studio::openDropped(const QStringList& paths) {
    if (isRun(paths.first())) {
        openRun(paths);
        return;
    }
    const bool is_soundfont = paths.first().endsWith(QLatin1String(".sf2"), Qt::CaseInsensitive)
        || paths.first().endsWith(QLatin1String(".sf3"), Qt::CaseInsensitive);
    if (is_soundfont || mayLeave()) m_files.open(paths.first());
}

} // namespace chainsong
