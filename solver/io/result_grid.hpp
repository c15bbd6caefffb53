// The part of a result file that does not change: the mesh, its regions and sets.
#pragma once

#include "fem/ordering.hpp"
#include "io/collective_file.hpp"

namespace tautband {

/// Cells as they stand in the file: those of the mesh, or each hex27 as 8 hex8 (piece i + 2 j + 4 k of cell c is cell
/// 8 c + i + 2 j + 4 k), which viewers draw without subdivision.
struct FileGrid {
  FileGrid(const Mesh& mesh, bool linearise);

  bool linearise;
  int pieces;                    ///< cells of the file per cell of the mesh: 1 or 8
  int nodes_per_cell;            ///< in the file
  int cell_type;                 ///< VTK's number
  GlobalIndex n_nodes, n_cells;  ///< in the file
};

/// Compressed rows in chunks of one step's `rows`, fewer where a chunk would exceed 1 GiB (HDF5 takes less than 4).
hdf5::Storage step_storage(GlobalIndex rows, int components, int compression);

/// Shape (rows) or (rows, components).
hdf5::Shape array_shape(GlobalIndex rows, int components);

/// /VTKHDF with Points, cells, PointData (cross_section and fibre_position of the mesh), CellData/region, and /sets and
/// /regions beside it. Collective.
void write_grid(hdf5::CollectiveFile& file, const Mesh& mesh, const FileGrid& grid, const FileOrder& order,
                int compression);

/// Throws FileError unless the file holds this mesh: nodes, cells and regions, to the last bit. On one rank.
void require_grid(const hdf5::InputFile& file, const Mesh& mesh, const FileGrid& grid);

/// Names of the arrays that write_grid puts into PointData and CellData.
std::vector<std::string> grid_point_arrays(const Mesh& mesh);
std::vector<std::string> grid_cell_arrays();

}  // namespace tautband
