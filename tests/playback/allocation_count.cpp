#include "tests/playback/allocation_count.h"

#include <cstdlib>
#include <new>

namespace {

thread_local bool t_counts = false;
thread_local int t_count = 0;

} // namespace

void* operator new(std::size_t size) {
    if (t_counts) ++t_count;
    if (void* memory = std::malloc(size ? size : 1)) return memory;
    throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    if (t_counts) ++t_count;
    return std::malloc(size ? size : 1);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

namespace chainsong {

AllocationCount::AllocationCount() {
    t_count = 0;
    t_counts = true;
}
AllocationCount::~AllocationCount() { t_counts = false; }
int AllocationCount::count() const { return t_count; }

} // namespace chainsong
