#include "engine/jobs/worker.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <vector>

namespace chainsong {
namespace {

/// Waits for its stop request, as an obedient long task does.
void runUntilStopped(const std::stop_token& stop) {
    std::promise<void> stopped;
    const std::stop_callback on_stop(stop, [&stopped] { stopped.set_value(); });
    stopped.get_future().wait();
}

TEST(Worker, RunsAppendedTasksInTheirOrder) {
    std::vector<int> order;
    std::promise<void> done;
    {
        Worker worker("test");
        for (int task = 0; task < 100; ++task)
            worker.append([&order, task](std::stop_token) { order.push_back(task); });
        worker.append([&done](std::stop_token) { done.set_value(); });
        done.get_future().wait();
    }
    ASSERT_EQ(order.size(), 100u);
    for (int task = 0; task < 100; ++task) EXPECT_EQ(order[static_cast<std::size_t>(task)], task);
}

TEST(Worker, ReplaceStopsTheRunningTaskAndDropsTheWaitingOnes) {
    std::promise<void> begun, done;
    std::atomic<int> num_dropped_that_ran = 0;
    Worker worker("test");
    worker.append([&begun](std::stop_token stop) {
        begun.set_value();
        runUntilStopped(stop);
    });
    begun.get_future().wait();
    for (int task = 0; task < 10; ++task) worker.append([&](std::stop_token) { ++num_dropped_that_ran; });
    worker.replace([&done](std::stop_token stop) {
        EXPECT_FALSE(stop.stop_requested());
        done.set_value();
    });
    done.get_future().wait();
    EXPECT_EQ(num_dropped_that_ran, 0);
}

TEST(Worker, ADestroyedWorkerStopsItsTaskAndFreesThoseThatWait) {
    const auto owned = std::make_shared<int>(1);
    std::promise<void> begun;
    {
        Worker worker("test");
        worker.append([&begun](std::stop_token stop) {
            begun.set_value();
            runUntilStopped(stop);
        });
        worker.append([owned](std::stop_token) { FAIL() << "a waiting task ran at the end"; });
        begun.get_future().wait();
    }
    EXPECT_EQ(owned.use_count(), 1);
}

TEST(Worker, ATaskMayHandOverTheNextOne) {
    std::promise<void> done;
    Worker worker("test");
    worker.append([&](std::stop_token) { worker.replace([&done](std::stop_token) { done.set_value(); }); });
    done.get_future().wait();
}

} // namespace
} // namespace chainsong
