#pragma once

#include <cstddef>
#include <vector>

namespace chainsong {

/// Fourier transforms of one size, a power of two, of separate real and imaginary parts. Frequencies stand in
/// a scrambled order between the two directions, which products of spectra need not know: even ones in the
/// first half, odd ones in the second.
class Fourier {
public:
    explicit Fourier(std::size_t size);

    std::size_t size() const { return m_size; }
    void forward(double* real, double* imaginary) const;
    /// Without the division by the size.
    void backward(double* real, double* imaginary) const;

private:
    /// The turns of one pass by fours: by once, twice and three times the angle of each place.
    struct Turns {
        std::vector<double> once_re, once_im, twice_re, twice_im, thrice_re, thrice_im;
    };
    std::size_t m_size;
    std::vector<Turns> m_passes; // the widest first
};

} // namespace chainsong
