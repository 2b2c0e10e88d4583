#include "engine/inference/mlp_network.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>

// Letters: B points of a block, H = 128 units. This file alone is compiled with -ffp-contract=fast, so that
// products and sums are fused where the processor can.

namespace chainsong {
namespace {

constexpr int kH = static_cast<int>(MlpNetwork::kWidth), kIn = static_cast<int>(MlpNetwork::kInputs);
constexpr int kTile = 16; // outputs that four points compute side by side
constexpr int kPanel =
    64; // outputs that a single point computes side by side; the matrices lie in such panels
constexpr int kBlock = 32; // points whose activations stay in the nearest cache

// Lanes of four are what every processor here has; lanes of eight need AVX2.
using Lane4 = float __attribute__((vector_size(16)));
using Lane8 = float __attribute__((vector_size(32)));

template <class Lane> constexpr int kLaneWidth = static_cast<int>(sizeof(Lane) / sizeof(float));
template <class Lane> struct Integers;
template <> struct Integers<Lane4> { using Type = std::int32_t __attribute__((vector_size(16))); };
template <> struct Integers<Lane8> { using Type = std::int32_t __attribute__((vector_size(32))); };

/// x = e^x to 2 ulp for x in [-87, 88], cut there: 2^n times a polynomial in the rest.
template <class Lane> [[gnu::always_inline]] inline void exponential(Lane& x) {
    using Whole = typename Integers<Lane>::Type;
    const Lane lowest = Lane{} - 87.0f, highest = Lane{} + 88.0f;
    x = x < lowest ? lowest : x;
    x = x > highest ? highest : x;
    const Lane whole = (x * 1.44269504f + 12582912.0f) - 12582912.0f; // rounds to nearest
    const Lane r = (x - whole * 0.693359375f) + whole * 2.12194440e-4f;
    Lane p = r * 1.9875691500e-4f + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    const Whole bits = (__builtin_convertvector(whole, Whole) + 127) << 23;
    Lane power;
    std::memcpy(&power, &bits, sizeof power);
    x = p * power;
}

/// x = tanh(x), for a row of H.
template <class Lane> [[gnu::always_inline]] inline void tanhRow(float* row) {
    for (int i = 0; i < kH; i += kLaneWidth<Lane>) {
        Lane x;
        std::memcpy(&x, row + i, sizeof x);
        x += x;
        exponential(x);
        x = 1.0f - 2.0f / (x + 1.0f);
        std::memcpy(row + i, &x, sizeof x);
    }
}

/// y[Rows, Outputs] = bias + x[Rows, inputs] · some columns of a panel. Every sum runs over the inputs in
/// order, whatever the shape of the tile, so that a point's result does not depend on its neighbours.
template <class Lane, int Rows, int Outputs>
[[gnu::always_inline]] inline void tile(
    const float* x, int inputs, const float* panel, const float* bias, float* y) {
    constexpr int kLanes = Outputs / kLaneWidth<Lane>;
    Lane sum[Rows][kLanes];
    for (int r = 0; r < Rows; ++r)
        for (int l = 0; l < kLanes; ++l) {
            sum[r][l] = Lane{};
            if (bias != nullptr) std::memcpy(&sum[r][l], bias + l * kLaneWidth<Lane>, sizeof(Lane));
        }
    for (int i = 0; i < inputs; ++i)
        for (int l = 0; l < kLanes; ++l) {
            Lane w;
            std::memcpy(&w, panel + i * kPanel + l * kLaneWidth<Lane>, sizeof w);
            for (int r = 0; r < Rows; ++r) sum[r][l] += w * x[r * inputs + i];
        }
    for (int r = 0; r < Rows; ++r) std::memcpy(y + r * kH, sum[r], sizeof sum[r]);
}

/// y[B, H] = bias + x[B, inputs] · panels.
template <class Lane>
[[gnu::always_inline]] inline void product(
    const float* x, int rows, int inputs, const float* panels, const float* bias, float* y) {
    const int paired = rows / 4 * 4;
    for (int o = 0; o < kH; o += kPanel) {
        const float* const panel = panels + o * inputs;
        const float* const panel_bias = bias == nullptr ? nullptr : bias + o;
        for (int k = 0; k < kPanel && paired > 0; k += kTile)
            for (int r = 0; r < paired; r += 4)
                tile<Lane, 4, kTile>(x + r * inputs, inputs, panel + k,
                    panel_bias == nullptr ? nullptr : panel_bias + k, y + r * kH + o + k);
        for (int r = paired; r < rows; ++r)
            tile<Lane, 1, kPanel>(x + r * inputs, inputs, panel, panel_bias, y + r * kH + o);
    }
}

template <class Lane> [[gnu::always_inline]] inline float dot(const float* a, const float* b) {
    Lane sum{};
    for (int i = 0; i < kH; i += kLaneWidth<Lane>) {
        Lane x, y;
        std::memcpy(&x, a + i, sizeof x);
        std::memcpy(&y, b + i, sizeof y);
        sum += x * y;
    }
    float total = 0;
    for (int k = 0; k < kLaneWidth<Lane>; ++k) total += sum[k];
    return total;
}

/// A block of points, and where its results go.
struct Block {
    const double* points;
    int rows;
    double* outputs;
    double* slopes; // null: not wanted
};

template <class Lane>
[[gnu::always_inline]] inline void evaluateBlock(const MlpNetwork::Layers& layers, const Block& block) {
    alignas(64) float in[kBlock * kIn], first[kBlock * kH], second[kBlock * kH], third[kBlock * kH];
    const int rows = block.rows;
    for (int i = 0; i < rows * kIn; ++i) in[i] = static_cast<float>(block.points[i]);
    // Pass 1: forwards.
    product<Lane>(in, rows, kIn, layers.first_forward.data(), layers.first_bias.data(), first);
    for (int i = 0; i < rows * kH; ++i) first[i] = first[i] > 0.0f ? first[i] : 0.0f;
    product<Lane>(first, rows, kH, layers.second_forward.data(), layers.second_bias.data(), second);
    for (int r = 0; r < rows; ++r) tanhRow<Lane>(second + r * kH);
    product<Lane>(second, rows, kH, layers.third_forward.data(), layers.third_bias.data(), third);
    for (int r = 0; r < rows; ++r) tanhRow<Lane>(third + r * kH);
    for (int r = 0; r < rows; ++r) {
        const double x = layers.last_bias + dot<Lane>(third + r * kH, layers.last_row.data());
        block.outputs[r] = 1 / (1 + std::exp(-x));
    }
    if (block.slopes == nullptr) return;
    // Pass 2: backwards. Each activation is overwritten by the output's slope by its unit's input.
    alignas(64) float slope[kBlock * kH];
    for (int r = 0; r < rows; ++r) {
        const auto steepness = static_cast<float>(block.outputs[r] * (1 - block.outputs[r]));
        for (int i = 0; i < kH; ++i) {
            const float h = third[r * kH + i];
            third[r * kH + i] = steepness * layers.last_row[static_cast<std::size_t>(i)] * (1.0f - h * h);
        }
    }
    product<Lane>(third, rows, kH, layers.third_backward.data(), nullptr, slope);
    for (int i = 0; i < rows * kH; ++i) second[i] = slope[i] * (1.0f - second[i] * second[i]);
    product<Lane>(second, rows, kH, layers.second_backward.data(), nullptr, slope);
    for (int i = 0; i < rows * kH; ++i) slope[i] = first[i] > 0.0f ? slope[i] : 0.0f;
    for (int r = 0; r < rows; ++r)
        for (int i = 0; i < kIn; ++i)
            block.slopes[r * kIn + i] = dot<Lane>(slope + r * kH, layers.first_rows.data() + i * kH);
}

void plainBlock(const MlpNetwork::Layers& layers, const Block& block) { evaluateBlock<Lane4>(layers, block); }
#if defined(__x86_64__)
__attribute__((target("avx2,fma"))) void wideBlock(const MlpNetwork::Layers& layers, const Block& block) {
    evaluateBlock<Lane8>(layers, block);
}
#endif

/// The processor decides when the program runs.
void blockByProcessor(const MlpNetwork::Layers& layers, const Block& block) {
#if defined(__x86_64__)
    static const bool has_wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (has_wide) return wideBlock(layers, block);
#endif
    plainBlock(layers, block);
}

/// matrix[H, inputs] -> panels for sums over the inputs, or (transposed) over the units.
std::vector<float> panelled(const double* matrix, int inputs, bool is_transposed) {
    const int sum_length = is_transposed ? kH : inputs, outputs = is_transposed ? inputs : kH;
    std::vector<float> panels;
    for (int o = 0; o < outputs; o += kPanel)
        for (int i = 0; i < sum_length; ++i)
            for (int k = 0; k < kPanel; ++k) {
                const int row = is_transposed ? i : o + k, column = is_transposed ? o + k : i;
                panels.push_back(static_cast<float>(matrix[row * inputs + column]));
            }
    return panels;
}

std::vector<float> asFloats(const double* from, int count) { return {from, from + count}; }

} // namespace

Result<MlpNetwork> MlpNetwork::fromWeights(std::span<const double> weights) {
    if (weights.size() != kNumWeights)
        return Error{"the network has " + std::to_string(kNumWeights) + " weights, not "
                + std::to_string(weights.size()),
            {}};
    if (!std::all_of(weights.begin(), weights.end(), [](double w) { return std::isfinite(w); }))
        return Error{"a weight of the network is not a finite number", {}};
    const double* next = weights.data();
    const auto take = [&](int count) {
        const double* const start = next;
        next += count;
        return start;
    };
    MlpNetwork network;
    Layers& layers = network.m_layers;
    const double* const first = take(kH * kIn);
    layers.first_forward = panelled(first, kIn, false);
    for (int i = 0; i < kIn; ++i)
        for (int o = 0; o < kH; ++o) layers.first_rows.push_back(static_cast<float>(first[o * kIn + i]));
    layers.first_bias = asFloats(take(kH), kH);
    const double* const second = take(kH * kH);
    layers.second_forward = panelled(second, kH, false);
    layers.second_backward = panelled(second, kH, true);
    layers.second_bias = asFloats(take(kH), kH);
    const double* const third = take(kH * kH);
    layers.third_forward = panelled(third, kH, false);
    layers.third_backward = panelled(third, kH, true);
    layers.third_bias = asFloats(take(kH), kH);
    layers.last_row = asFloats(take(kH), kH);
    layers.last_bias = static_cast<float>(*take(1));
    return network;
}

void MlpNetwork::evaluate(
    std::span<const double> points, std::span<double> outputs, std::span<double> slopes) const {
    const int count = static_cast<int>(outputs.size());
    for (int start = 0; start < count; start += kBlock)
        blockByProcessor(m_layers,
            {points.data() + start * kIn, std::min(kBlock, count - start), outputs.data() + start,
                slopes.empty() ? nullptr : slopes.data() + start * kIn});
}

} // namespace chainsong
