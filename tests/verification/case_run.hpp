// A case of tests/verification/cases run as the program runs it, on a mesh that the test makes: written to a file, read
// back with the case, checked against it, stepped to the end. Lengths in m, stresses in Pa.
#pragma once

#include "app/simulation.hpp"
#include "fem/sampling.hpp"
#include "io/case_file.hpp"
#include "io/case_mesh.hpp"
#include "io/mesh_file.hpp"
#include "meshes/block.hpp"

#include "support/shared_folder.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace tautband::verification {

using Position = std::array<double, 3>;

/// What the solution is at a material point; quadrature values are interpolated in the element.
struct PointValues {
  Position displacement;
  std::array<double, 9> gradient;  ///< F, row by row
  double stretch;                  ///< |F a0|
  double fibre_stress, tension, lateral_pressure, volume_ratio;
  std::array<double, 6> stress;  ///< Cauchy: xx yy zz xy yz xz
};

class CaseRun {
 public:
  CaseRun(const std::string& name, const Mesh& mesh, std::vector<std::string> overrides = {}) {
    const std::string file = folder_.file("mesh.vtkhdf");
    write_mesh(file, mesh);
    overrides.push_back("mesh.file=" + file);
    spec_ = read_case(std::string(TAUTBAND_SOURCE_DIR) + "/tests/verification/cases/" + name + ".toml", overrides,
                      Reach::folder_or_options);
    mesh_ = read_case_mesh(spec_);
    simulation_ = std::make_unique<Simulation>(mesh_, spec_, MPI_COMM_WORLD);
  }

  Simulation& simulation() { return *simulation_; }

  /// Steps until `time`, which has to be the end, an output time or a corner of a curve.
  CaseRun& run_to(double time) {
    while (simulation_->clock().now() < time - 1e-9) simulation_->advance();
    EXPECT_NEAR(simulation_->clock().now(), time, 1e-9);
    return *this;
  }
  CaseRun& run() { return run_to(spec_.time.end); }

  std::vector<PointValues> at(const std::vector<Position>& positions) const {
    const Simulation& s = *simulation_;
    constexpr int components[] = {
        report::fibre_stress, report::tension,    report::lateral_pressure, report::volume_ratio, report::stress,
        report::stress + 1,   report::stress + 2, report::stress + 3,       report::stress + 4,   report::stress + 5};
    std::vector<PointField> fields;
    for (int c : components) {
      fields.emplace_back("field", s.report().extent(0), s.report().extent(1), s.report().extent(3));
      Kokkos::deep_copy(fields.back(), Kokkos::subview(s.report(), Kokkos::ALL, Kokkos::ALL, c, Kokkos::ALL));
    }
    PointSampler sampler(s.local(), positions, "test point", s.geometry().fibre, int(fields.size()));
    sampler.sample(s.tissue().mechanics.displacement, fields);
    std::vector<PointValues> values;
    for (int i = 0; i < sampler.size(); ++i) {
      const auto v = [&](int c) { return sampler.host_values()(i, c); };
      const auto f = [&](int c) { return v(PointSampler::first_field + c); };
      values.push_back({{v(0), v(1), v(2)},
                        {},
                        v(PointSampler::stretch),
                        f(0),
                        f(1),
                        f(2),
                        f(3),
                        {f(4), f(5), f(6), f(7), f(8), f(9)}});
      for (int c = 0; c < 9; ++c) values.back().gradient[c] = v(PointSampler::gradient + c);
    }
    return values;
  }
  PointValues at(const Position& position) const { return at(std::vector<Position>{position}).front(); }

  /// Force of a boundary on the tissue, N.
  std::array<double, 3> force(const std::string& set) const {
    for (const BoundaryForce& f : simulation_->boundary_forces())
      if (f.set == set) return f.force;
    ADD_FAILURE() << "no boundary " << set;
    return {};
  }

 private:
  testing_support::SharedFolder folder_;
  spec::Case spec_;
  Mesh mesh_;
  std::unique_ptr<Simulation> simulation_;
};

/// A cube of 10 mm with fibres along e_x; its inner nodes are displaced, so that homogeneous states are patch tests.
inline Mesh distorted_cube(ElementKind kind, double edge = 0.01) {
  meshing::BlockOptions options;
  options.kind = kind;
  options.corners = meshing::box_corners({edge, edge, edge});
  options.cells = {2, 2, 2};
  options.distort = 0.3;
  return meshing::make_block(options);
}

}  // namespace tautband::verification
