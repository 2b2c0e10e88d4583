#include "engine/inference/fourier.h"

#include <complex>
#include <numbers>
#include <utility>

namespace chainsong {
namespace {

/// Sums and differences of neighbours: the last pass forward, the first one backward, where the size is twice
/// a power of four.
void pairUp(double* x, std::size_t size) {
    for (std::size_t i = 0; i < size; i += 2) {
        const double a = x[i], b = x[i + 1];
        x[i] = a + b;
        x[i + 1] = a - b;
    }
}

} // namespace

Fourier::Fourier(std::size_t size)
    : m_size(size) {
    for (std::size_t width = size; width >= 4; width /= 4) {
        Turns turns;
        for (std::size_t j = 0; j < width / 4; ++j) {
            const auto put = [&](std::size_t times, std::vector<double>& re, std::vector<double>& im) {
                const auto turn = std::polar(
                    1.0, -2 * std::numbers::pi * static_cast<double>(times * j) / static_cast<double>(width));
                re.push_back(turn.real());
                im.push_back(turn.imag());
            };
            put(1, turns.once_re, turns.once_im);
            put(2, turns.twice_re, turns.twice_im);
            put(3, turns.thrice_re, turns.thrice_im);
        }
        m_passes.push_back(std::move(turns));
    }
}

void Fourier::forward(double* real, double* imaginary) const {
    std::size_t width = m_size;
    for (const Turns& turns : m_passes) {
        const std::size_t quarter = width / 4;
        for (std::size_t start = 0; start < m_size; start += width) {
            double* __restrict re = real + start;
            double* __restrict im = imaginary + start;
            const double* __restrict w1r = turns.once_re.data();
            const double* __restrict w1i = turns.once_im.data();
            const double* __restrict w2r = turns.twice_re.data();
            const double* __restrict w2i = turns.twice_im.data();
            const double* __restrict w3r = turns.thrice_re.data();
            const double* __restrict w3i = turns.thrice_im.data();
#pragma GCC ivdep
            for (std::size_t j = 0; j < quarter; ++j) {
                const std::size_t j1 = j + quarter, j2 = j1 + quarter, j3 = j2 + quarter;
                const double sum02_re = re[j] + re[j2], sum02_im = im[j] + im[j2];
                const double gap02_re = re[j] - re[j2], gap02_im = im[j] - im[j2];
                const double sum13_re = re[j1] + re[j3], sum13_im = im[j1] + im[j3];
                const double gap13_re = re[j1] - re[j3], gap13_im = im[j1] - im[j3];
                const double y2_re = sum02_re - sum13_re, y2_im = sum02_im - sum13_im;
                const double y1_re = gap02_re + gap13_im, y1_im = gap02_im - gap13_re;
                const double y3_re = gap02_re - gap13_im, y3_im = gap02_im + gap13_re;
                re[j] = sum02_re + sum13_re;
                im[j] = sum02_im + sum13_im;
                re[j1] = y2_re * w2r[j] - y2_im * w2i[j];
                im[j1] = y2_re * w2i[j] + y2_im * w2r[j];
                re[j2] = y1_re * w1r[j] - y1_im * w1i[j];
                im[j2] = y1_re * w1i[j] + y1_im * w1r[j];
                re[j3] = y3_re * w3r[j] - y3_im * w3i[j];
                im[j3] = y3_re * w3i[j] + y3_im * w3r[j];
            }
        }
        width = quarter;
    }
    if (width != 2) return;
    pairUp(real, m_size);
    pairUp(imaginary, m_size);
}

void Fourier::backward(double* real, double* imaginary) const {
    std::size_t width = m_size;
    for (std::size_t pass = 0; pass < m_passes.size(); ++pass) width /= 4;
    if (width == 2) {
        pairUp(real, m_size);
        pairUp(imaginary, m_size);
    }
    for (std::size_t pass = m_passes.size(); pass-- > 0;) {
        const Turns& turns = m_passes[pass];
        const std::size_t quarter = width;
        width *= 4;
        for (std::size_t start = 0; start < m_size; start += width) {
            double* __restrict re = real + start;
            double* __restrict im = imaginary + start;
            const double* __restrict w1r = turns.once_re.data();
            const double* __restrict w1i = turns.once_im.data();
            const double* __restrict w2r = turns.twice_re.data();
            const double* __restrict w2i = turns.twice_im.data();
            const double* __restrict w3r = turns.thrice_re.data();
            const double* __restrict w3i = turns.thrice_im.data();
#pragma GCC ivdep
            for (std::size_t j = 0; j < quarter; ++j) { // the turns the other way round
                const std::size_t j1 = j + quarter, j2 = j1 + quarter, j3 = j2 + quarter;
                const double y2_re = re[j1] * w2r[j] + im[j1] * w2i[j];
                const double y2_im = im[j1] * w2r[j] - re[j1] * w2i[j];
                const double y1_re = re[j2] * w1r[j] + im[j2] * w1i[j];
                const double y1_im = im[j2] * w1r[j] - re[j2] * w1i[j];
                const double y3_re = re[j3] * w3r[j] + im[j3] * w3i[j];
                const double y3_im = im[j3] * w3r[j] - re[j3] * w3i[j];
                const double sum02_re = re[j] + y2_re, sum02_im = im[j] + y2_im;
                const double gap02_re = re[j] - y2_re, gap02_im = im[j] - y2_im;
                const double sum13_re = y1_re + y3_re, sum13_im = y1_im + y3_im;
                const double gap13_re = y1_re - y3_re, gap13_im = y1_im - y3_im;
                re[j] = sum02_re + sum13_re;
                im[j] = sum02_im + sum13_im;
                re[j2] = sum02_re - sum13_re;
                im[j2] = sum02_im - sum13_im;
                re[j1] = gap02_re - gap13_im;
                im[j1] = gap02_im + gap13_re;
                re[j3] = gap02_re + gap13_im;
                im[j3] = gap02_im - gap13_re;
            }
        }
    }
}

} // namespace chainsong
