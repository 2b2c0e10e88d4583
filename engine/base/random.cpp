#include "engine/base/random.h"

#include <cmath>

namespace chainsong {
namespace {

/// splitmix64 (Steele, Lea and Flood 2014): spreads any seed over all bits.
std::uint64_t splitMix(std::uint64_t& state)
{
    std::uint64_t z = (state += 0x9E3779B97F4A7C15u);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

}  // namespace

Rng::Rng(std::uint64_t seed)
{
    for (std::uint64_t& word : m_state) word = splitMix(seed);
}

double Rng::normal()
{
    if (m_has_spare) {
        m_has_spare = false;
        return m_spare_normal;
    }
    double u = 0, v = 0, s = 0;
    do {
        u = 2 * uniform() - 1;
        v = 2 * uniform() - 1;
        s = u * u + v * v;
    } while (s >= 1 || s == 0);
    const double scale = std::sqrt(-2 * std::log(s) / s);
    m_spare_normal = v * scale;
    m_has_spare = true;
    return u * scale;
}

std::uint64_t Rng::below(std::uint64_t count)
{
    const std::uint64_t limit = max() - max() % count;  // the values past it would favour small results
    std::uint64_t x = 0;
    do {
        x = (*this)();
    } while (x >= limit);
    return x % count;
}

Rng rngFor(std::uint64_t run_seed, std::uint64_t chain, std::uint64_t draw)
{
    std::uint64_t state = run_seed;
    std::uint64_t mixed = splitMix(state);
    state ^= mixed ^ chain * 0xD1342543DE82EF95u;
    mixed = splitMix(state);
    state ^= mixed ^ draw * 0xA24BAED4963EE407u;
    return Rng(splitMix(state));
}

}  // namespace chainsong
