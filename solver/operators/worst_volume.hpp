// The mean of a quantity over the part of the tissue where it is largest, of a given volume.
#pragma once

#include "fem/geometry.hpp"

#include <vector>

namespace tautband {

/// Sorts quadrature points by value into classes, in one pass on the device, and reads the mean from the classes'
/// volumes and sums. Exact but for the order within the one class that is taken in part. Volumes and sums are whole
/// numbers of a fixed unit, so that the result is the same to the last bit on any number of ranks. Source:
/// docs/model.md 11.1.
class WorstVolume {
 public:
  /// `volume` (m^3) of the given regions; 0: the highest class that is not empty. Keeps a reference to the mesh.
  /// Collective.
  WorstVolume(const LocalMesh& mesh, const Geometry& geometry, const std::vector<RegionBatches>& regions,
              double volume);

  /// Mean of a field (batch, point, lane) with values in 0..1 over the worst `volume`, or over everything where the
  /// regions are smaller; 0 when they are empty. Collective.
  double mean(const PointField& values);

 private:
  static constexpr int classes = 64;
  const LocalMesh& mesh_;
  PointArray jacobian_;
  std::vector<RegionBatches> regions_;
  double scale_;                      ///< counts per m^3
  double wanted_;                     ///< counts
  View1<unsigned long long> counts_;  ///< volume of each class, then its sum of volume x value
  HostMirror<View1<unsigned long long>> host_counts_;
};

}  // namespace tautband
