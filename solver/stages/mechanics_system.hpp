// The discrete equations of motion of a case on this rank's mesh: forces, tangent, loads, prescribed motion.
#pragma once

#include "fem/halo.hpp"
#include "operators/face_loads.hpp"
#include "operators/troubled_cell.hpp"
#include "solvers/symmetry_probe.hpp"
#include "stages/field_source.hpp"
#include "stages/treatment_loads.hpp"
#include "state/state_archive.hpp"
#include "state/tissue.hpp"

#include <map>
#include <optional>

namespace tautband {

/// Force of a boundary on the tissue, N.
struct BoundaryForce {
  std::string set;
  std::array<double, 3> force;
};

class MechanicsSystem {
 public:
  /// Throws CaseError for unknown regions, sets, laws or arrays, FileError for an inverted element. Keeps references.
  MechanicsSystem(const Mesh& mesh, const LocalMesh& local, const Halo& halo, const spec::Case& spec);

  NodeSpace space() const { return {local_.comm, local_.n_nodes, local_.n_owned}; }
  const RegionContext& context() const { return context_; }
  const Geometry& geometry() const { return context_.geometry; }
  const Halo& halo() const { return halo_; }
  /// (node, component): reference positions, m.
  const NodeVector& positions() const { return local_.X; }
  /// (node, component): 1 free, 0 prescribed.
  const NodeVector& mask() const { return mask_; }

  /// Evaluates curves and fields at time t (s), with rates over 1/inverse_dt (s); 0 turns rates off.
  void set_time(double t, double inverse_dt, const Tissue& tissue);
  /// The time and rate last set; restoring sets them again for `tissue`.
  void archive(StateArchive& archive, const Tissue& tissue);
  /// u := prescribed values (m) where motion is prescribed at the time set.
  void prescribe(const NodeVector& u) const;
  /// r := internal minus external force of u, N, full sums; false when an element is inverted.
  bool residual(const NodeVector& u, const NodeVector& r) const;
  /// r := loads and springs alone, N.
  void loads(const NodeVector& u, const NodeVector& r) const;
  /// Stores the tangent at u. factor: of the consistent mass in it, 1/s^2 (0 in statics). pressure (Pa, at points):
  /// what it takes for the projected pressure; empty: that of u.
  void linearise(const NodeVector& u, double mass_factor, const PointField& pressure = {});
  /// to := projected pressure of the u last linearised at, Pa, plus factor x its change along d.
  void predict_pressure(const NodeVector& d, double factor, const PointField& to) const;
  /// y := tangent x, N, full sums; prescribed components are not masked. `part` of the tangent of pressures.
  void apply(const NodeVector& x, const NodeVector& y, TangentPart part = TangentPart::whole) const;
  /// Whether the tangent last stored is symmetric, as far as pressures go that follow the surface; collective.
  bool symmetric() const;
  /// The tangents of the regions as last stored.
  std::vector<RegionTangent> tangents() const;
  bool has_springs() const;
  /// blocks(node) := springs of boundaries with their rows summed up, full sums.
  void lump_supports(const NodeBlocksF& blocks) const;
  /// Diagonal blocks of the tangent, full sums.
  void diagonal(const NodeBlocks& blocks) const;
  /// r += factor x mass x a, full sums.
  void add_mass(double factor, const NodeVector& a, const NodeVector& r) const;
  /// (batch, point, report::size, lane) of displacement u, see operators/law_ops.hpp.
  const PointArray& report(const NodeVector& u);
  /// What is wrong with displacement u, whose residual is r; overwrites the report. Collective.
  TroubledCell trouble(const NodeVector& u, const NodeVector& r);
  /// Force of every boundary on the tissue, N, given the residual r of u; collective.
  std::vector<BoundaryForce> boundary_forces(const NodeVector& u, const NodeVector& r) const;
  /// What the laws read at the time set: activation and contracture with what the case imposes.
  const PointField& activation() const { return activation_; }
  const PointField& contracture() const { return contracture_; }
  /// Bytes held by this rank for element data.
  std::size_t bytes() const;

 private:
  struct Region {
    const spec::Region* spec;
    RegionBatches range;
    std::unique_ptr<RegionKernel> kernel;
    std::vector<FieldSource> parameters;
    FieldSource activation, contracture, active_stress;
    std::vector<ParameterValue> values;  ///< parameters at the time set
  };
  struct Load {
    const spec::Boundary* spec;
    const LocalFaces* faces;  ///< null for a prescribed displacement
    View1<Index> nodes;
    double factor = 1.0;  ///< of its curve at the time set
    NodeVector anchor;    ///< springs
  };

  void make_regions(const Mesh& mesh);
  void set_fibres(const Mesh& mesh, const spec::Region& spec, const RegionBatches& range);
  void make_boundaries();
  Vec3<double> target(const Load& load, const std::array<double, 3>& value) const;
  void compose(const Region& region, const LawInputs& in, const Tissue& tissue) const;
  void add_loads(const NodeVector& u, const NodeVector& r) const;
  bool has_follower_pressure() const;
  void add_pressure_tangents(const NodeVector& x, const NodeVector& y, TangentPart part) const;
  double prestretch_factor() const;

  const LocalMesh& local_;
  const Halo& halo_;
  const spec::Case& spec_;
  RegionContext context_;
  std::vector<Region> regions_;
  std::vector<LawInputs> inputs_;  ///< per region; they share their fields
  std::vector<Load> loads_;
  TreatmentLoads treatments_;
  NodeVector mask_;
  NodeVector body_;                      ///< acceleration at nodes, m/s^2
  PointField activation_, contracture_;  ///< what the laws read
  NodeVector linearised_at_;             ///< displacement of the stored tangent
  PointField found_pressure_;            ///< Pa, of the displacement of the stored tangent
  std::optional<SymmetryProbe> probe_;   ///< where pressures follow the surface
  PointArray report_;
  InversionFlag inversion_;
  double time_ = 0.0, inverse_dt_ = 0.0;
};

}  // namespace tautband
