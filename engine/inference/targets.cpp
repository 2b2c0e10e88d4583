#include "engine/inference/targets.h"

#include "engine/inference/pairs.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace chainsong {
namespace {

using Point = std::span<const double>;
using Gradient = std::span<double>;

Target realTarget(std::string name, std::vector<std::string> parameter_names,
    std::function<double(Point, Gradient)> log_density) {
    Target target;
    target.name = std::move(name);
    target.dimension = static_cast<int>(parameter_names.size());
    target.parameter_names = std::move(parameter_names);
    target.log_density = std::move(log_density);
    return target;
}

std::vector<std::string> indexed(const std::string& name, int count) {
    std::vector<std::string> names;
    for (int i = 1; i <= count; ++i) names.push_back(name + "[" + std::to_string(i) + "]");
    return names;
}

/// Writes -precisions x into `slope`, which may be empty, and returns half its product with x. Sums are kept
/// in lanes, see pairs.h.
double pullToZero(Point x, const Vec& precisions, Gradient slope) {
    Pair sums[2] = {};
    const double* const precision = precisions.data();
    std::size_t i = 0;
    for (; i + 4 <= x.size(); i += 4)
        for (std::size_t k = 0; k < 2; ++k) {
            const Pair at = pairAt(x.data() + i + 2 * k), pull = -pairAt(precision + i + 2 * k) * at;
            if (!slope.empty()) store(pull, slope.data() + i + 2 * k);
            sums[k] += pull * at;
        }
    double sum = total(sums[0] + sums[1]);
    for (; i < x.size(); ++i) {
        const double pull = -precision[i] * x[i];
        if (!slope.empty()) slope[i] = pull;
        sum += pull * x[i];
    }
    return 0.5 * sum;
}

Target independentNormals(std::string name, Vec sds) {
    Vec precisions;
    for (const double sd : sds) precisions.push_back(1 / (sd * sd));
    return realTarget(std::move(name), indexed("x", static_cast<int>(sds.size())),
        [precisions](Point x, Gradient grad) { return pullToZero(x, precisions, grad); });
}

constexpr double kCorrelation = 0.9, kShockPrecision = 1 / (1 - kCorrelation * kCorrelation);

/// x_t ~ N(0.9 x_{t-1}, 1 / sqrt of the precision), from t = 1 on; writes how each shock pulls on its x_t
/// into `pulls`, which may be empty, and returns the sum of pulls and shocks.
double shocksOf(Point x, Gradient pulls) {
    Pair sums[2] = {};
    std::size_t t = 1;
    for (; t + 4 <= x.size(); t += 4)
        for (std::size_t k = 0; k < 2; ++k) {
            const double* const now = x.data() + t + 2 * k;
            const Pair shock = pairAt(now) - kCorrelation * pairAt(now - 1), pull = -kShockPrecision * shock;
            if (!pulls.empty()) store(pull, pulls.data() + t + 2 * k);
            sums[k] += pull * shock;
        }
    double sum = total(sums[0] + sums[1]);
    for (; t < x.size(); ++t) {
        const double shock = x[t] - kCorrelation * x[t - 1], pull = -kShockPrecision * shock;
        if (!pulls.empty()) pulls[t] = pull;
        sum += pull * shock;
    }
    return sum;
}

double autoregressiveLogDensity(Point x, Gradient grad) {
    const double log_p = 0.5 * (shocksOf(x, grad) - x[0] * x[0]);
    if (grad.empty()) return log_p;
    grad[0] = -x[0];

    for (std::size_t t = 0; t + 1 < x.size(); ++t) grad[t] -= kCorrelation * grad[t + 1];
    return log_p;
}

constexpr std::array<double, 8> kSchoolEffects{28, 8, -3, 7, -1, 1, 18, 12};
constexpr std::array<double, 8> kSchoolPrecisions{1 / (15.0 * 15), 1 / (10.0 * 10), 1 / (16.0 * 16),
    1 / (11.0 * 11), 1 / (9.0 * 9), 1 / (11.0 * 11), 1 / (10.0 * 10), 1 / (18.0 * 18)};

/// q: eight standardised effects, mu, log tau.
double eightSchoolsLogDensity(Point q, Gradient grad) {
    const double mu = q[8], tau = std::exp(q[9]);
    const double tau_ratio = tau * tau / 25;
    double log_p = -0.5 * mu * mu / 25 - std::log(1 + tau_ratio) + q[9]; // half-Cauchy(0, 5) and the Jacobian
    Pair sizes{}, mu_slopes{}, tau_slopes{};
    for (std::size_t j = 0; j < 8; j += 2) {
        const Pair effect = pairAt(q.data() + j), precision = pairAt(kSchoolPrecisions.data() + j);
        const Pair miss = pairAt(kSchoolEffects.data() + j) - mu - tau * effect, slope = miss * precision;
        sizes += effect * effect + miss * slope;
        mu_slopes += slope;
        tau_slopes += slope * effect;
        if (!grad.empty()) store(tau * slope - effect, grad.data() + j);
    }
    if (!grad.empty()) {
        grad[8] = total(mu_slopes) - mu / 25;
        grad[9] = tau * total(tau_slopes) + 1 - 2 * tau_ratio / (1 + tau_ratio);
    }
    return log_p - 0.5 * total(sizes);
}

const std::vector<TargetInfo>& infos() {
    static const std::vector<TargetInfo> all{
        {"normal", "10 independent standard normals"},
        {"gauss_illdiag_100", "100 independent normals, sds from 0.01 to 100"},
        {"gauss_ar1_100", "100 normals in a row, each correlated 0.9 with the next"},
        {"eight_schools_noncentered", "Rubin's eight schools, non-centred"},
        {"banana_2", "Haario's banana"},
        {"rosenbrock_2", "a long curved valley; the run should be distrusted"},
        {"funnel_10", "Neal's funnel, centred; the run must warn"},
        {"arK", "autoregression of order K: K, T, y", true},
        {"arma11", "autoregression with a moving average: T, y", true},
        {"garch11", "changing volatility: T, y, sigma1", true},
        {"kidscore_interaction", "regression with an interaction: N, kid_score, mom_hs, mom_iq", true},
        {"earn_height", "regression of earnings on height: N, earn, height", true},
        {"kilpisjarvi", "regression with a far-off intercept: N, x, y, pmualpha, psalpha, pmubeta, psbeta",
            true},
        {"gp_regr", "Gaussian process regression: N, x, y", true},
        {"low_dim_gauss_mix", "a mixture of two normals: N, y", true},
        {"logreg", "logistic regression with standard normal priors: N, P, X, y", true},
        {"mlp", "what the emulator's network was given: weights (a .f32 file)", true},
        {"mlp_hard", "the same with little noise, many modes; wants --kernel smc: weights", true},
    };
    return all;
}

} // namespace

std::span<const TargetInfo> builtInTargets() { return infos(); }

Target normalTarget(int dimension) {
    return independentNormals("normal", Vec(static_cast<std::size_t>(dimension), 1));
}

Target illConditionedTarget(int dimension) {
    Vec sds;
    for (int i = 0; i < dimension; ++i)
        sds.push_back(std::pow(10, -2 + 4.0 * i / std::max(dimension - 1, 1)));
    return independentNormals("gauss_illdiag_" + std::to_string(dimension), sds);
}

Target autoregressiveTarget(int dimension) {
    return realTarget(
        "gauss_ar1_" + std::to_string(dimension), indexed("x", dimension), autoregressiveLogDensity);
}

Target eightSchoolsTarget() {
    Target target;
    target.name = "eight_schools_noncentered";
    target.dimension = 10;
    target.parameter_names = indexed("theta", 8);
    target.parameter_names.insert(target.parameter_names.end(), {"mu", "tau"});
    target.log_density = eightSchoolsLogDensity;
    target.constrain = [](Point q, std::span<double> out) {
        out[8] = q[8];
        out[9] = std::exp(q[9]);
        for (std::size_t j = 0; j < 8; ++j) out[j] = out[8] + out[9] * q[j];
    };
    return target;
}

Target bananaTarget() {
    return realTarget("banana_2", indexed("x", 2), [](Point x, Gradient grad) {
        const double bend = x[1] + 0.03 * (x[0] * x[0] - 100);
        if (!grad.empty()) {
            grad[0] = -x[0] / 100 - 0.06 * x[0] * bend;
            grad[1] = -bend;
        }
        return -0.5 * (x[0] * x[0] / 100 + bend * bend);
    });
}

Target rosenbrockTarget() {
    return realTarget("rosenbrock_2", indexed("x", 2), [](Point x, Gradient grad) {
        const double a = 1 - x[0], b = x[1] - x[0] * x[0];
        if (!grad.empty()) {
            grad[0] = (2 * a + 400 * x[0] * b) / 20;
            grad[1] = -10 * b;
        }
        return -(a * a + 100 * b * b) / 20;
    });
}

Target funnelTarget() {
    auto names = indexed("x", 9);
    names.insert(names.begin(), "v");
    return realTarget("funnel_10", std::move(names), [](Point q, Gradient grad) {
        const double v = q[0], precision = std::exp(-v);
        double sum = 0;
        for (std::size_t i = 1; i < q.size(); ++i) {
            sum += q[i] * q[i];
            if (!grad.empty()) grad[i] = -precision * q[i];
        }
        const double count = static_cast<double>(q.size() - 1);
        if (!grad.empty()) grad[0] = -v / 9 - 0.5 * count + 0.5 * precision * sum;
        return -v * v / 18 - 0.5 * count * v - 0.5 * precision * sum;
    });
}

Result<Target> makeTarget(std::string_view name, const NamedNumbers& data) {
    if (name == "normal") return normalTarget(10);
    if (name == "gauss_illdiag_100") return illConditionedTarget(100);
    if (name == "gauss_ar1_100") return autoregressiveTarget(100);
    if (name == "eight_schools_noncentered") return eightSchoolsTarget();
    if (name == "banana_2") return bananaTarget();
    if (name == "rosenbrock_2") return rosenbrockTarget();
    if (name == "funnel_10") return funnelTarget();
    std::string known;
    for (const TargetInfo& info : infos()) {
        if (info.name == name) return makeDataTarget(name, data);
        known += (known.empty() ? "" : ", ") + info.name;
    }
    return Error{"there is no such target; there are " + known, std::string(name)};
}

} // namespace chainsong
