#pragma once

#include <QObject>
#include <QStringList>

#include <memory>
#include <optional>
#include <stop_token>

#include "app/runs/run_pictures.h"
#include "engine/jobs/worker.h"

namespace chainsong {

/// Makes plots on a thread of its own, one at a time; of wishes that wait only the newest counts.
class Picturing final : public QObject {
    Q_OBJECT
public:
    explicit Picturing(QObject* parent = nullptr);
    ~Picturing() override;

    /// The run must not change any more: hand over a copy of one that grows.
    void make(std::shared_ptr<const RunDraws> run, PlotChoice choice, QStringList titles = {});
    bool isBusy() const { return m_is_busy; }

Q_SIGNALS:
    void made(const chainsong::PlotChoice& choice, const std::vector<chainsong::PlotPicture>& pictures);

private:
    struct Wish {
        std::shared_ptr<const RunDraws> run;
        PlotChoice choice;
        QStringList titles;
    };
    void begin(Wish wish);

    std::optional<Wish> m_waiting;
    PlotChoice m_current;
    std::stop_source m_stop; // of what is being made
    bool m_is_busy = false;
    std::shared_ptr<BandLevels> m_levels; // the worker's
    Worker m_worker; // last: its thread ends first
};

} // namespace chainsong
