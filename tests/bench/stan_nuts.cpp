#include "tests/bench/stan_nuts.h"

#include <stan/callbacks/logger.hpp>
#include <stan/math/prim/mat/fun/Eigen.hpp>

#include <cmath>
#include <limits>
#include <sstream>

namespace chainsong::bench {
namespace {

/// A target as Stan's sampler asks for a model.
class GivenModel {
public:
    GivenModel(const Target& target, bool makes_streams)
        : m_target(target)
        , m_makes_streams(makes_streams) { }
    std::size_t num_params_r() const { return static_cast<std::size_t>(m_target.dimension); }
    double logDensity(const Eigen::VectorXd& q, Eigen::VectorXd& grad) const {
        ++m_num_evaluations;
        grad.resize(q.size());
        const auto size = static_cast<std::size_t>(q.size());
        return m_target.log_density({q.data(), size}, {grad.data(), size});
    }
    bool makesStreams() const { return m_makes_streams; }
    std::int64_t numEvaluations() const { return m_num_evaluations; }

private:
    const Target& m_target;
    bool m_makes_streams;
    mutable std::int64_t m_num_evaluations = 0;
};

} // namespace
} // namespace chainsong::bench

// Stan's hamiltonian calls stan::model::gradient, found where its header is read: so this comes before it,
// and is taken before the template that differentiates.
namespace stan::model {
inline void gradient(const chainsong::bench::GivenModel& model, const Eigen::VectorXd& q, double& value,
    Eigen::VectorXd& grad, callbacks::logger& logger) {
    if (!model.makesStreams()) {
        value = model.logDensity(q, grad);
        return;
    }
    std::stringstream messages;
    value = model.logDensity(q, grad);
    if (messages.str().length() > 0) logger.info(messages);
}
} // namespace stan::model

#include <boost/random/additive_combine.hpp>
#include <boost/random/uniform_real_distribution.hpp>
#include <stan/mcmc/hmc/nuts/adapt_diag_e_nuts.hpp>
#include <stan/services/util/create_rng.hpp>
#include <stan/version.hpp>

namespace chainsong::bench {
namespace {

/// Stan's rule: uniform in (-2, 2), drawn again up to 100 times where density or gradient is not finite.
std::optional<Eigen::VectorXd> startOf(const GivenModel& model, boost::ecuyer1988& rng) {
    boost::random::uniform_real_distribution<double> uniform(-2, 2);
    Eigen::VectorXd q(static_cast<Eigen::Index>(model.num_params_r())), grad;
    for (int attempt = 0; attempt < 100; ++attempt) {
        for (Eigen::Index i = 0; i < q.size(); ++i) q[i] = uniform(rng);
        if (std::isfinite(model.logDensity(q, grad)) && grad.allFinite()) return q;
    }
    return std::nullopt;
}

} // namespace

std::optional<StanChain> runStan(const Target& target, const StanOptions& options, unsigned chain) {
    const GivenModel model(target, options.makes_streams);
    boost::ecuyer1988 rng = stan::services::util::create_rng(options.seed, chain);
    stan::callbacks::logger silence;
    const auto start = startOf(model, rng);
    if (!start) return std::nullopt;
    // From here on as stan/services/sample/hmc_nuts_diag_e_adapt.hpp and run_adaptive_sampler.hpp do it.
    stan::mcmc::adapt_diag_e_nuts<GivenModel, boost::ecuyer1988> sampler(model, rng);
    sampler.set_metric(Eigen::VectorXd(Eigen::VectorXd::Ones(start->size())));
    sampler.set_nominal_stepsize(1);
    sampler.set_stepsize_jitter(0);
    sampler.set_max_depth(options.max_tree_depth);
    sampler.get_stepsize_adaptation().set_mu(std::log(10.0));
    sampler.get_stepsize_adaptation().set_delta(options.target_accept);
    sampler.get_stepsize_adaptation().set_gamma(0.05);
    sampler.get_stepsize_adaptation().set_kappa(0.75);
    sampler.get_stepsize_adaptation().set_t0(10);
    sampler.set_window_params(static_cast<unsigned>(options.num_warm_up), 75, 50, 25, silence);
    sampler.engage_adaptation();
    sampler.z().q = *start;
    sampler.init_stepsize(silence);
    stan::mcmc::sample draw(*start, 0, 0);
    for (int i = 0; i < options.num_warm_up; ++i) draw = sampler.transition(draw, silence);
    sampler.disengage_adaptation();
    StanChain out;
    out.columns.resize(target.parameter_names.size());
    Vec parameters(target.parameter_names.size());
    std::vector<double> told; // step size, depth, leapfrogs, diverged, energy
    for (int i = 0; i < options.num_draws; ++i) {
        draw = sampler.transition(draw, silence);
        const Eigen::VectorXd& q = draw.cont_params();
        const std::span<const double> point(q.data(), static_cast<std::size_t>(q.size()));
        if (target.constrain)
            target.constrain(point, parameters);
        else
            parameters.assign(point.begin(), point.end());
        for (std::size_t k = 0; k < parameters.size(); ++k) out.columns[k].push_back(parameters[k]);
        told.clear();
        sampler.get_sampler_params(told);
        out.num_leapfrogs += told.at(2);
        out.num_divergences += told.at(3) > 0;
    }
    out.num_evaluations = model.numEvaluations();
    return out;
}

std::string stanVersion() {
    return stan::MAJOR_VERSION + "." + stan::MINOR_VERSION + "." + stan::PATCH_VERSION;
}

} // namespace chainsong::bench
