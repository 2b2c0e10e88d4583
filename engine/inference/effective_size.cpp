#include "engine/inference/effective_size.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace chainsong {
namespace {

/// Enough for chains that mix well; those that do not are asked again for eight times as many.
constexpr std::size_t kFirstLags = 128;
constexpr std::size_t kMoreLags = 8;

/// The integrated autocorrelation time; nothing if the sequence does not end within the known lags. `extra`
/// is the variance between the rows.
std::optional<double> autocorrelationTime(std::span<const double> covariance, std::size_t n, double extra) {
    const double length = static_cast<double>(n);
    const double within = covariance[0] * length / (length - 1);
    const double total = covariance[0] + extra;
    const auto correlation = [&](std::size_t lag) { return 1 - (within - covariance[lag]) / total; };

    // 1. Pairs (even lag, next odd lag) as long as their sums are positive.
    std::vector<double> rho{1, correlation(1)};
    double even = 1, odd = rho[1];
    std::size_t last = 0;
    while (last + 5 < n && even + odd > 0) {
        last += 2;
        if (last + 1 >= covariance.size()) return std::nullopt;
        even = correlation(last);
        odd = correlation(last + 1);
        const bool is_kept = even + odd >= 0;
        rho.push_back(is_kept ? even : 0);
        rho.push_back(is_kept ? odd : 0);
    }
    // 2. The even lag of the pair that ended it counts if it is positive.
    if (even > 0) rho[last] = even;
    // 3. Pair sums must not grow.
    for (std::size_t t = 2; t + 2 <= last; t += 2)
        if (rho[t] + rho[t + 1] > rho[t - 2] + rho[t - 1])
            rho[t] = rho[t + 1] = 0.5 * (rho[t - 2] + rho[t - 1]);
    double tau = rho[last] - 1;
    for (std::size_t t = 0; t < last; ++t) tau += 2 * rho[t];
    return tau;
}

} // namespace

double effectiveSize(const DrawRows& rows, Autocovariances& autocovariances) {
    if (!isTelling(rows)) return std::numeric_limits<double>::quiet_NaN();
    std::vector<double> means;
    for (std::size_t row = 0; row < rows.num_rows; ++row) means.push_back(averageOf(rows.row(row)));
    const double extra = rows.num_rows > 1 ? varianceOf(means) : 0;
    const double count = static_cast<double>(rows.length * rows.num_rows);
    std::optional<double> tau;
    for (std::size_t num_lags = kFirstLags; !tau; num_lags *= kMoreLags)
        tau = autocorrelationTime(autocovariances.of(rows, num_lags), rows.length, extra);
    return count / std::max(*tau, 1 / std::log10(count));
}

} // namespace chainsong
