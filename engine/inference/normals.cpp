#include "engine/inference/normals.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace chainsong {
namespace {

constexpr std::size_t kNumLayers = 256;
constexpr double kTailStart =
    3.6541528853610088; // with it 256 layers of equal area fill the half bell exactly

/// Layer i reaches from 0 to right[i] and lies between heights height[i] and height[i + 1]; layer 0 holds the
/// tail.
struct Layers {
    std::array<double, kNumLayers + 1> right{}, height{};
    Layers() {
        const double at_tail = std::exp(-0.5 * kTailStart * kTailStart);
        const double tail_area =
            std::sqrt(0.5 * std::numbers::pi) * std::erfc(kTailStart / std::numbers::sqrt2);
        const double area = kTailStart * at_tail + tail_area;
        right[0] = area / at_tail; // as if the tail were a piece of the lowest layer
        right[1] = kTailStart;
        height[1] = at_tail;
        for (std::size_t i = 2; i < kNumLayers; ++i) {
            height[i] = height[i - 1] + area / right[i - 1];
            right[i] = std::sqrt(-2 * std::log(height[i]));
        }
        height[kNumLayers] = 1;
    }
};

/// |z| given that it lies beyond kTailStart (Marsaglia 1964).
double drawTail(Rng& rng) {
    for (;;) {
        const double x = -std::log(1 - rng.uniform()) / kTailStart;
        const double y = -std::log(1 - rng.uniform());
        if (2 * y > x * x) return kTailStart + x;
    }
}

} // namespace

double drawNormals(Rng& rng, std::span<double> z) {
    static const Layers layers;
    Rng stream = rng; // in registers
    double sum_squares = 0;
    for (double& z_i : z) {
        double size = 0;
        std::uint64_t bits = 0;
        for (;;) {
            bits = stream();
            const std::size_t layer = bits & (kNumLayers - 1);
            size = static_cast<double>(bits >> 11) * 0x1p-53 * layers.right[layer];
            if (size < layers.right[layer + 1]) break; // under the bell whatever its height: 99 in 100
            if (layer == 0) {
                size = drawTail(stream);
                break;
            }
            const double low = layers.height[layer], high = layers.height[layer + 1];
            if (low + stream.uniform() * (high - low) < std::exp(-0.5 * size * size)) break;
        }
        z_i = bits & kNumLayers ? -size : size;
        sum_squares += size * size;
    }
    rng = stream;
    return sum_squares;
}

} // namespace chainsong
