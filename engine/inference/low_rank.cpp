#include "engine/inference/low_rank.h"

#include "engine/inference/pairs.h"
#include "engine/inference/symmetric_eigen.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace chainsong {
namespace {

constexpr std::size_t kMaxDense = 32; // dimensions up to which the subspace is all of the space
constexpr std::size_t kMaxMain =
    10; // main directions of the draws, and as many of the gradients, beyond that
constexpr std::size_t kMaxDimension = 20'000; // so that the window's memory stays bounded: 20 MB a chain
constexpr double kNotable = 2; // a variance that is neither this large nor this small a part is left at 1
constexpr double kRidge = 1e-5; // keeps directions that no draw has seen as they are

/// Rows of numbers: draws or gradients, centred and scaled; or a basis.
struct Rows {
    std::size_t width = 0;
    Vec values;
    std::size_t count() const { return width == 0 ? 0 : values.size() / width; }
    double* row(std::size_t i) { return values.data() + i * width; }
    const double* row(std::size_t i) const { return values.data() + i * width; }
};

double dot(const double* a, const double* b, std::size_t n) {
    Pair sum{};
    std::size_t i = 0;
    for (; i + 2 <= n; i += 2) sum += pairAt(a + i) * pairAt(b + i);
    double total = sum[0] + sum[1];
    for (; i < n; ++i) total += a[i] * b[i];
    return total;
}

template <class Get> Rows centred(const DrawWindow& window, const Get& get, const Vec& factors) {
    const std::size_t n = window.dimension(), count = window.count();
    Rows rows{n, Vec(count * n)};
    Vec mean(n, 0);
    for (std::size_t age = 0; age < count; ++age) {
        const double* const x = get(age).data();
        for (std::size_t i = 0; i < n; ++i) mean[i] += x[i];
    }
    for (double& x : mean) x /= static_cast<double>(count);
    for (std::size_t age = 0; age < count; ++age) {
        const double* const x = get(age).data();
        double* const row = rows.row(age);
        for (std::size_t i = 0; i < n; ++i) row[i] = (x[i] - mean[i]) * factors[i];
    }
    return rows;
}

/// The main directions of some rows, largest first: from their Gram matrix, which is small however long they
/// are. Orthonormal to what `basis` holds already, to which they are added.
void addMainDirections(const Rows& rows, Rows& basis) {
    const std::size_t m = rows.count(), n = rows.width;
    Vec gram(m * m);
    for (std::size_t i = 0; i < m; ++i)
        for (std::size_t j = 0; j <= i; ++j)
            gram[i * m + j] = gram[j * m + i] = dot(rows.row(i), rows.row(j), n);
    const SymmetricEigen eigen = symmetricEigen(std::move(gram), m);
    std::vector<std::size_t> order(m);
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(),
        [&](std::size_t a, std::size_t b) { return eigen.values[a] > eigen.values[b]; });
    for (std::size_t k = 0; k < std::min(m, kMaxMain); ++k) {
        Vec direction(n, 0);
        for (std::size_t j = 0; j < m; ++j)
            for (std::size_t i = 0; i < n; ++i)
                direction[i] += eigen.vectors[order[k] * m + j] * rows.row(j)[i];
        const double length = std::sqrt(dot(direction.data(), direction.data(), n));
        for (int pass = 0; pass < 2; ++pass) // Gram and Schmidt, twice for the digits
            for (std::size_t b = 0; b < basis.count(); ++b) {
                const double along = dot(direction.data(), basis.row(b), n);
                for (std::size_t i = 0; i < n; ++i) direction[i] -= along * basis.row(b)[i];
            }
        const double rest = std::sqrt(dot(direction.data(), direction.data(), n));
        if (!(rest > 1e-6 * length)) continue;
        for (double& x : direction) x /= rest;
        basis.values.insert(basis.values.end(), direction.begin(), direction.end());
    }
}

/// Covariance of the rows seen along the basis (the coordinates themselves when it is empty), and a ridge.
Vec covarianceIn(const Rows& basis, const Rows& rows) {
    const std::size_t r = basis.count() > 0 ? basis.count() : rows.width;
    Vec out(r * r, 0), along(r);
    for (std::size_t m = 0; m < rows.count(); ++m) {
        const double* x = rows.row(m);
        if (basis.count() > 0) {
            for (std::size_t k = 0; k < r; ++k) along[k] = dot(basis.row(k), x, rows.width);
            x = along.data();
        }
        for (std::size_t i = 0; i < r; ++i)
            for (std::size_t j = 0; j <= i; ++j) out[i * r + j] += x[i] * x[j];
    }
    for (std::size_t i = 0; i < r; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            const double value = out[i * r + j] / static_cast<double>(rows.count()) + (i == j ? kRidge : 0);
            out[i * r + j] = out[j * r + i] = value;
        }
    return out;
}

/// The symmetric positive C with C of_gradients C = of_draws. With L L' = of_gradients it is
/// L^-T (L' of_draws L)^(1/2) L^-1. Empty when the numbers do not allow it.
Vec fisherMean(const Vec& of_draws, const Vec& of_gradients, std::size_t r) {
    const Vec lower = cholesky(of_gradients, r);
    if (lower.empty()) return {};
    Vec half(r * r, 0), inner(r * r, 0);
    for (std::size_t i = 0; i < r; ++i) // of_draws L
        for (std::size_t k = 0; k < r; ++k)
            for (std::size_t j = 0; j <= k; ++j) half[i * r + j] += of_draws[i * r + k] * lower[k * r + j];
    for (std::size_t k = 0; k < r; ++k) // L' of_draws L
        for (std::size_t i = 0; i <= k; ++i)
            for (std::size_t j = 0; j < r; ++j) inner[i * r + j] += lower[k * r + i] * half[k * r + j];
    const SymmetricEigen eigen = symmetricEigen(std::move(inner), r);
    Vec out(r * r, 0);
    for (std::size_t k = 0; k < r; ++k) {
        if (!(eigen.values[k] > 0) || !std::isfinite(eigen.values[k])) return {};
        Vec solved(eigen.vectors.begin() + static_cast<std::ptrdiff_t>(k * r),
            eigen.vectors.begin() + static_cast<std::ptrdiff_t>(k * r + r));
        for (std::size_t i = r; i-- > 0;) { // L' solved = the eigenvector
            for (std::size_t j = i + 1; j < r; ++j) solved[i] -= lower[j * r + i] * solved[j];
            solved[i] /= lower[i * r + i];
        }
        const double root = std::sqrt(eigen.values[k]);
        for (std::size_t i = 0; i < r; ++i)
            for (std::size_t j = 0; j < r; ++j) out[i * r + j] += root * solved[i] * solved[j];
    }
    return out;
}

/// By how much a variance adds to the Fisher divergence from a standard normal.
double divergenceOf(double variance) { return 0.5 * (variance + 1 / variance) - 1; }

/// The Fisher divergence that the scales leave: were they all that there is to know of a normal, each
/// gradient would be the draw turned round.
double divergenceBetween(const Rows& draws, const Rows& gradients) {
    double sum = 0;
    for (std::size_t i = 0; i < draws.values.size(); ++i) {
        const double rest = draws.values[i] + gradients.values[i];
        sum += rest * rest;
    }
    return 0.5 * sum / static_cast<double>(draws.count());
}

/// The variance that most directions have: the bulk, which needs no directions of its own but a common scale.
double bulkOf(Vec values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

bool isNotable(double variance, double bulk) {
    return variance > kNotable * bulk || variance * kNotable < bulk;
}

/// A direction costs two passes over memory a leapfrog step; what it saves is steps, whose number goes with
/// the square root of the ratio of the largest to the smallest variance. `divergence` is the whole space's:
/// what the subspace and a bulk of one variance do not account for is a spread of the directions outside.
bool isWorthIt(const Vec& values, double bulk, double divergence, std::size_t n) {
    double low = bulk, high = bulk, rest_low = bulk, rest_high = bulk, num_chosen = 0;
    for (const double value : values) {
        divergence -= divergenceOf(value);
        low = std::min(low, value);
        high = std::max(high, value);
        if (isNotable(value, bulk)) {
            ++num_chosen;
        } else {
            rest_low = std::min(rest_low, value);
            rest_high = std::max(rest_high, value);
        }
    }
    const double num_unseen = static_cast<double>(n - values.size());
    divergence -= num_unseen * divergenceOf(bulk);
    if (num_unseen > 0 && divergence > 0) {
        const double mean = 1 + divergence / num_unseen; // of (L + 1 / L) / 2
        const double spread = mean + std::sqrt(mean * mean - 1);
        rest_low = std::min(rest_low, bulk / spread);
        rest_high = std::max(rest_high, bulk * spread);
    }
    const double before = std::max(high, rest_high) / std::min(low, rest_low), after = rest_high / rest_low;
    const double size = static_cast<double>(n), cost = size / (50 + 4 * size); // of one, relative to a step
    return std::sqrt(before / after) > 1 + cost * num_chosen;
}

} // namespace

DrawWindow::DrawWindow(std::size_t dimension)
    : m_dimension(dimension)
    , m_capacity(dimension > kMaxDimension ? 0
              : dimension > kMaxDense      ? 64
                                           : 250) { }

void DrawWindow::add(std::span<const double> q, std::span<const double> grad) {
    if (m_capacity == 0) return;
    m_draws.resize(m_capacity * m_dimension);
    m_gradients.resize(m_capacity * m_dimension);
    const auto offset = static_cast<std::ptrdiff_t>(m_next * m_dimension);
    std::copy(q.begin(), q.end(), m_draws.begin() + offset);
    std::copy(grad.begin(), grad.end(), m_gradients.begin() + offset);
    m_next = (m_next + 1) % m_capacity;
    m_count = std::min(m_count + 1, m_capacity);
}

void DrawWindow::keep(std::size_t count) { m_count = std::min(m_count, count); }

std::span<const double> DrawWindow::at(const Vec& rows, std::size_t age) const {
    const std::size_t row = (m_next + m_capacity - 1 - age) % m_capacity;
    return std::span<const double>(rows).subspan(row * m_dimension, m_dimension);
}

bool addDirections(const DrawWindow& window, Mass& mass) {
    const std::size_t n = window.dimension();
    if (window.count() < 3 || n < 2) return false;
    Vec inverse_scale(n);
    for (std::size_t i = 0; i < n; ++i) inverse_scale[i] = 1 / mass.scale[i];
    const Rows draws = centred(
        window, [&](std::size_t age) { return window.draw(age); }, inverse_scale);
    const Rows gradients = centred(
        window, [&](std::size_t age) { return window.gradient(age); }, mass.scale);
    const double divergence = divergenceBetween(draws, gradients);
    if (!(divergence >= divergenceOf(kNotable))) return false;
    Rows basis{n, {}};
    if (n > kMaxDense) {
        addMainDirections(draws, basis);
        addMainDirections(gradients, basis);
    }
    const std::size_t r = n > kMaxDense ? basis.count() : n;
    if (r == 0) return false;
    const Vec mean = fisherMean(covarianceIn(basis, draws), covarianceIn(basis, gradients), r);
    if (mean.empty()) return false;
    const SymmetricEigen eigen = symmetricEigen(mean, r);
    if (!std::all_of(
            eigen.values.begin(), eigen.values.end(), [](double x) { return x > 0 && std::isfinite(x); }))
        return false;
    const double bulk = bulkOf(eigen.values);
    if (!isWorthIt(eigen.values, bulk, divergence, n)) return false;
    Vec directions, variances;
    for (std::size_t k = 0; k < r; ++k) {
        if (!isNotable(eigen.values[k], bulk)) continue;
        variances.push_back(eigen.values[k] / bulk);
        const double* in_basis = eigen.vectors.data() + k * r;
        Vec direction(n, 0);
        for (std::size_t b = 0; b < basis.count(); ++b)
            for (std::size_t i = 0; i < n; ++i) direction[i] += in_basis[b] * basis.row(b)[i];
        if (basis.count() == 0) direction.assign(in_basis, in_basis + r);
        directions.insert(directions.end(), direction.begin(), direction.end());
    }
    Vec squares(n);
    for (std::size_t i = 0; i < n; ++i) squares[i] = bulk * mass.scale[i] * mass.scale[i];
    mass.set(squares);
    mass.addDirections(std::move(directions), variances);
    return true;
}

} // namespace chainsong
