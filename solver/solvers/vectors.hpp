// Arithmetic on distributed node vectors: NodeVector, or View1<double> for a scalar. Sharers hold equal values; sums
// count owned nodes once.
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

/// Values per node.
template <class Vector> inline constexpr int components_of = 3;
template <> inline constexpr int components_of<View1<double>> = 1;

/// Sum over ranks of one or more numbers, in place.
template <int N> void sum_over_ranks(const NodeSpace& space, double (&values)[N]) {
  MPI_Allreduce(MPI_IN_PLACE, values, N, MPI_DOUBLE, MPI_SUM, space.comm);
}

/// x . y over the owned nodes of this rank.
template <class Vector> double local_dot(const NodeSpace& space, const Vector& x, const Vector& y) {
  constexpr int C = components_of<Vector>;
  const double *const a = x.data(), *const b = y.data();
  double sum = 0.0;
  Kokkos::parallel_reduce(
      "tautband::dot", Kokkos::RangePolicy<Execution>(0, space.n_owned),
      KOKKOS_LAMBDA(const Index n, double& s) {
        double of_node = 0.0;
        for (int c = 0; c < C; ++c) of_node += a[std::ptrdiff_t{C} * n + c] * b[std::ptrdiff_t{C} * n + c];
        s += of_node;
      },
      sum);
  return sum;
}

/// x . y over all owned nodes of all ranks.
template <class Vector> double dot(const NodeSpace& space, const Vector& x, const Vector& y) {
  double sum[1] = {local_dot(space, x, y)};
  sum_over_ranks(space, sum);
  return sum[0];
}

/// Euclidean norm.
template <class Vector> double norm(const NodeSpace& space, const Vector& x) { return ::sqrt(dot(space, x, x)); }

/// y = a x + b y
template <class Vector> void axpby(const NodeSpace& space, double a, const Vector& x, double b, const Vector& y) {
  constexpr int C = components_of<Vector>;
  const double* const in = x.data();
  double* const out = y.data();
  Kokkos::parallel_for(
      "tautband::axpby", Kokkos::RangePolicy<Execution>(0, space.n_nodes), KOKKOS_LAMBDA(const Index n) {
        for (std::ptrdiff_t i = std::ptrdiff_t{C} * n; i < std::ptrdiff_t{C} * (n + 1); ++i)
          out[i] = a * in[i] + (b == 0.0 ? 0.0 : b * out[i]);
      });
}

/// x += a p and r -= a y in one pass; returns r . r over the owned nodes of this rank.
template <class Vector>
double advance_solution(const NodeSpace& space, double a, const Vector& p, const Vector& y, const Vector& x,
                        const Vector& r) {
  constexpr int C = components_of<Vector>;
  const double *const direction = p.data(), *const image = y.data();
  double *const solution = x.data(), *const residual = r.data();
  double sum = 0.0;
  const Index owned = space.n_owned;
  Kokkos::parallel_reduce(
      "tautband::advance_solution", Kokkos::RangePolicy<Execution>(0, space.n_nodes),
      KOKKOS_LAMBDA(const Index n, double& s) {
        double square = 0.0;
        for (std::ptrdiff_t i = std::ptrdiff_t{C} * n; i < std::ptrdiff_t{C} * (n + 1); ++i) {
          solution[i] += a * direction[i];
          const double left = residual[i] - a * image[i];
          residual[i] = left;
          square += left * left;
        }
        if (n < owned) s += square;
      },
      sum);
  return sum;
}

template <class Vector> void fill(const Vector& x, double value) { Kokkos::deep_copy(x, value); }
template <class Vector> void copy(const Vector& to, const Vector& from) { Kokkos::deep_copy(to, from); }

}  // namespace tautband
