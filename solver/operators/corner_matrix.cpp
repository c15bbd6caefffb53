#include "operators/corner_matrix.hpp"

#include "base/copies.hpp"
#include "operators/corner_kernel.hpp"

#include <algorithm>

namespace tautband {
namespace {

/// Corners that share an element with each corner, ascending.
std::vector<std::vector<Index>> neighbours(const CornerSpace& space, const HostMirror<Connectivity>& corners) {
  std::vector<std::vector<Index>> near(space.n_corners);
  for (std::size_t b = 0; b < corners.extent(0); ++b)
    for (int lane = 0; lane < lanes; ++lane)
      for (int n = 0; n < element_corners; ++n)
        for (int m = 0; m < element_corners; ++m) {
          std::vector<Index>& list = near[corners(b, n, lane)];
          const Index other = corners(b, m, lane);
          const auto at = std::lower_bound(list.begin(), list.end(), other);
          if (at == list.end() || *at != other) list.insert(at, other);
        }
  return near;
}

/// Block that each pair of corners of each element goes to, -1 on padding lanes.
std::vector<Index> blocks_of_elements(const LocalMesh& mesh, const HostMirror<Connectivity>& slot) {
  constexpr int pairs = element_corners * element_corners;
  const auto cell = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.cell);
  std::vector<Index> block(slot.size());
  for (Index b = 0; b < mesh.n_batches; ++b)
    for (int pair = 0; pair < pairs; ++pair)
      for (int lane = 0; lane < lanes; ++lane)
        block[element_slot(pairs, b, pair, lane)] = cell(b, lane) < 0 ? -1 : slot(b, pair, lane);
  return block;
}

}  // namespace

CornerMatrix::CornerMatrix(const RegionContext& context, const CornerSpace& space) : context_(context) {
  const auto corners = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), space.corners);
  std::vector<Index> first{0}, column;
  for (const std::vector<Index>& list : neighbours(space, corners)) {
    column.insert(column.end(), list.begin(), list.end());
    first.push_back(static_cast<Index>(column.size()));
  }
  pattern_.first = to_device("tautband::corner_first", first);
  pattern_.column = to_device("tautband::corner_column", column);
  slot_ = Connectivity("tautband::corner_slot", context.mesh.n_batches, element_corners * element_corners, lanes);
  const auto slot = Kokkos::create_mirror_view(slot_);
  for (Index b = 0; b < context.mesh.n_batches; ++b)
    for (int pair = 0; pair < element_corners * element_corners; ++pair)
      for (int lane = 0; lane < lanes; ++lane) {
        const Index n = corners(b, pair / element_corners, lane), m = corners(b, pair % element_corners, lane);
        const auto row = column.begin() + first[n], end = column.begin() + first[n + 1];
        slot(b, pair, lane) = static_cast<Index>(std::lower_bound(row, end, m) - column.begin());
      }
  Kokkos::deep_copy(slot_, slot);
  if (context.mesh.sum.ordered()) sum_ = OrderedSum(blocks_of_elements(context.mesh, slot));
}

template <class E> void CornerMatrix::add(const RegionTangent& region, const View1<double>& values) const {
  with_tangent_op<E, double>(region.data.data(), region.range.first_batch, region.reduced, region.inertia,
                             context_.geometry.jacobian, [&](const auto& op) {
                               using Op = std::decay_t<decltype(op)>;
                               add_corners(
                                   CornerKernel<E, Op>{op, context_.tangent_modes, slot_, sum_.target<9>(values.data()),
                                                       region.range.n_elements, region.range.first_batch},
                                   sum_, region.range.n_batches);
                             });
}

BlockRows CornerMatrix::assemble(const std::vector<RegionTangent>& regions) const {
  BlockRows matrix = pattern_;
  matrix.value = View1<double>("tautband::corner_matrix", 9 * pattern_.column.extent(0));
  for (const RegionTangent& region : regions)
    if (context_.mesh.kind == ElementKind::hex27)
      add<Hex27>(region, matrix.value);
    else
      add<Hex8>(region, matrix.value);
  return matrix;
}

}  // namespace tautband
