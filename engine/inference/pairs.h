#pragma once

namespace chainsong {

/// Two doubles that one instruction handles. Sums are kept in such pairs, always in the same order, so that
/// the same seed gives the same draws on every machine.
using Pair = double __attribute__((vector_size(16)));

inline Pair pairAt(const double* x) { return Pair{x[0], x[1]}; }
inline void putPair(Pair pair, double* x) {
    x[0] = pair[0];
    x[1] = pair[1];
}

} // namespace chainsong
