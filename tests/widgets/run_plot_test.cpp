// A run's plots: nothing is lost, clicks find draws, the worst come first, files are complete.
#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>

#include "engine/base/random.h"
#include "widgets/plots/line_pixels.h"
#include "widgets/plots/plot_canvas.h"
#include "widgets/plots/run_plot.h"
#include "widgets/plots/thinned.h"
#include "widgets/plots/trace_picture.h"
#include "widgets/theme/theme.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace chainsong;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::shared_ptr<RunDraws> wandering(int num_chains, int num_draws, int num_quantities = 2) {
    std::vector<std::string> names;
    for (int i = 0; i < num_quantities; ++i) names.push_back("theta[" + std::to_string(i + 1) + "]");
    auto run = std::make_shared<RunDraws>(names, num_chains);
    Rng rng(7);
    for (int chain = 0; chain < num_chains; ++chain) {
        double x = 0;
        for (int i = 0; i < num_draws; ++i) {
            std::vector<double> values;
            for (int q = 0; q < num_quantities; ++q) values.push_back(x = 0.9 * x + rng.normal());
            run->add(chain, values);
        }
    }
    return run;
}

QComboBox* comboOf(const RunPlot& plot, const QString& name) {
    for (auto* box : plot.findChildren<QComboBox*>())
        if (box->accessibleName() == name) return box;
    return nullptr;
}

PlotPicture curve(const QString& title) {
    PlotPicture picture;
    picture.title = title;
    picture.lines.push_back({.points = {{0, 1}, {1, 4}, {2, 9}}, .chain = 0, .name = chainName(0)});
    return picture;
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The share of pixels that are not white.
double inkOf(const QImage& image) {
    int ink = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) ink += image.pixelColor(x, y) == Qt::white ? 0 : 1;
    return static_cast<double>(ink) / (image.width() * image.height());
}

} // namespace

class RunPlotTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thinning_keeps_every_peak_and_few_points() {
        std::vector<double> values(100'000, 1.0);
        values[54'321] = 99;
        values[12'345] = -99;
        values[7] = kNan;
        const auto points = ThinnedTrace().of(values, 0, values.size(), 300);
        QVERIFY(points.size() <= 2 * 301U);
        const auto has = [&](PlotPoint wanted) { return std::ranges::find(points, wanted) != points.end(); };
        QVERIFY(has({54'321, 99}));
        QVERIFY(has({12'345, -99}));
        for (std::size_t i = 1; i < points.size(); ++i) QVERIFY(points[i - 1].x < points[i].x);
        QCOMPARE(ThinnedTrace().of(values, 10, 20, 300).size(), 10U);
        QVERIFY(ThinnedTrace().of({}, 0, 10, 300).empty());
    }

    void thinning_while_draws_come_in_is_thinning_at_the_end() {
        Rng rng(3);
        std::vector<double> values;
        ThinnedTrace growing;
        for (int i = 0; i < 5000; ++i) {
            values.push_back(rng.below(20) == 0 ? kNan : rng.normal());
            const std::size_t first = i < 3000 ? 7 : 100;
            if (rng.below(3) > 0) continue;
            QVERIFY(growing.of(values, first, values.size(), 100)
                == ThinnedTrace().of(values, first, values.size(), 100));
        }
    }

    void four_chains_of_a_hundred_thousand_draws_are_drawn_whole() {
        RunPlot plot;
        plot.resize(800, 300);
        plot.show();
        auto run = wandering(4, 100'000, 4);
        run->chains[2].columns[0][99'000] = 1000;
        plot.showRun(run);
        plot.replot();
        QCOMPARE(plot.pictures().size(), 4U);
        for (const PlotPicture& picture : plot.pictures()) {
            QCOMPARE(picture.lines.size(), 4U);
            for (const PlotLine& line : picture.lines) QCOMPARE(line.points.back().x > 99'900, true);
        }
        const auto& points = plot.pictures().front().lines[2].points;
        QVERIFY(std::ranges::find(points, PlotPoint{99'000, 1000}) != points.end());
        QVERIFY(!plot.grab().isNull());
    }

    void traces_look_as_a_painter_would_draw_them() {
        Rng rng(9);
        for (const int width : {1, 3})
            for (const double step : {0.2, 0.5, 1.0, 7.3, 90.0}) {
                std::vector<PlotPoint> points;
                QPolygonF polygon;
                for (double x = -20; x < 430; x += step * (0.5 + rng.uniform())) {
                    points.push_back({x, 100 + 45 * rng.normal()});
                    polygon << QPointF(points.back().x, points.back().y);
                }
                QImage ours(400, 200, QImage::Format_ARGB32_Premultiplied);
                ours.fill(Qt::transparent);
                QImage theirs = ours;
                std::vector<ColumnStrokes> strokes;
                const PixelCurve curve{points, Qt::black, width};
                drawCurves(ours, {&curve, 1}, strokes);
                QPainter painter(&theirs);
                painter.setPen(QPen(Qt::black, width));
                painter.drawPolyline(polygon);
                painter.end();
                // Whatever one has drawn, the other has within two pixels.
                const auto isNear = [](const QImage& image, int x, int y) {
                    for (int dy = -2; dy <= 2; ++dy)
                        for (int dx = -2; dx <= 2; ++dx)
                            if (image.valid(x + dx, y + dy) && qAlpha(image.pixel(x + dx, y + dy)) > 0)
                                return true;
                    return false;
                };
                int num_alone = 0;
                for (int y = 3; y < 197; ++y)
                    for (int x = 3; x < 397; ++x) {
                        if (qAlpha(ours.pixel(x, y)) > 0 && !isNear(theirs, x, y)) ++num_alone;
                        if (qAlpha(theirs.pixel(x, y)) > 0 && !isNear(ours, x, y)) ++num_alone;
                    }
                QCOMPARE(num_alone, 0);
            }
    }

    void odd_curves_leave_the_picture_whole() {
        QImage image(50, 40, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        std::vector<ColumnStrokes> strokes;
        const auto draw = [&](QImage& to, const std::vector<PlotPoint>& points, QColor color, int width) {
            const PixelCurve curve{points, color, width};
            drawCurves(to, {&curve, 1}, strokes);
        };
        const double infinity = std::numeric_limits<double>::infinity();
        for (const std::vector<PlotPoint>& points : {std::vector<PlotPoint>{}, {{-1e300, 5}, {1e300, 1e300}},
                 {{3, -1e9}, {3, 1e9}}, {{10, kNan}, {11, infinity}, {infinity, 3}, {kNan, 4}},
                 {{60, 5}, {70, 6}}, {{-9, 5}, {-8, 6}}})
            for (const int width : {1, 2, 3, 60}) draw(image, points, Qt::red, width);
        QCOMPARE(image.pixelColor(3, 20), QColor(Qt::red));
        draw(image, {{20, 10}}, Qt::green, 1);
        QCOMPARE(image.pixelColor(20, 10), QColor(Qt::green)); // one draw is a dot
        QImage none;
        draw(none, {{20, 10}}, Qt::green, 1);
    }

    void every_chain_of_many_draws_can_be_seen() {
        RunPlot plot;
        plot.resize(700, 300);
        plot.show();
        auto run = std::make_shared<RunDraws>(std::vector<std::string>{"a"}, 4);
        Rng rng(4);
        for (int i = 0; i < 5000; ++i)
            for (int chain = 0; chain < 4; ++chain)
                run->add(chain, std::vector<double>{10.0 * chain + rng.normal()});
        plot.showRun(run);
        for (const bool is_large : {false, true}) {
            plot.setLarge(is_large);
            plot.replot();
            const QImage image = plot.grab().toImage();
            for (int chain = 0; chain < 4; ++chain) {
                const QRgb color = chainColor(chain, themeOf(plot.palette())).rgb();
                std::vector<bool> columns(static_cast<std::size_t>(image.width()));
                for (int y = 0; y < image.height(); ++y)
                    for (int x = 0; x < image.width(); ++x)
                        if ((image.pixel(x, y) & RGB_MASK) == (color & RGB_MASK))
                            columns[static_cast<std::size_t>(x)] = true;
                QVERIFY(std::ranges::count(columns, true) > 500);
            }
        }
    }

    void divergences_are_crosses_on_the_traces_without_those_of_the_warm_up() {
        auto run = wandering(2, 1000, 1);
        run->num_warm_up = 100;
        TracePictures traces;
        QVERIFY(traces.of(*run, 0, {}).dots.empty()); // nobody looked
        for (auto& chain : run->chains) chain.diverged.assign(1000, 0);
        run->chains[0].diverged[50] = 1;
        QVERIFY(traces.of(*run, 0, {}).dots.empty()); // while warming up
        run->chains[1].diverged[400] = run->chains[1].diverged[700] = 1;
        const auto dots = traces.of(*run, 0, {}).dots;
        QCOMPARE(dots.size(), 1U);
        QVERIFY(dots[0].is_alarm);
        QCOMPARE(dots[0].points,
            (std::vector<PlotPoint>{{400, run->values(0, 1)[400]}, {700, run->values(0, 1)[700]}}));
        QCOMPARE(traces.of(*run, 0, {.zoom = PlotRange{500, 800}}).dots[0].points.size(), 1U);
        std::ranges::fill(run->chains[0].diverged, std::uint8_t{1});
        QVERIFY(traces.of(*run, 0, {}).dots[0].points.size() <= 200);
        RunPlot plot;
        plot.resize(600, 300);
        plot.show();
        plot.showRun(run);
        plot.replot();
        QVERIFY(!plot.grab().isNull());
    }

    void draws_that_come_later_are_shown_by_themselves() {
        RunPlot plot;
        plot.resize(600, 300);
        plot.show();
        auto run = wandering(2, 10);
        plot.showRun(run);
        QTRY_COMPARE(plot.pictures().front().lines[0].points.size(), 10U);
        run->add(0, std::vector<double>{1, 2});
        plot.refresh();
        QTRY_COMPARE(plot.pictures().front().lines[0].points.size(), 11U);
    }

    void warm_up_is_hatched_until_it_is_hidden() {
        RunPlot plot;
        plot.resize(600, 300);
        auto run = wandering(2, 50);
        run->num_warm_up = 20;
        plot.showRun(run);
        plot.replot();
        QCOMPARE(plot.pictures().front().hatched_before.value_or(0), 20.0);
        QCOMPARE(plot.pictures().front().lines[0].points.front().x, 0.0);
        plot.setWarmUpHidden(true);
        plot.replot();
        QVERIFY(!plot.pictures().front().hatched_before);
        QCOMPARE(plot.pictures().front().lines[0].points.front().x, 20.0);
    }

    void the_worst_come_first_and_never_all() {
        RunPlot plot;
        plot.showRun(wandering(2, 20, 1000));
        std::vector<int> ranking;
        for (int i = 999; i >= 0; --i) ranking.push_back(i);
        plot.showRanking(ranking);
        QCOMPARE(plot.choice().quantities, (std::vector<int>{999, 998, 997, 996}));
        plot.replot();
        QCOMPARE(plot.pictures().size(), 4U);
        QCOMPARE(plot.pictures().front().title, QStringLiteral("theta[1000]"));
        const QComboBox* const box = comboOf(plot, QStringLiteral("Quantity"));
        QVERIFY(box);
        QCOMPARE(box->itemText(0), QStringLiteral("The four worst"));
        QCOMPARE(box->itemText(1), QStringLiteral("theta[1000]"));
        QVERIFY(box->count() <= 202);
        // One that is not among the offered can still be looked at.
        plot.setQuantity(3);
        QCOMPARE(box->currentText(), QStringLiteral("theta[4]"));
        QCOMPARE(plot.choice().quantities, std::vector<int>{3});
    }

    void kind_and_quantity_are_chosen_by_keyboard() {
        RunPlot plot;
        plot.resize(600, 300);
        plot.show();
        plot.showRun(wandering(2, 20, 3));
        QVERIFY(QTest::qWaitForWindowActive(&plot));
        QSignalSpy chosen(&plot, &RunPlot::choiceChanged);
        QComboBox* const kinds = comboOf(plot, QStringLiteral("Kind of plot"));
        QComboBox* const quantities = comboOf(plot, QStringLiteral("Quantity"));
        QVERIFY(kinds && quantities);
        kinds->setFocus();
        QTest::keyClick(kinds, Qt::Key_Down);
        QCOMPARE(plot.kind(), PlotKind::kRankEcdf);
        QCOMPARE(chosen.size(), 1);
        QTest::keyClick(kinds, Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), quantities);
        QTest::keyClick(quantities, Qt::Key_Down);
        QCOMPARE(plot.choice().quantities, std::vector<int>{0});
        QCOMPARE(chosen.size(), 2);
        // Every control can be reached and has a name or a text.
        QSet<QWidget*> reached;
        for (int i = 0; i < 8; ++i) {
            reached.insert(QApplication::focusWidget());
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        QVERIFY(
            std::ranges::any_of(reached, [](QWidget* w) { return qobject_cast<PlotCanvas*>(w) != nullptr; }));
        QVERIFY(reached.size() >= 4);
    }

    void a_plot_is_looked_into_by_keyboard() {
        RunPlot plot;
        plot.resize(600, 300);
        plot.show();
        plot.showRun(wandering(2, 1000));
        plot.replot();
        auto* const canvas = plot.findChild<PlotCanvas*>();
        QVERIFY(!canvas->zoomed());
        QTest::keyClick(canvas, Qt::Key_Plus);
        QVERIFY(canvas->zoomed());
        const PlotRange half = *canvas->zoomed();
        QVERIFY(half.last - half.first < 600);
        QTest::keyClick(canvas, Qt::Key_Right);
        QVERIFY(canvas->zoomed()->first > half.first);
        QTRY_VERIFY(plot.pictures().front().lines[0].points.size() < 700); // what is not seen is not drawn
        QTest::keyClick(canvas, Qt::Key_Home);
        QVERIFY(!canvas->zoomed());
    }

    void energies_are_offered_only_where_there_are_any() {
        RunPlot plot;
        auto run = wandering(2, 20);
        plot.showRun(run);
        const QComboBox* const kinds = comboOf(plot, QStringLiteral("Kind of plot"));
        QCOMPARE(kinds->findText(QStringLiteral("Energy")), -1);
        for (auto& chain : run->chains) chain.energies.assign(20, 1.0);
        plot.showRun(run);
        QVERIFY(kinds->findText(QStringLiteral("Energy")) >= 0);
        plot.setKind(PlotKind::kEnergy);
        plot.showRun(wandering(2, 20));
        QCOMPARE(plot.kind(), PlotKind::kTrace);
    }

    void pictures_of_a_choice_that_was_left_are_not_shown() {
        RunPlot plot;
        plot.showRun(wandering(2, 20));
        plot.setKind(PlotKind::kDensity);
        const PlotChoice left = plot.choice();
        plot.setKind(PlotKind::kRunningMean);
        plot.showPictures(left, {curve(QStringLiteral("old"))});
        QVERIFY(plot.pictures().front().title != QStringLiteral("old"));
        plot.showPictures(plot.choice(), {curve(QStringLiteral("new"))});
        QCOMPARE(plot.pictures().front().title, QStringLiteral("new"));
    }

    void a_click_on_a_trace_names_the_draw() {
        RunPlot plot;
        plot.resize(700, 320);
        plot.show();
        auto run = std::make_shared<RunDraws>(std::vector<std::string>{"x"}, 2);
        for (int i = 0; i < 11; ++i) {
            run->add(0, std::vector<double>{0});
            run->add(1, std::vector<double>{10});
        }
        plot.showRun(run);
        plot.replot();
        QSignalSpy clicks(&plot, &RunPlot::pointClicked);
        // Sweep over the plot: each click names a draw near its place in time, and both chains are found.
        auto* const canvas = plot.findChild<PlotCanvas*>();
        QWidget* const surface = canvas->childAt(canvas->rect().center());
        QVERIFY(surface);
        for (int y = 5; y < surface->height(); y += 5)
            QTest::mouseClick(surface, Qt::LeftButton, {}, {surface->width() / 2, y});
        QVERIFY(clicks.size() >= 2);
        QList<int> chains;
        for (const auto& click : clicks) {
            chains << click[0].toInt();
            QVERIFY(std::abs(click[1].toInt() - 5) <= 1);
        }
        QVERIFY(chains.contains(0) && chains.contains(1));
    }

    void pictures_are_complete_in_every_format() {
        QTemporaryDir folder;
        RunPlot plot;
        plot.resize(640, 320);
        plot.showRun(wandering(4, 50));
        plot.showBadges([](int) { return PlotBadge{QStringLiteral("R-hat 1.006"), Verdict::kGood}; });
        for (const PlotKind kind : {PlotKind::kTrace, PlotKind::kDensity}) {
            plot.setKind(kind);
            if (kind == PlotKind::kDensity) {
                QVERIFY(!plot.exportTo(folder.filePath("early.png"))); // nothing to save yet
                plot.showPictures(plot.choice(), {curve(QStringLiteral("theta"))});
            }
            const QList<QPair<QString, QByteArray>> formats{
                {"a.png", "\x89PNG"}, {"a.svg", "<?xml"}, {"a.pdf", "%PDF"}};
            for (const auto& [name, beginning] : formats) {
                QVERIFY2(static_cast<bool>(plot.exportTo(folder.filePath(name))), qPrintable(name));
                QVERIFY2(contentOf(folder.filePath(name)).startsWith(beginning), qPrintable(name));
            }
            // On white, and with something on it.
            const QImage image(folder.filePath("a.png"));
            QCOMPARE(image.pixelColor(1, 1), QColor(Qt::white));
            QVERIFY(inkOf(image) > 0.02);
            QSvgRenderer svg(folder.filePath("a.svg"));
            QVERIFY(svg.isValid());
            QImage drawn(svg.defaultSize(), QImage::Format_RGB32);
            drawn.fill(Qt::white);
            QPainter painter(&drawn);
            svg.render(&painter);
            painter.end();
            QVERIFY(inkOf(drawn) > 0.02);
            QVERIFY(contentOf(folder.filePath("a.pdf")).size() > 2000);
        }
        QVERIFY(!plot.exportTo(folder.filePath("a.xyz")));
        QVERIFY(!plot.exportTo("/nowhere/at/all/a.csv"));
    }

    void the_table_of_a_trace_is_the_run() {
        QTemporaryDir folder;
        RunPlot plot;
        auto run = wandering(3, 40);
        run->num_warm_up = 10;
        run->chains[1].diverged.assign(40, 0);
        run->chains[1].diverged[17] = 1;
        run->chains[0].columns[1][3] = kNan;
        plot.showRun(run);
        QVERIFY(static_cast<bool>(plot.exportTo(folder.filePath("run.csv"))));
        const auto lines =
            QString::fromUtf8(contentOf(folder.filePath("run.csv"))).split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 1 + 3 * 40);
        QCOMPARE(lines[0], QStringLiteral("chain,draw,is_warm_up,theta[1],theta[2],diverged"));
        for (int chain = 0, at = 1; chain < 3; ++chain)
            for (int draw = 0; draw < 40; ++draw, ++at) {
                const auto cells = lines[at].split(',');
                QCOMPARE(cells.size(), 6);
                QCOMPARE(cells[0].toInt(), chain + 1);
                QCOMPARE(cells[1].toInt(), draw + 1);
                QCOMPARE(cells[2].toInt(), draw < 10 ? 1 : 0);
                for (int q = 0; q < 2; ++q) {
                    const double value = run->values(q, chain)[static_cast<std::size_t>(draw)];
                    if (std::isnan(value))
                        QCOMPARE(cells[3 + q], QStringLiteral("nan"));
                    else
                        QCOMPARE(cells[3 + q].toDouble(), value); // to the last bit
                }
                QCOMPARE(cells[5].toInt(), chain == 1 && draw == 17 ? 1 : 0);
            }
    }

    void the_table_of_another_plot_holds_its_curves() {
        QTemporaryDir folder;
        RunPlot plot;
        plot.showRun(wandering(2, 40));
        plot.setKind(PlotKind::kDensity);
        PlotPicture picture = curve(QStringLiteral("theta[1,2]"));
        picture.bands.push_back({{{0, -1}}, {{0, 1}}, QStringLiteral("band")});
        plot.showPictures(plot.choice(), {picture});
        QVERIFY(static_cast<bool>(plot.exportTo(folder.filePath("curves.csv"))));
        QCOMPARE(contentOf(folder.filePath("curves.csv")),
            QByteArray(
                "panel,series,x,y\n\"theta[1,2]\",band -,0,-1\n\"theta[1,2]\",band +,0,1\n"
                "\"theta[1,2]\",chain 1,0,1\n\"theta[1,2]\",chain 1,1,4\n\"theta[1,2]\",chain 1,2,9\n"));
    }

    void empty_constant_and_broken_runs_are_survived() {
        QTemporaryDir folder;
        for (const auto& run :
            {std::make_shared<RunDraws>(), std::make_shared<RunDraws>(std::vector<std::string>{}, 4),
                std::make_shared<RunDraws>(std::vector<std::string>{"a"}, 0), wandering(4, 0),
                wandering(1, 4)}) {
            RunPlot plot;
            plot.resize(500, 260);
            plot.show();
            plot.showRun(run);
            for (int kind = 0; kind < kNumPlotKinds; ++kind) {
                plot.setKind(static_cast<PlotKind>(kind));
                plot.showPictures(plot.choice(), {PlotPicture{}});
                plot.replot();
                QVERIFY(!plot.grab().isNull());
                QVERIFY(static_cast<bool>(plot.exportTo(folder.filePath("x.png"))));
                QVERIFY(static_cast<bool>(plot.exportTo(folder.filePath("x.csv"))));
            }
        }
        auto broken = wandering(2, 30);
        std::ranges::fill(broken->chains[0].columns[0], kNan);
        std::ranges::fill(broken->chains[1].columns[0], std::numeric_limits<double>::infinity());
        std::ranges::fill(broken->chains[1].columns[1], 5.0);
        RunPlot plot;
        plot.resize(500, 260);
        plot.show();
        plot.showRun(broken);
        plot.replot();
        QVERIFY(!plot.grab().isNull());
        QVERIFY(plot.pictures()[0].lines[0].points.empty());
    }

    void a_note_stands_where_there_can_be_no_curve() {
        RunPlot plot;
        plot.resize(500, 260);
        plot.show();
        plot.showRun(wandering(1, 30));
        plot.setKind(PlotKind::kRankEcdf);
        PlotPicture picture;
        picture.note = QStringLiteral("Ranks compare chains, and there is only one. Run several.");
        plot.showPictures(plot.choice(), {picture});
        QVERIFY(plot.spokenText().contains(QStringLiteral("there is only one")));
        QVERIFY(!plot.grab().isNull());
    }

    void many_chains_are_told_apart() {
        // Colour and style together: 32 chains, 32 looks.
        RunPlot plot;
        plot.resize(700, 400);
        plot.show();
        plot.showRun(wandering(32, 30));
        plot.replot();
        QVERIFY(!plot.grab().isNull());
        QCOMPARE(plot.pictures().front().lines.size(), 32U);
    }

    void the_plot_can_be_read_aloud() {
        RunPlot plot;
        plot.showRun(wandering(4, 30), {QStringLiteral("Log score"), QStringLiteral("Mean pitch")});
        plot.showBadges([](int quantity) {
            return PlotBadge{quantity == 0 ? QStringLiteral("R-hat 1.31") : QStringLiteral("R-hat 1.00"),
                quantity == 0 ? Verdict::kNotYet : Verdict::kGood};
        });
        plot.replot();
        QVERIFY(plot.spokenText().contains("Traces"));
        QVERIFY(plot.spokenText().contains("Log score: R-hat 1.31, not yet"));
        QVERIFY(plot.spokenText().contains("4 chains"));
    }
};

QTEST_MAIN(RunPlotTest)
#include "run_plot_test.moc"
