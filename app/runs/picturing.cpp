#include "app/runs/picturing.h"

#include <QMetaObject>

#include <utility>

namespace chainsong {

Picturing::Picturing(QObject* parent)
    : QObject(parent)
    , m_levels(std::make_shared<BandLevels>())
    , m_worker("plots") { }

Picturing::~Picturing() { m_stop.request_stop(); }

void Picturing::make(std::shared_ptr<const RunDraws> run, PlotChoice choice, QStringList titles) {
    Wish wish{std::move(run), std::move(choice), std::move(titles)};
    if (!m_is_busy) return begin(std::move(wish));
    // What nobody looks at any more need not be finished; the same plot of more draws must be, once.
    if (!(wish.choice == m_current)) m_stop.request_stop();
    m_waiting = std::move(wish);
}

void Picturing::begin(Wish wish) {
    m_is_busy = true;
    m_current = wish.choice;
    m_stop = std::stop_source();
    m_worker.append(
        [this, levels = m_levels, stop = m_stop.get_token(), wish = std::move(wish)](std::stop_token) {
            auto pictures = runPictures(*wish.run, wish.choice, wish.titles, *levels, stop);
            QMetaObject::invokeMethod(
                this,
                [this, choice = wish.choice, pictures = std::move(pictures)] {
                    m_is_busy = false;
                    if (m_waiting) begin(*std::exchange(m_waiting, std::nullopt));
                    Q_EMIT made(choice, pictures);
                },
                Qt::QueuedConnection);
        });
}

} // namespace chainsong
