#include "engine/inference/effective_size.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

namespace chainsong {
namespace {

/// Enough for chains that mix well; those that do not are asked again for eight times as many.
constexpr std::size_t kFirstLags = 128;
constexpr std::size_t kMoreLags = 8;
/// Pairs are counted of one draw in so many or fewer: of the 5 % in a tail.
constexpr std::size_t kFewAreOneIn = 10;

/// The integrated autocorrelation time; nothing if the sequence does not end within the known lags, NaN where
/// draws are so large or so small that their squares are lost. `extra` is the variance between the rows.
std::optional<double> autocorrelationTime(std::span<const double> covariance, std::size_t n, double extra) {
    const double length = static_cast<double>(n);
    const double within = covariance[0] * length / (length - 1);
    const double total = covariance[0] + extra;
    if (!std::isnormal(total)) return std::numeric_limits<double>::quiet_NaN();
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

/// `covariances(count)` gives the mean autocovariances of the rows at the first so many lags, or at all.
template <class F>
double sizeBy(std::size_t num_rows, std::size_t length, double extra, const F& covariances) {
    const double count = static_cast<double>(length * num_rows);
    std::optional<double> tau;
    for (std::size_t num_lags = kFirstLags; !tau; num_lags *= kMoreLags)
        tau = autocorrelationTime(covariances(num_lags), length, extra);
    return count / (*tau < 1 / std::log10(count) ? 1 / std::log10(count) : *tau);
}

/// The draws that are below the limit, or those that are not, whichever are fewer: their places, row by row.
struct RareDraws {
    std::vector<std::uint32_t> places;
    std::vector<std::size_t> firsts; // of each row among them, and their number at the end
    bool are_below = true;
    std::size_t inRow(std::size_t row) const { return firsts[row + 1] - firsts[row]; }
};

RareDraws rareDraws(const DrawRows& rows, double limit) {
    RareDraws rare;
    std::size_t num_below = 0;
    for (const double value : rows.values) num_below += value <= limit ? 1 : 0;
    rare.are_below = 2 * num_below <= rows.values.size();
    rare.places.resize((rare.are_below ? num_below : rows.values.size() - num_below) + 1);
    std::size_t count = 0;
    for (std::size_t row = 0; row < rows.num_rows; ++row) {
        rare.firsts.push_back(count);
        const auto draws = rows.row(row);
        for (std::size_t i = 0; i < draws.size(); ++i) {
            rare.places[count] = static_cast<std::uint32_t>(i);
            count += (draws[i] <= limit) == rare.are_below ? 1 : 0;
        }
    }
    rare.firsts.push_back(count);
    rare.places.resize(count);
    return rare;
}

/// Mean autocovariances of the rows of 0 and 1 that are 1 in those places.
std::vector<double> pairCovariances(const RareDraws& rare, std::size_t n, std::size_t num_lags) {
    const std::size_t num_rows = rare.firsts.size() - 1;
    std::vector<double> covariance(std::min(num_lags, n), 0);
    std::vector<std::uint32_t> pairs(covariance.size());
    for (std::size_t row = 0; row < num_rows; ++row) {
        const auto places = std::span(rare.places).subspan(rare.firsts[row], rare.inRow(row));
        std::ranges::fill(pairs, 0u);
        for (std::size_t i = 0; i < places.size(); ++i)
            for (std::size_t j = i; j < places.size() && places[j] - places[i] < pairs.size(); ++j)
                ++pairs[places[j] - places[i]];
        const double count = static_cast<double>(places.size()), mean = count / static_cast<double>(n);
        std::size_t early = 0,
                    late = places.size(); // without a partner: in the first, before the last places
        for (std::size_t lag = 0; lag < covariance.size(); ++lag) {
            while (early < places.size() && places[early] < lag) ++early;
            while (late > 0 && places[late - 1] + lag >= n) --late;
            const double leading = static_cast<double>(late), following = count - static_cast<double>(early);
            covariance[lag] +=
                pairs[lag] - mean * (leading + following) + static_cast<double>(n - lag) * mean * mean;
        }
    }
    for (double& value : covariance) value /= static_cast<double>(n * num_rows);
    return covariance;
}

double varianceOfMeans(const DrawRows& rows) {
    std::vector<double> means;
    for (std::size_t row = 0; row < rows.num_rows; ++row) means.push_back(averageOf(rows.row(row)));
    return rows.num_rows > 1 ? varianceOf(means) : 0;
}

} // namespace

double effectiveSize(const DrawRows& rows, Autocovariances& autocovariances) {
    if (!isTelling(rows)) return std::numeric_limits<double>::quiet_NaN();
    return sizeBy(rows.num_rows, rows.length, varianceOfMeans(rows),
        [&](std::size_t num_lags) { return autocovariances.of(rows, num_lags); });
}

double effectiveSizeBelow(
    double limit, const DrawRows& rows, Autocovariances& autocovariances, DrawRows& scratch) {
    const RareDraws rare = rareDraws(rows, limit);
    if (rare.places.empty() || rows.length < kMinDraws) return std::numeric_limits<double>::quiet_NaN();
    std::vector<double> means;
    for (std::size_t row = 0; row < rows.num_rows; ++row)
        means.push_back(static_cast<double>(rare.inRow(row)) / static_cast<double>(rows.length));
    const double extra = rows.num_rows > 1 ? varianceOf(means) : 0;
    const bool are_few = rare.places.size() * kFewAreOneIn <= rows.values.size();
    std::vector<double> counted;
    return sizeBy(rows.num_rows, rows.length, extra, [&](std::size_t num_lags) -> std::span<const double> {
        if (are_few && num_lags == kFirstLags) return counted = pairCovariances(rare, rows.length, num_lags);
        scratch.resize(rows.num_rows, rows.length);
        std::ranges::transform(
            rows.values, scratch.values.begin(), [=](double x) { return x <= limit ? 1.0 : 0.0; });
        return autocovariances.of(scratch, num_lags);
    });
}

} // namespace chainsong
