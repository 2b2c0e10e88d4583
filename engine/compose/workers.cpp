#include "engine/compose/workers.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace chainsong {

void runTasks(int num_tasks, int num_threads, const std::function<void(int, const Post&)>& task) {
    num_threads = std::min(num_threads, num_tasks);
    if (num_threads <= 1) {
        for (int i = 0; i < num_tasks; ++i) task(i, [](const std::function<void()>& message) { message(); });
        return;
    }
    std::mutex mutex; // guards everything below it
    std::condition_variable changed;
    std::deque<std::function<void()>> messages;
    int next_task = 0;
    int num_working = num_threads;

    const Post post = [&](std::function<void()> message) {
        const std::lock_guard lock(mutex);
        messages.push_back(std::move(message));
        changed.notify_one();
    };
    const auto work = [&] {
        while (true) {
            int mine = 0;
            {
                const std::lock_guard lock(mutex);
                if (next_task == num_tasks) break;
                mine = next_task++;
            }
            task(mine, post);
        }
        const std::lock_guard lock(mutex);
        --num_working;
        changed.notify_one();
    };
    std::vector<std::jthread> threads;
    for (int i = 0; i < num_threads; ++i) threads.emplace_back(work);

    std::unique_lock lock(mutex);
    while (num_working > 0 || !messages.empty()) {
        changed.wait(lock, [&] { return num_working == 0 || !messages.empty(); });
        while (!messages.empty()) {
            const auto message = std::move(messages.front());
            messages.pop_front();
            lock.unlock();
            message();
            lock.lock();
        }
    }
}

} // namespace chainsong
