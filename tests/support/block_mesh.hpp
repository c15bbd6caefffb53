// A block of hexahedra made in memory, with the standard sets of a block and two regions, for tests.
#pragma once

#include "mesh/element_order.hpp"
#include "mesh/mesh.hpp"

#include <array>

namespace tautband::testing_support {

/// Cells numbered x fastest; cells whose index along x is below `first_region_cells` are "muscle", the others "tendon".
/// Cell array `number` (its cell), point array `place` (2: node, -node), fibres along z.
inline Mesh block_mesh(ElementKind kind, std::array<int, 3> n, std::array<double, 3> length, int first_region_cells) {
  Mesh mesh;
  mesh.kind = kind;
  const int order = kind == ElementKind::hex8 ? 1 : 2;
  const std::array<GlobalIndex, 3> nodes = {order * n[0] + 1, order * n[1] + 1, order * n[2] + 1};
  const auto node = [&](GlobalIndex i, GlobalIndex j, GlobalIndex k) { return i + nodes[0] * (j + nodes[1] * k); };
  mesh.region_names = {"muscle", "tendon"};
  MeshArray& place = mesh.point_arrays["place"];
  place.components = 2;
  const std::array<const char*, 6> sides = {"x0", "x1", "y0", "y1", "z0", "z1"};
  for (GlobalIndex k = 0; k < nodes[2]; ++k)
    for (GlobalIndex j = 0; j < nodes[1]; ++j)
      for (GlobalIndex i = 0; i < nodes[0]; ++i) {
        const std::array<GlobalIndex, 3> at = {i, j, k};
        place.values.insert(place.values.end(), {double(node(i, j, k)), -double(node(i, j, k))});
        for (int a = 0; a < 3; ++a) {
          mesh.points.push_back(length[a] * at[a] / (nodes[a] - 1));
          if (at[a] == 0) mesh.node_sets[sides[2 * a]].push_back(node(i, j, k));
          if (at[a] == nodes[a] - 1) mesh.node_sets[sides[2 * a + 1]].push_back(node(i, j, k));
        }
      }
  const int per_element = nodes_per_element(kind), line = order + 1;
  for (int k = 0; k < n[2]; ++k)
    for (int j = 0; j < n[1]; ++j)
      for (int i = 0; i < n[0]; ++i) {
        const std::array<int, 3> at = {i, j, k};
        const GlobalIndex cell = mesh.n_cells();
        mesh.connectivity.resize(mesh.connectivity.size() + per_element);
        for (int q = 0; q < per_element; ++q)
          mesh.connectivity[per_element * cell + vtk_of_lexicographic(kind, q)] =
              node(order * i + q % line, order * j + q / line % line, order * k + q / (line * line));
        mesh.region.push_back(i < first_region_cells ? 0 : 1);
        mesh.cell_arrays["number"].values.push_back(double(cell));
        mesh.fibre.insert(mesh.fibre.end(), {0.0, 0.0, 1.0});
        for (int a = 0; a < 3; ++a) {
          if (at[a] == 0) mesh.face_sets[sides[2 * a]].push_back({cell, 2 * a});
          if (at[a] == n[a] - 1) mesh.face_sets[sides[2 * a + 1]].push_back({cell, 2 * a + 1});
        }
      }
  return mesh;
}

}  // namespace tautband::testing_support
