// What is shown where, when something happened.
#include "app/studio.h"

#include <QDrag>
#include <QInputDialog>
#include <QLocale>
#include <QMenu>
#include <QMimeData>
#include <QUrl>

#include <algorithm>
#include <cmath>

#include "app/window/hint.h"
#include "app/window/main_window.h"
#include "app/window/sampler_panel.h"
#include "app/words/chip_words.h"
#include "app/words/engine_words.h"
#include "widgets/diagnostics_table/diagnostics_table.h"
#include "widgets/message_bar/status_strip.h"
#include "widgets/piano_roll/piano_roll.h"
#include "widgets/plots/run_plot.h"
#include "widgets/transport_bar/transport_bar.h"
#include "widgets/variation_cards/variation_cards.h"
#include "widgets/voices_panel/voices_panel.h"

namespace chainsong {

void Studio::showProgress(const Progress& progress) {
    Progress words = progress;
    words.what = engineText(progress.what).toStdString();
    m_window->parts().status->showProgress(words);
}

void Studio::showDiagnosis(const Diagnosis& diagnosis) {
    const WindowParts& parts = m_window->parts();
    static const std::array<const char*, kNumQuantities> kNames{QT_TR_NOOP("Log density"),
        QT_TR_NOOP("Mean pitch"), QT_TR_NOOP("Notes per quarter"), QT_TR_NOOP("Pitch-class entropy")};
    Agreement agreement{.verdict = diagnosis.verdict,
        .rhat = std::nan(""),
        .ess = std::nan(""),
        .num_chains = diagnosis.num_chains,
        .num_draws = diagnosis.num_draws};
    std::vector<DiagnosticRow> rows;
    for (std::size_t i = 0; i < kNumQuantities; ++i) {
        const SummaryRow& row = diagnosis.rows[i];
        rows.push_back({.name = tr(kNames[i]),
            .mean = row.mean,
            .sd = row.sd,
            .mcse = row.mcse_mean,
            .ess_bulk = row.ess_bulk,
            .ess_tail = row.ess_tail,
            .rhat = row.rhat,
            .verdict = diagnosis.verdicts[i]});
        // fmax and fmin pass over what is not known.
        agreement.rhat = std::fmax(agreement.rhat, row.rhat);
        agreement.ess = std::fmin(agreement.ess, row.ess_bulk);
    }
    parts.sampler->plot().showBadges([diagnosis](int quantity) {
        const auto at = static_cast<std::size_t>(quantity);
        const double rhat = diagnosis.rows[at].rhat;
        const QString text = std::isfinite(rhat) ? QLocale().toString(rhat, 'f', 3) : QStringLiteral("–");
        return PlotBadge{QStringLiteral("R-hat %1").arg(text), diagnosis.verdicts[at]};
    });
    wantPictures();
    parts.sampler->showAgreement(agreement);
    parts.diagnostics->showRows(std::move(rows));
}

void Studio::showPlaying(bool is_playing) {
    m_window->parts().transport->showPlaying(is_playing);
    if (is_playing) {
        if (!m_has_played) m_window->parts().hint->hide();
        m_has_played = true;
    } else if (m_has_played && m_document.isExample() && !m_preferences.hasSeenHint()) {
        pointToResample();
    }
}

void Studio::showPlace(Tick at, bool is_playing) {
    const WindowParts& parts = m_window->parts();
    parts.roll->showPlayhead(at, is_playing);
    const Score& score = *m_document.score();
    parts.transport->showPosition(MetreMap(score.metres).barBeatAt(at), TempoMap(score.tempos).secondsAt(at));
    if (!parts.roll->region()) showWhere();
}

void Studio::showLoop() {
    m_window->parts().roll->showLoop(m_sound.loop(), m_sound.isLoopOn());
    m_window->parts().transport->showLoop(m_sound.isLoopOn());
    (*m_actions)["loop"].setChecked(m_sound.isLoopOn());
}

void Studio::showOutputs() {
    m_window->parts().transport->showOutputs(m_sound.outputs(), m_sound.currentOutput());
    QMenu& menu = *m_window->menus().output;
    menu.clear();
    for (int i = 0; i < m_sound.outputs().size(); ++i) {
        QAction* const action = menu.addAction(m_sound.outputs()[i]);
        action->setCheckable(true);
        action->setChecked(i == m_sound.currentOutput());
        connect(action, &QAction::triggered, this, [this, i] { m_sound.chooseOutput(i); });
    }
    menu.addSeparator();
    connect(
        menu.addAction(tr("Look again")), &QAction::triggered, this, [this] { m_sound.refreshOutputs(); });
}

void Studio::showTrack(int track) {
    m_window->parts().roll->showTrack(track);
    m_window->parts().voices->showTrack(track);
}

void Studio::sayFollowMode(FollowMode mode) {
    const QString text = mode == FollowMode::kOff ? tr("The view stays where it is.")
        : mode == FollowMode::kPaged              ? tr("The view follows the playhead by pages.")
                                                  : tr("The view follows the playhead smoothly.");
    m_window->parts().status->showIdle(text);
}

void Studio::toggleMute() {
    const int track = m_window->parts().roll->track();
    const auto index = static_cast<std::size_t>(track);
    m_sound.setMuted(track, index >= m_sound.muted().size() || !m_sound.muted()[index]);
}

void Studio::toggleSolo() {
    const int track = m_window->parts().roll->track();
    const auto index = static_cast<std::size_t>(track);
    m_sound.setSolo(track, index >= m_sound.solo().size() || !m_sound.solo()[index]);
}

void Studio::addChip(const QPoint& at) {
    QMenu menu;
    for (const std::string& name : chipNames())
        menu.addAction(chipTitle(name))->setData(QString::fromStdString(name));
    const QAction* const chosen = menu.exec(at);
    if (!chosen) return;
    bool is_given = false;
    const QString value = QInputDialog::getText(
        m_window.get(), tr("Add a wish"), chosen->text(), QLineEdit::Normal, {}, &is_given);
    if (is_given && !value.trimmed().isEmpty()) m_composing.typeChip(chosen->data().toString(), value);
}

void Studio::dragOut(int index) {
    const VariationSet& set = m_document.variations();
    if (!set.original || index > static_cast<int>(set.variations.size())) return;
    const ScorePtr score =
        index <= 0 ? set.original : set.variations[static_cast<std::size_t>(index) - 1].score;
    const QString path = m_files.temporaryMidi(*score);
    if (path.isEmpty()) return;
    auto* const mime = new QMimeData;
    mime->setUrls({QUrl::fromLocalFile(path)});
    auto* const drag = new QDrag(m_window.get());
    drag->setMimeData(mime);
    drag->exec(Qt::CopyAction);
}

} // namespace chainsong
