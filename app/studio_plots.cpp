// The plots of the composing chains, and windows for runs of other samplers.
#include "app/studio.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

#include "app/runs/run_window.h"
#include "app/window/main_window.h"
#include "app/window/sampler_panel.h"
#include "app/words/engine_words.h"
#include "widgets/plots/run_plot.h"

namespace chainsong {

void Studio::connectPlots() {
    MainWindow* const window = m_window.get();
    RunPlot* const plot = &window->parts().sampler->plot();
    plot->showRun(m_composing.diagnosing().run(), quantityTitles());
    plot->setQuantity(0);
    connect(plot, &RunPlot::choiceChanged, window, [this] { wantPictures(); });
    connect(plot, &RunPlot::saveRequested, window, [this] { askAndSavePlot(); });
    connect(&m_picturing, &Picturing::made, plot, &RunPlot::showPictures);

    const std::array<std::pair<const char*, PlotKind>, 7> kKinds{{{"plot_traces", PlotKind::kTrace},
        {"plot_ranks", PlotKind::kRankEcdf}, {"plot_densities", PlotKind::kDensity},
        {"plot_means", PlotKind::kRunningMean}, {"plot_autocorrelation", PlotKind::kAutocorrelation},
        {"plot_ess", PlotKind::kEssGrowth}, {"plot_pairs", PlotKind::kPairs}}};
    for (const auto& [id, kind] : kKinds) m_actions->on(id, [plot, kind = kind] { plot->setKind(kind); });
    const std::array<const char*, kNumQuantities> kQuantities{
        "trace_log_density", "trace_mean_pitch", "trace_density", "trace_entropy"};
    for (int i = 0; i < kNumQuantities; ++i)
        m_actions->on(kQuantities[static_cast<std::size_t>(i)], [plot, i] { plot->setQuantity(i); });
    m_actions->on("trace_all", [plot] { plot->showWorst(); });
    m_actions->onToggled("hide_warm_up", [plot](bool is_on) { plot->setWarmUpHidden(is_on); });
    m_actions->on("export_traces", [this] { askAndSavePlot(); });
    m_actions->on("open_run", [this] { askAndOpenRun(); });
    m_actions->on("open_run_folder", [this] { askAndOpenRunFolder(); });
}

/// Traces draw themselves; other plots are computed from a copy of the draws, beside the window.
void Studio::wantPictures() {
    const RunPlot& plot = m_window->parts().sampler->plot();
    if (plot.kind() == PlotKind::kTrace) return;
    m_picturing.make(
        std::make_shared<const RunDraws>(*m_composing.diagnosing().run()), plot.choice(), quantityTitles());
}

void Studio::askAndSavePlot() {
    const QString path = QFileDialog::getSaveFileName(m_window.get(), tr("Save the plot"),
        QDir(m_preferences.lastFolder()).filePath(m_files.name() + QStringLiteral("-plot.png")),
        tr("Pictures (*.png *.svg *.pdf);;Table of the data (*.csv)"));
    if (path.isEmpty()) return;
    const Status status = m_window->parts().sampler->plot().exportTo(path);
    if (!status) say({.kind = MessageKind::kProblem, .text = engineText(sentence(status.error()))});
}

bool Studio::isRun(const QString& path) {
    const QFileInfo file(path);
    return file.isDir() || file.suffix().compare(QLatin1String("csv"), Qt::CaseInsensitive) == 0;
}

RunWindow& Studio::openRun(const QStringList& paths) {
    std::erase_if(m_run_windows, [](const QPointer<RunWindow>& window) { return window.isNull(); });
    auto* const window = new RunWindow(paths);
    window->setAttribute(Qt::WA_DeleteOnClose);
    m_run_windows.emplace_back(window);
    window->show();
    return *window;
}

/// In another language.
void Studio::reopenRuns() {
    const auto windows = std::exchange(m_run_windows, {});
    for (const QPointer<RunWindow>& window : windows) {
        if (window.isNull()) continue;
        const QByteArray geometry = window->saveGeometry();
        openRun(window->desk().paths()).restoreGeometry(geometry);
        delete window;
    }
}

void Studio::askAndOpenRun() {
    const QStringList paths = QFileDialog::getOpenFileNames(m_window.get(),
        tr("Open a sampler run: one file a chain"), m_preferences.lastFolder(), tr("Draws (*.csv)"));
    if (paths.isEmpty()) return;
    m_preferences.setLastFolder(QFileInfo(paths.first()).absolutePath());
    openRun(paths);
}

void Studio::askAndOpenRunFolder() {
    const QString path = QFileDialog::getExistingDirectory(
        m_window.get(), tr("Open a sampler run: the folder of its files"), m_preferences.lastFolder());
    if (!path.isEmpty()) openRun({path});
}

} // namespace chainsong
