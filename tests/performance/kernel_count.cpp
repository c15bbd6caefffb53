#include "performance/kernel_count.hpp"

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <cstdint>

namespace tautband::performance {

namespace {

namespace tools = Kokkos::Tools::Experimental;

KernelCount count;
double held = 0.0;

void start_loop(const char*, std::uint32_t, std::uint64_t*) { ++count.kernels; }

void start_reduction(const char*, std::uint32_t, std::uint64_t*) {
  ++count.kernels;
  ++count.reductions;
}

void start_copy(Kokkos_Profiling_SpaceHandle, const char*, const void*, Kokkos_Profiling_SpaceHandle, const char*,
                const void*, std::uint64_t) {
  ++count.copies;
}

void allocate(const Kokkos_Profiling_SpaceHandle, const char*, const void*, const std::uint64_t bytes) {
  held += static_cast<double>(bytes);
  count.bytes = std::max(count.bytes, held);
}

void release(const Kokkos_Profiling_SpaceHandle, const char*, const void*, const std::uint64_t bytes) {
  held -= static_cast<double>(bytes);
}

}  // namespace

void count_kernels_begin() {
  count = {};
  held = 0.0;
  tools::set_begin_parallel_for_callback(start_loop);
  tools::set_begin_parallel_scan_callback(start_loop);
  tools::set_begin_parallel_reduce_callback(start_reduction);
  tools::set_begin_deep_copy_callback(start_copy);
  tools::set_allocate_data_callback(allocate);
  tools::set_deallocate_data_callback(release);
}

KernelCount count_kernels_end() {
  tools::set_begin_parallel_for_callback(nullptr);
  tools::set_begin_parallel_scan_callback(nullptr);
  tools::set_begin_parallel_reduce_callback(nullptr);
  tools::set_begin_deep_copy_callback(nullptr);
  tools::set_allocate_data_callback(nullptr);
  tools::set_deallocate_data_callback(nullptr);
  return count;
}

}  // namespace tautband::performance
