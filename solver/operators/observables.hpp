// Numbers that sum up the tissue: extremes and means over quadrature points, and fields brought to nodes and cells.
#pragma once

#include "fem/halo.hpp"
#include "operators/law_ops.hpp"

namespace tautband {

/// Over all ranks; stretches of muscle points only where a mask says so.
struct Observables {
  double fibre_stretch_min, fibre_stretch_max;
  double knot_stretch;  ///< smallest fibre stretch where the end-plate mask exceeds one half; 1 without a mask
  double tension_max;   ///< Pa
  double activation_mean, activation_max;
  double contracture_min;
  double volume;  ///< m^3, deformed
  double smallest_volume_ratio;
  GlobalIndex worst_cell;        ///< of the mesh file, with the smallest volume ratio
  long negative_fibre_tangents;  ///< points where the nominal fibre stress falls with stretch
};

/// report: see law_ops.hpp; end_plate may be empty. Means are over `fibrous` regions, extremes of stretch too.
/// Collective.
Observables observe(const LocalMesh& mesh, const Geometry& geometry, const PointArray& report,
                    const PointField& activation, const PointField& contracture, const PointField& end_plate,
                    const std::vector<RegionBatches>& fibrous);

/// Component c of an array at quadrature points, averaged to nodes over all elements that touch them: (node).
/// Collective.
class NodalAverage {
 public:
  NodalAverage(const LocalMesh& mesh, const Geometry& geometry, const Halo& halo);
  const View1<double>& operator()(const PointArray& values, int component);
  const View1<double>& operator()(const PointField& values);

 private:
  const LocalMesh& mesh_;
  Geometry geometry_;
  const Halo& halo_;
  View2<double> sums_;  ///< (node): weighted sum, weight
  View1<double> average_;
};

/// Mean over each cell of components first .. first + count of an array at quadrature points: (batch, component, lane).
void cell_average(const LocalMesh& mesh, const Geometry& geometry, const PointArray& values, int first, int count,
                  const ElementVector& out);

}  // namespace tautband
