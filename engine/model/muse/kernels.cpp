#include "engine/model/muse/kernels.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

// What is worth it is compiled twice, and the processor decides when the program runs which version it takes.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define CHAINSONG_FAST __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define CHAINSONG_FAST
#endif

namespace chainsong {
namespace {

constexpr int kPanel = 16;
constexpr double kEvenShare = 1e-6;

// Lanes of four are what every processor here has; lanes of eight need AVX2.
using Lane4 = float __attribute__((vector_size(16)));
using Lane8 = float __attribute__((vector_size(32)));

/// e^x to 2 ulp for x in [-87, 88], cut there: 2^n times a polynomial in the rest. Free of branches, so loops over it
/// become vector code.
[[gnu::always_inline]] inline float fastExp(float x)
{
    x = x < -87.0f ? -87.0f : x;
    x = x > 88.0f ? 88.0f : x;
    const float scaled = x * 1.44269504f;
    const float whole = (scaled + 12582912.0f) - 12582912.0f;  // rounds to nearest
    const float r = (x - whole * 0.693359375f) + whole * 2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    return p * std::bit_cast<float>((static_cast<std::int32_t>(whole) + 127) << 23);
}
[[gnu::always_inline]] inline float fastTanh(float x) { return 1.0f - 2.0f / (fastExp(2.0f * x) + 1.0f); }
[[gnu::always_inline]] inline float fastSigmoid(float x) { return 1.0f / (1.0f + fastExp(-x)); }

/// `Rows` rows through one panel.
template <class Lane, int Rows>
[[gnu::always_inline]] inline void panelProduct(const float* x, int inputs, const float* panel, const float* bias, float* y, int outputs, int count)
{
    constexpr int kLaneWidth = static_cast<int>(sizeof(Lane) / sizeof(float));
    constexpr int kLanes = kPanel / kLaneWidth;
    Lane sum[Rows][kLanes];
    for (int r = 0; r < Rows; ++r) std::memcpy(sum[r], bias, sizeof sum[r]);
    for (int i = 0; i < inputs; ++i)
        for (int l = 0; l < kLanes; ++l) {
            Lane w;
            std::memcpy(&w, panel + i * kPanel + l * kLaneWidth, sizeof w);
            for (int r = 0; r < Rows; ++r) sum[r][l] += w * x[r * inputs + i];
        }
    for (int r = 0; r < Rows; ++r) {
        float row[kPanel];
        std::memcpy(row, sum[r], sizeof row);
        std::memcpy(y + r * outputs, row, sizeof(float) * static_cast<std::size_t>(count));
    }
}

/// What a product is made from and where it goes.
struct Product {
    const float* x;
    int rows, inputs;
    const float *panels, *bias;
    float* y;
    int outputs;
};

template <class Lane>
[[gnu::always_inline]] inline void productBy(const Product& p)
{
    for (int o = 0; o < p.outputs; o += kPanel) {
        const float* panel = p.panels + static_cast<std::ptrdiff_t>(o) * p.inputs;
        const int count = std::min(kPanel, p.outputs - o);
        int r = 0;
        for (; r + 4 <= p.rows; r += 4)
            panelProduct<Lane, 4>(p.x + r * p.inputs, p.inputs, panel, p.bias + o, p.y + r * p.outputs + o, p.outputs, count);
        for (; r < p.rows; ++r)
            panelProduct<Lane, 1>(p.x + r * p.inputs, p.inputs, panel, p.bias + o, p.y + r * p.outputs + o, p.outputs, count);
    }
}

void plainProduct(const Product& p) { productBy<Lane4>(p); }
#if defined(__x86_64__)
__attribute__((target("avx2,fma"))) void wideProduct(const Product& p) { productBy<Lane8>(p); }
#endif

void product(const Product& p)
{
#if defined(__x86_64__)
    static const bool has_wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (has_wide) return wideProduct(p);
#endif
    plainProduct(p);
}

CHAINSONG_FAST void silu(float* x, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) x[i] *= fastSigmoid(x[i]);
}

CHAINSONG_FAST void sigmoid(float* x, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) x[i] = fastSigmoid(x[i]);
}

CHAINSONG_FAST float score(const float* query, const float* key, const float* weight, int n)
{
    float part[8] = {};  // eight running sums: a fixed order that vector code keeps
    for (int i = 0; i < n; i += 8)
        for (int k = 0; k < 8; ++k) part[k] += weight[i + k] * fastTanh(query[i + k] + key[i + k]);
    return ((part[0] + part[1]) + (part[2] + part[3])) + ((part[4] + part[5]) + (part[6] + part[7]));
}

CHAINSONG_FAST void scoreGradient(const float* query, const float* key, const float* weight, int n, float upstream, float* query_grad,
    float* key_grad, float* weight_grad)
{
    for (int i = 0; i < n; ++i) {
        const float t = fastTanh(query[i] + key[i]);
        const float d = upstream * weight[i] * (1 - t * t);
        query_grad[i] += d;
        key_grad[i] += d;
        weight_grad[i] += upstream * t;
    }
}

CHAINSONG_FAST void logSoftmax(const float* logits, int lowest, int highest, float scale, float* log_probs)
{
    float most = logits[lowest];
    for (int c = lowest; c <= highest; ++c) most = logits[c] > most ? logits[c] : most;
    for (int c = lowest; c <= highest; ++c) log_probs[c] = fastExp((logits[c] - most) * scale);
    double sum = 0;
    for (int c = lowest; c <= highest; ++c) sum += static_cast<double>(log_probs[c]);
    const double even = kEvenShare / (highest - lowest + 1);
    const double share = (1 - kEvenShare) / sum;
    for (int c = lowest; c <= highest; ++c) log_probs[c] = static_cast<float>(std::log(static_cast<double>(log_probs[c]) * share + even));
}

}  // namespace

LinearKernel::LinearKernel(std::span<const float> weight, std::span<const float> bias, int inputs, int outputs)
    : m_inputs(inputs)
    , m_outputs(outputs)
{
    const int panels = (outputs + kPanel - 1) / kPanel;
    m_panels.resize(static_cast<std::size_t>(panels * inputs * kPanel));
    m_bias.resize(static_cast<std::size_t>(panels * kPanel));
    std::copy(bias.begin(), bias.end(), m_bias.begin());
    for (int o = 0; o < outputs; ++o)
        for (int i = 0; i < inputs; ++i)
            m_panels[static_cast<std::size_t>(((o / kPanel) * inputs + i) * kPanel + o % kPanel)] = weight[static_cast<std::size_t>(o * inputs + i)];
}

void LinearKernel::apply(const float* x, int rows, float* y) const
{
    product({ x, rows, m_inputs, m_panels.data(), m_bias.data(), y, m_outputs });
}

void applySilu(float* x, std::size_t count) { silu(x, count); }
void applySigmoid(float* x, std::size_t count) { sigmoid(x, count); }

void normaliseRow(const float* x, std::span<const float> gain, std::span<const float> offset, float* y)
{
    const std::size_t n = gain.size();
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < n; ++i) sum += static_cast<double>(x[i]);
    const double mean = sum / static_cast<double>(n);
    for (std::size_t i = 0; i < n; ++i) squares += (static_cast<double>(x[i]) - mean) * (static_cast<double>(x[i]) - mean);
    const auto scale = static_cast<float>(1 / std::sqrt(squares / static_cast<double>(n) + 1e-5));
    const auto centre = static_cast<float>(mean);
    for (std::size_t i = 0; i < n; ++i) y[i] = (x[i] - centre) * scale * gain[i] + offset[i];
}

float additiveScore(const float* query, const float* key, std::span<const float> weight)
{
    return score(query, key, weight.data(), static_cast<int>(weight.size()));
}

void additiveScoreGradient(const float* query, const float* key, std::span<const float> weight, float upstream, float* query_grad, float* key_grad,
    float* weight_grad)
{
    scoreGradient(query, key, weight.data(), static_cast<int>(weight.size()), upstream, query_grad, key_grad, weight_grad);
}

void logSoftmaxWithin(const float* logits, int count, int lowest, int highest, double temperature, float* log_probs)
{
    std::fill(log_probs, log_probs + count, -std::numeric_limits<float>::infinity());
    if (lowest <= highest) logSoftmax(logits, lowest, highest, static_cast<float>(1 / temperature), log_probs);
}

void addRows(std::span<const float> table, int width, std::span<const std::int32_t> ids, float* x)
{
    for (const std::int32_t id : ids) {
        if (id == 0) continue;
        const float* row = table.data() + static_cast<std::ptrdiff_t>(id) * width;
        for (int i = 0; i < width; ++i) x[i] += row[i];
    }
}

}  // namespace chainsong
