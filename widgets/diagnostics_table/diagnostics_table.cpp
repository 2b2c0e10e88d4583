#include "widgets/diagnostics_table/diagnostics_table.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QScrollBar>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

enum Column { kName, kVerdict, kRhat, kEssBulk, kEssTail, kMean, kSd, kMcse, kNumColumns };

constexpr int kLastColumn = kNumColumns - 1;
constexpr int kRowsToFit = 60;

int badness(Verdict verdict) {
    switch (verdict) {
    case Verdict::kNotYet: return 3;
    case Verdict::kKeepGoing: return 2;
    case Verdict::kTooEarly: return 1;
    case Verdict::kGood: break;
    }
    return 0;
}

QString number(double value, int digits) {
    return std::isfinite(value) ? QLocale().toString(value, 'g', digits) : QStringLiteral("–");
}
QString whole(double value) {
    return std::isfinite(value) ? QLocale().toString(std::round(value), 'f', 0) : QStringLiteral("–");
}

} // namespace

DiagnosticsTable::DiagnosticsTable(QWidget* parent)
    : QWidget(parent) {
    m_sentence = new QLabel(this);
    m_sentence->setWordWrap(true);
    m_sentence->setContentsMargins(10, 6, 10, 6);
    m_table = new QTableWidget(0, kNumColumns, this);
    m_table->setAccessibleName(tr("Diagnostics"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(26);
    m_table->horizontalHeader()->setHighlightSections(false);
    setHeaders();
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(m_sentence);
    all->addWidget(m_table, 1);
    connect(m_table, &QTableWidget::cellClicked, this,
        [this](int row, int) { Q_EMIT rowChosen(m_rows[static_cast<std::size_t>(row)].name); });
    connect(m_table, &QTableWidget::cellActivated, this,
        [this](int row, int) { Q_EMIT rowChosen(m_rows[static_cast<std::size_t>(row)].name); });
    fill();
}

void DiagnosticsTable::setHeaders() {
    const std::pair<QString, QString> headers[] = {
        {tr("Quantity"), tr("What is being estimated; click a row to see its trace.")},
        {tr("Verdict"), tr("● good, ▲ keep going, ■ not yet, ○ too early to say.")},
        {tr("Agreement"), tr("R-hat: 1 when all chains tell the same story; below 1.01 is good.")},
        {tr("Takes"),
            tr("ESS, bulk: so many independent draws would know the middle equally well; wish for 100 a "
               "chain.")},
        {tr("Tail takes"), tr("ESS, tail: the same for the rare, extreme values.")},
        {tr("Mean"), tr("The average over all draws that count.")},
        {tr("SD"), tr("Standard deviation: how far the draws spread around the mean.")},
        {tr("MCSE"),
            tr("Monte Carlo standard error: how far the mean may be off because the run was finite.")},
    };
    for (int column = 0; column < kNumColumns; ++column) {
        auto* item = new QTableWidgetItem(headers[column].first);
        item->setToolTip(headers[column].second);
        item->setTextAlignment(column == kName || column == kVerdict ? Qt::AlignLeft | Qt::AlignVCenter
                                                                     : Qt::AlignRight | Qt::AlignVCenter);
        m_table->setHorizontalHeaderItem(column, item);
    }
    // Fitted once a filling, not after every item.
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    m_table->horizontalHeader()->setResizeContentsPrecision(kRowsToFit);
}

void DiagnosticsTable::showRows(std::vector<DiagnosticRow> rows) {
    std::ranges::stable_sort(rows, [](const DiagnosticRow& a, const DiagnosticRow& b) {
        if (a.verdict != b.verdict) return badness(a.verdict) > badness(b.verdict);
        return (std::isfinite(a.rhat) ? a.rhat : 1e9) > (std::isfinite(b.rhat) ? b.rhat : 1e9);
    });
    showRanked(std::move(rows));
}

void DiagnosticsTable::showRanked(std::vector<DiagnosticRow> rows) {
    m_rows = std::move(rows);
    fill();
}

void DiagnosticsTable::setSentenceShown(bool is_shown) { m_sentence->setVisible(is_shown); }

int DiagnosticsTable::numRows() const { return m_table->rowCount(); }

int DiagnosticsTable::neededWidth() const {
    const QHeaderView& header = *m_table->horizontalHeader();
    int width = 2 * m_table->frameWidth() + m_table->verticalScrollBar()->sizeHint().width();
    for (int column = 0; column < kLastColumn; ++column) width += header.sectionSize(column);
    return width + m_last_width;
}

/// The last column takes what the others leave. (A header's own way keeps the width of a wider window.)
void DiagnosticsTable::stretchLast() {
    QHeaderView& header = *m_table->horizontalHeader();
    int room = m_table->viewport()->width();
    for (int column = 0; column < kLastColumn; ++column) room -= header.sectionSize(column);
    header.resizeSection(kLastColumn, std::max(room, m_last_width));
}

void DiagnosticsTable::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    stretchLast();
}

QString DiagnosticsTable::sentence() const {
    if (m_rows.empty()) return tr("Nothing has been sampled yet.");
    const auto num_of = [&](Verdict verdict) {
        return static_cast<int>(std::ranges::count(m_rows, verdict, &DiagnosticRow::verdict));
    };
    if (num_of(Verdict::kGood) == static_cast<int>(m_rows.size()))
        return tr("All chains tell the same story.");
    if (num_of(Verdict::kNotYet) > 0)
        return tr("The chains do not agree on “%1” yet. Run longer, or loosen the wishes.")
            .arg(m_rows.front().name.toHtmlEscaped());
    if (num_of(Verdict::kKeepGoing) > 0) return tr("Nearly there: a longer run will settle it.");
    return tr("Too early to say: more draws are needed.");
}

void DiagnosticsTable::fill() {
    const Theme theme = themeOf(palette());
    const Verdict worst = m_rows.empty() ? Verdict::kTooEarly : m_rows.front().verdict;
    m_sentence->setText(QStringLiteral("<span style=\"color:%1\">%2</span> %3")
                            .arg(verdictColor(worst, theme).name(), verdictShape(worst), sentence()));
    m_table->setRowCount(static_cast<int>(m_rows.size()));
    for (int row = 0; row < static_cast<int>(m_rows.size()); ++row) {
        const DiagnosticRow& shown = m_rows[static_cast<std::size_t>(row)];
        const QString texts[] = {shown.name,
            verdictShape(shown.verdict) + QLatin1Char(' ') + verdictWord(shown.verdict),
            std::isfinite(shown.rhat) ? QLocale().toString(shown.rhat, 'f', 3) : QStringLiteral("–"),
            whole(shown.ess_bulk), whole(shown.ess_tail), number(shown.mean, 4), number(shown.sd, 3),
            number(shown.mcse, 2)};
        for (int column = 0; column < kNumColumns; ++column) {
            auto* item = new QTableWidgetItem(texts[column]);
            item->setTextAlignment(column == kName || column == kVerdict ? Qt::AlignLeft | Qt::AlignVCenter
                                                                         : Qt::AlignRight | Qt::AlignVCenter);
            item->setToolTip(m_table->horizontalHeaderItem(column)->toolTip());
            if (column == kVerdict) item->setForeground(verdictColor(shown.verdict, theme));
            m_table->setItem(row, column, item);
        }
    }
    m_table->resizeColumnsToContents();
    m_last_width = m_table->columnWidth(kLastColumn);
    stretchLast();
}

void DiagnosticsTable::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_table) fill();
}

} // namespace chainsong
