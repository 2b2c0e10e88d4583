#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace chainsong {

/// How many values, their mean, and the sum of their squared distances from it.
struct Moments {
    double count = 0;
    double mean = 0;
    double squares = 0;

    /// Exact for equal values.
    static Moments of(std::span<const double> values);
    /// Of these values and those together (Chan, Golub, LeVeque 1983).
    Moments with(const Moments& others) const;
    /// With divisor count - 1; NaN for one value.
    double variance() const { return squares / (count - 1); }
};

/// The moments of a growing series' blocks: those of any stretch of it cost its blocks, not its values.
class BlockMoments {
public:
    /// Of the values from `first` on, before `past_last`. The series is the one of every call so far, perhaps
    /// longer.
    Moments of(std::span<const double> series, std::size_t first, std::size_t past_last);

private:
    std::vector<Moments> m_blocks;
};

} // namespace chainsong
