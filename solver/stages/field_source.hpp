// A spatial quantity of the case at quadrature points: constant x array of the mesh x time curve.
#pragma once

#include "mesh/local_mesh.hpp"
#include "operators/region_kernel.hpp"
#include "spec/case.hpp"

namespace tautband {

class FieldSource {
 public:
  FieldSource() = default;
  /// Brings the named array to quadrature points; throws CaseError when the mesh has no such scalar array.
  FieldSource(const spec::Field& field, const spec::Case& spec, const Mesh& mesh, const LocalMesh& local);
  /// Value at time t (s): factor and, where the case names an array, its field.
  ParameterValue at(double t) const;
  /// Value without the curve, and the curve's factor alone.
  ParameterValue value() const { return {constant_, array_}; }
  double curve(double t) const;

 private:
  double constant_ = 0.0;
  const spec::Curve* curve_ = nullptr;
  PointField array_;
};

}  // namespace tautband
