#include "engine/inference/autocovariance.h"

#include <bit>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <utility>

namespace chainsong {
namespace {

using Complex = std::complex<double>;

/// In place; the size is a power of two. Forward transform (no scaling).
void fourierTransform(std::vector<Complex>& x) {
    const std::size_t n = x.size();
    for (std::size_t i = 1, j = 0; i < n; ++i) { // bit reversal
        std::size_t bit = n >> 1;
        for (; j & bit; bit >>= 1) j ^= bit;
        j ^= bit;
        if (i < j) std::swap(x[i], x[j]);
    }
    std::vector<Complex> roots(n / 2);
    for (std::size_t k = 0; k < n / 2; ++k)
        roots[k] = std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(n));
    for (std::size_t half = 1; half < n; half *= 2) {
        const std::size_t stride = n / (2 * half);
        for (std::size_t start = 0; start < n; start += 2 * half)
            for (std::size_t k = 0; k < half; ++k) {
                const Complex& root = roots[k * stride];
                const Complex a = x[start + k], b = x[start + half + k];
                const Complex turned(b.real() * root.real() - b.imag() * root.imag(),
                    b.real() * root.imag() + b.imag() * root.real());
                x[start + k] = a + turned;
                x[start + half + k] = a - turned;
            }
    }
}

} // namespace

std::vector<double> autocovariance(std::span<const double> x) {
    const std::size_t n = x.size();
    if (n == 0) return {};
    double mean = 0;
    for (const double value : x) mean += value;
    mean /= static_cast<double>(n);

    std::vector<Complex> work(std::bit_ceil(2 * n)); // zeros behind keep the ends from meeting
    for (std::size_t i = 0; i < n; ++i) work[i] = x[i] - mean;
    fourierTransform(work);
    for (Complex& value : work) value = std::norm(value);
    fourierTransform(work); // of a symmetric real series: as good as the inverse

    const double scale = 1 / (static_cast<double>(work.size()) * static_cast<double>(n));
    std::vector<double> out(n);
    for (std::size_t lag = 0; lag < n; ++lag) out[lag] = work[lag].real() * scale;
    return out;
}

} // namespace chainsong
