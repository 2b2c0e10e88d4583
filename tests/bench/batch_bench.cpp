// What a LibTorch network costs as a density: a gradient at one point and at many together, and chains that
// advance together on it, beside the network evaluated by hand. One thread. `batch_bench [chains]`

#include "engine/inference/chains.h"
#include "engine/inference/priors.h"
#include "score.h"
#include "tests/inference/reference_files.h"

#include <torch/torch.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace {

using namespace chainsong;

constexpr std::int64_t kInputs = 4, kWidth = 128, kTogether = 64;

double cpuSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// The emulator's network by LibTorch's operations, forwards and backwards: automatic differentiation would
/// double the time of a batch. A point's result must not depend on its neighbours, and a product of matrices
/// rounds by its shape; so every batch is filled up to the same size.
class TorchNetwork {
public:
    explicit TorchNetwork(std::span<const double> weights)
        : m_next(weights) {
        for (const auto& [inputs, outputs] : {std::pair{kInputs, kWidth}, std::pair{kWidth, kWidth},
                 std::pair{kWidth, kWidth}, std::pair{kWidth, std::int64_t{1}}}) {
            m_layers.push_back(take({outputs, inputs}).t().contiguous());
            m_biases.push_back(take({outputs}));
        }
    }

    /// y = 0.9 ~ N(f(theta), 0.2), at each point.
    void operator()(
        std::span<const double> points, std::span<double> log_densities, std::span<double> grads) const {
        const auto count = static_cast<std::int64_t>(log_densities.size());
        for (std::int64_t start = 0; start < count; start += kTogether) {
            const std::int64_t rows = std::min(kTogether, count - start);
            torch::Tensor input = torch::zeros({kTogether, kInputs}); // [B, inputs] float32
            float* const in = input.data_ptr<float>();
            for (std::int64_t i = 0; i < rows * kInputs; ++i)
                in[i] = static_cast<float>(points[static_cast<std::size_t>(start * kInputs + i)]);
            const torch::Tensor first = torch::addmm(m_biases[0], input, m_layers[0]).relu_(); // [B, width]
            const torch::Tensor second = torch::addmm(m_biases[1], first, m_layers[1]).tanh_();
            const torch::Tensor third = torch::addmm(m_biases[2], second, m_layers[2]).tanh_();
            const torch::Tensor output = torch::addmm(m_biases[3], third, m_layers[3]).sigmoid_(); // [B, 1]
            const torch::Tensor miss = (0.9 - output) / 0.2;
            const torch::Tensor log_p = -0.5 * miss.square();
            for (std::int64_t i = 0; i < rows; ++i)
                log_densities[static_cast<std::size_t>(start + i)] =
                    static_cast<double>(log_p.data_ptr<float>()[i]);
            if (grads.empty()) continue;
            torch::Tensor slope = torch::sigmoid_backward(miss / 0.2, output);
            slope = torch::tanh_backward(torch::mm(slope, m_layers[3].t()), third);
            slope = torch::tanh_backward(torch::mm(slope, m_layers[2].t()), second);
            slope = torch::threshold_backward(torch::mm(slope, m_layers[1].t()), first, 0);
            slope = torch::mm(slope, m_layers[0].t()); // [B, inputs]
            for (std::int64_t i = 0; i < rows * kInputs; ++i)
                grads[static_cast<std::size_t>(start * kInputs + i)] =
                    static_cast<double>(slope.data_ptr<float>()[i]);
        }
    }

private:
    torch::Tensor take(const std::vector<std::int64_t>& shape) {
        torch::Tensor tensor = torch::empty(shape);
        for (std::int64_t i = 0; i < tensor.numel(); ++i, m_next = m_next.subspan(1))
            tensor.data_ptr<float>()[i] = static_cast<float>(m_next.front());
        return tensor;
    }

    std::span<const double> m_next;
    std::vector<torch::Tensor> m_layers, m_biases;
};

/// The best of some tries.
double microsecondsPerPoint(const BatchDensity& density, std::size_t count) {
    std::vector<double> points(count * kInputs, 0.3), values(count), grads(count * kInputs);
    double best = 1e9;
    for (int attempt = 0; attempt < 9; ++attempt) {
        const int num_calls = static_cast<int>(2048 / count);
        const double start = cpuSeconds();
        for (int i = 0; i < num_calls; ++i) density(points, values, grads);
        best = std::min(best, (cpuSeconds() - start) / num_calls / static_cast<double>(count) * 1e6);
    }
    return best;
}

/// The least ESS* of the parameters, a CPU second.
double essPerSecond(const Target& target, int num_chains) {
    RunOptions options;
    options.num_chains = num_chains;
    options.num_draws = 4000 / num_chains + 100;
    const double start = cpuSeconds();
    const auto run = runChains(target, options);
    const double seconds = cpuSeconds() - start;
    double ess = 1e300;
    for (std::size_t k = 0; run && k < run->parameter_names.size(); ++k) {
        ChainValues values;
        for (const ChainRun& chain : run->chains) values.push_back(chain.columns[k]);
        ess = std::min(ess, essStar(values));
    }
    return ess / seconds;
}

} // namespace

int main(int argc, char** argv) {
    at::set_num_threads(1);
    const torch::NoGradGuard no_grad;
    const int num_chains = argc > 1 ? std::atoi(argv[1]) : 64;
    const auto by_hand = test::referenceTarget("mlp");
    const auto weights = test::referenceFloats("posteriors/mlp_weights.f32");
    if (!by_hand || weights.empty() || num_chains < 1) {
        std::puts("the reference network is not here");
        return 1;
    }
    const TorchNetwork network(weights);
    const Target by_torch =
        posteriorOf(by_hand->parameter_names, normalPrior(static_cast<std::size_t>(kInputs), 1), network);
    const double there[] = {0.3, -0.2, 0.5, 0.1};
    double theirs = 0, ours = 0, their_grad[kInputs], our_grad[kInputs];
    by_torch.log_densities(there, {&theirs, 1}, their_grad);
    by_hand->log_densities(there, {&ours, 1}, our_grad);
    std::printf("the same density at one point: %.6f and %.6f, slopes %.6f and %.6f\n", theirs, ours,
        their_grad[0], our_grad[0]);
    std::printf("%-10s %14s %14s\n", "points", "LibTorch, us", "by hand, us");
    for (const std::size_t count : {1, 4, 16, 64})
        std::printf("%-10zu %14.2f %14.2f\n", count, microsecondsPerPoint(by_torch.log_densities, count),
            microsecondsPerPoint(by_hand->log_densities, count));
    std::printf("%d chains together, ESS* a CPU second: LibTorch %.0f, by hand %.0f\n", num_chains,
        essPerSecond(by_torch, num_chains), essPerSecond(*by_hand, num_chains));
}
