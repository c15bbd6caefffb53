// The fibre direction as a field: slopes along it, its mean, and distances from the end plates.
#pragma once

#include "fem/geometry.hpp"

namespace tautband {

/// Slope along the fibre (per m of reference length) of a scalar field (batch, point, lane), from the polynomial
/// through the quadrature points of each element.
PointField slope_along_fibre(const LocalMesh& mesh, const Geometry& geometry, const PointField& values);

/// Unit direction of the volume-weighted mean fibre over all ranks in the given regions, rounded to 1e-9 so that it is
/// the same on any number of ranks; collective. Throws CaseError when the fibres cancel.
std::array<double, 3> mean_fibre(const LocalMesh& mesh, const Geometry& geometry,
                                 const std::vector<RegionBatches>& regions);

/// Position along straight fibres, 0..1 from end to end of the given regions, per node; for a mesh without the array
/// `fibre_position`. Collective.
View1<double> straight_fibre_position(const LocalMesh& mesh, const std::vector<RegionBatches>& regions,
                                      const std::array<double, 3>& axis);

/// Length along the fibre from the place `centre` (0..1), m (batch, point, lane): (position - centre) divided by the
/// slope of the position along the fibre. `position`: per node, 0..1 along the fibre.
PointField distance_along_fibre(const LocalMesh& mesh, const Geometry& geometry, const View1<double>& position,
                                double centre);

}  // namespace tautband
