// The mesh of a result as plain eight-node hexahedra, with coordinates along and across the fibres.
#pragma once

#include "post/result_reader.hpp"

#include <array>
#include <string>
#include <vector>

namespace tautband::post {

using Vector3 = std::array<double, 3>;

/// Points are those of the result, in its order. A hex27 cell becomes eight hexahedra over its 27 nodes.
/// Everything is in the reference configuration, SI units.
struct LinearMesh {
  std::vector<std::array<int, 8>> cells;       ///< VTK's hexahedron order
  std::vector<int> parent;                     ///< per cell: cell of the result it came from
  std::vector<double> volume;                  ///< per cell, m^3
  std::vector<char> muscle;                    ///< per cell: 1 where it belongs to the muscle
  std::vector<Vector3> position;               ///< per point, m
  std::vector<double> along;                   ///< per point: coordinate along the mean fibre, m
  std::vector<std::array<double, 2>> across;   ///< per point: where its fibre crosses the cross-section, m
  std::vector<double> muscle_volume;           ///< per point: its share of the muscle, m^3; 0 outside the muscle
  Vector3 axis{0, 0, 1};                       ///< mean fibre direction
  std::array<Vector3, 2> across_axis{};        ///< directions in which the two across coordinates grow
  std::array<bool, 2> mirrored{false, false};  ///< across coordinate 0 / 1 is cut at a symmetry plane at 0

  size_t n_points() const { return position.size(); }
};

/// `muscle_region`: cells of the region of this name are muscle; all cells are when the result knows no regions.
/// Throws FileError when the result has regions but none of this name.
LinearMesh make_linear_mesh(const ResultReader& result, const std::string& muscle_region);

/// The eight (or one) hexahedra of a cell of 27 (or 8) nodes, as positions in the cell's node list.
const std::vector<std::array<int, 8>>& linear_cells(int nodes_per_cell);

double dot(const Vector3& a, const Vector3& b);
Vector3 cross(const Vector3& a, const Vector3& b);

/// Trilinear shape functions at (x, y, z) in [0, 1]^3, in VTK's hexahedron order.
std::array<double, 8> trilinear(double x, double y, double z);

}  // namespace tautband::post
