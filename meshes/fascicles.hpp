// A disc divided into fascicles, each wrapped in its half of the perimysium.
#pragma once

#include "meshes/cross_section.hpp"

namespace tautband::meshing {

struct FascicleOptions {
  double radius;      ///< of the disc, m
  double edge;        ///< target edge length, m
  int count;          ///< fascicles, at least 3
  double perimysium;  ///< thickness of the layer between two fascicles, m
};

/// Cells of region 0 (muscle) and 1 (perimysium). The fascicles are the cells of a centroidal Voronoi diagram of the
/// disc; the mesh follows their outlines, and each carries a layer of half the thickness, one cell thick, so that the
/// perimysium is two cells thick between fascicles and one at the surface of the disc.
/// Throws CaseError for fewer than 3 fascicles and for a perimysium that leaves no room for the muscle.
CrossSection make_fascicles(const FascicleOptions& options, int line);

}  // namespace tautband::meshing
