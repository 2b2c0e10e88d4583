#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace chainsong {

/// The log likelihood of y ~ Bernoulli(logit^-1(X b)), 32 observations at a time.
class LogisticRegression {
public:
    /// `rows` holds one row an observation; y is 0 or 1.
    LogisticRegression(std::span<const double> rows, std::span<const double> y);

    std::size_t numColumns() const { return m_num_columns; }
    /// At each of the points, which lie one after another; no gradients are wanted if `grads` is empty.
    /// Allocates nothing; a point's result does not depend on its neighbours, and costs less beside them.
    void evaluate(
        std::span<const double> points, std::span<double> log_likelihoods, std::span<double> grads) const;

    static constexpr std::size_t kRows = 32;
    /// What the kernels read, 32 observations a block; what is missing of the last one has share 0.
    struct alignas(64) Block {
        double x[kRows];
    };
    struct Blocks {
        std::size_t count = 0;
        std::vector<Block> columns; // [block][column]
        std::vector<Block> y, share; // [block]
    };

private:
    std::size_t m_num_columns;
    Blocks m_blocks;
};

} // namespace chainsong
