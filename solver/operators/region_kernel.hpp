// The mechanics of one region: its law evaluated on its elements. Behind a small interface because a case names its
// law.
#pragma once

#include "operators/law_ops.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tautband {

/// One law parameter at an instant: constant x field (SI).
struct ParameterValue {
  double constant = 0.0;
  PointField field;  ///< empty: constant everywhere
};

/// A stored tangent, see operators/tangent_ops.hpp.
struct RegionTangent {
  RegionBatches range;
  PointArray data;
  bool reduced;    ///< 23 in place of 37 numbers per point
  double inertia;  ///< factor of the mass, kg/m^3 x 1/s^2
};

/// A law on the elements of one region of this rank. All sums are partial: the caller adds the halo.
class RegionKernel {
 public:
  virtual ~RegionKernel() = default;
  /// r += internal force of displacement u, N.
  virtual void residual(const LawInputs& in, const std::vector<ParameterValue>& p, const NodeVector& u,
                        const NodeVector& r, const InversionFlag& inverted) const = 0;
  /// Stores the tangent at u (Pa m^3 / m^2 per point).
  virtual void linearise(const LawInputs& in, const std::vector<ParameterValue>& p, const NodeVector& u,
                         const InversionFlag& inverted) = 0;
  /// y += K x with the stored tangent, plus inertia x mass when set, N; of the elements in `part`.
  virtual void apply(const NodeVector& x, const NodeVector& y, Part part) const = 0;
  /// blocks(node) += 3x3 diagonal blocks of the same.
  virtual void diagonal(const NodeBlocks& blocks) const = 0;
  /// to := from + factor x the change of the projected pressure along d by the stored tangent, Pa at points.
  virtual void predict_pressure(const NodeVector& d, double factor, const PointField& from,
                                const PointField& to) const = 0;
  /// r += factor x consistent mass x a.
  virtual void add_mass(double factor, const NodeVector& a, const NodeVector& r) const = 0;
  /// Writes report::size components per point, see law_ops.hpp.
  virtual void report(const LawInputs& in, const std::vector<ParameterValue>& p, const NodeVector& u,
                      const PointArray& out) const = 0;
  /// factor (kg/m^3 x 1/s^2) of the mass in apply and diagonal; 0 in statics.
  virtual void set_inertia(double factor) = 0;
  /// The tangent as last stored.
  virtual RegionTangent tangent() const = 0;
  virtual std::size_t bytes() const = 0;
};

/// What all regions of a rank share: geometry, and the pressure part of the tangent.
struct RegionContext {
  const LocalMesh& mesh;
  Geometry geometry;
  ModeMatrix tangent_modes;  ///< from volume change to pressure on the modes, per element; zero where not projected
  PointField mode_tangent;   ///< work: w U''(theta)
};

/// Kernel for law `name` (see laws/registry.hpp) on the elements of `range`; throws CaseError on an unknown law.
std::unique_ptr<RegionKernel> make_region_kernel(const RegionContext& context, const RegionBatches& range,
                                                 const std::string& law, bool reduced);

}  // namespace tautband
