// What the events of a case do to reflex, load and chemistry (docs/model.md 12): influences that hold everywhere, and
// needlings, which act in an instant and a place. Pressure and stretch belong to mechanics.
#pragma once

#include "mesh/local_mesh.hpp"
#include "spec/case.hpp"
#include "state/chemistry_state.hpp"

#include <array>
#include <span>
#include <vector>

namespace tautband {

/// What all events together do at one time; the defaults do nothing.
struct Influences {
  double botulinum = 0.0;         ///< B, 0..1
  double reflex_factor = 1.0;     ///< of the reflex gain
  double fusimotor_factor = 1.0;  ///< of the fusimotor level, with what is added
  double fusimotor_added = 0.0;   ///< 1 = 100 pps
  double load_factor = 1.0;       ///< of the tonic drive
  double load_added = 0.0;        ///< to it, fraction of MVC
  double misfire_factor = 1.0;    ///< of the rate of every misfire
  double statin_leak = 0.0;       ///< added to l_st
  double mitochondria = 1.0;      ///< factor of m

  /// E_d with load and unloading, of the tonic drive of the case at that time.
  double tonic_drive(double drive) const { return load_factor * drive + load_added; }
  /// G with stress and block.
  double fusimotor(double level) const { return fusimotor_factor * (level + fusimotor_added); }

  bool operator==(const Influences&) const = default;
};

/// One needling: within `radius` of `centre` (m, reference configuration) memory and sensitiser keep these shares, and
/// acetylcholine is gone.
struct Needling {
  double time;  ///< s
  std::array<double, 3> centre;
  double radius;
  double memory_left, sensitiser_left;  ///< 0..1
};

class Treatments {
 public:
  explicit Treatments(const spec::Case& spec);

  /// At time t (s). What changes within a step is best taken in its middle.
  Influences at(double t) const;
  /// All needlings, in the order of time.
  const std::vector<Needling>& needlings() const { return needlings_; }
  /// Those with after < time <= until (s).
  std::span<const Needling> due(double after, double until) const;

 private:
  std::vector<spec::Event> loads_;   ///< in the order of the case: a later one replaces an earlier one
  std::vector<spec::Event> others_;  ///< their order does not matter
  std::vector<Needling> needlings_;
};

/// Puts needlings into effect on this rank's fields.
class Needle {
 public:
  /// Finds the quadrature points of the muscle. Throws CaseError when a needling meets no quadrature point of the
  /// muscle or no node on any rank; collective.
  Needle(const LocalMesh& mesh, const std::vector<RegionBatches>& muscle, const std::vector<Needling>& needlings);

  /// Changes memory, acetylcholine and sensitiser.
  void apply(const Needling& needling, const ChemistryState& state) const;

 private:
  void require_hit(const Needling& needling) const;

  MPI_Comm comm_;
  NodeVector nodes_;  ///< (node, 3): reference position, m
  PointField x_[3];   ///< of quadrature points; empty without needlings
  std::vector<RegionBatches> muscle_;
};

}  // namespace tautband
