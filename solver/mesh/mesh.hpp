// A mesh as read from a file: nodes, cells of one element kind, named sets and arrays. No physics.
#pragma once

#include "base/views.hpp"

#include <map>
#include <string>
#include <vector>

namespace tautband {

enum class ElementKind { hex8, hex27 };

/// Nodes of one element: 8 or 27.
constexpr int nodes_per_element(ElementKind kind) { return kind == ElementKind::hex8 ? 8 : 27; }
/// VTK cell type number: 12 or 29.
constexpr int vtk_cell_type(ElementKind kind) { return kind == ElementKind::hex8 ? 12 : 29; }

/// A named array on nodes or cells: values(i, c) at i * components + c, in SI units.
struct MeshArray {
  int components = 1;
  std::string unit = "1";  ///< udunits string, SI
  std::string long_name;
  std::vector<double> values;
};

/// A face of a cell: local face number in VTK's order x- x+ y- y+ z- z+ (0..5).
struct Face {
  GlobalIndex cell;
  int face;
};

/// The whole mesh on the host, numbered as in its file.
struct Mesh {
  ElementKind kind = ElementKind::hex27;
  std::vector<double> points;             ///< 3 per node, m
  std::vector<GlobalIndex> connectivity;  ///< nodes_per_element per cell, VTK order
  std::vector<int> region;                ///< per cell: index into region_names
  std::vector<std::string> region_names;
  std::vector<double> fibre;  ///< 3 per cell, unit; empty when the mesh has no fibres
  std::map<std::string, std::vector<GlobalIndex>> node_sets;
  std::map<std::string, std::vector<Face>> face_sets;
  std::map<std::string, MeshArray> point_arrays;
  std::map<std::string, MeshArray> cell_arrays;

  GlobalIndex n_nodes() const { return static_cast<GlobalIndex>(points.size() / 3); }
  GlobalIndex n_cells() const { return static_cast<GlobalIndex>(connectivity.size()) / nodes_per_element(kind); }
};

}  // namespace tautband
