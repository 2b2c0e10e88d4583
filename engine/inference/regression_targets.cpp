#include "engine/inference/data_targets.h"
#include "engine/inference/logistic_regression.h"
#include "engine/inference/priors.h"

#include <cmath>
#include <utility>

namespace chainsong {
namespace {

/// y ~ N(rows · b, sigma), normal or flat priors on b, half-Cauchy or flat prior on sigma; parameters b, log
/// sigma.
struct LinearRegression {
    std::size_t num_columns = 0;
    Vec rows; // one row an observation
    Vec y;
    Vec prior_means, prior_precisions; // of b; empty = flat
    double sigma_scale = 0; // of the half-Cauchy; 0 = flat

    double operator()(std::span<const double> q, std::span<double> grad) const {
        const double sigma = std::exp(q[num_columns]);
        const double precision = 1 / (sigma * sigma);
        const double count = static_cast<double>(y.size());
        double sum_squares = 0;
        for (double& g : grad) g = 0;
        for (std::size_t i = 0; i < y.size(); ++i) {
            const double* row = rows.data() + i * num_columns;
            double rest = y[i];
            for (std::size_t k = 0; k < num_columns; ++k) rest -= row[k] * q[k];
            sum_squares += rest * rest;
            if (grad.empty()) continue;
            for (std::size_t k = 0; k < num_columns; ++k) grad[k] += precision * rest * row[k];
        }
        double log_p = -count * q[num_columns] - 0.5 * precision * sum_squares + q[num_columns];
        double sigma_slope = -count + precision * sum_squares + 1; // by log sigma
        for (std::size_t k = 0; k < prior_means.size(); ++k) {
            const double pull = prior_precisions[k] * (prior_means[k] - q[k]);
            log_p -= 0.5 * pull * (prior_means[k] - q[k]);
            if (!grad.empty()) grad[k] += pull;
        }
        if (sigma_scale > 0) {
            const double ratio = sigma * sigma / (sigma_scale * sigma_scale);
            log_p -= std::log1p(ratio);
            sigma_slope -= 2 * ratio / (1 + ratio);
        }
        if (!grad.empty()) grad[num_columns] = sigma_slope;
        return log_p;
    }
};

Target regressionTarget(LinearRegression regression, std::vector<std::string> names) {
    Target target;
    target.dimension = static_cast<int>(regression.num_columns) + 1;
    target.parameter_names = std::move(names);
    target.constrain = [](std::span<const double> q, std::span<double> out) {
        for (std::size_t i = 0; i < q.size(); ++i) out[i] = q[i];
        out.back() = std::exp(q.back());
    };
    target.log_density = std::move(regression);
    return target;
}

} // namespace

Result<Target> autoregressionTarget(const NamedNumbers& data) {
    const auto order = numberOf(data, "K");
    if (!order) return order.error();
    const auto y = numbersOf(data, "y");
    if (!y) return y.error();
    if (!(*order >= 1 && *order < static_cast<double>(y->size())) || *order != std::floor(*order))
        return Error{"\"K\" must be a whole number from 1 to one less than the length of \"y\"", {}};
    const auto lags = static_cast<std::size_t>(*order);
    LinearRegression regression;
    regression.num_columns = lags + 1;
    for (std::size_t t = lags; t < y->size(); ++t) {
        regression.rows.push_back(1);
        for (std::size_t k = 1; k <= lags; ++k) regression.rows.push_back((*y)[t - k]);
        regression.y.push_back((*y)[t]);
    }
    regression.prior_means.assign(lags + 1, 0);
    regression.prior_precisions.assign(lags + 1, 0.01);
    regression.sigma_scale = 2.5;
    std::vector<std::string> names{"alpha"};
    for (std::size_t k = 1; k <= lags; ++k) names.push_back("beta[" + std::to_string(k) + "]");
    names.push_back("sigma");
    return regressionTarget(std::move(regression), std::move(names));
}

Result<Target> kidscoreTarget(const NamedNumbers& data) {
    const auto y = numbersOf(data, "kid_score");
    if (!y) return y.error();
    const auto school = numbersOf(data, "mom_hs", y->size());
    if (!school) return school.error();
    const auto iq = numbersOf(data, "mom_iq", y->size());
    if (!iq) return iq.error();
    LinearRegression regression;
    regression.num_columns = 4;
    regression.y = *y;
    regression.sigma_scale = 2.5;
    for (std::size_t i = 0; i < y->size(); ++i)
        regression.rows.insert(regression.rows.end(), {1, (*school)[i], (*iq)[i], (*school)[i] * (*iq)[i]});
    return regressionTarget(std::move(regression), {"beta[1]", "beta[2]", "beta[3]", "beta[4]", "sigma"});
}

Result<Target> earningsTarget(const NamedNumbers& data) {
    const auto y = numbersOf(data, "earn");
    if (!y) return y.error();
    const auto height = numbersOf(data, "height", y->size());
    if (!height) return height.error();
    LinearRegression regression;
    regression.num_columns = 2;
    regression.y = *y;
    for (const double x : *height) regression.rows.insert(regression.rows.end(), {1, x});
    return regressionTarget(std::move(regression), {"beta[1]", "beta[2]", "sigma"});
}

Result<Target> kilpisjarviTarget(const NamedNumbers& data) {
    const auto y = numbersOf(data, "y");
    if (!y) return y.error();
    const auto x = numbersOf(data, "x", y->size());
    if (!x) return x.error();
    LinearRegression regression;
    for (const char* parameter : {"alpha", "beta"}) {
        const auto mean = numberOf(data, std::string("pmu") + parameter);
        if (!mean) return mean.error();
        const auto sd = numberOf(data, std::string("ps") + parameter);
        if (!sd) return sd.error();
        regression.prior_means.push_back(*mean);
        regression.prior_precisions.push_back(1 / (*sd * *sd));
    }
    regression.num_columns = 2;
    regression.y = *y;
    for (const double x_i : *x) regression.rows.insert(regression.rows.end(), {1, x_i});
    return regressionTarget(std::move(regression), {"alpha", "beta", "sigma"});
}

Result<Target> logisticTarget(const NamedNumbers& data) {
    const auto y = numbersOf(data, "y");
    if (!y) return y.error();
    const auto columns = numberOf(data, "P");
    if (!columns) return columns.error();
    if (!(*columns >= 1 && *columns <= 1e6) || *columns != std::floor(*columns))
        return Error{"\"P\" must be a whole number from 1 to a million", {}};
    const auto num_columns = static_cast<std::size_t>(*columns);
    const auto rows = numbersOf(data, "X", y->size() * num_columns);
    if (!rows) return rows.error();
    std::vector<std::string> names;
    for (std::size_t k = 1; k <= num_columns; ++k) names.push_back("beta[" + std::to_string(k) + "]");
    return posteriorOf(std::move(names), normalPrior(num_columns, 1),
        [likelihood = LogisticRegression(*rows, *y)](
            auto points, auto values, auto grads) { likelihood.evaluate(points, values, grads); });
}

} // namespace chainsong
