// Mean, lowest and highest value of a quadrature field over regions and ranks.
#pragma once

#include "fem/geometry.hpp"

namespace tautband {

struct FieldRange {
  double mean;  ///< by reference volume
  double lowest, highest;
};

/// Range of a field (batch, point, lane) over all quadrature points of the given regions on all ranks; collective.
/// {0, 0, 0} when the regions are empty everywhere.
FieldRange field_range(const LocalMesh& mesh, const Geometry& geometry, const std::vector<RegionBatches>& regions,
                       const PointField& field);

/// Reference volume (m^3) of the given regions where the field is above `level`; collective.
double volume_above(const LocalMesh& mesh, const Geometry& geometry, const std::vector<RegionBatches>& regions,
                    const PointField& field, double level);

}  // namespace tautband
