// How long the phases of a run take that solver/base/profiled.hpp names.
#pragma once

#include <string>

namespace tautband::performance {

/// Starts to listen to Kokkos' profiling regions; times of nested ones are in both. Once per process.
void listen_to_phases();

/// Since then, on this rank.
struct Phase {
  double seconds = 0.0;
  int calls = 0;
};
Phase phase(const std::string& name);

}  // namespace tautband::performance
