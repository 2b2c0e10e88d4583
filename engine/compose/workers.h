#pragma once

#include <functional>

namespace chainsong {

/// Has a message handled on the thread that called runTasks, in the order of posting.
using Post = std::function<void(std::function<void()>)>;

/// Runs task(0) … task(num_tasks - 1) on up to num_threads threads and returns when all are done. With one
/// thread they run in order on the caller's own. What a task computes must not depend on when it runs.
void runTasks(int num_tasks, int num_threads, const std::function<void(int task, const Post& post)>& task);

} // namespace chainsong
