// A block of one material with everything needed to evaluate forces on it: the bench of the operator tests.
#pragma once

#include "fem/halo.hpp"
#include "laws/registry.hpp"
#include "mesh/partition.hpp"
#include "meshes/block.hpp"
#include "stages/mechanics.hpp"

#include <memory>
#include <random>

namespace tautband::verification {

/// A region with the law's default parameters.
inline spec::Region default_region(const std::string& law, const std::string& name = "muscle") {
  spec::Region region;
  region.name = name;
  region.law = law;
  for (const ParameterInfo& info : find_law(law)->parameters) {
    const double si = info.unit == "kPa" || info.unit == "kPa s" ? 1e3 : (info.unit == "N/cm^2" ? 1e4 : 1.0);
    region.parameters[std::string(info.name)] = spec::Field{info.default_value * si, "", ""};
  }
  return region;
}

/// Fills a tissue for a mesh: at rest, no activation, no contracture.
inline Tissue resting_tissue(const LocalMesh& local) {
  const int points = nodes_per_element(local.kind);
  const auto field = [&](double value) {
    PointField f("field", local.n_batches, points, lanes);
    Kokkos::deep_copy(f, value);
    return f;
  };
  Tissue tissue;
  tissue.mechanics.displacement = NodeVector("u", local.n_nodes);
  tissue.mechanics.velocity = NodeVector("v", local.n_nodes);
  tissue.mechanics.acceleration = NodeVector("a", local.n_nodes);
  tissue.mechanics.stretch = field(1.0);
  tissue.muscle = {field(0.0), field(1.0), field(0.0)};
  return tissue;
}

struct BlockProblem {
  Mesh mesh;
  LocalMesh local;
  std::unique_ptr<Halo> halo;
  spec::Case spec;
  Tissue tissue;
  std::unique_ptr<MechanicsSystem> system;

  BlockProblem(ElementKind kind, std::array<int, 3> cells, double distort, spec::Case c, double length = 0.01,
               MPI_Comm comm = MPI_COMM_WORLD)
      : spec(std::move(c)) {
    meshing::BlockOptions options;
    options.kind = kind;
    options.corners = meshing::box_corners({length, length, length});
    options.cells = cells;
    options.distort = distort;
    options.fibre = {0.48, 0.6, 0.64};
    mesh = meshing::make_block(options);
    local = distribute(mesh, comm);
    halo = std::make_unique<Halo>(local);
    tissue = resting_tissue(local);
    system = std::make_unique<MechanicsSystem>(mesh, local, *halo, spec);
  }

  /// u(X) = f(X, component), on the nodes of this rank.
  template <class F> NodeVector nodal(const F& f) const {
    NodeVector u("nodal", local.n_nodes);
    auto X = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), local.X);
    auto h = Kokkos::create_mirror_view(u);
    for (Index n = 0; n < local.n_nodes; ++n)
      for (int c = 0; c < 3; ++c) h(n, c) = f(std::array<double, 3>{X(n, 0), X(n, 1), X(n, 2)}, c);
    Kokkos::deep_copy(u, h);
    return u;
  }

  /// A smooth displacement with gradients of about `size`, of length `length`.
  NodeVector wavy(double size, double length = 0.01) const {
    return nodal([=](const std::array<double, 3>& x, int c) {
      const double s = 3.0 / length;
      return size * length *
             (0.3 * std::sin(s * x[c] + 0.4 * c) + 0.2 * std::cos(s * x[(c + 1) % 3]) + 0.1 * x[(c + 2) % 3] / length);
    });
  }
};

}  // namespace tautband::verification
