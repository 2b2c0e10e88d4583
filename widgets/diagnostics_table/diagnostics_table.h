#pragma once

#include <QString>
#include <QWidget>

#include <vector>

#include "widgets/theme/verdict.h"

class QLabel;
class QTableWidget;

namespace chainsong {

/// One quantity and how well it is known. NaN is shown as a dash.
struct DiagnosticRow {
    QString name;
    double mean = 0;
    double sd = 0;
    double mcse = 0;
    double ess_bulk = 0;
    double ess_tail = 0;
    double rhat = 0;
    Verdict verdict = Verdict::kTooEarly;
};

/// Summaries of the draws, the worst first, with one sentence of comfort or warning above them.
class DiagnosticsTable final : public QWidget {
    Q_OBJECT
public:
    explicit DiagnosticsTable(QWidget* parent = nullptr);
    /// The worst first.
    void showRows(std::vector<DiagnosticRow> rows);
    /// In the order given.
    void showRanked(std::vector<DiagnosticRow> rows);
    void setSentenceShown(bool is_shown);
    int numRows() const;
    /// In which every column can be read.
    int neededWidth() const;

Q_SIGNALS:
    void rowChosen(const QString& name);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void setHeaders();
    void fill();
    void stretchLast();
    QString sentence() const;

    std::vector<DiagnosticRow> m_rows;
    QLabel* m_sentence = nullptr;
    QTableWidget* m_table = nullptr;
    int m_last_width = 0; // that its contents ask for
};

} // namespace chainsong
