// Milliseconds of processor time a frame of the traces, and of a finished plot of another kind, 4 x 100 000
// draws.
//   QT_QPA_PLATFORM=offscreen plot_bench
#include <QApplication>
#include <QTextStream>

#include "engine/base/random.h"
#include "widgets/plots/run_plot.h"
#include "widgets/theme/theme.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <functional>

using namespace chainsong;

namespace {

double medianMs(int repeats, const std::function<void()>& work) {
    std::vector<double> times;
    for (int i = 0; i < repeats; ++i) {
        const std::clock_t from = std::clock();
        work();
        times.push_back(1000.0 * static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC);
    }
    std::ranges::nth_element(times, times.begin() + repeats / 2);
    return times[static_cast<std::size_t>(repeats / 2)];
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    applyTheme(application, Theme::kDark);
    QTextStream out(stdout);
    auto run = std::make_shared<RunDraws>(std::vector<std::string>{"a", "b", "c", "d"}, 4);
    Rng rng(2);
    const auto grow = [&](int num_draws) {
        for (int i = 0; i < num_draws; ++i)
            for (int chain = 0; chain < 4; ++chain) {
                const auto last = run->values(0, chain);
                const double x = 0.98 * (last.empty() ? 0 : last.back()) + rng.normal();
                run->add(chain,
                    std::vector<double>{x, 60 + 0.1 * x, 2 + 0.1 * rng.normal(), 3 + 0.1 * rng.normal()});
            }
    };
    grow(100'000);
    RunPlot plot;
    plot.resize(800, 340);
    plot.show();
    plot.showRun(run);
    plot.setQuantity(0);
    const auto frame = [&] {
        grow(1);
        plot.replot();
    };
    out << "traces, one quantity, 4 x 100 000 draws, growing: " << medianMs(100, frame) << " ms\n";
    plot.showWorst();
    plot.resize(800, 600);
    QCoreApplication::processEvents();
    out << "traces, four quantities: " << medianMs(100, frame) << " ms\n";
    plot.resize(1600, 1000);
    QCoreApplication::processEvents();
    out << "traces, four quantities, 1600 x 1000 pixels: " << medianMs(100, frame) << " ms\n";
    plot.resize(800, 600);
    QCoreApplication::processEvents();
    plot.setQuantity(0);
    plot.setLarge(true);
    out << "traces, one quantity, for a projector: " << medianMs(60, frame) << " ms\n";
    plot.setLarge(false);

    plot.setKind(PlotKind::kDensity);
    std::vector<PlotPicture> pictures(1);
    for (int chain = 0; chain < 4; ++chain) {
        PlotLine line{.chain = chain, .name = chainName(chain)};
        for (int i = 0; i < 256; ++i) line.points.push_back({i / 256.0, std::sin(i / 40.0 + chain)});
        pictures.front().lines.push_back(line);
    }
    out << "another kind, 4 curves of 256 points: "
        << medianMs(60, [&] { plot.showPictures(plot.choice(), pictures); }) << " ms\n";
    return 0;
}
