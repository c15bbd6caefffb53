#include "performance/many_blocks.hpp"

#include "math/experiment_design.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tautband::performance {

namespace {

constexpr double apart = 0.05;  // m, from copy to copy
const std::string knot = "knot";

std::string knot_of(int run) { return fmt::format("{}_{}", knot, run); }

double between(double lowest, double highest, double share) { return lowest * std::pow(highest / lowest, share); }

/// The mesh `copies` times; arrays on nodes are left out.
Mesh side_by_side(const Mesh& mesh, int copies) {
  Mesh all;
  all.kind = mesh.kind;
  all.region_names = mesh.region_names;
  for (int i = 0; i < copies; ++i) {
    const GlobalIndex first_node = i * mesh.n_nodes(), first_cell = i * mesh.n_cells();
    for (std::size_t k = 0; k < mesh.points.size(); ++k)
      all.points.push_back(mesh.points[k] + (k % 3 == 1 ? i * apart : 0.0));
    for (const GlobalIndex node : mesh.connectivity) all.connectivity.push_back(first_node + node);
    all.region.insert(all.region.end(), mesh.region.begin(), mesh.region.end());
    all.fibre.insert(all.fibre.end(), mesh.fibre.begin(), mesh.fibre.end());
    for (const auto& [name, nodes] : mesh.node_sets)
      for (const GlobalIndex node : nodes) all.node_sets[name].push_back(first_node + node);
    for (const auto& [name, faces] : mesh.face_sets)
      for (const Face& face : faces) all.face_sets[name].push_back({first_cell + face.cell, face.face});
  }
  return all;
}

bool differs(const ManyRuns& runs, const std::string& parameter) {
  const auto value = [&](const spec::Case& c) { return c.regions[0].parameters.at(parameter).constant; };
  return std::any_of(runs.cases.begin(), runs.cases.end(),
                     [&](const spec::Case& c) { return value(c) != value(runs.cases[0]); });
}

/// The parameter of each run on the cells of its copy.
MeshArray on_cells(const ManyRuns& runs, const std::string& parameter) {
  MeshArray array;
  for (const spec::Case& c : runs.cases)
    array.values.insert(array.values.end(), runs.mesh.n_cells(), c.regions[0].parameters.at(parameter).constant);
  return array;
}

}  // namespace

ManyRuns make_runs(const MuscleBlock& block, int runs) {
  DesignRequest request;
  request.kind = DesignKind::latin_hypercube;
  request.factors = 3;
  request.samples = runs;
  const auto rows = design(request);
  ManyRuns all{make_mesh(block), {}};
  for (int i = 0; i < runs; ++i) {
    MuscleBlock one = block;
    one.knot = true;
    one.mu = between(2.5e3, 10e3, rows[i][0]);
    one.fibre_stiffness = between(5.0, 20.0, rows[i][1]);
    one.shortening = between(0.02, 0.1, rows[i][2]);
    all.mesh.point_arrays[knot_of(i)] = make_knot(all.mesh, one);
    spec::Case c = make_case(one);
    c.regions[0].contracture_stretch.array = knot_of(i);
    all.cases.push_back(std::move(c));
  }
  return all;
}

Batch make_batch(const ManyRuns& runs) {
  const int copies = static_cast<int>(runs.cases.size());
  Batch batch{side_by_side(runs.mesh, copies), runs.cases[0]};
  spec::Region& region = batch.spec.regions[0];
  for (auto& [name, field] : region.parameters) {
    if (!differs(runs, name)) continue;
    batch.mesh.cell_arrays[name] = on_cells(runs, name);
    field = {1.0, name, ""};
  }
  MeshArray& contracture = batch.mesh.point_arrays[knot];
  for (int i = 0; i < copies; ++i) {
    const std::vector<double>& values = runs.mesh.point_arrays.at(knot_of(i)).values;
    contracture.values.insert(contracture.values.end(), values.begin(), values.end());
  }
  region.contracture_stretch.array = knot;
  return batch;
}

}  // namespace tautband::performance
