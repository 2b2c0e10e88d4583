#pragma once

#include <QWidget>

#include "app/runs/run_desk.h"

class QKeyEvent;
class QLabel;
class QLineEdit;
class QSplitter;

namespace chainsong {

class DiagnosticsTable;
class MessageBar;
class RunPlot;

/// A window of its own for a sampler's run from files: the verdict in words, every quantity with the worst
/// first, and its plots.
class RunWindow final : public QWidget {
    Q_OBJECT
public:
    /// Files, or folders of files, of one run.
    explicit RunWindow(const QStringList& paths);
    ~RunWindow() override;

    RunDesk& desk() { return m_desk; }
    RunPlot& plot() const { return *m_plot; }
    DiagnosticsTable& table() const { return *m_table; }
    MessageBar& message() const { return *m_message; }
    /// The verdict and the warnings as they are shown, without markup.
    QString verdictText() const;
    /// True once every quantity is judged.
    bool isJudged() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void showLoaded();
    void showFailure(const Error& error);
    void showSummary(const std::shared_ptr<const RunSummary>& summary);
    void showVerdict();
    void showTable();
    void wantPictures();
    void divide();
    void choose(const QString& name);
    void askAndSave();

    RunDesk m_desk;
    std::shared_ptr<const RunSummary> m_summary = std::make_shared<RunSummary>();
    QString m_verdict_text;
    QLabel* m_verdict = nullptr;
    QLabel* m_warnings = nullptr;
    QLabel* m_about = nullptr;
    QLineEdit* m_filter = nullptr;
    MessageBar* m_message = nullptr;
    DiagnosticsTable* m_table = nullptr;
    RunPlot* m_plot = nullptr;
    QSplitter* m_sides = nullptr;
    bool m_is_split_by_hand = false;
};

} // namespace chainsong
