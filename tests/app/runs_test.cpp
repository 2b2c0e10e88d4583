#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

#include "app/composing/diagnosing.h"
#include "app/runs/loaded_run.h"
#include "app/runs/run_pictures.h"
#include "app/runs/run_summary.h"
#include "app/runs/run_window.h"
#include "app/studio.h"
#include "app/window/main_window.h"
#include "engine/base/random.h"
#include "engine/io/stan_csv.h"
#include "tests/app/sandbox.h"
#include "widgets/diagnostics_table/diagnostics_table.h"
#include "widgets/message_bar/message_bar.h"
#include "widgets/plots/run_plot.h"

#include <cmath>
#include <limits>

using namespace chainsong;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// What a test does to a chain's columns before it is written: lp__, divergent__, energy__, a, b, c.
using Change = std::function<void(DrawsTable& table, int chain)>;
enum Column { kLp, kDivergent, kEnergy, kA, kB, kC };

/// Four chains of a hundred draws of warm-up and `num_draws` more as files in a folder of their own.
struct RunOnDisk {
    QTemporaryDir folder;
    QStringList files;

    explicit RunOnDisk(int num_chains = 4, int num_draws = 400, const Change& change = {}) {
        for (int chain = 0; chain < num_chains; ++chain) {
            Rng rng = rngFor(5, static_cast<std::uint64_t>(chain), 0);
            DrawsTable table;
            table.names = {"lp__", "divergent__", "energy__", "a", "b", "c[1,2]"};
            table.columns.resize(table.names.size());
            table.num_warm_up = 100;
            table.step_size = 0.1;
            for (int draw = 0; draw < 100 + num_draws; ++draw)
                for (std::size_t i = 0; i < table.columns.size(); ++i)
                    table.columns[i].push_back(i == kDivergent ? 0 : rng.normal());
            if (change) change(table, chain);
            files << folder.filePath(QStringLiteral("chain-%1.csv").arg(chain + 1));
            [[maybe_unused]] const Status written = writeStanCsv(files.back().toStdString(), table);
        }
    }
    std::vector<std::string> paths() const {
        std::vector<std::string> paths;
        for (const QString& file : files) paths.push_back(file.toStdString());
        return paths;
    }
};

RunSummary summaryOfRun(const LoadedRun& run) {
    RunSummary summary;
    QuantityJudge judge;
    while (judgeNext(run, summary, judge)) { }
    conclude(run, summary);
    return summary;
}

/// A window whose run is read and judged.
struct OpenWindow {
    RunWindow window;
    explicit OpenWindow(const QStringList& paths)
        : window(paths) {
        window.show();
        [[maybe_unused]] const bool is_active = QTest::qWaitForWindowActive(&window);
    }
    bool isJudged() {
        return QTest::qWaitFor([this] { return window.isJudged(); }, 20'000);
    }
    /// Shows that kind and waits for its pictures.
    const std::vector<PlotPicture>& pictures(PlotKind kind) {
        QSignalSpy made(&window.desk().picturing(), &Picturing::made);
        window.plot().setKind(kind);
        if (kind != PlotKind::kTrace) made.wait(20'000);
        return window.plot().pictures();
    }
};

void write(const QString& path, const QByteArray& content) {
    QFile file(path);
    if (file.open(QIODevice::WriteOnly)) file.write(content);
}

} // namespace

class RunsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_run_is_read_as_it_was_written() {
        const RunOnDisk disk(4, 50, [](DrawsTable& table, int chain) {
            if (chain == 2) table.columns[kDivergent][120] = table.columns[kDivergent][3] = 1;
        });
        const auto run = loadRun(disk.paths());
        QVERIFY(run);
        const RunDraws& draws = *run->draws;
        QCOMPARE(draws.names, (std::vector<std::string>{"lp__", "a", "b", "c[1,2]"}));
        QCOMPARE(draws.numChains(), 4);
        QCOMPARE(draws.numDraws(0), 150);
        QCOMPARE(draws.num_warm_up, 100);
        QCOMPARE(run->troubles.num_divergences, 1); // the other one was in warm-up
        QCOMPARE(draws.chains[2].diverged[120], 1);
        const auto table = readStanCsvFile(disk.paths()[3]);
        QCOMPARE(
            std::vector<double>(draws.values(3, 3).begin(), draws.values(3, 3).end()), table->columns[kC]);
        QCOMPARE(draws.chains[3].energies, table->columns[kEnergy]);
    }

    void a_folder_is_its_chains_in_the_order_of_their_numbers() {
        const RunOnDisk disk(11, 20);
        const auto run = loadRun({disk.folder.path().toStdString()});
        QVERIFY(run);
        QCOMPARE(run->files.size(), 11U);
        QVERIFY(QString::fromStdString(run->files[1]).endsWith(QStringLiteral("chain-2.csv")));
        QVERIFY(QString::fromStdString(run->files[10]).endsWith(QStringLiteral("chain-11.csv")));
    }

    void bad_files_are_refused_with_a_sentence_that_names_the_place_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const QByteArray& content, const char* what) {
            QTest::newRow(name) << content << QString::fromLatin1(what);
        };
        row("empty", "", "the file is empty");
        row("binary", QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16), "");
        row("only comments", "# model = x\n# method = sample\n", "no header and no draws");
        row("header alone", "lp__,a,b\n", "there are no draws after warm-up");
        row("no header", "1,2,3\n4,5,6\n", "line 1: the header is missing");
        row("twice", "a,a\n1,2\n", "names \"a\" twice");
        row("short row", "lp__,a\n1,2\n3\n4,5\n", "line 3: the row has 1 values, the header names 2");
        row("word", "lp__,a\n1,2\n3,four\n5,6\n", "line 3: \"four\" in column a is not a number");
        row("sampler only", "stepsize__,treedepth__\n1,2\n3,4\n", "no quantity");
        row("other columns", "lp__,z\n1,2\n3,4\n", "the column \"divergent__\" is missing");
    }
    void bad_files_are_refused_with_a_sentence_that_names_the_place() {
        QFETCH(QByteArray, content);
        QFETCH(QString, sentence);
        const RunOnDisk disk(1, 20);
        const QString bad = disk.folder.filePath(QStringLiteral("chain-2.csv"));
        write(bad, content);
        const bool needs_partner = QByteArray(QTest::currentDataTag()) == "other columns";
        const QStringList paths = needs_partner ? QStringList{disk.files.front(), bad} : QStringList{bad};
        OpenWindow open(paths);
        QTRY_VERIFY(open.window.message().isVisible());
        const QString text = open.window.message().message().text;
        QVERIFY2(text.contains(sentence), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("chain-2.csv")), qPrintable(text));
        QVERIFY(!open.window.desk().run());
    }

    void what_is_no_file_is_refused_too() {
        QTemporaryDir empty;
        QVERIFY(!loadRun({}));
        QVERIFY(!loadRun({"/nowhere/at/all.csv"}));
        QVERIFY(QString::fromStdString(loadRun({empty.path().toStdString()}).error().what)
                    .contains(QStringLiteral("no .csv files")));
    }

    void a_file_cut_off_in_its_last_row_is_read_and_the_user_is_told() {
        const RunOnDisk disk(2, 50);
        QFile file(disk.files[1]);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray content = file.readAll();
        const qsizetype tail = content.lastIndexOf("\n# \n#  Elapsed") < 0
            ? content.indexOf("\n#", content.size() / 2)
            : content.lastIndexOf("\n# \n#  Elapsed");
        if (tail > 0) content.truncate(tail);
        content.truncate(content.lastIndexOf(','));
        write(disk.files[1], content);
        OpenWindow open(disk.files);
        QVERIFY(open.isJudged());
        QVERIFY2(open.window.verdictText().contains(QStringLiteral("the last row is cut off")),
            qPrintable(open.window.verdictText()));
    }

    void the_worst_quantity_comes_first_in_table_and_plot() {
        const RunOnDisk disk(4, 400, [](DrawsTable& table, int chain) {
            for (double& x : table.columns[kC]) x += chain == 1 ? 8 : 0; // chains apart
            double walk = 0;
            for (double& x : table.columns[kB]) x = walk = 0.97 * walk + 0.1 * x; // sticky
        });
        OpenWindow open({disk.folder.path()});
        QVERIFY(open.isJudged());
        auto* const table = open.window.findChild<QTableWidget*>();
        QCOMPARE(table->item(0, 0)->text(), QStringLiteral("c[1,2]"));
        QCOMPARE(table->item(1, 0)->text(), QStringLiteral("b"));
        QVERIFY(table->item(0, 1)->text().contains(QStringLiteral("not yet")));
        QCOMPARE(open.window.plot().choice().quantities.front(), 3);
        QTRY_COMPARE(open.window.plot().pictures().front().title, QStringLiteral("c[1,2]"));
        QVERIFY(open.window.plot().pictures().front().badge.text.startsWith(QStringLiteral("R-hat")));
        QCOMPARE(open.window.plot().pictures().front().badge.verdict, Verdict::kNotYet);
        QVERIFY(open.window.verdictText().contains(QStringLiteral("c[1,2]")));
    }

    void a_run_that_is_fine_is_green() {
        const RunOnDisk disk(4, 1000);
        const auto run = loadRun(disk.paths());
        QVERIFY(run);
        QCOMPARE(summaryOfRun(*run).overall.light, Light::kGood);
    }

    void draws_that_are_no_numbers_are_never_green_and_have_no_rhat() {
        const RunOnDisk disk(4, 400, [](DrawsTable& table, int chain) {
            if (chain == 3) table.columns[kA][250] = kNan;
            if (chain == 0) table.columns[kB][250] = std::numeric_limits<double>::infinity();
        });
        OpenWindow open(disk.files);
        QVERIFY(open.isJudged());
        QVERIFY2(
            open.window.verdictText().contains(QStringLiteral("Not every draw is a finite number: a, b")),
            qPrintable(open.window.verdictText()));
        auto* const table = open.window.findChild<QTableWidget*>();
        QCOMPARE(table->item(0, 0)->text(), QStringLiteral("a"));
        QCOMPARE(table->item(0, 2)->text(), QStringLiteral("–"));
        QVERIFY(table->item(0, 1)->text().contains(QStringLiteral("not yet")));
        for (const PlotKind kind : {PlotKind::kRankEcdf, PlotKind::kDensity, PlotKind::kRunningMean,
                 PlotKind::kAutocorrelation, PlotKind::kEssGrowth})
            QVERIFY(open.pictures(kind).front().note.contains(QStringLiteral("finite")));
    }

    void constants_come_last_and_have_no_rhat() {
        const RunOnDisk disk(
            4, 400, [](DrawsTable& table, int) { std::ranges::fill(table.columns[kA], 3.5); });
        const auto run = loadRun(disk.paths());
        QVERIFY(run);
        const RunSummary summary = summaryOfRun(*run);
        QCOMPARE(summary.ranking.back(), 1);
        QVERIFY(std::isnan(summary.rows[1].rhat));
        QVERIFY(summary.verdicts[1] != Verdict::kGood);
        BandLevels levels;
        for (const PlotKind kind : {PlotKind::kRankEcdf, PlotKind::kDensity, PlotKind::kRunningMean,
                 PlotKind::kAutocorrelation, PlotKind::kEssGrowth})
            QVERIFY(runPictures(*run->draws, {kind, {1}}, {}, levels)
                        .front()
                        .note.contains(QStringLiteral("equal")));
    }

    void one_chain_is_never_green_and_ranks_say_why_they_are_missing() {
        const RunOnDisk disk(1, 4000);
        OpenWindow open(disk.files);
        QVERIFY(open.isJudged());
        QVERIFY(!open.window.verdictText().startsWith(QStringLiteral("●")));
        QVERIFY(open.window.verdictText().contains(QStringLiteral("one chain")));
        QVERIFY(open.pictures(PlotKind::kRankEcdf).front().note.contains(QStringLiteral("only one")));
        QVERIFY(open.pictures(PlotKind::kDensity).front().note.isEmpty());
    }

    void four_draws_are_too_early_for_everything_but_their_trace() {
        const RunOnDisk disk(4, 4);
        OpenWindow open(disk.files);
        QVERIFY(open.isJudged());
        QVERIFY(open.window.verdictText().startsWith(QStringLiteral("○")));
        QCOMPARE(open.pictures(PlotKind::kTrace).front().lines.size(), 4U);
        QVERIFY(open.pictures(PlotKind::kRankEcdf).front().note.contains(QStringLiteral("Too few")));
        QVERIFY(open.pictures(PlotKind::kEssGrowth).front().note.contains(QStringLiteral("Too few")));
    }

    void every_kind_of_plot_shows_a_sound_run() {
        const RunOnDisk disk(4, 300, [](DrawsTable& table, int chain) {
            if (chain == 1) table.columns[kDivergent][200] = 1;
        });
        OpenWindow open(disk.files);
        QVERIFY(open.isJudged());
        for (int i = 0; i < kNumPlotKinds; ++i) {
            const auto kind = static_cast<PlotKind>(i);
            const auto& pictures = open.pictures(kind);
            QVERIFY2(!pictures.empty(), qPrintable(plotKindName(kind)));
            for (const PlotPicture& picture : pictures) {
                QVERIFY2(picture.note.isEmpty(), qPrintable(plotKindName(kind) + picture.note));
                QVERIFY(!picture.lines.empty() || !picture.dots.empty());
                for (const PlotLine& line : picture.lines) QVERIFY(line.points.size() >= 12);
            }
            for (const char* format : {"png", "svg", "pdf", "csv"}) {
                const QString path =
                    disk.folder.filePath(QStringLiteral("plot.%1").arg(QLatin1String(format)));
                QVERIFY(static_cast<bool>(open.window.plot().exportTo(path)));
                QVERIFY(QFile(path).size() > 500);
            }
        }
        const auto& pairs = open.pictures(PlotKind::kPairs);
        const auto& dots = pairs.front().dots;
        QVERIFY(dots.back().is_alarm);
        QCOMPARE(dots.back().points.size(), 1U);
        // The draw that diverged, by its values.
        const RunDraws& draws = *open.window.desk().run()->draws;
        const auto chosen = open.window.plot().choice().quantities;
        QCOMPARE(dots.back().points.front(),
            (PlotPoint{draws.values(chosen[0], 1)[200], draws.values(chosen[1], 1)[200]}));
    }

    void a_chain_that_stands_apart_is_named_by_the_ranks() {
        const RunOnDisk disk(4, 400, [](DrawsTable& table, int chain) {
            for (double& x : table.columns[kA]) x += chain == 2 ? 1 : 0;
        });
        const auto run = loadRun(disk.paths());
        QVERIFY(run);
        BandLevels levels;
        const auto pictures = runPictures(*run->draws, {PlotKind::kRankEcdf, {1, 2}}, {}, levels);
        QCOMPARE(pictures[0].badge.text, QStringLiteral("chain 3 outside"));
        QCOMPARE(pictures[0].badge.verdict, Verdict::kNotYet);
        QCOMPARE(pictures[1].badge.text, QStringLiteral("all inside"));
        QCOMPARE(pictures[1].badge.verdict, Verdict::kGood);
    }

    void the_window_is_used_by_keyboard() {
        const RunOnDisk disk(4, 100);
        OpenWindow open(disk.files);
        QVERIFY(open.isJudged());
        QSignalSpy made(&open.window.desk().picturing(), &Picturing::made);
        QTest::keyClick(&open.window, Qt::Key_3, Qt::AltModifier);
        QCOMPARE(open.window.plot().kind(), PlotKind::kDensity);
        QVERIFY(made.wait(20'000));
        QTest::keyClick(&open.window, Qt::Key_F, Qt::ControlModifier);
        auto* const filter = open.window.findChild<QLineEdit*>();
        QTRY_COMPARE(QApplication::focusWidget(), filter);
        QTest::keyClicks(filter, QStringLiteral("c["));
        auto* const table = open.window.findChild<QTableWidget*>();
        QCOMPARE(table->rowCount(), 1);
        table->setFocus();
        table->setCurrentCell(0, 0);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(open.window.plot().choice().quantities, std::vector<int>{3});
        QTest::keyClick(table, Qt::Key_Escape);
        QVERIFY(!open.window.plot().quantity());
        // Another run in the same files, read with F5.
        const RunOnDisk longer(1, 321);
        QVERIFY(QFile::remove(disk.files[0]) && QFile::copy(longer.files[0], disk.files[0]));
        QTest::keyClick(&open.window, Qt::Key_F5);
        QTRY_COMPARE(open.window.desk().run()->draws->numDraws(0), 421);
    }

    void many_quantities_are_summarised_and_only_the_worst_are_listed() {
        QTemporaryDir folder;
        QStringList files;
        for (int chain = 0; chain < 2; ++chain) {
            Rng rng = rngFor(1, static_cast<std::uint64_t>(chain), 0);
            DrawsTable table;
            for (int i = 0; i < 1500; ++i) {
                table.names.push_back("x[" + std::to_string(i + 1) + "]");
                auto& column = table.columns.emplace_back();
                for (int draw = 0; draw < 60; ++draw)
                    column.push_back(rng.normal() + (i == 777 ? 9 * chain : 0));
            }
            files << folder.filePath(QString::number(chain) + QStringLiteral(".csv"));
            QVERIFY(static_cast<bool>(writeStanCsv(files.back().toStdString(), table)));
        }
        OpenWindow open(files);
        QVERIFY2(
            open.isJudged(), qPrintable(open.window.verdictText() + open.window.message().message().text));
        auto* const table = open.window.findChild<QTableWidget*>();
        QCOMPARE(table->rowCount(), 200);
        QCOMPARE(table->item(0, 0)->text(), QStringLiteral("x[778]"));
        open.window.findChild<QLineEdit*>()->setText(QStringLiteral("x[1499]"));
        QCOMPARE(table->rowCount(), 1);
    }

    void the_studio_opens_runs_and_speaks_the_users_language() {
        const RunOnDisk disk(4, 400, [](DrawsTable& table, int chain) {
            for (double& x : table.columns[kA]) x += 5 * chain;
            table.columns[kDivergent][300] = 1;
        });
        Sandbox sandbox;
        Studio studio;
        studio.leaveSilently();
        QVERIFY(Studio::isRun(disk.folder.path()) && Studio::isRun(disk.files[0]));
        QVERIFY(!Studio::isRun(QStringLiteral("piece.mid")));
        studio.open({disk.folder.path()});
        const auto window = [] {
            for (QWidget* widget : QApplication::topLevelWidgets())
                if (auto* const run = qobject_cast<RunWindow*>(widget)) return run;
            return static_cast<RunWindow*>(nullptr);
        };
        QTRY_VERIFY(window());
        QTRY_VERIFY_WITH_TIMEOUT(window()->isJudged(), 20'000);
        QVERIFY(window()->verdictText().contains(QStringLiteral("do not agree yet")));
        studio.setLanguage(QStringLiteral("de"));
        QTRY_VERIFY_WITH_TIMEOUT(window()->isJudged(), 20'000);
        const QString text = window()->verdictText();
        QVERIFY2(text.contains(QStringLiteral("stimmen noch nicht überein")), qPrintable(text));
        // No sentence of the engine is left in English.
        for (const char* word : {"The ", "draw", "longer", "transition", "below"})
            QVERIFY2(!text.contains(QLatin1String(word)), qPrintable(text));
        delete window();
    }

    void traces_that_grow_are_judged_to_the_last_draw_once_they_rest() {
        Diagnosing diagnosing;
        QSignalSpy judged(&diagnosing, &Diagnosing::judged);
        Diagnosis last;
        connect(&diagnosing, &Diagnosing::judged, this, [&](const Diagnosis& news) { last = news; });
        Rng rng(8);
        std::vector<std::vector<PieceSummary>> kept(4);
        constexpr int kBatches = 60, kBatch = 200, kWarmUp = 100;
        diagnosing.start();
        for (int batch = 0; batch < kBatches; ++batch) {
            std::vector<TracePoint> points;
            for (int chain = 0; chain < 4; ++chain)
                for (int i = 0; i < kBatch; ++i) {
                    const int draw = batch * kBatch + i;
                    const PieceSummary summary{
                        rng.normal(), 60 + rng.normal(), 2 + rng.normal(), rng.normal()};
                    points.push_back({chain, draw, draw < kWarmUp, summary});
                    if (draw >= kWarmUp) kept[static_cast<std::size_t>(chain)].push_back(summary);
                }
            diagnosing.add(points);
            QTest::qWait(1);
        }
        const int num_kept = 4 * (kBatches * kBatch - kWarmUp);
        QTRY_COMPARE(last.num_draws, num_kept);
        const Diagnosis expected = diagnosisOf(kept);
        QCOMPARE(expected.num_draws, num_kept);
        for (std::size_t i = 0; i < kNumQuantities; ++i) {
            QCOMPARE(last.rows[i].rhat, expected.rows[i].rhat);
            QCOMPARE(last.rows[i].ess_tail, expected.rows[i].ess_tail);
            QCOMPARE(last.rows[i].mcse_mean, expected.rows[i].mcse_mean);
        }
        QCOMPARE(last.verdict, expected.verdict);
        QCOMPARE(diagnosing.numChains(), 4);
        // Another run knows nothing of this one.
        judged.clear();
        diagnosing.start();
        diagnosing.add({{0, 0, false, {1, 2, 3, 4}}});
        QTRY_VERIFY(!judged.isEmpty());
        QCOMPARE(last.num_draws, 1);
        QCOMPARE(last.num_chains, 1);
    }
};

QTEST_MAIN(RunsTest)
#include "runs_test.moc"
