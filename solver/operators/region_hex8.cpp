#include "operators/region_factory.hpp"

namespace tautband {

template std::unique_ptr<RegionKernel> make_region_kernel_on<Hex8>(const RegionContext&, const RegionBatches&,
                                                                   const std::string&, bool);

std::unique_ptr<RegionKernel> make_region_kernel(const RegionContext& context, const RegionBatches& range,
                                                 const std::string& law, bool reduced) {
  return context.mesh.kind == ElementKind::hex8 ? make_region_kernel_on<Hex8>(context, range, law, reduced)
                                                : make_region_kernel_on<Hex27>(context, range, law, reduced);
}

}  // namespace tautband
