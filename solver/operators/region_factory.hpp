// From the name of a law to its kernel; one translation unit per element instantiates it.
#pragma once

#include "base/error.hpp"
#include "laws/all_laws.hpp"
#include "operators/region_kernel_impl.hpp"

namespace tautband {

namespace detail {

template <class E, class... Laws>
std::unique_ptr<RegionKernel> find_kernel(TypeList<Laws...>, const RegionContext& context, const RegionBatches& range,
                                          const std::string& law, bool reduced) {
  std::unique_ptr<RegionKernel> kernel;
  ((law == Laws::name ? void(kernel = std::make_unique<RegionKernelOf<E, Laws>>(context, range, reduced)) : void()),
   ...);
  return kernel;
}

}  // namespace detail

template <class E>
std::unique_ptr<RegionKernel> make_region_kernel_on(const RegionContext& context, const RegionBatches& range,
                                                    const std::string& law, bool reduced) {
  auto kernel = detail::find_kernel<E>(AllLaws{}, context, range, law, reduced);
  if (!kernel) throw CaseError("unknown law '" + law + "'");
  return kernel;
}

extern template std::unique_ptr<RegionKernel> make_region_kernel_on<Hex27>(const RegionContext&, const RegionBatches&,
                                                                           const std::string&, bool);
extern template std::unique_ptr<RegionKernel> make_region_kernel_on<Hex8>(const RegionContext&, const RegionBatches&,
                                                                          const std::string&, bool);

}  // namespace tautband
