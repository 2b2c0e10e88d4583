// The traces: nothing is lost, clicks find draws, files are complete.
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "engine/base/random.h"
#include "widgets/trace_plot/thinned.h"
#include "widgets/trace_plot/trace_plot.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace chainsong;

namespace {

std::vector<PieceSummary> wandering(int count, std::uint64_t seed) {
    Rng rng(seed);
    std::vector<PieceSummary> draws;
    double x = 0;
    for (int i = 0; i < count; ++i) {
        x = 0.95 * x + rng.normal();
        draws.push_back({x, 60 + x, 2, 3});
    }
    return draws;
}

} // namespace

class TracePlotTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thinning_keeps_every_peak_and_few_points() {
        std::vector<double> values(100'000, 1.0);
        values[54'321] = 99;
        values[12'345] = -99;
        values[7] = std::numeric_limits<double>::quiet_NaN();
        const auto points = thinned(values, 0, values.size(), 300);
        QVERIFY(points.size() <= 4 * 300U);
        const auto has = [&](PlotPoint wanted) { return std::ranges::find(points, wanted) != points.end(); };
        QVERIFY(has({54'321, 99}));
        QVERIFY(has({12'345, -99}));
        for (std::size_t i = 1; i < points.size(); ++i) QVERIFY(points[i - 1].draw < points[i].draw);
        QCOMPARE(thinned(values, 10, 20, 300).size(), 10U);
        QVERIFY(thinned({}, 0, 10, 300).empty());
    }

    void four_chains_of_a_hundred_thousand_draws_are_held_and_drawn() {
        TracePlot plot;
        plot.resize(800, 300);
        plot.show();
        plot.start(4);
        for (int chain = 0; chain < 4; ++chain) {
            const auto draws = wandering(100'000, static_cast<std::uint64_t>(chain));
            for (std::size_t i = 0; i < draws.size(); i += 1000)
                plot.addDraws(chain, std::span(draws).subspan(i, 1000));
        }
        plot.replot();
        for (int chain = 0; chain < 4; ++chain) QCOMPARE(plot.numDraws(chain), 100'000);
        plot.setAllShown(true);
        plot.replot();
        QVERIFY(!plot.grab().isNull());
    }

    void draws_of_chains_that_do_not_exist_are_ignored() {
        TracePlot plot;
        plot.start(2);
        const auto draws = wandering(3, 1);
        plot.addDraws(7, draws);
        plot.addDraws(-1, draws);
        QCOMPARE(plot.numDraws(7), 0);
        plot.start(0);
        plot.replot();
    }

    void a_click_on_a_trace_names_the_draw() {
        TracePlot plot;
        plot.resize(700, 320);
        plot.show();
        plot.start(2);
        std::vector<PieceSummary> flat(11);
        plot.addDraws(0, flat);
        for (PieceSummary& draw : flat) draw.log_density = 10;
        plot.addDraws(1, flat);
        plot.replot();
        QSignalSpy clicks(&plot, &TracePlot::pointClicked);
        // Sweep over the plot: each click names a draw near its place in time, and both chains are found.
        QWidget* canvas = plot.childAt(350, 200);
        QVERIFY(canvas);
        for (int y = 5; y < canvas->height(); y += 5)
            QTest::mouseClick(canvas, Qt::LeftButton, {}, {canvas->width() / 2, y});
        QVERIFY(clicks.size() >= 2);
        QList<int> chains;
        for (const auto& click : clicks) {
            chains << click[0].toInt();
            QVERIFY(std::abs(click[1].toInt() - 5) <= 1);
        }
        QVERIFY(chains.contains(0) && chains.contains(1));
    }

    void files_are_complete_in_every_format() {
        QTemporaryDir folder;
        TracePlot plot;
        plot.resize(640, 320);
        plot.start(2);
        plot.addDraws(0, wandering(50, 1));
        plot.addDraws(1, wandering(50, 2));
        plot.showWarmUp(10);
        plot.showBadge(TraceStatistic::kLogDensity, {"R-hat 1.006", Verdict::kGood});
        const QList<QPair<QString, QByteArray>> formats{
            {"a.png", "\x89PNG"}, {"a.svg", "<?xml"}, {"a.pdf", "%PDF"}, {"a.csv", "chain,"}};
        for (const auto& [name, beginning] : formats) {
            const Status status = plot.exportTo(folder.filePath(name));
            QVERIFY2(static_cast<bool>(status), qPrintable(name));
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(file.readAll().startsWith(beginning), qPrintable(name));
        }
        QFile csv(folder.filePath("a.csv"));
        QVERIFY(csv.open(QIODevice::ReadOnly));
        QCOMPARE(csv.readAll().count('\n'), 101);
        QVERIFY(!plot.exportTo(folder.filePath("a.xyz")));
        QVERIFY(!plot.exportTo("/nowhere/at/all/a.csv"));
    }

    void the_plot_can_be_read_aloud() {
        TracePlot plot;
        plot.start(4);
        plot.showBadge(TraceStatistic::kLogDensity, {"R-hat 1.31", Verdict::kNotYet});
        QVERIFY(plot.spokenText().contains("Log score: R-hat 1.31, not yet"));
        QVERIFY(plot.spokenText().contains("4 chains"));
    }
};

QTEST_MAIN(TracePlotTest)
#include "trace_plot_test.moc"
