#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <limits>

namespace chainsong {

/// A random stream: xoshiro256++ (Blackman and Vigna 2021). Our own distributions stand beside it because the
/// standard's differ between libraries, and the same seed must give the same piece everywhere.
class Rng {
public:
    using result_type = std::uint64_t;
    explicit Rng(std::uint64_t seed = 0);

    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }
    result_type operator()()
    {
        auto& s = m_state;
        const std::uint64_t result = std::rotl(s[0] + s[3], 23) + s[0];
        const std::uint64_t t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = std::rotl(s[3], 45);
        return result;
    }

    /// In [0, 1), a multiple of 2^-53.
    double uniform() { return static_cast<double>((*this)() >> 11) * 0x1p-53; }
    /// Standard normal (Marsaglia's polar method).
    double normal();
    /// Uniform in 0 .. count-1; count > 0. Without modulo bias.
    std::uint64_t below(std::uint64_t count);

private:
    std::array<std::uint64_t, 4> m_state {};
    double m_spare_normal = 0;
    bool m_has_spare = false;
};

/// A stream of its own for every (run, chain, draw): results do not depend on how chains are spread over
/// threads, nor on a pause and resume.
Rng rngFor(std::uint64_t run_seed, std::uint64_t chain, std::uint64_t draw);

}  // namespace chainsong
