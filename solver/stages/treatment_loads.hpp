// What the events of a case do to mechanics: pressures on moving patches, and stretches that move boundaries
// (docs/model.md 12.2 and 12.3).
#pragma once

#include "operators/face_loads.hpp"
#include "spec/case.hpp"

#include <string>
#include <vector>

namespace tautband {

class TreatmentLoads {
 public:
  /// Throws CaseError when the mesh lacks a set, or a patch lies off its faces where it starts; collective. Keeps
  /// references.
  TreatmentLoads(const LocalMesh& mesh, const spec::Case& spec);

  /// True when there is any pressure, at whatever time.
  bool presses() const { return !patches_.empty(); }
  /// Everything below is meant at time t (s).
  void set_time(double t);
  /// r += forces of the pressures on the tissue displaced by u, N with the sign of add_pressure, partial sums.
  void add_pressures(const NodeVector& u, const NodeVector& r) const;
  /// y += their tangent at u, as that of add_pressure, applied to x.
  void add_tangent(const NodeVector& u, const NodeVector& x, const NodeVector& y, TangentPart part) const;
  /// How far stretches move a set, m.
  std::array<double, 3> shift(const std::string& set) const;

 private:
  struct Patch {
    const spec::Event* event;
    const LocalFaces* faces;
    double pressure = 0.0;  ///< Pa, in the middle
    FacePatch place;
  };
  struct Stretch {
    const spec::Event* event;
    double distance;     ///< m along its direction, in full
    double share = 0.0;  ///< 0..1
  };
  void add_patch(const spec::Event& event);

  const LocalMesh& mesh_;
  std::vector<Patch> patches_;
  std::vector<Stretch> stretches_;
};

}  // namespace tautband
