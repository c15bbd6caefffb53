#include "operators/region_factory.hpp"

namespace tautband {

template std::unique_ptr<RegionKernel> make_region_kernel_on<Hex27>(const RegionContext&, const RegionBatches&,
                                                                    const std::string&, bool);

}  // namespace tautband
