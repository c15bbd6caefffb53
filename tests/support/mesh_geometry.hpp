// Areas and outlines of meshes, computed in other ways than the code under test does.
#pragma once

#include "mesh/mesh.hpp"

#include <set>
#include <string>
#include <vector>

namespace tautband::testing {

/// Corner nodes of a face, sorted: the same for both cells that share it.
std::vector<GlobalIndex> face_corners(const Mesh& mesh, const Face& face);

/// All nodes of a face.
std::vector<GlobalIndex> face_nodes(const Mesh& mesh, const Face& face);

/// Area of a face set in m^2, by Gauss quadrature on its curved faces.
double area(const Mesh& mesh, const std::string& set);

/// Corners of all faces that belong to one cell only.
std::set<std::vector<GlobalIndex>> surface(const Mesh& mesh);

/// Groups of the cells of a region that hang together by shared nodes.
int connected_parts(const Mesh& mesh, int region);

}  // namespace tautband::testing
