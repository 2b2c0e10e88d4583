#pragma once

#include <QObject>
#include <QStringList>

#include <memory>

#include "app/runs/loaded_run.h"
#include "app/runs/picturing.h"
#include "app/runs/run_summary.h"
#include "engine/jobs/worker.h"

namespace chainsong {

/// Reads a sampler's run and judges it, quantity by quantity, on a thread of its own; makes its plots on
/// another.
class RunDesk final : public QObject {
    Q_OBJECT
public:
    explicit RunDesk(QObject* parent = nullptr);
    ~RunDesk() override;

    /// Files, or folders of files, of one run.
    void open(const QStringList& paths);
    const QStringList& paths() const { return m_paths; }
    /// Nothing before loaded().
    const LoadedRun* run() const { return m_run.get(); }
    Picturing& picturing() { return m_picturing; }

Q_SIGNALS:
    void loaded();
    void failed(const chainsong::Error& error);
    /// Twice a second while quantities are judged, and at the end with all of them.
    void judged(const std::shared_ptr<const chainsong::RunSummary>& summary);

private:
    QStringList m_paths;
    std::shared_ptr<const LoadedRun> m_run;
    int m_number = 0; // what an earlier reading posts is dropped
    Picturing m_picturing;
    Worker m_worker; // last: its thread ends first
};

} // namespace chainsong
