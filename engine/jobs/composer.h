#pragma once

#include "engine/compose/path.h"
#include "engine/compose/request.h"
#include "engine/jobs/worker.h"
#include "engine/model/phrases/phrase_library.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

namespace chainsong {

/// Names one job of a Composer or an Exporter; never 0, never used twice.
using JobId = std::uint64_t;

/// Composes and resamples on the *composer* thread. One job at a time: a new start() cancels the old job. No
/// function here waits for a job. A job that was started before the prior is there waits for it.
class Composer {
public:
    /// All are called on the composer thread and may be empty; the app posts them to its own thread. A
    /// cancelled job is silent: its on_done never comes. A progress call that had begun when it was cancelled
    /// may still arrive: the JobId tells.
    struct Callbacks {
        std::function<void(JobId, const Progress&)> on_progress;
        std::function<void(JobId, const TracePoint&)> on_trace;
        std::function<void(JobId, const Draw&, int index)> on_draw;
        std::function<void(JobId, Result<ComposeResult>)> on_done;
    };
    explicit Composer(Callbacks callbacks);
    /// Cancels what runs, and waits for the thread.
    ~Composer();

    /// The model that the next jobs draw from; any thread.
    void setPrior(PriorPtr prior);
    /// The phrases that the next jobs are reminded of where they are near what is asked for; nullptr: none.
    /// Any thread.
    void setLibrary(std::shared_ptr<const PhraseLibrary> library);

    // These are called by one thread, the gui's.
    JobId start(ComposeRequest request);
    JobId start(ResampleRequest request);
    JobId start(PathRequest request);
    /// True if a job was running (or waiting): it is cancelled now and its on_done will not come.
    bool cancel();
    bool isRunning() const { return m_current.load() != 0; }

private:
    using Job = std::function<Result<ComposeResult>(const Prior&, const ComposeCallbacks&, std::stop_token)>;
    JobId startJob(Job job);
    void runJob(JobId id, const Job& job, std::stop_token stop);
    PriorPtr waitForPrior(JobId id, std::stop_token stop);
    std::shared_ptr<const PhraseLibrary> library();
    ComposeCallbacks callbacksOf(JobId id);

    Callbacks m_callbacks;
    std::atomic<JobId> m_last_id{0};
    std::atomic<JobId> m_current{0}; // 0: none; whoever takes an id out of here decides the job's end
    std::mutex m_mutex;
    std::condition_variable_any m_has_prior;
    PriorPtr m_prior;
    std::shared_ptr<const PhraseLibrary> m_library;
    Worker m_worker; // last member: joined before the callbacks go away
};

} // namespace chainsong
