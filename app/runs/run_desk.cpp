#include "app/runs/run_desk.h"

#include <QMetaObject>

#include <chrono>
#include <utility>

namespace chainsong {
namespace {

constexpr std::chrono::milliseconds kBetweenNews{500};

} // namespace

RunDesk::RunDesk(QObject* parent)
    : QObject(parent)
    , m_worker("run") { }

RunDesk::~RunDesk() = default;

void RunDesk::open(const QStringList& paths) {
    m_paths = paths;
    std::vector<std::string> files;
    for (const QString& path : paths) files.push_back(path.toStdString());
    m_worker.replace([this, number = ++m_number, files = std::move(files)](std::stop_token stop) {
        auto loaded = loadRun(files, stop);
        const auto tell = [&](auto news) {
            QMetaObject::invokeMethod(
                this,
                [this, number, news = std::move(news)] {
                    if (number == m_number) news();
                },
                Qt::QueuedConnection);
        };
        if (stop.stop_requested()) return;
        if (!loaded) return tell([this, error = loaded.error()] { Q_EMIT failed(error); });
        const auto run = std::make_shared<const LoadedRun>(*std::move(loaded));
        tell([this, run] {
            m_run = run;
            Q_EMIT this->loaded();
        });
        RunSummary summary;
        const auto tellSummary = [&] {
            conclude(*run, summary);
            tell([this, news = std::make_shared<const RunSummary>(summary)] { Q_EMIT judged(news); });
        };
        QuantityJudge judge;
        auto last_news = std::chrono::steady_clock::now();
        while (judgeNext(*run, summary, judge)) {
            if (stop.stop_requested()) return;
            if (std::chrono::steady_clock::now() - last_news < kBetweenNews) continue;
            tellSummary();
            last_news = std::chrono::steady_clock::now();
        }
        tellSummary();
    });
}

} // namespace chainsong
