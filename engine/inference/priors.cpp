#include "engine/inference/priors.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace chainsong {
namespace {

/// Adds the values and gradients of one density to another's.
struct Sum {
    BatchDensity first, second;
    double second_sign = 1;

    void operator()(
        std::span<const double> points, std::span<double> log_densities, std::span<double> grads) const {
        // Several threads call at once, so the scratch belongs to the thread; it is allocated once for each.
        thread_local Vec values, slopes;
        first(points, log_densities, grads); // may be a sum itself, with the same scratch
        values.resize(log_densities.size());
        slopes.resize(grads.size());
        const std::span<double> other_values(values.data(), log_densities.size());
        const std::span<double> other_slopes(slopes.data(), grads.size());
        second(points, other_values, other_slopes);
        for (std::size_t i = 0; i < values.size(); ++i) log_densities[i] += second_sign * values[i];
        for (std::size_t i = 0; i < slopes.size(); ++i) grads[i] += second_sign * slopes[i];
    }
};

} // namespace

ExactDensity normalPrior(std::size_t dimension, double sd) {
    ExactDensity prior;
    prior.draw = [sd](Rng& rng, std::span<double> q) {
        for (double& x : q) x = sd * rng.normal();
    };
    prior.log_densities = [dimension, precision = 1 / (sd * sd),
                              log_constant = -static_cast<double>(dimension)
                                  * (kHalfLogTwoPi + std::log(sd))](std::span<const double> points,
                              std::span<double> log_densities, std::span<double> grads) {
        for (std::size_t i = 0; i < log_densities.size(); ++i) {
            double sum = 0;
            for (std::size_t k = i * dimension; k < (i + 1) * dimension; ++k) sum += points[k] * points[k];
            log_densities[i] = log_constant - 0.5 * precision * sum;
        }
        for (std::size_t k = 0; k < grads.size(); ++k) grads[k] = -precision * points[k];
    };
    return prior;
}

BatchDensity oneByOne(std::function<double(std::span<const double>, std::span<double>)> log_density) {
    return [density = std::move(log_density)](
               std::span<const double> points, std::span<double> log_densities, std::span<double> grads) {
        const std::size_t dimension = points.size() / std::max<std::size_t>(1, log_densities.size());
        for (std::size_t i = 0; i < log_densities.size(); ++i)
            log_densities[i] = density(points.subspan(i * dimension, dimension),
                grads.empty() ? grads : grads.subspan(i * dimension, dimension));
    };
}

Target posteriorOf(std::vector<std::string> names, ExactDensity prior, BatchDensity log_likelihood) {
    Target target;
    target.dimension = static_cast<int>(names.size());
    target.parameter_names = std::move(names);
    target.log_densities = Sum{prior.log_densities, log_likelihood};
    target.log_density = [both = target.log_densities](std::span<const double> q, std::span<double> grad) {
        double log_p = 0;
        both(q, {&log_p, 1}, grad);
        return log_p;
    };
    target.parts = std::make_shared<const TemperingParts>(
        TemperingParts{std::move(prior.draw), std::move(prior.log_densities), std::move(log_likelihood)});
    return target;
}

Target withNormalReference(Target target, double sd) {
    assert(sd > 0);
    const ExactDensity reference = normalPrior(static_cast<std::size_t>(target.dimension), sd);
    const BatchDensity density = target.log_densities ? target.log_densities : oneByOne(target.log_density);
    target.parts = std::make_shared<const TemperingParts>(
        TemperingParts{reference.draw, reference.log_densities, Sum{density, reference.log_densities, -1}});
    return target;
}

} // namespace chainsong
