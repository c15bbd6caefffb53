// A distorted block with activation, contracture, stretch history and fibres that differ from point to point, seen by
// the fast kernels and by their slow twin.
#pragma once

#include "operators/reference/region.hpp"
#include "verification/block_problem.hpp"

#include <random>

namespace tautband::verification {

inline double relative_difference(const NodeSpace& space, const NodeVector& a, const NodeVector& b) {
  const NodeVector d = space.vector("difference");
  copy(d, a);
  axpby(space, -1.0, b, 1.0, d);
  return norm(space, d) / norm(space, b);
}

struct Material {
  std::string law;
  spec::TangentForm form = spec::TangentForm::automatic;
  spec::Formulation formulation = spec::Formulation::mixed;
  Volumetric volumetric = Volumetric::quadratic;
  Active active = Active::none;
};

inline spec::Case case_of(const Material& m) {
  spec::Case c;
  c.regions.push_back(default_region(m.law));
  spec::Region& region = c.regions[0];
  region.tangent = m.form;
  region.volumetric = m.volumetric;
  region.active = m.active;
  region.active_stress = spec::Field{3e4, "", ""};
  region.parameters.at("kappa").array = "fibre_position";  // 0..1 along the fibre
  c.mesh.formulation = m.formulation;
  return c;
}

/// 3 x 2 x 3 = 18 cells: the last batch of 8 or 32 lanes is padded.
template <class E, class Law> struct TwinProblem : BlockProblem {
  static constexpr double inverse_dt = 20.0;
  Material material;

  explicit TwinProblem(const Material& m)
      : BlockProblem(E::line == 2 ? ElementKind::hex8 : ElementKind::hex27, {3, 2, 3}, 0.15, case_of(m)), material(m) {
    std::mt19937 random(7);
    vary(tissue.muscle.activation, 0.0, 0.5, random);
    vary(tissue.muscle.contracture, 0.7, 1.0, random);
    vary(tissue.mechanics.stretch, 0.95, 1.05, random);
    const ElementVector fibre = system->geometry().fibre;
    vary(fibre, 0.2, 1.0, random);
    const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), fibre);
    for (Index b = 0; b < local.n_batches; ++b)
      for (int l = 0; l < lanes; ++l) {
        const double length = std::hypot(host(b, 0, l), host(b, 1, l), host(b, 2, l));
        for (int c = 0; c < 3; ++c) host(b, c, l) /= length;
      }
    Kokkos::deep_copy(fibre, host);
    system->set_time(0.0, inverse_dt, tissue);
  }

  NodeSpace space() const { return system->space(); }
  /// Gradients of about 0.1.
  NodeVector displacement() const { return wavy(0.1); }
  /// Differs on every node and component.
  NodeVector rough(double phase) const {
    return nodal([phase](const std::array<double, 3>& x, int c) {
      return std::cos(3.1e3 * x[c] + 1.7e3 * x[(c + 1) % 3] - 900.0 * x[(c + 2) % 3] + phase + c);
    });
  }

  /// What the kernels of the region read.
  LawInputs inputs() const {
    LawInputs in;
    in.geometry = system->geometry();
    in.activation = system->activation();
    in.contracture = system->contracture();
    in.previous_stretch = tissue.mechanics.stretch;
    in.active = material.active;
    in.volumetric = material.volumetric;
    in.projected = material.formulation == spec::Formulation::mixed;
    in.inverse_dt = inverse_dt;
    in.active_stress = PointField("active_stress", local.n_batches, E::points, lanes);
    const auto T0 = Kokkos::create_mirror_view(in.active_stress);
    const auto a = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), in.activation);
    for (std::size_t i = 0; i < T0.size(); ++i) T0.data()[i] = spec.regions[0].active_stress.constant * a.data()[i];
    Kokkos::deep_copy(in.active_stress, T0);
    return in;
  }
  std::vector<ParameterValue> parameters() const {
    std::vector<ParameterValue> values;
    for (const ParameterInfo& info : Law::parameters)
      values.push_back(FieldSource(spec.regions[0].parameters.at(std::string(info.name)), spec, mesh, local).at(0.0));
    return values;
  }
  reference::Region<E, Law> twin(const NodeVector& u) const {
    return {local, local.regions[0], inputs(), parameters(), u};
  }

 private:
  /// Random values, the same lane by lane on a host and a device for the same batch size.
  template <class Field> static void vary(const Field& field, double low, double high, std::mt19937& random) {
    std::uniform_real_distribution<double> value(low, high);
    const auto host = Kokkos::create_mirror_view(field);
    for (std::size_t i = 0; i < host.size(); ++i) host.data()[i] = value(random);
    Kokkos::deep_copy(field, host);
  }
};

}  // namespace tautband::verification
