// Whether a mesh can be computed on: counts, volumes, Jacobians, fibres, sets, isolated nodes.
#pragma once

#include "mesh/mesh.hpp"

namespace tautband {

/// A fibre direction counts as unit when its length is within this of 1: float32 files stay well inside.
inline constexpr double fibre_length_tolerance = 1e-6;

struct RegionSize {
  std::string name;
  GlobalIndex cells = 0;
  double volume = 0.0;  ///< m^3
};

/// What inspect() found. Cells and nodes are numbered as in the file; -1 = none.
struct MeshReport {
  GlobalIndex n_nodes = 0, n_cells = 0;
  std::vector<RegionSize> regions;  ///< in the order of Mesh::region_names
  double volume = 0.0;              ///< m^3
  double worst_jacobian = 1.0;      ///< smallest scaled Jacobian over Gauss points and nodes; 1 = a brick
  GlobalIndex worst_cell = -1;
  GlobalIndex inverted_cells = 0;  ///< cells with a Jacobian <= 0 somewhere
  bool has_fibres = false;
  double worst_fibre_error = 0.0;  ///< largest | |fibre| - 1 |
  GlobalIndex worst_fibre_cell = -1;
  GlobalIndex bad_fibres = 0;  ///< cells whose fibre is not unit
  std::vector<std::string> empty_sets;
  std::vector<GlobalIndex> isolated_nodes;  ///< nodes of no cell

  /// One sentence per reason not to compute on this mesh; empty when it is sound.
  std::vector<std::string> problems() const;
};

/// The scaled Jacobian is det J / (|J e_1| |J e_2| |J e_3|); volumes are integrated exactly for the element.
MeshReport inspect(const Mesh& mesh);

/// Throws FileError with all problems of the mesh read from `path`.
void require_sound(const Mesh& mesh, const std::string& path);

}  // namespace tautband
