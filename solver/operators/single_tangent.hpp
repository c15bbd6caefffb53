// The stored tangent of all regions of a rank in single precision: what preconditioners work with. It reads half of
// what the tangent of the solve reads.
#pragma once

#include "operators/region_kernel.hpp"

namespace tautband {

class SingleTangent {
 public:
  explicit SingleTangent(const RegionContext& context) : context_(context) {}

  /// Copies the tangents last stored by the kernels; the first call allocates.
  void store(const std::vector<RegionTangent>& regions);
  /// y += K x; partial sums, the caller adds the halo.
  void apply(const NodeVectorF& x, const NodeVectorF& y, Part part) const;

 private:
  struct Region {
    RegionBatches range;
    View1<float> data;
    bool reduced;
    double inertia;
  };
  template <class E>
  void apply_region(const Region& region, const NodeVectorF& x, const NodeVectorF& y, Part part) const;

  RegionContext context_;
  std::vector<Region> regions_;
  ModeMatrixOf<float> modes_;
};

}  // namespace tautband
