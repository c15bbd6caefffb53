// Named phases of a run, for Kokkos' profiling tools and for what listens to them (tests/performance).
#pragma once

#include <Kokkos_Core.hpp>

namespace tautband {

/// Runs f() as the region `name` of the profiler and returns what it returns.
template <class F> decltype(auto) profiled(const char* name, const F& f) {
  struct Region {
    explicit Region(const char* label) { Kokkos::Profiling::pushRegion(label); }
    ~Region() { Kokkos::Profiling::popRegion(); }
  };
  const Region region(name);
  return f();
}

}  // namespace tautband
