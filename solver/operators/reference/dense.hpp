// Solution of a small dense system by Gauss elimination with column pivots.
#pragma once

#include <cmath>
#include <utility>

namespace tautband::reference {

/// Solves A x = b; b becomes x. A[i][j], n x n, is destroyed.
template <class Matrix, class Vector> void eliminate(int n, Matrix& A, Vector& b) {
  for (int k = 0; k < n; ++k) {
    int pivot = k;
    for (int i = k + 1; i < n; ++i)
      if (std::fabs(A[i][k]) > std::fabs(A[pivot][k])) pivot = i;
    for (int j = 0; j < n; ++j) std::swap(A[k][j], A[pivot][j]);
    std::swap(b[k], b[pivot]);
    for (int i = k + 1; i < n; ++i) {
      const double f = A[i][k] / A[k][k];
      for (int j = k; j < n; ++j) A[i][j] -= f * A[k][j];
      b[i] -= f * b[k];
    }
  }
  for (int i = n - 1; i >= 0; --i) {
    for (int j = i + 1; j < n; ++j) b[i] -= A[i][j] * b[j];
    b[i] /= A[i][i];
  }
}

/// The same for arrays.
template <int n> void solve(double (&A)[n][n], double (&b)[n]) { eliminate(n, A, b); }

}  // namespace tautband::reference
