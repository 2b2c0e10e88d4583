#pragma once

#include <cstddef>
#include <cstring>

namespace chainsong {

/// Two doubles that one instruction handles on every processor here, and four that AVX2 handles at once. Sums
/// are kept in such lanes, always in the same order, so that the same seed gives the same draws on every
/// machine.
using Pair = double __attribute__((vector_size(16)));
using Quad = double __attribute__((vector_size(32)));

inline Pair pairAt(const double* x) { return Pair{x[0], x[1]}; }

template <class Lane> inline constexpr std::size_t kLaneSize = sizeof(Lane) / sizeof(double);

// By reference: how a Quad is handed over by value depends on the processor.
template <class Lane> [[gnu::always_inline]] inline void load(const double* from, Lane& lane) {
    std::memcpy(&lane, from, sizeof lane);
}
template <class Lane> [[gnu::always_inline]] inline void store(const Lane& lane, double* to) {
    std::memcpy(to, &lane, sizeof lane);
}
/// The sum of a lane, neighbours first.
[[gnu::always_inline]] inline double total(const Pair& lane) { return lane[0] + lane[1]; }
[[gnu::always_inline]] inline double total(const Quad& lane) {
    return (lane[0] + lane[1]) + (lane[2] + lane[3]);
}

} // namespace chainsong
