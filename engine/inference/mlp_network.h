#pragma once

#include "engine/base/result.h"

#include <cstddef>
#include <span>
#include <vector>

namespace chainsong {

/// The small network of the emulator, evaluated by hand: 4 inputs, 128 units with ReLU, twice 128 with tanh,
/// one output through a sigmoid. Single precision: the output is good to about 1e-6.
class MlpNetwork {
public:
    static constexpr std::size_t kInputs = 4, kWidth = 128;
    static constexpr std::size_t kNumWeights =
        kWidth * kInputs + kWidth + 2 * (kWidth * kWidth + kWidth) + kWidth + 1;

    /// W1 b1 W2 b2 W3 b3 W4 b4, each matrix row by row, one row a unit.
    static Result<MlpNetwork> fromWeights(std::span<const double> weights);

    /// The output at each point (kInputs numbers, one point after another), and its slope by each input
    /// unless `slopes` is empty. Allocates nothing; a point's result does not depend on its neighbours.
    void evaluate(std::span<const double> points, std::span<double> outputs, std::span<double> slopes) const;

    /// Sixteen numbers in one line of the cache.
    struct alignas(64) Line {
        float x[16];
    };
    using Lines = std::vector<Line>;
    /// What the kernels read: matrices in panels of 16 columns, as they are walked through.
    struct Layers {
        Lines first_forward, first_rows; // [4, 128] in panels; transposed [4, 128]
        Lines second_forward, second_backward; // [128, 128] in panels
        Lines third_forward, third_backward;
        Lines first_bias, second_bias, third_bias, last_row; // [128]
        float last_bias = 0;
    };

private:
    Layers m_layers;
};

} // namespace chainsong
