// Node numbering of hexahedra: VTK's order in mesh files, lexicographic order (x fastest) in the kernels.
#pragma once

#include "mesh/mesh.hpp"

#include <array>

namespace tautband {

/// VTK position of each lexicographic node of a trilinear hexahedron.
inline constexpr std::array<int, 8> vtk_of_lexicographic_hex8 = {0, 1, 3, 2, 4, 5, 7, 6};

/// VTK position of each lexicographic node of a triquadratic hexahedron: corners 0-7, edges 8-19, faces 20-25,
/// centre 26.
inline constexpr std::array<int, 27> vtk_of_lexicographic_hex27 = {0,  8,  1,  11, 24, 9,  3,  10, 2,   // zeta = -1
                                                                   16, 22, 17, 20, 26, 21, 19, 23, 18,  // zeta = 0
                                                                   4,  12, 5,  15, 25, 13, 7,  14, 6};  // zeta = +1

/// VTK position of lexicographic node `node`.
constexpr int vtk_of_lexicographic(ElementKind kind, int node) {
  return kind == ElementKind::hex8 ? vtk_of_lexicographic_hex8[node] : vtk_of_lexicographic_hex27[node];
}

}  // namespace tautband
