// A mapped block on which scalars are transported: the bench of the transport tests.
#pragma once

#include "fem/halo.hpp"
#include "mesh/partition.hpp"
#include "meshes/block.hpp"
#include "stages/diffusion.hpp"
#include "verification/manufactured.hpp"

#include <cmath>
#include <functional>

namespace tautband::verification {

using Point = std::array<double, 3>;

struct TransportProblem {
  /// Unit cube to tissue, m.
  using Map = std::function<Point(const Point&)>;

  Mesh mesh;
  LocalMesh local;
  Halo halo;
  Geometry geometry;

  TransportProblem(ElementKind kind, std::array<int, 3> cells, const Map& map)
      : mesh(make_mesh(kind, cells, map)),
        local(distribute(mesh, MPI_COMM_WORLD)),
        halo(local),
        geometry(make_geometry(local)) {}

  /// (node): f(X).
  View1<double> nodal(const std::function<double(const Point&)>& f) const {
    const View1<double> x("nodal", local.n_nodes);
    const auto X = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), local.X);
    const auto values = Kokkos::create_mirror_view(x);
    for (Index n = 0; n < local.n_nodes; ++n) values(n) = f({X(n, 0), X(n, 1), X(n, 2)});
    Kokkos::deep_copy(x, values);
    return x;
  }
  /// (node, component)
  NodeVector displacement(const std::function<Point(const Point&)>& u) const {
    const NodeVector x("displacement", local.n_nodes);
    const auto X = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), local.X);
    const auto values = Kokkos::create_mirror_view(x);
    for (Index n = 0; n < local.n_nodes; ++n) {
      const Point at = u({X(n, 0), X(n, 1), X(n, 2)});
      for (int c = 0; c < 3; ++c) values(n, c) = at[c];
    }
    Kokkos::deep_copy(x, values);
    return x;
  }
  /// (batch, point, lane): f at the quadrature points.
  PointField at_points(const std::function<double(const Point&)>& f) const {
    std::array<PointField, 3> X;
    for (int c = 0; c < 3; ++c) X[c] = nodes_to_points(local, nodal([c](const Point& x) { return x[c]; }));
    std::array<HostMirror<PointField>, 3> at;
    for (int c = 0; c < 3; ++c) at[c] = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), X[c]);
    const PointField out("point_field", X[0].extent(0), X[0].extent(1), lanes);
    const auto values = Kokkos::create_mirror_view(out);
    for (std::size_t b = 0; b < X[0].extent(0); ++b)
      for (std::size_t q = 0; q < X[0].extent(1); ++q)
        for (int l = 0; l < lanes; ++l) values(b, q, l) = f({at[0](b, q, l), at[1](b, q, l), at[2](b, q, l)});
    Kokkos::deep_copy(out, values);
    return out;
  }
  PointField point_field(double value = 0.0) const {
    const PointField out("point_field", local.n_batches, nodes_per_element(local.kind), lanes);
    Kokkos::deep_copy(out, value);
    return out;
  }

 private:
  static Mesh make_mesh(ElementKind kind, std::array<int, 3> cells, const Map& map) {
    meshing::BlockOptions options;
    options.kind = kind;
    options.corners = meshing::box_corners({1.0, 1.0, 1.0});
    options.cells = cells;
    Mesh mesh = meshing::make_block(options);
    for (std::size_t n = 0; n < mesh.points.size(); n += 3) {
      const Point moved = map({mesh.points[n], mesh.points[n + 1], mesh.points[n + 2]});
      std::copy(moved.begin(), moved.end(), mesh.points.begin() + n);
    }
    return mesh;
  }
};

/// Brick of the given edges, m.
inline TransportProblem::Map brick(double x, double y, double z) {
  return [=](const Point& s) { return Point{x * s[0], y * s[1], z * s[2]}; };
}

/// Brick whose edges bend by a tenth of their length; faces stay in no plane.
inline Point bent(const Point& s) {
  Point y{};
  for (int i = 0; i < 3; ++i)
    y[i] = block_length * (s[i] + 0.06 * (std::sin(2.5 * s[(i + 1) % 3] + i) + std::cos(2.2 * s[(i + 2) % 3])));
  return y;
}

/// Displacement (m) of Motion::wavy.
inline Point wavy(const Point& X) {
  Vec3<double> at, u;
  Mat3<double> F;
  for (int c = 0; c < 3; ++c) at(c) = X[c];
  motion(Motion::wavy, at, u, F);
  return {u(0), u(1), u(2)};
}

inline spec::Diffusion accurate() {
  spec::Diffusion s;
  s.tolerance = 1e-11;
  return s;
}

}  // namespace tautband::verification
