#pragma once

#include "engine/inference/log_density.h"

#include <cstddef>

namespace chainsong {

/// Eigenvalues and eigenvectors of a small symmetric matrix.
struct SymmetricEigen {
    Vec values; // not sorted
    Vec vectors; // the unit vector of values[k] is vectors[k * n] … vectors[k * n + n - 1]
};

/// `matrix` is n x n, row by row. Householder's tridiagonal form, then implicit QR steps with Wilkinson's
/// shift (Golub and Van Loan, Matrix Computations, sections 8.3.1 to 8.3.3). What is not finite gives values
/// that are not.
SymmetricEigen symmetricEigen(Vec matrix, std::size_t n);

/// The lower triangular L with L L' = `matrix`, n x n, row by row; empty when the matrix is not positive
/// definite.
Vec cholesky(const Vec& matrix, std::size_t n);

} // namespace chainsong
