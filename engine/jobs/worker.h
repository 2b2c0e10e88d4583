#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

namespace chainsong {

/// A thread with a name that runs one task at a time. Nobody who hands it a task ever waits for one.
class Worker {
public:
    /// Runs on the worker's thread; leaves soon after its token asks it to.
    using Task = std::function<void(std::stop_token)>;

    /// `thread_name` is what a debugger shows, at most 15 characters.
    explicit Worker(std::string thread_name);
    /// Stops the running task, drops those that wait, and joins.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Runs the task after all that were handed over before.
    void append(Task task);
    /// Stops the running task, drops those that wait, and runs this one next.
    void replace(Task task);
    /// Stops the running task and drops those that wait.
    void clear();

private:
    void run(std::stop_token quit);

    std::string m_thread_name;
    std::mutex m_mutex;
    std::condition_variable_any m_has_task;
    std::deque<Task> m_waiting;
    std::stop_source m_running{std::nostopstate};
    std::jthread m_thread; // last member: joined before the rest goes away
};

} // namespace chainsong
