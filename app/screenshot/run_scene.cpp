#include "app/screenshot/run_scene.h"

#include <QEventLoop>
#include <QTemporaryDir>
#include <QTimer>

#include "app/runs/run_window.h"
#include "app/studio.h"
#include "engine/inference/chains.h"
#include "engine/inference/targets.h"
#include "engine/io/stan_csv.h"
#include "widgets/plots/run_plot.h"

namespace chainsong {
namespace {

constexpr int kLongest_ms = 60'000;

template <class Sender, class Signal> void waitFor(Sender* sender, Signal signal) {
    QEventLoop loop;
    QObject::connect(sender, signal, &loop, &QEventLoop::quit);
    QTimer::singleShot(kLongest_ms, &loop, &QEventLoop::quit);
    loop.exec();
}

/// The funnel's four chains as files in that folder, warm-up kept.
bool writeFunnel(const QString& folder) {
    RunOptions options;
    options.seed = 3;
    options.keeps_warm_up = true;
    const auto run = runChains(funnelTarget(), options);
    if (!run) return false;
    for (std::size_t chain = 0; chain < run->chains.size(); ++chain) {
        NamedColumns columns = stanColumns(*run, chain);
        DrawsTable table;
        table.names = std::move(columns.names);
        table.columns = std::move(columns.columns);
        table.num_warm_up = static_cast<std::size_t>(run->chains[chain].num_warm_up_kept);
        table.step_size = run->chains[chain].step_size;
        table.inverse_mass = run->chains[chain].inverse_mass;
        table.comments = stanComments({.model = "funnel", .keeps_warm_up = true});
        const QString path = QStringLiteral("%1/chain-%2.csv").arg(folder).arg(chain + 1);
        if (!writeStanCsv(path.toStdString(), table)) return false;
    }
    return true;
}

} // namespace

QWidget* openRunScene(Studio& studio, const QString& plot, QSize size) {
    const QStringList plots{{}, QStringLiteral("ranks"), QStringLiteral("densities"), QStringLiteral("means"),
        QStringLiteral("autocorrelation"), QStringLiteral("ess"), QStringLiteral("pairs"),
        QStringLiteral("energy")};
    const auto kind = static_cast<PlotKind>(std::max<qsizetype>(0, plots.indexOf(plot)));
    QTemporaryDir folder; // is read before it goes
    if (!plots.contains(plot) || !writeFunnel(folder.path())) return nullptr;
    RunWindow& window = studio.openRun({folder.path()});
    window.resize(size);
    waitFor(&window.desk(), &RunDesk::loaded);
    while (!window.isJudged()) waitFor(&window.desk(), &RunDesk::judged);
    if (kind != PlotKind::kTrace) {
        window.plot().setKind(kind);
        waitFor(&window.desk().picturing(), &Picturing::made);
    }
    return &window;
}

} // namespace chainsong
