// Connected regions of the muscle where a point field is positive, and their sizes.
#pragma once

#include "post/linear_mesh.hpp"

#include <vector>

namespace tautband::post {

/// Size of a region in the reference configuration, SI units. A region cut by a symmetry plane counts whole.
struct RegionShape {
  double length = 0.0;         ///< extent along the fibre
  double width = 0.0;          ///< mean over the length of the diameter of the circle with the cross-section's area
  double largest_width = 0.0;  ///< the same diameter where the region is widest
  double volume = 0.0;
  double low = 0.0, high = 0.0;  ///< ends along the fibre
  double centre_along = 0.0;     ///< centroid
  std::array<double, 2> centre_across{0, 0};
};

/// Component number of every point, -1 where `inside` is 0 or the point is not in the muscle. Points of one muscle
/// cell that are inside are connected. Components are numbered from 0 by their first point.
std::vector<int> label_components(const LinearMesh& mesh, const std::vector<char>& inside);

/// The part of the muscle where `level` > 0 (trilinear between points), in cells with at least one member point.
/// Its boundary is resolved by 4 x 4 x 4 samples per cell, its ends by the zero of `level` on the cells' edges.
class Region {
 public:
  /// `level`, `member`: per point; members must have a positive level.
  Region(const LinearMesh& mesh, std::vector<double> level, std::vector<char> member);

  bool empty() const { return samples_.empty(); }
  const RegionShape& shape() const { return shape_; }
  /// Volume mean of a point field.
  double mean(const std::vector<double>& field) const;
  /// Volume mean of a point field where `keep` > 0; NaN when that is nowhere.
  double mean_where(const std::vector<double>& field, const std::vector<double>& keep) const;
  double smallest(const std::vector<double>& field) const;  ///< over the member points
  double largest(const std::vector<double>& field) const;

 private:
  struct Sample {
    int cell, point;
    double volume;
  };
  double at(const Sample& sample, const std::vector<double>& field) const;
  void collect_samples();
  void measure();
  void measure_ends();
  void measure_widths(double mean_cell_length, double mirror);
  std::array<bool, 2> cut_planes() const;

  const LinearMesh* mesh_;
  std::vector<double> level_;
  std::vector<char> member_;
  std::vector<Sample> samples_;
  RegionShape shape_;
};

}  // namespace tautband::post
