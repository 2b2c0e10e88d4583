#pragma once

namespace chainsong {

/// Counts this thread's uses of operator new while it lives.
class AllocationCount {
public:
    AllocationCount();
    AllocationCount(const AllocationCount&) = delete;
    AllocationCount& operator=(const AllocationCount&) = delete;
    ~AllocationCount();
    int count() const;
};

} // namespace chainsong
