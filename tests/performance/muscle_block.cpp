#include "performance/muscle_block.hpp"

#include "meshes/block.hpp"
#include "verification/block_problem.hpp"

#include <algorithm>
#include <cmath>

namespace tautband::performance {

namespace {

constexpr double length = 20e-3, width = 10e-3;  // m
constexpr double volume_stiffness = 1000.0, tendon_stiffness = 100.0;
const std::string growth = "growth";  // of everything prescribed, from 0 to 1

/// Cells across: unknowns are about 48 n^3.
int cells_across(const MuscleBlock& block) {
  const double wanted = std::cbrt(block.dofs / 48.0) / block.multiple;
  return block.multiple * std::max(1, static_cast<int>(std::lround(wanted)));
}

spec::Region region(const MuscleBlock& block, const std::string& name, double stiffness) {
  spec::Region r = verification::default_region("tautband", name);
  const auto set = [&](const char* parameter, double value) { r.parameters.at(parameter).constant = value; };
  const double mu = stiffness * block.mu, exponent = r.parameters.at("passive_exponent").constant;
  set("mu", mu);
  set("kappa", volume_stiffness * mu);
  set("sigma0", stiffness * r.parameters.at("sigma0").constant);
  set("passive_factor", block.fibre_stiffness * 3.0 * mu / (r.parameters.at("sigma0").constant * exponent));
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

}  // namespace

MeshArray make_knot(const Mesh& mesh, const MuscleBlock& block) {
  constexpr double along = 1.5e-3, across = 0.75e-3;  // m, half of the size
  const double depth = block.shortening * block.steps;
  MeshArray array{1, "1", "contracture stretch", {}};
  for (GlobalIndex n = 0; n < mesh.n_nodes(); ++n) {
    const double *X = &mesh.points[3 * n], x = (X[0] - 0.5 * length) / along;
    const double r = std::hypot(X[1] - 0.5 * width, X[2] - 0.5 * width) / across, inside = x * x + r * r;
    array.values.push_back(1.0 - depth * std::exp(-inside * inside));
  }
  return array;
}

Mesh make_mesh(const MuscleBlock& block) {
  const int n = cells_across(block);
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
  if (block.knot) mesh.point_arrays["knot"] = make_knot(mesh, block);
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
  c.regions = {region(block, "muscle", 1.0)};
  if (block.tendon) c.regions.push_back(region(block, "tendon", tendon_stiffness));
  if (block.knot) c.regions[0].contracture_stretch = {1.0, "knot", growth};
  c.boundaries = {motion("x0", 0.0), motion("x1", block.steps * block.stretch * length)};
  return c;
}

}  // namespace tautband::performance
