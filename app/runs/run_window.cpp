#include "app/runs/run_window.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "app/words/engine_words.h"
#include "widgets/diagnostics_table/diagnostics_table.h"
#include "widgets/message_bar/message_bar.h"
#include "widgets/plots/run_plot.h"
#include "widgets/theme/theme.h"

namespace chainsong {
namespace {

constexpr QSize kDefaultSize(1180, 760);
constexpr double kMostOfTable = 0.46; // of the window's width; the plots take the rest
constexpr std::size_t kMostRows = 200; // of the table; the filter finds the others
constexpr std::size_t kMostWarnings = 3;

Verdict lightAsVerdict(Light light) {
    switch (light) {
    case Light::kGood: return Verdict::kGood;
    case Light::kKeepGoing: return Verdict::kKeepGoing;
    case Light::kNotYet: return Verdict::kNotYet;
    case Light::kTooEarly: break;
    }
    return Verdict::kTooEarly;
}

QString rhatText(double rhat) {
    return std::isfinite(rhat) ? QLocale().toString(rhat, 'f', 3)
        : std::isinf(rhat)     ? QStringLiteral("∞")
                               : QStringLiteral("–");
}

} // namespace

RunWindow::RunWindow(const QStringList& paths)
    : QWidget(nullptr, Qt::Window)
    , m_verdict(new QLabel(this))
    , m_warnings(new QLabel(this))
    , m_about(new QLabel(this))
    , m_filter(new QLineEdit(this))
    , m_message(new MessageBar(this))
    , m_table(new DiagnosticsTable(this))
    , m_plot(new RunPlot(this))
    , m_sides(new QSplitter(Qt::Horizontal, this)) {
    setObjectName(QStringLiteral("run"));
    setWindowTitle(tr("%1 – sampler run").arg(QFileInfo(paths.value(0)).fileName()));
    resize(kDefaultSize);
    build();
    connect(&m_desk, &RunDesk::loaded, this, &RunWindow::showLoaded);
    connect(&m_desk, &RunDesk::failed, this, &RunWindow::showFailure);
    connect(&m_desk, &RunDesk::judged, this, &RunWindow::showSummary);
    connect(&m_desk.picturing(), &Picturing::made, m_plot, &RunPlot::showPictures);
    connect(m_plot, &RunPlot::choiceChanged, this, &RunWindow::wantPictures);
    connect(m_plot, &RunPlot::saveRequested, this, &RunWindow::askAndSave);
    connect(m_table, &DiagnosticsTable::rowChosen, this, &RunWindow::choose);
    connect(m_filter, &QLineEdit::textChanged, this, &RunWindow::showTable);
    m_verdict->setText(tr("Reading…"));
    m_desk.open(paths);
}

RunWindow::~RunWindow() = default;

void RunWindow::build() {
    QFont large = m_verdict->font();
    large.setPointSizeF(large.pointSizeF() * 1.2);
    large.setBold(true);
    m_verdict->setFont(large);
    for (QLabel* label : {m_verdict, m_warnings, m_about}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setTextFormat(Qt::PlainText); // files name quantities as they like
    }
    m_verdict->setAccessibleName(tr("Verdict"));
    m_about->setProperty("muted", true);
    m_filter->setPlaceholderText(tr("Find a quantity"));
    m_filter->setAccessibleName(tr("Find a quantity"));
    m_filter->setClearButtonEnabled(true);
    m_table->setSentenceShown(false);

    auto* const left = new QWidget(this);
    auto* const list = new QVBoxLayout(left);
    list->setContentsMargins(0, 0, 0, 0);
    list->addWidget(m_filter);
    list->addWidget(m_table, 1);
    m_sides->addWidget(left);
    m_sides->addWidget(m_plot);
    m_sides->setStretchFactor(0, 0);
    m_sides->setStretchFactor(1, 1);
    m_sides->setChildrenCollapsible(false);
    connect(m_sides, &QSplitter::splitterMoved, this, [this] { m_is_split_by_hand = true; });

    auto* const again = new QPushButton(tr("Read again"), this);
    again->setToolTip(tr("Read the files anew (F5)"));
    connect(again, &QPushButton::clicked, this, [this] { m_desk.open(m_desk.paths()); });
    auto* const foot = new QHBoxLayout;
    foot->addWidget(m_about, 1);
    foot->addWidget(again);

    auto* const all = new QVBoxLayout(this);
    all->setContentsMargins(12, 10, 12, 10);
    all->addWidget(m_message);
    all->addWidget(m_verdict);
    all->addWidget(m_warnings);
    all->addWidget(m_sides, 1);
    all->addLayout(foot);
    m_message->hide();
    m_warnings->hide();

    const auto key = [this](const QKeySequence& keys, auto run) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, run);
    };
    key(QKeySequence::Close, [this] { close(); });
    key(Qt::Key_F5, [this] { m_desk.open(m_desk.paths()); });
    key(QKeySequence::Save, [this] { askAndSave(); });
    key(QKeySequence::Find, [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
    for (int i = 0; i < kNumPlotKinds; ++i)
        key(QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + i)),
            [this, i] { m_plot->setKind(static_cast<PlotKind>(i)); });
    setTabOrder(m_filter, m_table);
    setTabOrder(m_table, m_plot);
}

void RunWindow::showLoaded() {
    const LoadedRun& run = *m_desk.run();
    m_message->dismiss();
    m_summary = std::make_shared<RunSummary>();
    m_plot->showRun(run.draws);
    const int num_kept = run.draws->longestChain() - run.draws->num_warm_up;
    QStringList about{
        tr("%n chain(s)", nullptr, run.draws->numChains()), tr("%n draw(s) each", nullptr, num_kept)};
    if (run.draws->num_warm_up > 0) about << tr("%n of warm-up before them", nullptr, run.draws->num_warm_up);
    about << tr("%n quantity(-ies)", nullptr, run.draws->numQuantities());
    m_about->setText(about.join(QStringLiteral(" · ")));
    QStringList files;
    for (const std::string& file : run.files) files << QString::fromStdString(file);
    m_about->setToolTip(files.join(QLatin1Char('\n')));
    showVerdict();
}

void RunWindow::showFailure(const Error& error) {
    m_verdict->setText(m_desk.run() ? m_verdict_text : tr("This run cannot be read"));
    m_message->showMessage({.kind = MessageKind::kProblem,
        .text = engineText(error.what) + QStringLiteral("  —  ") + QString::fromStdString(error.where)});
}

bool RunWindow::isJudged() const {
    const LoadedRun* const run = m_desk.run();
    return run != nullptr && static_cast<int>(m_summary->rows.size()) == run->draws->numQuantities();
}

void RunWindow::showSummary(const std::shared_ptr<const RunSummary>& summary) {
    m_summary = summary;
    std::vector<int> ranking = summary->ranking;
    for (int rest = static_cast<int>(ranking.size()); rest < m_desk.run()->draws->numQuantities(); ++rest)
        ranking.push_back(rest);
    m_plot->showBadges([this](int quantity) {
        const auto at = static_cast<std::size_t>(quantity);
        if (at >= m_summary->rows.size()) return PlotBadge{};
        return PlotBadge{
            QStringLiteral("R-hat %1").arg(rhatText(m_summary->rows[at].rhat)), m_summary->verdicts[at]};
    });
    m_plot->showRanking(std::move(ranking));
    showVerdict();
    showTable();
}

void RunWindow::showVerdict() {
    if (!m_desk.run()) return;
    const Verdict verdict = isJudged() ? lightAsVerdict(m_summary->overall.light) : Verdict::kTooEarly;
    const QString sentence = isJudged() ? engineText(m_summary->overall.sentence)
                                        : tr("Judging: %1 of %2 quantities")
                                              .arg(m_summary->rows.size())
                                              .arg(m_desk.run()->draws->numQuantities());
    m_verdict_text = verdictShape(verdict) + QLatin1Char(' ') + sentence;
    m_verdict->setText(m_verdict_text);
    m_verdict->setStyleSheet(
        QStringLiteral("color: %1").arg(verdictColor(verdict, themeOf(palette())).name()));
    QStringList warnings;
    if (isJudged())
        for (const std::string& warning : m_summary->overall.warnings) warnings << engineText(warning);
    for (const std::string& notice : m_desk.run()->notices) warnings << engineText(notice);
    const QString all = warnings.join(QLatin1Char('\n'));
    m_warnings->setText(warnings.mid(0, kMostWarnings).join(QLatin1Char('\n')));
    m_warnings->setToolTip(warnings.size() > static_cast<qsizetype>(kMostWarnings) ? all : QString());
    m_warnings->setVisible(!warnings.isEmpty());
}

QString RunWindow::verdictText() const { return m_verdict->text() + QLatin1Char('\n') + m_warnings->text(); }

void RunWindow::showTable() {
    const QString wanted = m_filter->text().trimmed();
    std::vector<DiagnosticRow> rows;
    for (const int quantity : m_summary->ranking) {
        const auto at = static_cast<std::size_t>(quantity);
        const SummaryRow& row = m_summary->rows[at];
        const QString name = QString::fromStdString(row.name);
        if (!wanted.isEmpty() && !name.contains(wanted, Qt::CaseInsensitive)) continue;
        rows.push_back({.name = name,
            .mean = row.mean,
            .sd = row.sd,
            .mcse = row.mcse_mean,
            .ess_bulk = row.ess_bulk,
            .ess_tail = row.ess_tail,
            .rhat = row.rhat,
            .verdict = m_summary->verdicts[at]});
        if (rows.size() == kMostRows) break;
    }
    m_table->showRanked(std::move(rows));
    divide();
}

void RunWindow::wantPictures() {
    if (m_desk.run() && m_plot->kind() != PlotKind::kTrace)
        m_desk.picturing().make(m_desk.run()->draws, m_plot->choice());
}

/// As much for the table as it can use, but most of the window for the plots, until the user decides.
void RunWindow::divide() {
    if (m_is_split_by_hand) return;
    const int most = static_cast<int>(kMostOfTable * width());
    const int table = std::clamp(m_table->neededWidth(), std::min(300, most), most);
    m_sides->setSizes({table, std::max(1, m_sides->width() - table)});
}

void RunWindow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    divide();
}

void RunWindow::choose(const QString& name) {
    const auto& names = m_desk.run()->draws->names;
    const auto found = std::ranges::find(names, name.toStdString());
    if (found != names.end()) m_plot->setQuantity(static_cast<int>(found - names.begin()));
}

void RunWindow::askAndSave() {
    const QString proposal =
        QFileInfo(m_desk.paths().value(0)).absoluteDir().filePath(QStringLiteral("plot.png"));
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save the plot"), proposal, tr("Pictures (*.png *.svg *.pdf);;Table of the data (*.csv)"));
    if (path.isEmpty()) return;
    const Status status = m_plot->exportTo(path);
    m_message->showMessage(status
            ? Message{.kind = MessageKind::kGood, .text = tr("Saved as %1.").arg(QFileInfo(path).fileName())}
            : Message{.kind = MessageKind::kProblem, .text = engineText(sentence(status.error()))});
}

void RunWindow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        if (m_plot->quantity())
            m_plot->showWorst();
        else
            m_filter->clear();
        return;
    }
    QWidget::keyPressEvent(event);
}

void RunWindow::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_verdict) showVerdict();
}

} // namespace chainsong
