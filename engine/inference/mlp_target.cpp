#include "engine/inference/data_targets.h"
#include "engine/inference/mlp_network.h"
#include "engine/inference/priors.h"

#include <array>
#include <cmath>
#include <utility>

namespace chainsong {
namespace {

constexpr double kObserved = 0.9;

/// y ~ N(f(theta), sigma) for many theta. The normal's constant is left out, as in the reference evidence.
struct NetworkLikelihood {
    MlpNetwork network;
    double observed, sigma;

    void operator()(
        std::span<const double> points, std::span<double> log_densities, std::span<double> grads) const {
        network.evaluate(points, log_densities, grads);
        for (std::size_t i = 0; i < log_densities.size(); ++i) {
            const double miss = (observed - log_densities[i]) / sigma;
            log_densities[i] = -0.5 * miss * miss;
            if (grads.empty()) continue;
            for (std::size_t k = 0; k < MlpNetwork::kInputs; ++k)
                grads[i * MlpNetwork::kInputs + k] *= miss / sigma;
        }
    }
};

} // namespace

Result<Target> networkTarget(const NamedNumbers& data, double usual_sigma) {
    const auto weights = numbersOf(data, "weights");
    if (!weights) return weights.error();
    auto network = MlpNetwork::fromWeights(*weights);
    if (!network) return network.error();
    double observed = kObserved, sigma = usual_sigma;
    for (const auto& [name, value] : {std::pair{"y", &observed}, std::pair{"sigma", &sigma}}) {
        if (!data.contains(name)) continue;
        const auto given = numberOf(data, name);
        if (!given) return given.error();
        *value = *given;
    }
    if (!(sigma > 0)) return Error{"\"sigma\" must be positive", {}};
    std::vector<std::string> names;
    for (std::size_t i = 1; i <= MlpNetwork::kInputs; ++i)
        names.push_back("theta[" + std::to_string(i) + "]");
    return posteriorOf(std::move(names), normalPrior(MlpNetwork::kInputs, 1),
        NetworkLikelihood{*std::move(network), observed, sigma});
}

} // namespace chainsong
