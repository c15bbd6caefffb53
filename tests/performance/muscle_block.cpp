#include "performance/muscle_block.hpp"

#include "meshes/block.hpp"
#include "verification/block_problem.hpp"

#include <algorithm>
#include <cmath>

namespace tautband::performance {

namespace {

constexpr double length = 20e-3, width = 10e-3;  // m
constexpr double matrix_modulus = 5e3;           // Pa, mu of muscle: docs/model.md 0.8
constexpr double volume_stiffness = 1000.0, fibre_stiffness = 10.0, tendon_stiffness = 100.0;
constexpr double knot_per_step = 0.1;
const std::string growth = "growth";  // of everything prescribed, from 0 to 1

/// Cells across: unknowns are about 48 n^3.
int cells_across(double dofs) { return 4 * std::max(1, static_cast<int>(std::lround(std::cbrt(dofs / 48.0) / 4.0))); }

spec::Region region(const std::string& name, double stiffness) {
  spec::Region r = verification::default_region("tautband", name);
  const auto set = [&](const char* parameter, double value) { r.parameters.at(parameter).constant = value; };
  const double mu = stiffness * matrix_modulus, exponent = r.parameters.at("passive_exponent").constant;
  set("mu", mu);
  set("kappa", volume_stiffness * mu);
  set("sigma0", stiffness * r.parameters.at("sigma0").constant);
  set("passive_factor", fibre_stiffness * 3.0 * mu / (r.parameters.at("sigma0").constant * exponent));
  r.fibre = std::array<double, 3>{1.0, 0.0, 0.0};
  return r;
}

spec::Boundary motion(const std::string& set, double along) {
  spec::Boundary boundary;
  boundary.set = set;
  boundary.kind = spec::BoundaryKind::displacement;
  boundary.value = {along, 0.0, 0.0};
  boundary.curve = growth;
  return boundary;
}

/// Contracture stretch at the nodes, at the end of the run.
MeshArray knot(const Mesh& mesh, double depth) {
  constexpr double along = 1.5e-3, across = 0.75e-3;  // m, half of the size
  MeshArray array{1, "1", "contracture stretch", {}};
  for (GlobalIndex n = 0; n < mesh.n_nodes(); ++n) {
    const double *X = &mesh.points[3 * n], x = (X[0] - 0.5 * length) / along;
    const double r = std::hypot(X[1] - 0.5 * width, X[2] - 0.5 * width) / across, inside = x * x + r * r;
    array.values.push_back(1.0 - depth * std::exp(-inside * inside));
  }
  return array;
}

}  // namespace

Mesh make_mesh(const MuscleBlock& block) {
  const int n = cells_across(block.dofs);
  meshing::BlockOptions options;
  options.corners = meshing::box_corners({length, width, width});
  options.cells = {2 * n, n, n};
  Mesh mesh = meshing::make_block(options);
  if (block.tendon) {
    mesh.region_names = {"muscle", "tendon"};
    for (GlobalIndex cell = 0; cell < mesh.n_cells(); ++cell) {  // x fastest
      const GlobalIndex i = cell % (2 * n);
      mesh.region[cell] = i < n / 4 || i >= 2 * n - n / 4;
    }
  }
  if (block.knot) mesh.point_arrays["knot"] = knot(mesh, knot_per_step * block.steps);
  return mesh;
}

spec::Case make_case(const MuscleBlock& block) {
  spec::Case c;
  c.time.end = block.steps;
  c.time.step = c.time.longest_step = 1.0;
  c.output.interval = c.time.end;  // steps end at outputs
  spec::Curve& curve = c.curves[growth];
  curve.times = {0.0, c.time.end};
  curve.values = {0.0, 1.0};
  c.regions = {region("muscle", 1.0)};
  if (block.tendon) c.regions.push_back(region("tendon", tendon_stiffness));
  if (block.knot) c.regions[0].contracture_stretch = {1.0, "knot", growth};
  c.boundaries = {motion("x0", 0.0), motion("x1", block.steps * block.stretch * length)};
  return c;
}

}  // namespace tautband::performance
