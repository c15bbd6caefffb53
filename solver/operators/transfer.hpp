// Scalars between quadrature points and nodes, an element (V = double) or a batch of elements (V = Pack) at a time:
// the kernels of transport.hpp.
#pragma once

#include "operators/sweep.hpp"

namespace tautband {

/// Runs kernel.element<V>(place, valid) for all elements of the mesh; `valid` lanes of V are elements.
template <class Kernel> void for_all_elements(const char* label, const LocalMesh& mesh, const Kernel& kernel) {
  for (const RegionBatches& range : mesh.regions) {
    const Index first = range.first_batch, n_elements = range.n_elements;
#if defined(__CUDACC__) || defined(__HIPCC__)
    Kokkos::parallel_for(
        label, Kokkos::RangePolicy<Execution>(0, n_elements), KOKKOS_LAMBDA(const Index e) {
          kernel.template element<double>(Place{first + e / lanes, 0, static_cast<int>(e % lanes)}, 1);
        });
#else
    Kokkos::parallel_for(label, Kokkos::RangePolicy<Execution>(0, range.n_batches), [=](const Index b) {
      const Index left = n_elements - b * lanes;
      kernel.template element<HostPack>(Place{first + b, 0, 0}, left < lanes ? static_cast<int>(left) : lanes);
    });
#endif
  }
}

/// The same for a kernel that adds to kernel.y.
template <class Kernel> void sum_over_elements(const char* label, const LocalMesh& mesh, const Kernel& kernel) {
  for_all_elements(label, mesh, kernel);
  mesh.sum.finish(kernel.y);
}

/// Adds the valid lanes of `value` to those nodes of y that node n of the element(s) E at `at` is.
template <class E, class V>
KOKKOS_INLINE_FUNCTION void add_to_node(const Connectivity& nodes, const Place& at, int n, const V& value, int valid,
                                        const NodeTarget<1>& y) {
  if constexpr (std::is_same_v<V, double>) {
    y.add(nodes(at.batch, n, at.lane), element_slot(E::nodes, at.batch, n, at.lane), 0, value);
  } else {
    for (int l = 0; l < valid; ++l) y.node[nodes(at.batch, n, l)] += value[l];
  }
}

/// x := values at points of values at nodes, in place; or its transpose.
template <class E, bool Transposed, class V> KOKKOS_INLINE_FUNCTION void interpolate_element(V* x) {
  constexpr int N = E::line;
  for (int a = 0; a < 3; ++a)
    for (int l = 0; l < N * N; ++l) {
      const int start = line_start<E>(a, l), s = E::stride(a);
      V line[N];
      for (int i = 0; i < N; ++i) line[i] = x[start + i * s];
      if constexpr (Transposed)
        Line<N>::interpolate_transposed(line);
      else
        Line<N>::interpolate(line);
      for (int i = 0; i < N; ++i) x[start + i * s] = line[i];
    }
}

template <class V> KOKKOS_INLINE_FUNCTION V smallest(const V* x, int n) {
  V low = x[0];
  for (int i = 1; i < n; ++i) low = min(low, x[i]);
  return low;
}

/// x[i] := theta x[i] + (1 - theta) target(i), theta in 0..1 the largest with which all x[i] >= lower(i); target(i) is.
template <class V, class Target, class Lower>
KOKKOS_INLINE_FUNCTION void limit(V* x, int n, const Target& target, const Lower& lower) {
  V theta(1.0);
  for (int i = 0; i < n; ++i) {
    const V above = target(i) - lower(i), fall = target(i) - x[i];
    theta = min(theta, select(fall > above, above / fall, V(1.0)));
  }
  for (int i = 0; i < n; ++i) x[i] = theta * x[i] + (V(1.0) - theta) * target(i);
}

/// Part of a brick that node n stands for: Simpson's weights, or the trapezoidal rule's.
template <class E> KOKKOS_INLINE_FUNCTION constexpr double node_share(int n) {
  double share = 1.0;
  for (int a = 0; a < 3; ++a) share *= E::line == 2 ? 0.5 : (E::index(n, a) == 1 ? 4.0 / 6.0 : 1.0 / 6.0);
  return share;
}

/// Of what a brick would give it, a node of any element gets at least this part: volumes stay positive in elements that
/// taper to an edge.
inline constexpr double smallest_share = 0.05;

/// y(node) += int N f dV with the limit of Transport::average.
template <class E> struct AddIntegrals {
  Connectivity nodes;
  PointArray jacobian;
  PointField f;
  NodeTarget<1> y;

  template <class V> KOKKOS_INLINE_FUNCTION void element(const Place& at, int valid) const {
    constexpr int P = E::points;
    V share[P], total(0.0);
    for (int q = 0; q < P; ++q) share[q] = load<V>(f, Place{at.batch, q, at.lane});
    const V low = smallest(share, P), unlimited(-1e300);
    for (int q = 0; q < P; ++q) {
      share[q] *= load<V>(jacobian, Place{at.batch, q, at.lane}, 9);
      total += share[q];
    }
    interpolate_element<E, true>(share);
    const auto brick = [&](int n) { return total * V(node_share<E>(n)); };
    limit(share, P, brick, [&](int n) { return select(low < V(0.0), unlimited, V(smallest_share) * brick(n)); });
    for (int n = 0; n < P; ++n) add_to_node<E>(nodes, at, n, share[n], valid, y);
  }
};

/// f := values at points of x at nodes with the limit of Transport::interpolate.
template <class E> struct Interpolation {
  Connectivity nodes;
  View1<double> x;
  PointField f;

  template <class V> KOKKOS_INLINE_FUNCTION void element(const Place& at, int) const {
    constexpr int P = E::points;
    V value[P], mean(0.0);
    for (int n = 0; n < P; ++n) {
      if constexpr (std::is_same_v<V, double>)
        value[n] = x(nodes(at.batch, n, at.lane));
      else
        value[n] = V::gather(x.data(), &nodes(at.batch, n, 0), 1);
      mean += V(node_share<E>(n)) * value[n];
    }
    mean = max(mean, V(0.0));
    interpolate_element<E, false>(value);
    limit(
        value, P, [&](int) { return mean; }, [&](int) { return V(0.0); });
    for (int q = 0; q < P; ++q) store(f, Place{at.batch, q, at.lane}, value[q]);
  }
};

/// y(node) += grad N . G grad N, summed over points.
template <class E> struct AddStiffnessDiagonal {
  Connectivity nodes;
  PointArray metric;
  NodeTarget<1> y;

  template <class V> KOKKOS_INLINE_FUNCTION void element(const Place& at, int valid) const {
    constexpr LineTables<E::line> tables = line_tables<E::line>();
    for (int n = 0; n < E::nodes; ++n) {
      V sum(0.0);
      for (int q = 0; q < E::points; ++q) {
        double shape[3] = {}, slope[3] = {}, dN[3] = {};
        for (int a = 0; a < 3; ++a) {
          shape[a] = tables.interpolate[E::index(q, a)][E::index(n, a)];
          slope[a] = Line<E::line>::slope(E::index(n, a), Line<E::line>::gauss(E::index(q, a)));
        }
        for (int a = 0; a < 3; ++a) dN[a] = slope[a] * shape[(a + 1) % 3] * shape[(a + 2) % 3];
        for (int a = 0; a < 3; ++a)
          for (int b = 0; b < 3; ++b)
            sum += V(dN[a] * dN[b]) * load<V>(metric, Place{at.batch, q, at.lane}, Sym3<V>::at(a, b));
      }
      add_to_node<E>(nodes, at, n, sum, valid, y);
    }
  }
};

}  // namespace tautband
