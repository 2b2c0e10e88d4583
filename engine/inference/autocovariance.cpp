#include "engine/inference/autocovariance.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <utility>

namespace chainsong {
namespace {

using Complex = std::complex<double>;

/// Forward Fourier transforms (no scaling) of one size, a power of two.
class Fourier {
public:
    explicit Fourier(std::size_t size)
        : m_roots(size / 2) {
        for (std::size_t k = 0; k < m_roots.size(); ++k)
            m_roots[k] =
                std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(size));
    }

    void transform(std::vector<Complex>& x) const {
        const std::size_t n = x.size();
        for (std::size_t i = 1, j = 0; i < n; ++i) { // bit reversal
            std::size_t bit = n >> 1;
            for (; j & bit; bit >>= 1) j ^= bit;
            j ^= bit;
            if (i < j) std::swap(x[i], x[j]);
        }
        for (std::size_t half = 1; half < n; half *= 2) {
            const std::size_t stride = n / (2 * half);
            for (std::size_t start = 0; start < n; start += 2 * half)
                for (std::size_t k = 0; k < half; ++k) {
                    const Complex& root = m_roots[k * stride];
                    const Complex a = x[start + k], b = x[start + half + k];
                    const Complex turned(b.real() * root.real() - b.imag() * root.imag(),
                        b.real() * root.imag() + b.imag() * root.real());
                    x[start + k] = a + turned;
                    x[start + half + k] = a - turned;
                }
        }
    }

private:
    std::vector<Complex> m_roots;
};

double meanOf(std::span<const double> x) {
    double sum = 0;
    for (const double value : x) sum += value;
    return sum / static_cast<double>(x.size());
}

} // namespace

std::vector<double> autocovariance(std::span<const double> x) {
    const std::vector<double> one(x.begin(), x.end());
    return meanAutocovariance({&one, 1});
}

std::vector<double> meanAutocovariance(std::span<const std::vector<double>> series) {
    const std::size_t n = series.empty() ? 0 : series.front().size();
    if (n == 0) return {};
    const std::size_t size = std::bit_ceil(2 * n); // zeros behind keep the ends from meeting
    const Fourier fourier(size);
    // Two series at a time, as real and imaginary part: the power at a frequency and at its negative are
    // together twice the sum of theirs.
    std::vector<Complex> work(size);
    std::vector<double> power(size);
    for (std::size_t s = 0; s < series.size(); s += 2) {
        const bool is_pair = s + 1 < series.size();
        const double real_mean = meanOf(series[s]), imaginary_mean = is_pair ? meanOf(series[s + 1]) : 0;
        std::fill(work.begin(), work.end(), Complex{});
        for (std::size_t i = 0; i < n; ++i)
            work[i] = {series[s][i] - real_mean, is_pair ? series[s + 1][i] - imaginary_mean : 0};
        fourier.transform(work);
        for (std::size_t k = 0; k < size; ++k)
            power[k] += 0.5 * (std::norm(work[k]) + std::norm(work[(size - k) & (size - 1)]));
    }
    for (std::size_t k = 0; k < size; ++k) work[k] = power[k];
    fourier.transform(work); // of a symmetric real series: as good as the inverse

    const double scale =
        1 / (static_cast<double>(size) * static_cast<double>(n) * static_cast<double>(series.size()));
    std::vector<double> out(n);
    for (std::size_t lag = 0; lag < n; ++lag) out[lag] = work[lag].real() * scale;
    return out;
}

} // namespace chainsong
