#include "allocations.h"

#include <cstdlib>
#include <new>

namespace {
thread_local long num_allocations = 0;
} // namespace

// These replace the standard's in the whole test program, so that a test can see that a transition allocates
// nothing.
void* operator new(std::size_t size) {
    ++num_allocations;
    if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    ++num_allocations;
    return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

namespace chainsong::test {

long numAllocations() { return num_allocations; }

} // namespace chainsong::test
