#include "operators/single_tangent.hpp"

#include "base/large_pages.hpp"
#include "operators/team_sweep.hpp"

namespace tautband {
namespace {

template <class To, class From> void convert(const To& to, const From& from) {
  float* const out = to.data();
  const double* const in = from.data();
  Kokkos::parallel_for(
      "tautband::to_single", Kokkos::RangePolicy<Execution, Kokkos::IndexType<std::int64_t>>(0, from.size()),
      KOKKOS_LAMBDA(const std::int64_t i) { out[i] = static_cast<float>(in[i]); });
}

}  // namespace

void SingleTangent::store(const std::vector<RegionTangent>& regions) {
  if (regions_.empty()) {
    modes_ = ModeMatrixOf<float>("tautband::single_modes", context_.tangent_modes.extent(0),
                                 context_.tangent_modes.extent(1), lanes);
    for (const RegionTangent& r : regions)
      regions_.push_back(
          {r.range, large_page_view<View1<float>>("tautband::single_tangent", r.data.size()), r.reduced, 0.0});
  }
  convert(modes_, context_.tangent_modes);
  for (std::size_t i = 0; i < regions.size(); ++i) {
    convert(regions_[i].data, regions[i].data);
    regions_[i].inertia = regions[i].inertia;
  }
}

template <class E>
void SingleTangent::apply_region(const Region& region, const NodeVectorF& x, const NodeVectorF& y, Part part) const {
  const RegionBatches batches = part_of(region.range, part);
  with_tangent_op<E, float>(
      region.data.data(), region.range.first_batch, region.reduced, region.inertia, context_.geometry.jacobian,
      [&](const auto& op) { sweep<E>("tautband::single_tangent", context_.mesh, batches, op, modes_, x, y); });
}

void SingleTangent::apply(const NodeVectorF& x, const NodeVectorF& y, Part part) const {
  for (const Region& region : regions_)
    if (context_.mesh.kind == ElementKind::hex27)
      apply_region<Hex27>(region, x, y, part);
    else
      apply_region<Hex8>(region, x, y, part);
}

}  // namespace tautband
