#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace chainsong {

/// y = W x + b for many rows at once. The weights lie in panels of 16 outputs, so that a panel stays in the first
/// cache while all rows pass. Sums run in the order of the inputs for every row, so a row's result does not depend on
/// how many others are computed with it.
class LinearKernel {
public:
    LinearKernel() = default;
    /// `weight` (outputs, inputs) row by row, `bias` (outputs).
    LinearKernel(std::span<const float> weight, std::span<const float> bias, int inputs, int outputs);

    int inputs() const { return m_inputs; }
    int outputs() const { return m_outputs; }
    /// x (rows, inputs) → y (rows, outputs), both without gaps.
    void apply(const float* x, int rows, float* y) const;

private:
    int m_inputs = 0;
    int m_outputs = 0;
    std::vector<float> m_panels;  // (outputs / 16, inputs, 16), zero-padded
    std::vector<float> m_bias;  // padded to 16
};

/// y[i] = x[i] sigmoid(x[i])
void applySilu(float* x, std::size_t count);
void applySigmoid(float* x, std::size_t count);
/// Layer normalisation of one row, epsilon 1e-5.
void normaliseRow(const float* x, std::span<const float> gain, std::span<const float> offset, float* y);
/// sum_i weight[i] tanh(query[i] + key[i]): one score of additive attention. The weights' count is a multiple of 8.
float additiveScore(const float* query, const float* key, std::span<const float> weight);
/// Adds the gradients of `upstream` times that score to those of query, key and weight.
void additiveScoreGradient(const float* query, const float* key, std::span<const float> weight, float upstream, float* query_grad, float* key_grad,
    float* weight_grad);
/// Log-softmax of the classes lowest..highest at a temperature; all others get -infinity. A millionth of the mass is
/// spread evenly, so that no allowed class is impossible.
void logSoftmaxWithin(const float* logits, int count, int lowest, int highest, double temperature, float* log_probs);
/// x += the table's rows of these ids; id 0 adds nothing.
void addRows(std::span<const float> table, int width, std::span<const std::int32_t> ids, float* x);

}  // namespace chainsong
