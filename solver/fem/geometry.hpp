// Reference geometry at quadrature points, and fields of the mesh brought there.
#pragma once

#include "fem/element.hpp"
#include "mesh/local_mesh.hpp"

#include <array>

namespace tautband {

/// Symmetric matrices on the pressure modes of each element: (batch, packed upper triangle, lane).
template <class T> using ModeMatrixOf = Kokkos::View<T***, Kokkos::LayoutRight, Memory>;
using ModeMatrix = ModeMatrixOf<double>;
/// One vector per element: (batch, 3, lane).
using ElementVector = Kokkos::View<double***, Kokkos::LayoutRight, Memory>;

/// Position of (a, b) in a packed upper triangle of size n.
KOKKOS_INLINE_FUNCTION constexpr int packed(int n, int a, int b) {
  return a <= b ? a * n - a * (a - 1) / 2 + (b - a) : b * n - b * (b - 1) / 2 + (a - b);
}

/// Reference geometry and fibre of all elements of a rank.
struct Geometry {
  PointArray jacobian;      ///< (batch, point, 10, lane): dxi_a/dX_J at 3 a + J (1/m), then weight x det(dX/dxi) (m^3)
  ElementVector fibre;      ///< unit fibre direction in the reference configuration
  ModeMatrix inverse_mass;  ///< inverse mass of the pressure modes, 1/m^3
};

/// Fills jacobian and inverse_mass; throws FileError naming the cell where det(dX/dxi) <= 0.
Geometry make_geometry(const LocalMesh& mesh);

/// Values of a nodal array at quadrature points. nodal: (node) on this rank.
PointField nodes_to_points(const LocalMesh& mesh, const View1<double>& nodal);
/// The same into `out`; allocates nothing.
void nodes_to_points(const LocalMesh& mesh, const View1<double>& nodal, const PointField& out);

/// Component 0 of a cell array, (batch, component, lane), at quadrature points.
PointField cells_to_points(const LocalMesh& mesh, const ElementVector& cell);

/// Nodal average of component c of an array at quadrature points, weighted by shape function and volume (lumped
/// projection): partial sums of the weighted values, (node, 0), and of the weights, (node, 1), to be added over ranks
/// and divided.
void add_points_to_nodes(const LocalMesh& mesh, const Geometry& geometry, const PointArray& values, int component,
                         const View2<double>& sums);

}  // namespace tautband
