// The smallest mesh with two regions.
#pragma once

#include "mesh/mesh.hpp"

namespace tautband::testing {

/// Two hex8 cells in a row along x: a unit cube of `muscle` and a cube stretched to length 2 of `tendon`. Fibres along
/// x.
inline Mesh two_cells() {
  Mesh mesh;
  mesh.kind = ElementKind::hex8;
  for (double z : {0.0, 1.0})
    for (double y : {0.0, 1.0})
      for (double x : {0.0, 1.0, 3.0}) mesh.points.insert(mesh.points.end(), {x, y, z});
  mesh.connectivity = {0, 1, 4, 3, 6, 7, 10, 9, 1, 2, 5, 4, 7, 8, 11, 10};
  mesh.region = {0, 1};
  mesh.region_names = {"muscle", "tendon"};
  mesh.fibre = {1, 0, 0, 1, 0, 0};
  mesh.node_sets["x0"] = {0, 3, 6, 9};
  mesh.face_sets["x0"] = {{0, 0}};
  mesh.face_sets["z0"] = {{0, 4}, {1, 4}};
  mesh.point_arrays["height"] = {1, "m", "z of the node", {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1}};
  mesh.cell_arrays["stiffness"] = {2, "Pa", "two moduli", {1e3, 2e3, 3e3, 4e3}};
  return mesh;
}

}  // namespace tautband::testing
