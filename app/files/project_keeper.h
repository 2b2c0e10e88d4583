#pragma once

#include <QObject>
#include <QString>

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "engine/io/project_file.h"
#include "engine/jobs/worker.h"

namespace chainsong {

/// Writes every step of a document into its project file, on the *keeper* thread: the window never waits for
/// the disk, and a crash loses at most the step in flight.
class ProjectKeeper final : public QObject {
    Q_OBJECT
public:
    explicit ProjectKeeper(QObject* parent = nullptr);
    /// Everything that was recorded is on the disk when this returns.
    ~ProjectKeeper() override;

    bool isOpen() const { return m_is_open; }
    /// The file from now on; what was recorded before goes to the old one.
    void keepIn(ProjectFile file);
    /// No file from now on.
    void close();
    /// `merges`: goes on with the last step, which need not be kept for itself if it still waits.
    void record(ProjectContent content, std::string name, bool merges);
    /// Waits until all that was recorded is on the disk.
    void flush();
    /// Goes on in another file (with the history); waits for it, so that the user knows.
    Status saveAs(const std::string& path);

Q_SIGNALS:
    /// A step could not be written; the piece in memory is as it should be.
    void failed(const chainsong::Error& error);

private:
    struct Entry {
        ProjectContent content;
        std::string name;
    };
    void writeNext();

    bool m_is_open = false; // GUI thread
    std::shared_ptr<ProjectFile> m_file; // keeper thread
    std::mutex m_mutex; // guards m_waiting
    std::deque<Entry> m_waiting;
    Worker m_worker; // last
};

} // namespace chainsong
