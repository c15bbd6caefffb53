// The device's driver of a sweep (teams, one lane per element) against the host's (packs of elements): the same point
// operations, so results differ by the order of additions only. On a device both are the team driver.
#include "operators/mass_op.hpp"
#include "operators/region_kernel_impl.hpp"
#include "verification/twin_problem.hpp"

#include <gtest/gtest.h>

namespace tautband {
namespace {

using verification::relative_difference;
using verification::TwinProblem;

constexpr double round_off = 1e-13;

/// The two drivers behind one call.
template <class E> struct Drivers {
  const LocalMesh& mesh;
  ModeMatrix modes;

  template <class Op> void run(bool team, const Op& op, const NodeVector& x, const NodeVector& y) const {
    Kokkos::deep_copy(y, 0.0);
    if (team)
      team_sweep<E>("tautband::team", mesh, mesh.regions[0], op, modes, x, y);
    else
      sweep<E>("tautband::pack", mesh, mesh.regions[0], op, modes, x, y);
  }

  template <class Op> void expect_same(const NodeSpace& space, const Op& op, const NodeVector& x) const {
    const NodeVector host = space.vector("host"), device = space.vector("device");
    run(false, op, x, host);
    run(true, op, x, device);
    EXPECT_GT(norm(space, host), 0.0);
    EXPECT_LT(relative_difference(space, device, host), round_off);
  }
};

template <class ViewType> double largest_difference(const ViewType& a, const ViewType& b) {
  const auto x = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), a);
  const auto y = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), b);
  double largest = 0.0, size = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    largest = std::max(largest, std::abs(x.data()[i] - y.data()[i]));
    size = std::max(size, std::abs(y.data()[i]));
  }
  return largest / size;
}

template <class E> void expect_drivers_agree() {
  const TwinProblem<E, Tautband> p({"tautband"});
  const LocalMesh& mesh = p.local;
  const NodeSpace space = p.space();
  const NodeVector u = p.displacement(), x = p.rough(0.4);
  const LawInputs in = p.inputs();
  const Drivers<E> projected{mesh, in.geometry.inverse_mass};
  const LawOp<E, Tautband> law{in, parameter_source<Tautband>(p.parameters()), InversionFlag("inverted")};
  projected.expect_same(space, ResidualOp<E, Tautband>{law}, u);

  const auto array = [&](const std::string& label, int size) {
    return PointArray(label, mesh.n_batches, E::points, size, lanes);
  };
  PointField tangent("mode_tangent", mesh.n_batches, E::points, lanes);
  const PointArray reduced[2] = {array("host", reduced_form::size), array("device", reduced_form::size)};
  const PointArray full[2] = {array("host", full_form::size), array("device", full_form::size)};
  for (bool team : {false, true}) {
    projected.run(team, ReducedLinearisationOp<E, Tautband>{{law, reduced[team].data(), 0, tangent}}, u, u);
    projected.run(team, FullLinearisationOp<E, Tautband>{{law, full[team].data(), 0, tangent}}, u, u);
  }
  EXPECT_LT(largest_difference(reduced[1], reduced[0]), round_off);
  EXPECT_LT(largest_difference(full[1], full[0]), round_off);

  Drivers<E> tangents{mesh,
                      ModeMatrix("modes", mesh.n_batches, E::pressure_modes * (E::pressure_modes + 1) / 2, lanes)};
  mode_tangent_matrix<E>(mesh.regions[0], in.geometry.inverse_mass, tangent, tangents.modes);
  const WithInertia inertia{in.geometry.jacobian, 1e9};  // kg/m^3/s^2: mass and stiffness both count
  tangents.expect_same(space, ReducedTangentOp<E, NoInertia>{{reduced[0].data(), 0}, {}}, x);
  tangents.expect_same(space, FullTangentOp<E, NoInertia>{{full[0].data(), 0}, {}}, x);
  tangents.expect_same(space, ReducedTangentOp<E, WithInertia>{{reduced[0].data(), 0}, inertia}, x);
  tangents.expect_same(space, MassOp{inertia}, x);

  const ReducedTangentOp<E, WithInertia> apply{{reduced[0].data(), 0}, inertia};
  const RegionBatches& range = mesh.regions[0];
  const NodeBlocks host("host", mesh.n_nodes), device("device", mesh.n_nodes);
  add_diagonal<E>(mesh, range, apply, tangents.modes, host);
  add_diagonal_by_teams<E>(mesh, range, apply, tangents.modes, device);
  EXPECT_LT(largest_difference(device, host), round_off);
}

TEST(Drivers, AgreeOnHex27) { expect_drivers_agree<Hex27>(); }
TEST(Drivers, AgreeOnHex8) { expect_drivers_agree<Hex8>(); }

}  // namespace
}  // namespace tautband
