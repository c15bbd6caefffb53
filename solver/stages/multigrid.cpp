#include "stages/multigrid.hpp"

#include "base/copies.hpp"
#include "base/profiled.hpp"

namespace tautband {
namespace {

// With kappa/mu = 1000 the work on the mesh is nearly the same for degrees 2 to 6 and the coarse level adds its share;
// 3 was the fastest in the main case and on blocks of 0.1 and 0.7 million unknowns.
constexpr int degree = 3, lanczos_steps = 12;
constexpr ChebyshevInterval interval{0.02, 1.1};

Kokkos::RangePolicy<Execution> range(Index n) { return Kokkos::RangePolicy<Execution>(0, n); }

NodeVector mask_of_corners(const CornerSpace& corners, const NodeVector& mask) {
  const NodeVector result("tautband::corner_mask", corners.n_corners);
  const View1<Index> node = corners.node;
  Kokkos::parallel_for(
      "tautband::corner_mask", range(corners.n_corners), KOKKOS_LAMBDA(const Index c) {
        for (int i = 0; i < 3; ++i) result(c, i) = mask(node(c), i);
      });
  return result;
}

/// Fills the blocks and lists the nodes where they are not 0. Springs do not change in a run.
View1<Index> nodes_with_blocks(const MechanicsSystem& system, const NodeBlocksF& blocks) {
  std::vector<Index> nodes;
  if (system.has_springs()) {
    system.lump_supports(blocks);
    const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), blocks);
    for (Index n = 0; n < static_cast<Index>(host.extent(0)); ++n)
      if (host(n, 0, 0) != 0.0F || host(n, 1, 1) != 0.0F || host(n, 2, 2) != 0.0F) nodes.push_back(n);
  }
  return to_device("tautband::supported", nodes);
}

/// y += S x on the nodes listed.
void apply_supports(const NodeBlocksF& S, const View1<Index>& nodes, const NodeVectorF& x, const NodeVectorF& y) {
  Kokkos::parallel_for(
      "tautband::supports", range(static_cast<Index>(nodes.extent(0))), KOKKOS_LAMBDA(const Index s) {
        const Index n = nodes(s);
        for (int i = 0; i < 3; ++i)
          for (int j = 0; j < 3; ++j) y(n, i) += S(n, i, j) * x(n, j);
      });
}

}  // namespace

Multigrid::Multigrid(const MechanicsSystem& system)
    : system_(system),
      space_(system.space()),
      corners_(make_corner_space(system.context().mesh)),
      corner_space_{space_.comm, corners_.n_corners, corners_.n_owned},
      corner_halo_(corners_.distribution),
      corner_matrix_(system.context(), corners_),
      coarse_(corner_space_, corners_.global),
      operator_(system),
      smoother_(space_, degree, interval),
      corner_mask_(mask_of_corners(corners_, system.mask())),
      coarse_right_side_(corner_space_.vector("tautband::coarse_right_side")),
      coarse_solution_(corner_space_.vector("tautband::coarse_solution")) {
  for (NodeVectorF* v : {&b_, &x_, &r_}) *v = NodeVectorF("tautband::multigrid", space_.n_nodes);
}

Multigrid::Operator::Operator(const MechanicsSystem& system)
    : tangent(system.context()),
      supports("tautband::supports", system.space().n_nodes),
      supported(nodes_with_blocks(system, supports)),
      system_(system) {}

void Multigrid::Operator::apply(const NodeVectorF& x, const NodeVectorF& y) const {
  tangent.apply(x, y, Part::boundary);
  system_.halo().begin(y);
  tangent.apply(x, y, Part::interior);
  system_.halo().finish(y);
  if (supported.extent(0) > 0) apply_supports(supports, supported, x, y);
}

void Multigrid::set(const NodeBlocks& blocks) {
  operator_.tangent.store(system_.tangents());
  smoother_.set_blocks(blocks, system_.mask());
  smoother_.find_interval(operator_, system_.context().mesh.global_node, lanczos_steps);
  set_coarse();
}

namespace {

/// Adds P^T S P of blocks S on the nodes, lumped to the corners.
void add_supports(const CornerSpace& corners, const NodeBlocksF& S, const BlockRows& matrix) {
  const View1<Index> first_child = corners.first_child, child = corners.child, first = matrix.first,
                     column = matrix.column;
  const View1<float> weight = corners.child_weight;
  const View1<double> value = matrix.value;
  Kokkos::parallel_for(
      "tautband::coarse_supports", range(corners.n_corners), KOKKOS_LAMBDA(const Index c) {
        Index block = first(c);
        while (column(block) != c) ++block;
        for (Index k = first_child(c); k < first_child(c + 1); ++k)
          for (int i = 0; i < 9; ++i)
            value(9 * static_cast<std::size_t>(block) + i) += weight(k) * S(child(k), i / 3, i % 3);
      });
}

}  // namespace

void Multigrid::set_coarse() {
  BlockRows matrix = corner_matrix_.assemble(system_.tangents());
  if (system_.has_springs()) add_supports(corners_, operator_.supports, matrix);
  profiled("tautband::coarse_set_up", [&] { coarse_.set(std::move(matrix), corner_mask_); });
}

void Multigrid::apply(const NodeVector& r, const NodeVector& z) const {
  const NodeVectorF b = b_, x = x_;
  Kokkos::parallel_for(
      "tautband::to_single", range(space_.n_nodes), KOKKOS_LAMBDA(const Index n) {
        for (int c = 0; c < 3; ++c) b(n, c) = static_cast<float>(r(n, c));
      });
  smoother_.smooth_from_zero(operator_, b, x);
  smoother_.residual(operator_, b, x, system_.mask(), r_);
  correct();
  smoother_.smooth(operator_, b, x);
  Kokkos::parallel_for(
      "tautband::to_double", range(space_.n_nodes), KOKKOS_LAMBDA(const Index n) {
        for (int c = 0; c < 3; ++c) z(n, c) = static_cast<double>(x(n, c));
      });
}

/// x_ += P A_c^-1 P^T r_
void Multigrid::correct() const {
  restrict_to_corners(corners_, r_, coarse_right_side_);
  corner_halo_.add(coarse_right_side_);
  profiled("tautband::coarse", [&] { coarse_.solve(coarse_right_side_, coarse_solution_); });
  corner_halo_.add(coarse_solution_);
  add_from_corners(corners_, coarse_solution_, system_.mask(), x_);
}

}  // namespace tautband
