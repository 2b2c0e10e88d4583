#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace chainsong {

/// Chains of one quantity, wherever their draws are kept. Those of different lengths are cut to the shortest.
using DrawSpans = std::span<const std::span<const double>>;

/// Rows of equally many values, one after another in one piece of memory.
struct DrawRows {
    std::vector<double> values;
    std::size_t num_rows = 0;
    std::size_t length = 0;

    std::span<const double> row(std::size_t i) const { return std::span(values).subspan(i * length, length); }
    void resize(std::size_t rows, std::size_t row_length);
};

/// Half a chain says nothing with fewer draws.
constexpr std::size_t kMinDraws = 4;

/// How many draws all chains have.
std::size_t shortestOf(DrawSpans chains);
/// First and last halves of each chain; the middle draw of an odd number belongs to neither.
void splitChains(DrawSpans chains, DrawRows& halves);
/// Whether half chains say anything at all about how well they mix: at least kMinDraws each, all finite,
/// not all equal.
bool isTelling(const DrawRows& halves);

double sumOf(std::span<const double> x);
/// NaN for none.
double averageOf(std::span<const double> x);
/// With divisor n - 1. Exactly 0 for equal values, whose mean may be rounded.
double varianceOf(std::span<const double> x);

/// Over all draws of all chains, the first `shortestOf` of each.
double averageOfAll(DrawSpans chains);
double varianceOfAll(DrawSpans chains);

/// R-hat of rows, without split or ranks. NaN: nothing moves; infinite: each row stands still elsewhere.
double plainRhat(const DrawRows& rows);

} // namespace chainsong
