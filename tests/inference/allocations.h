#pragma once

namespace chainsong::test {

/// How often this thread has asked for memory with `new`.
long numAllocations();

} // namespace chainsong::test
