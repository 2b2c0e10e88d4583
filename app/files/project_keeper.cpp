#include "app/files/project_keeper.h"

#include <QMetaObject>

#include <future>
#include <utility>

namespace chainsong {

ProjectKeeper::ProjectKeeper(QObject* parent)
    : QObject(parent)
    , m_worker("keeper") { }

ProjectKeeper::~ProjectKeeper() { flush(); }

void ProjectKeeper::keepIn(ProjectFile file) {
    m_is_open = true;
    m_worker.append(
        [this, next = std::make_shared<ProjectFile>(std::move(file))](std::stop_token) { m_file = next; });
}

void ProjectKeeper::close() {
    m_is_open = false;
    m_worker.append([this](std::stop_token) { m_file.reset(); });
}

void ProjectKeeper::record(ProjectContent content, std::string name, bool merges) {
    if (!m_is_open) return;
    {
        const std::lock_guard lock(m_mutex);
        if (merges && !m_waiting.empty()) {
            m_waiting.back() = {std::move(content), std::move(name)};
            return;
        }
        m_waiting.push_back({std::move(content), std::move(name)});
    }
    m_worker.append([this](std::stop_token) { writeNext(); });
}

/// Runs on the keeper thread.
void ProjectKeeper::writeNext() {
    Entry entry;
    {
        const std::lock_guard lock(m_mutex);
        if (m_waiting.empty()) return;
        entry = std::move(m_waiting.front());
        m_waiting.pop_front();
    }
    if (!m_file) return;
    const Status status = m_file->record(entry.content, entry.name);
    if (status) return;
    QMetaObject::invokeMethod(
        this, [this, error = status.error()] { Q_EMIT failed(error); }, Qt::QueuedConnection);
}

void ProjectKeeper::flush() {
    std::promise<void> done;
    m_worker.append([&](std::stop_token) { done.set_value(); });
    done.get_future().wait();
}

Status ProjectKeeper::saveAs(const std::string& path) {
    std::promise<Status> done;
    m_worker.append([&](std::stop_token) {
        done.set_value(m_file ? m_file->saveAs(path) : Status(Error{"there is nothing to save", path}));
    });
    return done.get_future().get();
}

} // namespace chainsong
