// Dense matrices on node vectors that are divided among ranks, for tests of solvers.
#pragma once

#include "operators/reference/dense.hpp"
#include "solvers/vectors.hpp"

#include <cmath>
#include <numeric>
#include <random>
#include <vector>

namespace tautband::testing_support {

using Dense = std::vector<std::vector<double>>;

/// Nodes in a row, divided among the ranks; each rank but the last also holds the first node of the next, if any.
struct Row {
  NodeSpace space;
  int first = 0, nodes;

  explicit Row(int n) : nodes(n) {
    int rank, ranks;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    first = n * rank / ranks;
    const int end = n * (rank + 1) / ranks;
    space = {MPI_COMM_WORLD, std::min(end + 1, n) - first, end - first};
  }
  int size() const { return 3 * nodes; }
  NodeVector local(const std::vector<double>& whole) const {
    NodeVector x = space.vector("x");
    const auto h = Kokkos::create_mirror_view(x);
    for (Index n = 0; n < space.n_nodes; ++n)
      for (int c = 0; c < 3; ++c) h(n, c) = whole[3 * (first + n) + c];
    Kokkos::deep_copy(x, h);
    return x;
  }
  std::vector<double> whole(const NodeVector& x) const {
    const auto h = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), x);
    std::vector<double> sum(size(), 0.0);
    for (Index n = 0; n < space.n_owned; ++n)
      for (int c = 0; c < 3; ++c) sum[3 * (first + n) + c] = h(n, c);
    MPI_Allreduce(MPI_IN_PLACE, sum.data(), size(), MPI_DOUBLE, MPI_SUM, space.comm);
    return sum;
  }
  /// y := A x
  void multiply(const Dense& A, const NodeVector& x, const NodeVector& y) const {
    const std::vector<double> in = whole(x);
    std::vector<double> out(size(), 0.0);
    for (int i = 0; i < size(); ++i)
      for (int j = 0; j < size(); ++j) out[i] += A[i][j] * in[j];
    Kokkos::deep_copy(y, local(out));
  }
};

inline std::vector<double> random_vector(int n, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<double> v(n);
  for (double& x : v) x = double(random()) / double(random.max()) - 0.5;
  return v;
}

/// diagonal I + random numbers of size 1/2.
inline Dense random_matrix(int n, double diagonal, unsigned seed) {
  Dense A(n);
  for (int i = 0; i < n; ++i) {
    A[i] = random_vector(n, seed + i);
    A[i][i] += diagonal;
  }
  return A;
}

inline double dot(const std::vector<double>& a, const std::vector<double>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}
inline std::vector<double> product(const Dense& A, const std::vector<double>& x) {
  std::vector<double> y;
  for (const std::vector<double>& row : A) y.push_back(dot(row, x));
  return y;
}

/// Gauss's elimination with exchanged rows.
inline std::vector<double> eliminate(Dense A, std::vector<double> b) {
  reference::eliminate(int(b.size()), A, b);
  return b;
}

/// |b - A x| / |b|
inline double residual(const Dense& A, const std::vector<double>& b, const std::vector<double>& x) {
  std::vector<double> r = product(A, x);
  for (std::size_t i = 0; i < r.size(); ++i) r[i] -= b[i];
  return std::sqrt(dot(r, r) / dot(b, b));
}

}  // namespace tautband::testing_support
