// Mesh files: a static VTKHDF unstructured grid with regions, fibres and named sets.
//   /VTKHDF            Type, Version, NumberOfPoints, NumberOfCells, NumberOfConnectivityIds, Points (m), Connectivity,
//                      Offsets, Types: one part, all cells of one type, 12 (hex8) or 29 (hex27)
//   /VTKHDF/CellData   region: index into /regions/names; fibre (cell, 3): unit vector, optional; further arrays
//   /VTKHDF/PointData  arrays (node) or (node, components), attributes `units` and `long_name`
//   /regions/names     fixed-length strings
//   /sets/nodes/NAME   nodes;  /sets/faces/NAME (face, 2): cell and local face 0..5 = x- x+ y- y+ z- z+
#pragma once

#include "mesh/mesh.hpp"

namespace tautband {

/// Reads and checks a mesh file. Throws FileError with file, dataset, cell or node and value for: a missing, foreign or
/// damaged file; a missing dataset; a wrong shape or type; a node, cell, face or region number out of range; an unknown
/// cell type; NaN or infinity; a fibre that is not a unit vector; an empty set or one with an entry listed twice.
Mesh read_mesh(const std::string& path);

/// Writes the mesh; the file is either whole or not there. Throws FileError.
void write_mesh(const std::string& path, const Mesh& mesh);

}  // namespace tautband
