// Arithmetic on distributed node vectors. Sharers hold equal values; sums count owned nodes once.
#pragma once

#include "base/views.hpp"

#include <mpi.h>

#include <string>

namespace tautband {

/// Extent of a distributed vector.
struct NodeSpace {
  MPI_Comm comm = MPI_COMM_WORLD;
  Index n_nodes = 0, n_owned = 0;
  NodeVector vector(const std::string& label) const { return NodeVector(label, n_nodes); }
};

/// Sum over ranks of one or more numbers, in place.
template <int N> void sum_over_ranks(const NodeSpace& space, double (&values)[N]) {
  MPI_Allreduce(MPI_IN_PLACE, values, N, MPI_DOUBLE, MPI_SUM, space.comm);
}

/// x . y over the owned nodes of this rank.
inline double local_dot(const NodeSpace& space, const NodeVector& x, const NodeVector& y) {
  double sum = 0.0;
  Kokkos::parallel_reduce(
      "tautband::dot", Kokkos::RangePolicy<Execution>(0, space.n_owned),
      KOKKOS_LAMBDA(const Index n, double& s) { s += x(n, 0) * y(n, 0) + x(n, 1) * y(n, 1) + x(n, 2) * y(n, 2); }, sum);
  return sum;
}

/// x . y over all owned nodes of all ranks.
inline double dot(const NodeSpace& space, const NodeVector& x, const NodeVector& y) {
  double sum[1] = {local_dot(space, x, y)};
  sum_over_ranks(space, sum);
  return sum[0];
}

/// Euclidean norm.
inline double norm(const NodeSpace& space, const NodeVector& x) { return ::sqrt(dot(space, x, x)); }

/// y = a x + b y
inline void axpby(const NodeSpace& space, double a, const NodeVector& x, double b, const NodeVector& y) {
  Kokkos::parallel_for(
      "tautband::axpby", Kokkos::RangePolicy<Execution>(0, space.n_nodes), KOKKOS_LAMBDA(const Index n) {
        for (int c = 0; c < 3; ++c) y(n, c) = a * x(n, c) + (b == 0.0 ? 0.0 : b * y(n, c));
      });
}

/// x += a p and r -= a y in one pass; returns r . r over the owned nodes of this rank.
inline double advance_solution(const NodeSpace& space, double a, const NodeVector& p, const NodeVector& y,
                               const NodeVector& x, const NodeVector& r) {
  double sum = 0.0;
  const Index owned = space.n_owned;
  Kokkos::parallel_reduce(
      "tautband::advance_solution", Kokkos::RangePolicy<Execution>(0, space.n_nodes),
      KOKKOS_LAMBDA(const Index n, double& s) {
        double square = 0.0;
        for (int c = 0; c < 3; ++c) {
          x(n, c) += a * p(n, c);
          const double left = r(n, c) - a * y(n, c);
          r(n, c) = left;
          square += left * left;
        }
        if (n < owned) s += square;
      },
      sum);
  return sum;
}

inline void fill(const NodeVector& x, double value) { Kokkos::deep_copy(x, value); }
inline void copy(const NodeVector& to, const NodeVector& from) { Kokkos::deep_copy(to, from); }

}  // namespace tautband
