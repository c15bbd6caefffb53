#include "fem/geometry.hpp"

#include "base/error.hpp"
#include "base/large_pages.hpp"

#include <fmt/format.h>

namespace tautband {

namespace {

/// Shape function n, or its slope along direction a (a = 3: none), at Gauss point q.
template <class E> KOKKOS_INLINE_FUNCTION double shape_at(int n, int q, int a = 3) {
  double value = 1.0;
  for (int d = 0; d < 3; ++d) {
    const double x = Line<E::line>::gauss(E::index(q, d));
    value *= d == a ? Line<E::line>::slope(E::index(n, d), x) : Line<E::line>::shape(E::index(n, d), x);
  }
  return value;
}

/// Runs f(batch, lane) for every element, padding lanes included (they repeat the last element).
template <class F> void for_each_element(const char* label, const LocalMesh& mesh, const F& f) {
  Kokkos::parallel_for(label, Kokkos::RangePolicy<Execution>(0, mesh.n_batches * lanes), f);
}

/// Inverse of a symmetric positive definite n x n matrix, by elimination without pivots.
template <int n> KOKKOS_INLINE_FUNCTION void invert_spd(double (&A)[n][n]) {
  for (int k = 0; k < n; ++k) {
    const double r = 1.0 / A[k][k];
    A[k][k] = 1.0;
    for (int j = 0; j < n; ++j) A[k][j] *= r;
    for (int i = 0; i < n; ++i) {
      if (i == k) continue;
      const double f = A[i][k];
      A[i][k] = 0.0;
      for (int j = 0; j < n; ++j) A[i][j] -= f * A[k][j];
    }
  }
}

template <class E> struct GeometryKernel {
  Connectivity nodes;
  NodeVector X;
  Geometry out;
  Kokkos::View<Index, Memory> inverted;

  KOKKOS_INLINE_FUNCTION void operator()(const Index item) const {
    constexpr int M = E::pressure_modes;
    const Index b = item / lanes;
    const int lane = item % lanes;
    double mass[M][M] = {};
    for (int q = 0; q < E::points; ++q) {
      Mat3<double> A{};
      for (int n = 0; n < E::nodes; ++n)
        for (int a = 0; a < 3; ++a) {
          const double dN = shape_at<E>(n, q, a);
          for (int i = 0; i < 3; ++i) A(i, a) += dN * X(nodes(b, n, lane), i);
        }
      const double det = determinant(A), w = E::weight(q) * det;
      if (!(det > 0.0)) Kokkos::atomic_fetch_max(&inverted(), item);
      const Mat3<double> B = inverse(A, det);
      for (int k = 0; k < 9; ++k) out.jacobian(b, q, k, lane) = B.m[k];
      out.jacobian(b, q, 9, lane) = w;
      for (int i = 0; i < M; ++i)
        for (int j = 0; j < M; ++j) mass[i][j] += w * E::mode(i, q) * E::mode(j, q);
    }
    invert_spd(mass);
    for (int i = 0; i < M; ++i)
      for (int j = i; j < M; ++j) out.inverse_mass(b, packed(M, i, j), lane) = mass[i][j];
  }
};

template <class E> Geometry geometry_of(const LocalMesh& mesh) {
  constexpr int M = E::pressure_modes;
  Geometry g;
  g.jacobian = large_page_view<PointArray>("tautband::jacobian", mesh.n_batches, E::points, 10, lanes);
  g.fibre = ElementVector("tautband::fibre", mesh.n_batches, 3, lanes);
  g.inverse_mass = ModeMatrix("tautband::inverse_mode_mass", mesh.n_batches, M * (M + 1) / 2, lanes);
  Kokkos::View<Index, Memory> inverted("tautband::inverted");
  Kokkos::deep_copy(inverted, -1);
  for_each_element("tautband::geometry", mesh, GeometryKernel<E>{mesh.nodes, mesh.X, g, inverted});
  Index item = -1;
  Kokkos::deep_copy(item, inverted);
  if (item >= 0) {
    auto cell = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.cell);
    throw FileError(fmt::format("cell {} of the mesh is inverted: det(dX/dxi) <= 0 at a quadrature point",
                                cell(item / lanes, item % lanes)));
  }
  return g;
}

template <class E> void interpolate(const LocalMesh& mesh, const View1<double>& nodal, const PointField& out) {
  const Connectivity nodes = mesh.nodes;
  for_each_element(
      "tautband::nodes_to_points", mesh, KOKKOS_LAMBDA(const Index item) {
        const Index b = item / lanes;
        const int lane = item % lanes;
        for (int q = 0; q < E::points; ++q) {
          double sum = 0.0;
          for (int n = 0; n < E::nodes; ++n) sum += shape_at<E>(n, q) * nodal(nodes(b, n, lane));
          out(b, q, lane) = sum;
        }
      });
}

/// x(n) := sum_q N_n(q)^2 x(q), one direction after the other.
template <class E> KOKKOS_INLINE_FUNCTION void sum_with_squares(double (&x)[E::points]) {
  constexpr int N = E::line;
  constexpr LineTables<N> tables = line_tables<N>();
  for (int a = 0; a < 3; ++a)
    for (int l = 0; l < N * N; ++l) {
      const int start = line_start<E>(a, l), s = E::stride(a);
      double line[N];
      for (int q = 0; q < N; ++q) line[q] = x[start + q * s];
      for (int n = 0; n < N; ++n) {
        double sum = 0.0;
        for (int q = 0; q < N; ++q) sum += tables.interpolate[q][n] * tables.interpolate[q][n] * line[q];
        x[start + n * s] = sum;
      }
    }
}

template <class E>
void project(const LocalMesh& mesh, const Geometry& geometry, const PointArray& values, int component,
             const View2<double>& sums) {
  const NodeTarget<2> target = mesh.sum.target<2>(sums.data());
  const Connectivity nodes = mesh.nodes;
  const View2<GlobalIndex> cell = mesh.cell;
  const PointArray jacobian = geometry.jacobian;
  for_each_element(
      "tautband::points_to_nodes", mesh, KOKKOS_LAMBDA(const Index item) {
        const Index b = item / lanes;
        const int lane = item % lanes;
        if (cell(b, lane) < 0) return;
        double sum[E::points], weight[E::points];
        for (int q = 0; q < E::points; ++q) {
          weight[q] = jacobian(b, q, 9, lane);
          sum[q] = weight[q] * values(b, q, component, lane);
        }
        // squared shape functions stay positive, so the average never leaves the range of its values
        sum_with_squares<E>(sum);
        sum_with_squares<E>(weight);
        for (int n = 0; n < E::nodes; ++n) {
          const Index slot = element_slot(E::nodes, b, n, lane);
          target.add(nodes(b, n, lane), slot, 0, sum[n]);
          target.add(nodes(b, n, lane), slot, 1, weight[n]);
        }
      });
  mesh.sum.finish(target);
}

}  // namespace

Geometry make_geometry(const LocalMesh& mesh) {
  return mesh.kind == ElementKind::hex8 ? geometry_of<Hex8>(mesh) : geometry_of<Hex27>(mesh);
}

PointField nodes_to_points(const LocalMesh& mesh, const View1<double>& nodal) {
  const PointField out("tautband::point_field", mesh.n_batches, nodes_per_element(mesh.kind), lanes);
  nodes_to_points(mesh, nodal, out);
  return out;
}

void nodes_to_points(const LocalMesh& mesh, const View1<double>& nodal, const PointField& out) {
  if (mesh.kind == ElementKind::hex8)
    interpolate<Hex8>(mesh, nodal, out);
  else
    interpolate<Hex27>(mesh, nodal, out);
}

PointField cells_to_points(const LocalMesh& mesh, const ElementVector& cell) {
  const int points = nodes_per_element(mesh.kind);
  PointField out("tautband::point_field", mesh.n_batches, points, lanes);
  for_each_element(
      "tautband::cells_to_points", mesh, KOKKOS_LAMBDA(const Index item) {
        for (int q = 0; q < points; ++q) out(item / lanes, q, item % lanes) = cell(item / lanes, 0, item % lanes);
      });
  return out;
}

void add_points_to_nodes(const LocalMesh& mesh, const Geometry& geometry, const PointArray& values, int component,
                         const View2<double>& sums) {
  if (mesh.kind == ElementKind::hex8)
    project<Hex8>(mesh, geometry, values, component, sums);
  else
    project<Hex27>(mesh, geometry, values, component, sums);
}

}  // namespace tautband
