#include "engine/jobs/worker.h"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <utility>

namespace chainsong {
namespace {

/// Names the calling thread and lets the sound and the window go first. On Linux a thread has a niceness of
/// its own; threads that it starts inherit it.
void introduceThread(const std::string& name) {
    pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
    constexpr int kBehindTheGui = 5;
    // May be refused (already nicer); then the thread simply keeps what it has.
    (void)setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kBehindTheGui);
}

} // namespace

Worker::Worker(std::string thread_name)
    : m_thread_name(std::move(thread_name))
    , m_thread([this](std::stop_token quit) { run(quit); }) { }

Worker::~Worker() {
    m_thread.request_stop();
    clear();
}

void Worker::append(Task task) {
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back(std::move(task));
    }
    m_has_task.notify_one();
}

void Worker::replace(Task task) {
    std::deque<Task> dropped; // destroyed after the lock: a task may own a whole piece
    std::stop_source running{std::nostopstate};
    {
        const std::lock_guard lock(m_mutex);
        dropped.swap(m_waiting);
        m_waiting.push_back(std::move(task));
        running = m_running;
    }
    running.request_stop();
    m_has_task.notify_one();
}

void Worker::clear() {
    std::deque<Task> dropped;
    std::stop_source running{std::nostopstate};
    {
        const std::lock_guard lock(m_mutex);
        dropped.swap(m_waiting);
        running = m_running;
    }
    running.request_stop();
}

void Worker::run(std::stop_token quit) {
    introduceThread(m_thread_name);
    for (;;) {
        Task task;
        std::stop_token stop;
        {
            std::unique_lock lock(m_mutex);
            if (!m_has_task.wait(lock, quit, [this] { return !m_waiting.empty(); }) || quit.stop_requested())
                return;
            task = std::move(m_waiting.front());
            m_waiting.pop_front();
            m_running = std::stop_source();
            stop = m_running.get_token();
        }
        task(stop);
    }
}

} // namespace chainsong
