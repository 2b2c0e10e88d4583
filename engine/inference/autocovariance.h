#pragma once

#include "engine/inference/draw_rows.h"
#include "engine/inference/fourier.h"

#include <cstddef>
#include <map>
#include <span>
#include <vector>

namespace chainsong {

/// Autocovariances of a series at lags 0 … n - 1, with divisor n (Geyer 1992); by fast Fourier transform.
std::vector<double> autocovariance(std::span<const double> x);

/// The mean of several rows' autocovariances at the first few lags. The fewer lags, the cheaper: rows are
/// transformed in blocks about as long as the lags asked for. Keeps its working memory and transforms for the
/// next call.
class Autocovariances {
public:
    /// From lag 0 on: at least `num_lags` of them, or as many as the rows have draws. Valid until the next
    /// call.
    std::span<const double> of(const DrawRows& rows, std::size_t num_lags);

private:
    struct Spectrum {
        std::vector<double> re, im;
    };
    const Fourier& transformOf(std::size_t size);
    void load(
        const DrawRows& rows, std::size_t first_row, std::size_t start, std::size_t block, Spectrum& to);

    std::map<std::size_t, Fourier> m_transforms; // by their size
    std::vector<double> m_means; // of the rows
    Spectrum m_power, m_block, m_next;
};

} // namespace chainsong
