// Who speaks to whom. Everything here hangs on the window: when it is made anew (another language), these
// connections go with the old one.
#include "app/studio.h"

#include <QApplication>
#include <QKeyEvent>
#include <QListWidget>

#include "app/window/hint.h"
#include "app/window/main_window.h"
#include "app/window/roll_bar.h"
#include "app/window/sampler_panel.h"
#include "app/words/chip_words.h"
#include "widgets/diagnostics_table/diagnostics_table.h"
#include "widgets/message_bar/status_strip.h"
#include "widgets/piano_roll/piano_roll.h"
#include "widgets/plots/run_plot.h"
#include "widgets/prompt_bar/prompt_bar.h"
#include "widgets/transport_bar/transport_bar.h"
#include "widgets/variation_cards/variation_cards.h"
#include "widgets/voices_panel/voices_panel.h"

namespace chainsong {

void Studio::connectDocument() {
    MainWindow* const window = m_window.get();
    connect(&m_document, &Document::scoreChanged, window, [this] { showScore(); });
    connect(&m_composing, &ComposeDesk::adopted, window, [this] {
        m_window->parts().roll->zoomToFit();
        m_window->parts().roll->centreOnNotes();
    });
    connect(&m_document, &Document::posteriorChanged, window, [this] { showCertainty(); });
    connect(&m_document, &Document::variationsReset, window, [this] { showVariations(); });
    connect(&m_document, &Document::variationAdded, window, [this] { showVariations(); });
    connect(&m_document, &Document::variationStarred, window, [this](int index) {
        m_window->parts().cards->showStarred(
            index + 1, m_document.variations().variations[static_cast<std::size_t>(index)].is_starred);
    });
    connect(&m_document, &Document::wishesChanged, window, [this] { showWishes(); });
    connect(&m_document, &Document::opened, window, [this] {
        m_sound.stop();
        m_window->parts().roll->showRegion({});
        m_window->parts().sampler->showNothing();
        showWishes();
        showVariations();
        showScore();
        m_window->parts().roll->zoomToFit();
        m_window->parts().roll->centreOnNotes();
    });
    connect(&m_editing, &EditDesk::said, window,
        [this](const QString& text) { m_window->parts().status->showIdle(text); });
    connect(&m_editing, &EditDesk::refused, window,
        [this](const QString& why) { say({.kind = MessageKind::kWarning, .text = why}); });
    connect(window->parts().history, &QListWidget::currentRowChanged, window,
        [this](int row) { m_document.goTo(static_cast<std::size_t>(std::max(row, 0))); });
    m_actions->on("undo", [this] { m_document.undo(); });
    m_actions->on("redo", [this] { m_document.redo(); });
}

void Studio::connectPrompt() {
    MainWindow* const window = m_window.get();
    PromptBar* const bar = window->parts().prompt;
    connect(bar, &PromptBar::promptEdited, window,
        [this](const QString& text) { m_composing.writePrompt(text); });
    connect(bar, &PromptBar::temperatureChanged, window, [this](double t) { m_composing.setTemperature(t); });
    connect(bar, &PromptBar::barsChanged, window, [this](int bars) { m_composing.setBars(bars); });
    connect(bar, &PromptBar::seedChanged, window, [this](quint64 seed) { m_composing.setSeed(seed); });
    connect(bar, &PromptBar::chipEdited, window,
        [this](const QString& name, const QString& value) { m_composing.typeChip(name, value); });
    connect(
        bar, &PromptBar::chipRemoved, window, [this](const QString& name) { m_composing.removeChip(name); });
    connect(bar, &PromptBar::chipAddRequested, window, [this](const QPoint& at) { addChip(at); });
    connect(bar, &PromptBar::composeRequested, window, [this] { (*m_actions)["compose"].trigger(); });
    connect(bar, &PromptBar::cancelRequested, window, [this] { m_composing.stop(); });
    connect(&m_composing, &ComposeDesk::promptRead, bar, &PromptBar::showParsed);
    m_actions->on("focus_prompt", [this] { m_window->parts().prompt->focusPrompt(); });
    m_actions->on("new_seed", [this] {
        m_composing.setSeed(m_document.wishes().seed * 6364136223846793005ULL % 9973 + 1);
        m_window->parts().status->showIdle(tr("Seed %1").arg(m_document.wishes().seed));
    });
}

void Studio::connectRuns() {
    MainWindow* const window = m_window.get();
    const WindowParts& parts = window->parts();
    // Space shall play what is being composed, not write a space: the music takes the focus.
    m_actions->on("compose", [this] {
        m_window->parts().roll->setFocus();
        m_composing.compose();
    });
    m_actions->on("continue", [this] { m_composing.continuePiece(); });
    m_actions->on("resample", [this] { resampleChosen(); });
    m_actions->on("run_longer", [this] { m_composing.runLonger(); });
    m_actions->on("stop_composing", [this] { m_composing.stop(); });
    connect(parts.roll_bar, &RollBar::resampleRequested, window, [this] { resampleChosen(); });
    connect(parts.sampler, &SamplerPanel::runLongerRequested, window, [this] { m_composing.runLonger(); });
    connect(parts.sampler, &SamplerPanel::detailsRequested, window, &MainWindow::toggleDiagnostics);
    connect(parts.status, &StatusStrip::cancelRequested, window, [this] {
        if (m_composing.isRunning())
            m_composing.stop();
        else
            m_files.cancelExport();
    });

    connect(&m_composing, &ComposeDesk::runStarted, window, [this] {
        const WindowParts& p = m_window->parts();
        p.hint->hide();
        p.prompt->setRunning(true);
        p.sampler->plot().showRun(m_composing.diagnosing().run(), quantityTitles());
        p.sampler->showAgreement({});
        p.status->showProgress({tr("Composing").toStdString(), -1});
        if (const auto& bars = m_composing.runningBars())
            p.roll->showRegion(BarRange{bars->first, bars->second}, RegionState::kSampling);
        (*m_actions)["dismiss"].setEnabled(true);
        showWhere();
    });
    connect(&m_composing, &ComposeDesk::runEnded, window, [this] {
        const WindowParts& p = m_window->parts();
        p.prompt->setRunning(false);
        p.status->showIdle({});
        p.roll->showRegion(p.roll->region(), RegionState::kSelected);
    });
    connect(&m_composing, &ComposeDesk::progressed, window,
        [this](const Progress& progress) { showProgress(progress); });
    connect(
        &m_composing, &ComposeDesk::traced, window, [this] { m_window->parts().sampler->plot().refresh(); });
    connect(&m_composing, &ComposeDesk::diagnosed, window,
        [this](const Diagnosis& diagnosis) { showDiagnosis(diagnosis); });
    connect(&m_composing, &ComposeDesk::said, window,
        [this](const QString& text) { m_window->parts().status->showIdle(text); });
    connect(&m_composing, &ComposeDesk::messaged, window, [this](const Message& message) { say(message); });
    connect(&m_composing, &ComposeDesk::modelChanged, window,
        [this] { m_window->parts().status->showAside(m_composing.modelName()); });
    m_window->parts().status->showAside(m_composing.modelName());
}

void Studio::connectVariations() {
    MainWindow* const window = m_window.get();
    VariationCards* const cards = window->parts().cards;
    connect(cards, &VariationCards::auditionRequested, window,
        [this](int index) { m_composing.audition(index); });
    connect(
        cards, &VariationCards::acceptRequested, window, [this](int index) { m_composing.accept(index); });
    connect(cards, &VariationCards::starRequested, window,
        [this](int index, bool on) { m_composing.star(index, on); });
    connect(cards, &VariationCards::dismissRequested, window, [this] { m_composing.dismiss(); });
    connect(cards, &VariationCards::dragRequested, window, [this](int index) { dragOut(index); });
    connect(&m_composing, &ComposeDesk::auditionChanged, window, [this] { showHeard(); });
    for (int i = 0; i <= kMaxCards; ++i)
        m_actions->on("audition_" + std::to_string(i), [this, i] { m_composing.audition(i); });
    m_actions->on("compare", [this] { m_composing.compare(); });
    m_actions->on("accept", [this] { m_composing.accept(m_composing.auditioned()); });
    m_actions->on("dismiss", [this] { m_composing.dismiss(); });
    for (int i = 1; i <= kMaxCards; ++i)
        m_actions->on("star_" + std::to_string(i), [this, i] { m_composing.toggleStar(i); });
}

void Studio::connectRoll() {
    MainWindow* const window = m_window.get();
    const WindowParts& parts = window->parts();
    PianoRoll* const roll = parts.roll;
    RollBar* const bar = parts.roll_bar;
    connect(roll, &PianoRoll::editRequested, window, [this](const Edit& edit) { m_editing.apply(edit); });
    connect(roll, &PianoRoll::editsRequested, window,
        [this](const std::vector<Edit>& edits) { m_editing.applyTogether(edits); });
    connect(roll, &PianoRoll::ghostAdopted, window,
        [this](int track, const Note& note) { m_editing.adopt(track, note); });
    connect(roll, &PianoRoll::regionSelected, window, [this](int first, int past_last) {
        m_window->parts().roll->showRegion(BarRange{first, past_last});
        showWhere();
    });
    connect(roll, &PianoRoll::regionCleared, window, [this] { showWhere(); });
    connect(roll, &PianoRoll::seekRequested, window, [this](Tick at) { m_sound.seek(at); });
    connect(roll, &PianoRoll::chordPreviewRequested, window, [this](Tick at) { m_sound.previewChord(at); });
    connect(roll, &PianoRoll::notePreviewRequested, window,
        [this](int track, int key, int velocity) { m_sound.previewNote(track, key, velocity); });
    connect(roll, &PianoRoll::loopChanged, window,
        [this](const std::optional<TickRange>& loop) { m_sound.setLoop(loop, loop.has_value()); });
    connect(roll, &PianoRoll::trackRequested, window, [this](int track) { showTrack(track); });
    connect(
        roll, &PianoRoll::contextMenuRequested, window, [this](const QPoint& at) { m_roll_menu->popup(at); });
    connect(roll, &PianoRoll::toolChanged, bar, &RollBar::showTool);
    connect(roll, &PianoRoll::gridChanged, bar, &RollBar::showGrid);
    connect(roll, &PianoRoll::uncertaintyViewChanged, bar, &RollBar::showUncertainty);
    connect(roll, &PianoRoll::followModeChanged, window, [this](FollowMode mode) { sayFollowMode(mode); });
    connect(bar, &RollBar::toolChosen, roll, &PianoRoll::setTool);
    connect(bar, &RollBar::gridChosen, roll, &PianoRoll::setGrid);
    connect(bar, &RollBar::uncertaintyChosen, roll, &PianoRoll::setUncertaintyView);
    connect(bar, &RollBar::pinRequested, window,
        [this] { m_editing.togglePins(m_window->parts().roll->selection()); });
    roll->setReasonOf([this](int track, int note) { return m_composing.reasonOf(track, note); });
    bar->showGrid(roll->grid());
    bar->showUncertainty(roll->uncertaintyView());

    VoicesPanel* const voices = parts.voices;
    connect(voices, &VoicesPanel::trackChosen, window, [this](int track) { showTrack(track); });
    connect(voices, &VoicesPanel::editRequested, window, [this](const Edit& edit) { m_editing.apply(edit); });
    connect(voices, &VoicesPanel::muteRequested, window, [this](int t, bool on) { m_sound.setMuted(t, on); });
    connect(voices, &VoicesPanel::soloRequested, window, [this](int t, bool on) { m_sound.setSolo(t, on); });
    connect(
        voices, &VoicesPanel::volumePreviewed, window, [this](int t, int v) { m_sound.previewVolume(t, v); });
}

void Studio::connectRollActions() {
    PianoRoll* const roll = m_window->parts().roll;
    const auto on = [&](const char* id, auto run) { m_actions->on(id, [roll, run] { run(*roll); }); };
    on("duplicate", [](PianoRoll& r) { r.duplicateSelection(); });
    on("erase", [](PianoRoll& r) { r.eraseSelection(); });
    on("select_all", [](PianoRoll& r) { r.selectAll(); });
    on("select_none", [](PianoRoll& r) { r.selectNone(); });
    on("select_inverse", [](PianoRoll& r) { r.invertSelection(); });
    on("transpose_up", [](PianoRoll& r) { r.transposeSelection(1); });
    on("transpose_down", [](PianoRoll& r) { r.transposeSelection(-1); });
    on("octave_up", [](PianoRoll& r) { r.transposeSelection(12); });
    on("octave_down", [](PianoRoll& r) { r.transposeSelection(-12); });
    on("scale_up", [](PianoRoll& r) { r.transposeSelectionInScale(1); });
    on("scale_down", [](PianoRoll& r) { r.transposeSelectionInScale(-1); });
    on("nudge_left", [](PianoRoll& r) { r.nudgeSelection(r.grid() * -1); });
    on("nudge_right", [](PianoRoll& r) { r.nudgeSelection(r.grid()); });
    on("shorter", [](PianoRoll& r) { r.lengthenSelection(r.grid() * -1); });
    on("longer", [](PianoRoll& r) { r.lengthenSelection(r.grid()); });
    on("louder", [](PianoRoll& r) { r.changeSelectionVelocity(5); });
    on("softer", [](PianoRoll& r) { r.changeSelectionVelocity(-5); });
    on("quantise", [](PianoRoll& r) { r.quantiseSelection(); });
    on("tool_pointer", [](PianoRoll& r) { r.setTool(RollTool::kPointer); });
    on("tool_draw", [](PianoRoll& r) { r.setTool(RollTool::kDraw); });
    on("tool_erase", [](PianoRoll& r) { r.setTool(RollTool::kErase); });
    on("zoom_in", [](PianoRoll& r) { r.zoomIn(); });
    on("zoom_out", [](PianoRoll& r) { r.zoomOut(); });
    on("zoom_selection", [](PianoRoll& r) { r.zoomToSelection(); });
    on("zoom_fit", [](PianoRoll& r) { r.zoomToFit(); });
    on("follow", [](PianoRoll& r) { r.cycleFollowMode(); });
    on("uncertainty", [](PianoRoll& r) { r.cycleUncertaintyView(); });
    on("undecided", [](PianoRoll& r) { r.showMostUndecidedBeat(); });
    // Keys that the roll hears itself, as if they had been pressed there.
    const auto press = [&](const char* id, Qt::Key key) {
        on(id, [key](PianoRoll& r) {
            r.setFocus();
            QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
            QApplication::sendEvent(&r, &event);
        });
    };
    press("grid_coarser", Qt::Key_BracketLeft);
    press("grid_finer", Qt::Key_BracketRight);
    press("grid_triplet", Qt::Key_T);
    press("next_note", Qt::Key_Tab);
    press("insert_note", Qt::Key_Return);
    for (const char* id : {"highlight_scale", "note_names", "other_voices"})
        (*m_actions)[id].setChecked(true);
    m_actions->onToggled("highlight_scale", [roll](bool is_on) { roll->setScaleHighlighted(is_on); });
    m_actions->onToggled("note_names", [roll](bool is_on) { roll->setNoteNamesShown(is_on); });
    m_actions->onToggled("other_voices", [roll](bool is_on) { roll->setOtherTracksShown(is_on); });
    m_actions->on("copy", [this, roll] { m_editing.copy(roll->selection()); });
    m_actions->on("cut", [this, roll] { m_editing.cut(roll->selection()); });
    m_actions->on("paste", [this, roll] { m_editing.paste(roll->track(), m_sound.position()); });
    m_actions->on("pin", [this, roll] { m_editing.togglePins(roll->selection()); });
    m_actions->on("pin_rest", [this] { m_editing.pinOutside(chosenBars()); });
    m_actions->on("where_am_i", [this, roll] { m_window->parts().status->showIdle(roll->spokenPlace()); });
}

void Studio::connectTransport() {
    MainWindow* const window = m_window.get();
    TransportBar* const bar = window->parts().transport;
    connect(bar, &TransportBar::playPauseRequested, window, [this] { m_sound.playOrPause(); });
    connect(bar, &TransportBar::stopRequested, window, [this] { m_sound.stop(); });
    connect(bar, &TransportBar::toStartRequested, window, [this] { m_sound.seek({}); });
    connect(
        bar, &TransportBar::loopRequested, window, [this](bool on) { m_sound.setLoop(m_sound.loop(), on); });
    connect(bar, &TransportBar::metronomeRequested, window, [this](bool on) { m_sound.setMetronome(on); });
    connect(bar, &TransportBar::countInChosen, window, [this](int bars) { m_sound.setCountIn(bars); });
    connect(
        bar, &TransportBar::tempoRequested, window, [this](double bpm) { m_editing.apply(SetTempo{bpm}); });
    connect(bar, &TransportBar::keyChosen, window, [this](const Key& key) { m_editing.apply(SetKey{key}); });
    connect(bar, &TransportBar::outputChosen, window, [this](int index) { m_sound.chooseOutput(index); });
    connect(bar, &TransportBar::outputsRefreshRequested, window, [this] { m_sound.refreshOutputs(); });
    connect(
        bar, &TransportBar::volumeRequested, window, [this](double volume) { m_sound.setVolume(volume); });
    connect(bar, &TransportBar::panicRequested, window, [this] { m_sound.panic(); });
    bar->showVolume(m_preferences.volume());

    connect(
        &m_sound, &SoundDesk::playingChanged, window, [this](bool is_playing) { showPlaying(is_playing); });
    connect(
        &m_sound, &SoundDesk::moved, window, [this](Tick at, bool is_playing) { showPlace(at, is_playing); });
    connect(&m_sound, &SoundDesk::peaked, bar, [bar](double peak) { bar->showPeak(peak, peak); });
    connect(&m_sound, &SoundDesk::loopChanged, window, [this] { showLoop(); });
    connect(&m_sound, &SoundDesk::mixChanged, window,
        [this] { m_window->parts().voices->showMix(m_sound.muted(), m_sound.solo()); });
    connect(&m_sound, &SoundDesk::outputsChanged, window, [this] { showOutputs(); });
    connect(&m_sound, &SoundDesk::said, window,
        [this](const QString& text) { m_window->parts().status->showIdle(text); });
    connect(&m_sound, &SoundDesk::troubled, window,
        [this](const QString& text, const QString& id, const QString& action) {
            say({.kind = MessageKind::kWarning, .text = text, .action_id = id, .action_text = action});
        });

    m_actions->on("play", [this] { m_sound.playOrPause(); });
    m_actions->on("play_region",
        [this] { m_sound.playFrom(MetreMap(m_document.score()->metres).barStart(chosenBars().first)); });
    m_actions->on("to_start", [this] { m_sound.seek({}); });
    m_actions->on("to_end", [this] { m_sound.seek(m_document.score()->end); });
    m_actions->on("bar_back", [this] { m_sound.moveByBars(-1); });
    m_actions->on("bar_forward", [this] { m_sound.moveByBars(1); });
    m_actions->onToggled("loop", [this](bool is_on) { m_sound.setLoop(m_sound.loop(), is_on); });
    m_actions->on("loop_region", [this] {
        const MetreMap metres(m_document.score()->metres);
        const auto [first, past_last] = chosenBars();
        m_sound.setLoop(TickRange{metres.barStart(first), metres.barStart(past_last)}, true);
    });
    m_actions->onToggled("metronome", [this](bool is_on) {
        m_sound.setMetronome(is_on);
        m_window->parts().transport->showMetronome(is_on);
    });
    m_actions->on("faster", [this] { m_editing.changeTempo(1); });
    m_actions->on("slower", [this] { m_editing.changeTempo(-1); });
    m_actions->on("mute", [this] { toggleMute(); });
    m_actions->on("solo", [this] { toggleSolo(); });
    m_actions->on("panic", [this] { m_sound.panic(); });
    connect(window->parts().hint, &QPushButton::clicked, window, [this] {
        if (m_has_played)
            resampleChosen();
        else
            m_sound.playOrPause();
    });
}

} // namespace chainsong
