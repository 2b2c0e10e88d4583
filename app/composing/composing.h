#pragma once

#include <QObject>

#include <mutex>
#include <optional>
#include <vector>

#include "engine/jobs/composer.h"

namespace chainsong {

/// The composer as the window sees it: everything arrives on the GUI thread, and never faster than it is
/// taken. However many points the chains send, at most one event waits.
class Composing final : public QObject {
    Q_OBJECT
public:
    explicit Composing(QObject* parent = nullptr);
    ~Composing() override;

    void setPrior(PriorPtr prior) { m_composer.setPrior(std::move(prior)); }
    void setLibrary(std::shared_ptr<const PhraseLibrary> library) {
        m_composer.setLibrary(std::move(library));
    }
    void start(ComposeRequest request);
    void start(ResampleRequest request);
    void start(PathRequest request);
    /// True if something ran: nothing of it will arrive any more.
    bool cancel();
    bool isRunning() const { return m_job != 0; }

Q_SIGNALS:
    void progressed(const chainsong::Progress& progress);
    void traced(const std::vector<chainsong::TracePoint>& points);
    void drawn(const chainsong::Draw& draw, int index);
    void finished(const chainsong::ComposeResult& result);
    void failed(const chainsong::Error& error);

private:
    struct Mail {
        JobId job = 0;
        std::optional<Progress> progress; // the latest wins
        std::vector<TracePoint> points;
        std::vector<std::pair<Draw, int>> draws;
        std::optional<Result<ComposeResult>> done;
    };
    Composer::Callbacks callbacks();
    template <class Write> void post(JobId job, Write write);
    void deliver();

    std::mutex m_mutex; // guards the two below; held only while mail is put in or taken out
    Mail m_mail;
    bool m_is_posted = false;
    JobId m_job = 0; // GUI thread only
    Composer m_composer; // last: its thread ends before the mailbox goes away
};

} // namespace chainsong
