#include "engine/inference/symmetric_eigen.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chainsong {
namespace {

/// A tridiagonal matrix T, and the orthonormal rows Q with Q' T Q = the matrix it came from.
struct Tridiagonal {
    Vec diagonal, beside; // beside[i] couples i and i + 1
    Vec rows;
};

Tridiagonal tridiagonal(Vec a, std::size_t n) {
    Tridiagonal out{Vec(n), Vec(n, 0), Vec(n * n, 0)};
    for (std::size_t i = 0; i < n; ++i) out.rows[i * n + i] = 1;
    Vec mirror(n), image(n);
    for (std::size_t k = 0; k + 2 < n; ++k) { // mirrors column k onto its first entry below the diagonal
        double length = 0;
        for (std::size_t i = k + 1; i < n; ++i) length += a[k * n + i] * a[k * n + i];
        length = std::sqrt(length);
        const double first = a[k * n + k + 1];
        out.beside[k] = first > 0 ? -length : length;
        double norm = 0;
        for (std::size_t i = k + 1; i < n; ++i) {
            mirror[i] = a[k * n + i] - (i == k + 1 ? out.beside[k] : 0);
            norm += mirror[i] * mirror[i];
        }
        if (!(norm > 0)) continue;
        double overlap = 0;
        for (std::size_t i = k + 1; i < n; ++i) {
            image[i] = 0;
            for (std::size_t j = k + 1; j < n; ++j) image[i] += a[i * n + j] * mirror[j];
            image[i] *= 2 / norm;
            overlap += image[i] * mirror[i] / norm;
        }
        for (std::size_t i = k + 1; i < n; ++i) image[i] -= overlap * mirror[i];
        for (std::size_t i = k + 1; i < n; ++i)
            for (std::size_t j = k + 1; j < n; ++j)
                a[i * n + j] -= mirror[i] * image[j] + image[i] * mirror[j];
        std::fill(image.begin(), image.end(), 0);
        for (std::size_t i = k + 1; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j) image[j] += 2 / norm * mirror[i] * out.rows[i * n + j];
        for (std::size_t i = k + 1; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j) out.rows[i * n + j] -= mirror[i] * image[j];
    }
    for (std::size_t i = 0; i < n; ++i) out.diagonal[i] = a[i * n + i];
    if (n >= 2) out.beside[n - 2] = a[(n - 2) * n + n - 1];
    return out;
}

/// One implicit QR step on rows first … last.
void step(Tridiagonal& t, std::size_t first, std::size_t last, std::size_t n) {
    Vec &d = t.diagonal, &e = t.beside;
    const double half_gap = 0.5 * (d[last - 1] - d[last]), corner = e[last - 1];
    const double shift =
        d[last] - corner * corner / (half_gap + std::copysign(std::hypot(half_gap, corner), half_gap));
    double kept = d[first] - shift, bulge = e[first];
    for (std::size_t k = first; k < last; ++k) {
        const double length = std::sqrt(kept * kept + bulge * bulge);
        const double c = length > 0 ? kept / length : 1, s = length > 0 ? bulge / length : 0;
        if (k > first) e[k - 1] = length;
        const double upper = d[k], lower = d[k + 1], between = e[k];
        d[k] = c * c * upper + 2 * c * s * between + s * s * lower;
        d[k + 1] = s * s * upper - 2 * c * s * between + c * c * lower;
        e[k] = c * s * (lower - upper) + (c * c - s * s) * between;
        kept = e[k];
        if (k + 1 < last) {
            bulge = s * e[k + 1];
            e[k + 1] *= c;
        }
        double* const row = &t.rows[k * n];
        double* const next = row + n;
        for (std::size_t j = 0; j < n; ++j) {
            const double x = row[j], y = next[j];
            row[j] = c * x + s * y;
            next[j] = c * y - s * x;
        }
    }
}

} // namespace

SymmetricEigen symmetricEigen(Vec matrix, std::size_t n) {
    constexpr int kMaxSteps = 50; // an eigenvalue; two suffice, as a rule
    if (!std::all_of(matrix.begin(), matrix.end(), [](double x) { return std::isfinite(x); }))
        return {Vec(n, std::numeric_limits<double>::quiet_NaN()), Vec(n * n, 0)};
    Tridiagonal t = tridiagonal(std::move(matrix), n);
    std::size_t last = n > 0 ? n - 1 : 0;
    for (int steps = 0; last > 0;) {
        const auto isCut = [&](std::size_t i) {
            return !(std::abs(t.beside[i]) > std::numeric_limits<double>::epsilon()
                    * (std::abs(t.diagonal[i]) + std::abs(t.diagonal[i + 1])));
        };
        if (isCut(last - 1) || ++steps > kMaxSteps) {
            --last;
            steps = 0;
            continue;
        }
        std::size_t first = last - 1;
        while (first > 0 && !isCut(first - 1)) --first;
        step(t, first, last, n);
    }
    return {std::move(t.diagonal), std::move(t.rows)};
}

Vec cholesky(const Vec& matrix, std::size_t n) {
    Vec lower(n * n, 0);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            double rest = matrix[i * n + j];
            for (std::size_t k = 0; k < j; ++k) rest -= lower[i * n + k] * lower[j * n + k];
            if (i != j) {
                lower[i * n + j] = rest / lower[j * n + j];
            } else {
                if (!(rest > 0) || !std::isfinite(rest)) return {};
                lower[i * n + i] = std::sqrt(rest);
            }
        }
    return lower;
}

} // namespace chainsong
