#include "engine/inference/autocovariance.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace chainsong {

std::vector<double> autocovariance(std::span<const double> x) {
    if (x.empty()) return {};
    DrawRows rows{{x.begin(), x.end()}, 1, x.size()};
    Autocovariances autocovariances;
    const auto all = autocovariances.of(rows, x.size());
    return {all.begin(), all.end()};
}

const Fourier& Autocovariances::transformOf(std::size_t size) {
    return m_transforms.try_emplace(size, size).first->second;
}

/// A block of one row as real part and of the next row as imaginary part, zeros behind.
void Autocovariances::load(
    const DrawRows& rows, std::size_t first_row, std::size_t start, std::size_t block, Spectrum& to) {
    const std::size_t count = std::min(block, rows.length - start);
    const auto take = [&](std::size_t row, std::vector<double>& out) {
        const double* const from = rows.row(row).data() + start;
        const double mean = m_means[row];
        for (std::size_t i = 0; i < count; ++i) out[i] = from[i] - mean;
        std::fill(out.begin() + static_cast<std::ptrdiff_t>(count), out.end(), 0.0);
    };
    take(first_row, to.re);
    if (first_row + 1 < rows.num_rows)
        take(first_row + 1, to.im);
    else
        std::ranges::fill(to.im, 0.0);
}

std::span<const double> Autocovariances::of(const DrawRows& rows, std::size_t num_lags) {
    if (rows.num_rows == 0 || rows.length == 0) return {};
    const std::size_t n = rows.length;
    const std::size_t block = std::bit_ceil(std::clamp<std::size_t>(num_lags, 1, n)), size = 2 * block;
    const Fourier& fourier = transformOf(size);
    m_means.resize(rows.num_rows);
    for (std::size_t row = 0; row < rows.num_rows; ++row) m_means[row] = averageOf(rows.row(row));
    for (Spectrum* const spectrum : {&m_power, &m_block, &m_next}) {
        spectrum->re.assign(size, 0);
        spectrum->im.assign(size, 0);
    }
    // Two rows at a time, as real and imaginary part: of what comes out, the real part is the sum of theirs.
    // A draw meets those up to `block` later in its own block and in the next one; a shift by half the
    // transform turns every other frequency around.
    for (std::size_t row = 0; row < rows.num_rows; row += 2) {
        load(rows, row, 0, block, m_block);
        fourier.forward(m_block.re.data(), m_block.im.data());
        for (std::size_t start = 0; start < n; start += block) {
            const bool has_next = start + block < n;
            if (has_next) {
                load(rows, row, start + block, block, m_next);
                fourier.forward(m_next.re.data(), m_next.im.data());
            }
            double* const power_re = m_power.re.data();
            double* const power_im = m_power.im.data();
            const double* const re = m_block.re.data();
            const double* const im = m_block.im.data();
            const double* const next_re = m_next.re.data();
            const double* const next_im = m_next.im.data();
            const auto addUp = [&](std::size_t from, std::size_t to, double sign) {
#pragma GCC ivdep
                for (std::size_t k = from; k < to; ++k) {
                    const double with_re = re[k] + sign * next_re[k], with_im = im[k] + sign * next_im[k];
                    power_re[k] += re[k] * with_re + im[k] * with_im;
                    power_im[k] += re[k] * with_im - im[k] * with_re;
                }
            };
            addUp(0, block, has_next ? 1 : 0);
            addUp(block, size, has_next ? -1 : 0);
            std::swap(m_block, m_next);
        }
    }
    fourier.backward(m_power.re.data(), m_power.im.data());
    const double scale =
        1 / (static_cast<double>(size) * static_cast<double>(n) * static_cast<double>(rows.num_rows));
    const std::size_t num_known = std::min(block, n);
    for (std::size_t lag = 0; lag < num_known; ++lag) m_power.re[lag] *= scale;
    return std::span(m_power.re).first(num_known);
}

} // namespace chainsong
