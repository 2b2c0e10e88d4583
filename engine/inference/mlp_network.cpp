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
constexpr int kPanel = 16; // the matrices lie in panels of so many outputs, walked through side by side
constexpr int kBlock = 32; // points whose activations stay in the nearest cache

// Lanes of four are what every processor here has; lanes of eight need AVX2.
using Lane4 = float __attribute__((vector_size(16)));
using Lane8 = float __attribute__((vector_size(32)));

alignas(64) constexpr float kNoBias[kH] = {};

template <class Lane> [[gnu::always_inline]] inline void load(const float* from, Lane& lane) {
    std::memcpy(&lane, from, sizeof lane);
}
template <class Lane> [[gnu::always_inline]] inline void store(const Lane& lane, float* to) {
    std::memcpy(to, &lane, sizeof lane);
}

template <class Lane> constexpr int kLaneWidth = static_cast<int>(sizeof(Lane) / sizeof(float));
template <class Lane> struct Integers;
template <> struct Integers<Lane4> { using Type = std::int32_t __attribute__((vector_size(16))); };
template <> struct Integers<Lane8> { using Type = std::int32_t __attribute__((vector_size(32))); };

const float* numbers(const MlpNetwork::Lines& lines) { return lines.front().x; }

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
        load(row + i, x);
        x += x;
        exponential(x);
        x = 1.0f - 2.0f / (x + 1.0f);
        store(x, row + i);
    }
}

/// y[Rows, Panels x 16] = bias + x[Rows, inputs] · neighbouring panels. Every sum runs over the inputs in
/// order, whatever the shape of the tile, so that a point's result does not depend on its neighbours.
template <class Lane, int Rows, int Panels>
[[gnu::always_inline]] inline void tile(
    const float* x, int inputs, const float* panels, const float* bias, float* y) {
    constexpr int kWidth = kLaneWidth<Lane>, kLanes = kPanel / kWidth;
    Lane sum[Rows][Panels * kLanes];
    for (int r = 0; r < Rows; ++r)
        for (int l = 0; l < Panels * kLanes; ++l) load(bias + l * kWidth, sum[r][l]);
    for (int i = 0; i < inputs; ++i)
        for (int l = 0; l < Panels * kLanes; ++l) {
            Lane w;
            load(panels + (l / kLanes * inputs + i) * kPanel + l % kLanes * kWidth, w);
            for (int r = 0; r < Rows; ++r) sum[r][l] += w * x[r * inputs + i];
        }
    for (int r = 0; r < Rows; ++r)
        for (int l = 0; l < Panels * kLanes; ++l) store(sum[r][l], y + r * kH + l * kWidth);
}

/// The same for all outputs.
template <class Lane, int Rows, int Panels>
[[gnu::always_inline]] inline void tiles(
    const float* x, int inputs, const float* panels, const float* bias, float* y) {
    for (int o = 0; o < kH; o += Panels * kPanel)
        tile<Lane, Rows, Panels>(x, inputs, panels + o * inputs, bias + o, y + o);
}

// The tiles are functions of their own: inlined into the rest they would have too few registers for their
// sums.
struct Plain {
    using Lane = Lane4;
    template <int Rows, int Panels>
    [[gnu::noinline]] static void tilesOf(
        const float* x, int inputs, const float* panels, const float* bias, float* y) {
        tiles<Lane, Rows, Panels>(x, inputs, panels, bias, y);
    }
};
#if defined(__x86_64__)
struct Wide {
    using Lane = Lane8;
    template <int Rows, int Panels>
    __attribute__((noinline, target("avx2,fma"))) static void tilesOf(
        const float* x, int inputs, const float* panels, const float* bias, float* y) {
        tiles<Lane, Rows, Panels>(x, inputs, panels, bias, y);
    }
};
#endif

/// y[B, H] = bias + x[B, inputs] · panels. The fewer rows share a weight, the more outputs are summed at
/// once: enough sums are under way at any time to keep the processor's adders busy.
template <class By>
[[gnu::always_inline]] inline void product(
    const float* x, int rows, int inputs, const float* panels, const float* bias, float* y) {
    while (rows > 0) {
        const int taken = rows == 5 ? 3 : std::min(rows, 4);
        if (taken == 4) By::template tilesOf<4, 1>(x, inputs, panels, bias, y);
        if (taken == 3) By::template tilesOf<3, 2>(x, inputs, panels, bias, y);
        if (taken == 2) By::template tilesOf<2, 2>(x, inputs, panels, bias, y);
        if (taken == 1) By::template tilesOf<1, 4>(x, inputs, panels, bias, y);
        rows -= taken;
        x += taken * inputs;
        y += taken * kH;
    }
}

template <class Lane> [[gnu::always_inline]] inline float dot(const float* a, const float* b) {
    Lane sum{};
    for (int i = 0; i < kH; i += kLaneWidth<Lane>) {
        Lane x, y;
        load(a + i, x);
        load(b + i, y);
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

template <class By>
[[gnu::always_inline]] inline void evaluateBlock(const MlpNetwork::Layers& layers, const Block& block) {
    alignas(64) float in[kBlock * kIn], first[kBlock * kH], second[kBlock * kH], third[kBlock * kH];
    const int rows = block.rows;
    for (int i = 0; i < rows * kIn; ++i) in[i] = static_cast<float>(block.points[i]);
    // Pass 1: forwards.
    product<By>(in, rows, kIn, numbers(layers.first_forward), numbers(layers.first_bias), first);
    for (int i = 0; i < rows * kH; ++i) first[i] = first[i] > 0.0f ? first[i] : 0.0f;
    product<By>(first, rows, kH, numbers(layers.second_forward), numbers(layers.second_bias), second);
    for (int r = 0; r < rows; ++r) tanhRow<typename By::Lane>(second + r * kH);
    product<By>(second, rows, kH, numbers(layers.third_forward), numbers(layers.third_bias), third);
    for (int r = 0; r < rows; ++r) tanhRow<typename By::Lane>(third + r * kH);
    for (int r = 0; r < rows; ++r) {
        const double x = layers.last_bias + dot<typename By::Lane>(third + r * kH, numbers(layers.last_row));
        block.outputs[r] = 1 / (1 + std::exp(-x));
    }
    if (block.slopes == nullptr) return;
    // Pass 2: backwards. Each activation is overwritten by the output's slope by its unit's input.
    alignas(64) float slope[kBlock * kH];
    const float* const last_row = numbers(layers.last_row);
    for (int r = 0; r < rows; ++r) {
        const auto steepness = static_cast<float>(block.outputs[r] * (1 - block.outputs[r]));
        for (int i = 0; i < kH; ++i) {
            const float h = third[r * kH + i];
            third[r * kH + i] = steepness * last_row[i] * (1.0f - h * h);
        }
    }
    product<By>(third, rows, kH, numbers(layers.third_backward), kNoBias, slope);
    for (int i = 0; i < rows * kH; ++i) second[i] = slope[i] * (1.0f - second[i] * second[i]);
    product<By>(second, rows, kH, numbers(layers.second_backward), kNoBias, slope);
    for (int i = 0; i < rows * kH; ++i) slope[i] = first[i] > 0.0f ? slope[i] : 0.0f;
    for (int r = 0; r < rows; ++r)
        for (int i = 0; i < kIn; ++i)
            block.slopes[r * kIn + i] =
                dot<typename By::Lane>(slope + r * kH, numbers(layers.first_rows) + i * kH);
}

void plainBlock(const MlpNetwork::Layers& layers, const Block& block) { evaluateBlock<Plain>(layers, block); }
#if defined(__x86_64__)
__attribute__((target("avx2,fma"))) void wideBlock(const MlpNetwork::Layers& layers, const Block& block) {
    evaluateBlock<Wide>(layers, block);
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

MlpNetwork::Lines inLines(const std::vector<float>& numbers) {
    MlpNetwork::Lines lines(numbers.size() / kPanel);
    for (std::size_t i = 0; i < numbers.size(); ++i) lines[i / kPanel].x[i % kPanel] = numbers[i];
    return lines;
}

/// matrix[H, inputs] -> panels for sums over the inputs, or (transposed) over the units.
MlpNetwork::Lines panelled(const double* matrix, int inputs, bool is_transposed) {
    const int sum_length = is_transposed ? kH : inputs, outputs = is_transposed ? inputs : kH;
    std::vector<float> panels;
    for (int o = 0; o < outputs; o += kPanel)
        for (int i = 0; i < sum_length; ++i)
            for (int k = 0; k < kPanel; ++k) {
                const int row = is_transposed ? i : o + k, column = is_transposed ? o + k : i;
                panels.push_back(static_cast<float>(matrix[row * inputs + column]));
            }
    return inLines(panels);
}

MlpNetwork::Lines row(const double* from) { return inLines({from, from + kH}); }

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
    std::vector<float> transposed;
    for (int i = 0; i < kIn; ++i)
        for (int o = 0; o < kH; ++o) transposed.push_back(static_cast<float>(first[o * kIn + i]));
    layers.first_rows = inLines(transposed);
    layers.first_bias = row(take(kH));
    const double* const second = take(kH * kH);
    layers.second_forward = panelled(second, kH, false);
    layers.second_backward = panelled(second, kH, true);
    layers.second_bias = row(take(kH));
    const double* const third = take(kH * kH);
    layers.third_forward = panelled(third, kH, false);
    layers.third_backward = panelled(third, kH, true);
    layers.third_bias = row(take(kH));
    layers.last_row = row(take(kH));
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
