#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace chainsong {

/// The log likelihood of y ~ Bernoulli(logit^-1(X b)), eight observations at a time.
class LogisticRegression {
public:
    /// `rows` holds one row an observation; y is 0 or 1.
    LogisticRegression(std::span<const double> rows, std::span<const double> y);

    std::size_t numColumns() const { return m_num_columns; }
    /// An empty `grad` means that only the value is wanted. Allocates nothing.
    double operator()(std::span<const double> b, std::span<double> grad) const;

    static constexpr std::size_t kRows = 8;
    /// What the kernels read, eight observations a block; what is missing of the last one has share 0.
    struct Blocks {
        std::size_t count = 0;
        std::vector<double> columns; // [block][column][8]
        std::vector<double> y, share; // [block][8]
    };

private:
    std::size_t m_num_columns;
    Blocks m_blocks;
};

} // namespace chainsong
