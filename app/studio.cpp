#include "app/studio.h"

#include <QApplication>
#include <QKeyEvent>
#include <QListWidget>
#include <QMessageBox>
#include <QMetaObject>

#include "app/window/hint.h"
#include "app/window/main_window.h"
#include "app/window/roll_bar.h"
#include "app/window/sampler_panel.h"
#include "app/words/edit_words.h"
#include "widgets/message_bar/status_strip.h"
#include "widgets/piano_roll/piano_roll.h"
#include "widgets/prompt_bar/prompt_bar.h"
#include "widgets/theme/theme.h"
#include "widgets/transport_bar/transport_bar.h"
#include "widgets/variation_cards/variation_cards.h"
#include "widgets/voices_panel/voices_panel.h"

namespace chainsong {

Studio::Studio()
    : m_editing(m_document)
    , m_composing(m_document)
    , m_sound(m_preferences)
    , m_files(m_document, m_preferences)
    , m_loader([this](LoadedPrior prior) {
        QMetaObject::invokeMethod(
            this, [this, prior = std::move(prior)] { m_composing.loaded(prior); }, Qt::QueuedConnection);
    }) {
    m_languages.use(m_preferences.language());
    qApp->installEventFilter(this);
    setTheme(m_preferences.theme());
    buildWindow();
}

Studio::~Studio() {
    qApp->removeEventFilter(this);
    m_composing.stop();
}

void Studio::open(const QStringList& files) {
    m_window->show();
    m_window->parts().roll->zoomToFit(); // only now the roll knows its size
    m_window->parts().roll->centreOnNotes();
    // The first frame is on the screen before anything heavy begins.
    QMetaObject::invokeMethod(
        this,
        [this, files] {
            m_window->parts().roll->centreOnNotes();
            m_sound.start();
            m_loader.start();
            m_files.offerRecovery();
            QStringList chains;
            for (const QString& file : files) isRun(file) ? chains.append(file) : (void)m_files.open(file);
            if (!chains.isEmpty()) openRun(chains);
        },
        Qt::QueuedConnection);
}

/// A window for the language in force. It can be made anew at any time: it owns nothing but what is seen.
void Studio::buildWindow() {
    const bool is_first = !m_window;
    m_actions = std::make_unique<Actions>();
    m_window = std::make_unique<MainWindow>(*m_actions);
    connectDocument();
    connectPrompt();
    connectRuns();
    connectVariations();
    connectRoll();
    connectRollActions();
    connectTransport();
    connectFiles();
    connectPhrases();
    connectPlots();
    connectHelp();
    fillMenus();
    m_window->restoreLayout(m_preferences.geometry(), m_preferences.layout());
    if (is_first) {
        m_files.openExample();
        if (!m_preferences.hasSeenHint()) m_window->parts().hint->showText(tr("▶  Hear it (Space)"), true);
    } else {
        showScore();
        showVariations();
        m_composing.readPrompt();
    }
}

// ---- what is shown

void Studio::showScore() {
    const WindowParts& parts = m_window->parts();
    const ScorePtr& score = m_document.score();
    parts.roll->showScore(score, m_document.touched());
    parts.voices->showScore(score);
    parts.transport->showTempo(TempoMap(score->tempos).tempoBpmAt({}));
    parts.transport->showMetre(MetreMap(score->metres).metreOfBar(0));
    parts.transport->showKey(score->keys.empty() ? std::nullopt : std::optional(keyAt(*score, {})));
    showHeard();
    showHistory();
    showWhere();
    showTitle();
}

/// The roll and the player follow what is auditioned; the piece itself stays as it is.
void Studio::showHeard() {
    const WindowParts& parts = m_window->parts();
    const int index = m_composing.auditioned();
    parts.roll->showAudition(index >= 0 ? m_composing.heard() : nullptr);
    parts.cards->showAuditioned(index);
    m_sound.setScore(m_composing.heard(), index >= 0);
    const bool has_cards = m_document.variations().original != nullptr;
    // Enter and Escape belong to the roll's note cursor and selection while there is nothing to accept or
    // dismiss.
    (*m_actions)["accept"].setEnabled(index >= 0);
    (*m_actions)["dismiss"].setEnabled(has_cards || m_composing.isRunning());
    showCertainty();
}

void Studio::showCertainty() {
    RollCertainty certainty;
    const VariationSet& set = m_document.variations();
    const int index = m_composing.auditioned();
    const bool is_known_card = index == static_cast<int>(set.posterior_of) + 1;
    const PosteriorPtr posterior = index < 0 ? m_document.posterior()
        : is_known_card                      ? set.posterior
                                             : nullptr;
    if (posterior) {
        certainty.note_share_unit = posterior->note_share_unit;
        certainty.undecided_bits_per_beat = posterior->undecided_bits_per_beat;
        certainty.num_draws = posterior->num_draws;
        certainty.num_chains = m_composing.diagnosing().numChains();
        for (const Ghost& ghost : posterior->ghosts)
            certainty.ghosts.push_back(
                {.track = ghost.track, .note = ghost.note, .share_unit = ghost.share_unit});
    }
    m_window->parts().roll->showCertainty(std::move(certainty));
}

void Studio::showVariations() {
    const WindowParts& parts = m_window->parts();
    const VariationSet& set = m_document.variations();
    if (!set.original) {
        parts.cards->clear();
        return showHeard();
    }
    const auto excerpt = [&](const ScorePtr& score) {
        if (!set.bars) return score;
        const MetreMap metres(score->metres);
        return std::make_shared<const Score>(
            slice(*score, metres.barStart(set.bars->first), metres.barStart(set.bars->second)));
    };
    parts.cards->showOriginal(excerpt(set.original), barsText(set.bars));
    for (const Variation& variation : set.variations) {
        const ScorePtr shown = excerpt(variation.score);
        parts.cards->addCard({.score = shown,
            .log_density = variation.log_density,
            .num_changed = variation.num_changed_notes,
            .num_notes = static_cast<int>(numNotes(*shown)),
            .seed = variation.seed,
            .is_starred = variation.is_starred});
    }
    showHeard();
}

void Studio::showHistory() {
    QListWidget& list = *m_window->parts().history;
    const QSignalBlocker quiet(list);
    list.clear();
    for (const PieceStep& step : m_document.history().steps())
        list.addItem(step.name.empty() ? tr("Beginning") : QString::fromStdString(step.name));
    list.setCurrentRow(static_cast<int>(m_document.history().position()));
    const History& history = m_document.history();
    const auto named = [&](const char* id, const QString& plain, bool can, std::size_t step) {
        QAction& action = (*m_actions)[id];
        action.setEnabled(can);
        action.setText(can
                ? QStringLiteral("%1: %2").arg(plain, QString::fromStdString(history.steps()[step].name))
                : plain);
    };
    named("undo", tr("&Undo"), history.canUndo(), history.position());
    named("redo", tr("&Redo"), history.canRedo(), history.position() + 1);
}

void Studio::showWishes() {
    PromptBar& bar = *m_window->parts().prompt;
    const Wishes& wishes = m_document.wishes();
    const QSignalBlocker quiet(bar); // what comes from the document is no wish of the user's
    if (const QString text = QString::fromStdString(wishes.prompt); bar.prompt() != text) bar.setPrompt(text);
    bar.setTemperature(wishes.temperature);
    bar.setBars(m_composing.chosenBars());
    bar.setSeed(wishes.seed);
}

void Studio::showTitle() {
    m_window->setWindowTitle(QStringLiteral("%1[*]").arg(m_files.name()));
    m_window->setWindowModified(m_files.isUnsaved());
}

std::pair<int, int> Studio::chosenBars() const {
    if (const auto region = m_window->parts().roll->region())
        return {region->first_bar, region->past_last_bar};
    const int last = std::max(numBars(*m_document.score()) - 1, 0);
    const int bar = std::clamp(MetreMap(m_document.score()->metres).barAt(m_sound.position()), 0, last);
    return {bar, bar + 1};
}

void Studio::showWhere() { m_window->parts().roll_bar->showWhere(barsText(chosenBars())); }

void Studio::resampleChosen() {
    m_composing.resample(chosenBars(), {}, m_window->parts().roll_bar->variety());
}

/// After the example was heard for the first time: one hint, and never again.
void Studio::pointToResample() {
    Hint& hint = *m_window->parts().hint;
    hint.hide();
    if (m_preferences.hasSeenHint()) return;
    m_preferences.setHintSeen();
    m_window->parts().roll->showRegion(BarRange{2, 3});
    showWhere();
    hint.showText(tr("Try it: press R, and the machine offers another bar 3"), false);
}

void Studio::say(const Message& message) { m_window->parts().message->showMessage(message); }

void Studio::setTheme(const QString& theme) {
    m_preferences.setTheme(theme);
    static const Theme system = themeOf(QApplication::palette()); // before we paint it over
    applyTheme(*qApp,
        theme == QLatin1String("dark")        ? Theme::kDark
            : theme == QLatin1String("light") ? Theme::kLight
                                              : system);
}

void Studio::setLanguage(const QString& language) {
    m_preferences.setLanguage(language);
    m_preferences.setLayout(m_window->saveGeometry(), m_window->layoutState());
    m_languages.use(language);
    const bool was_visible = m_window->isVisible();
    buildWindow();
    m_window->setVisible(was_visible);
    reopenRuns();
}

/// One Escape puts away what is at hand; a second one within half a second stops the music and goes to the
/// start.
void Studio::stopOnSecondEscape() {
    constexpr qint64 kWithin_ms = 500;
    // The override comes to several widgets on its way; only the next key press counts.
    constexpr qint64 kSamePress_ms = 20;
    const qint64 passed_ms = m_last_escape.isValid() ? m_last_escape.elapsed() : kWithin_ms + 1;
    if (passed_ms < kSamePress_ms) return;
    m_last_escape.start();
    if (passed_ms > kWithin_ms) return;
    m_sound.stop();
    m_sound.seek({});
}

/// Space plays wherever the focus is, but a focused button, box or list keeps it for itself.
bool Studio::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::ShortcutOverride) return QObject::eventFilter(watched, event);
    const auto* const key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Escape && !key->isAutoRepeat()) stopOnSecondEscape();
    if (key->key() != Qt::Key_Space || key->modifiers() != Qt::NoModifier)
        return QObject::eventFilter(watched, event);
    const QWidget* const focus = QApplication::focusWidget();
    const bool wants_space = focus
        && (focus->inherits("QAbstractButton") || focus->inherits("QComboBox")
            || (focus->inherits("QAbstractItemView")));
    if (wants_space) event->accept();
    return wants_space;
}

} // namespace chainsong
