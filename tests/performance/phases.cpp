#include "performance/phases.hpp"

#include <mpi.h>
#include <Kokkos_Core.hpp>

#include <map>
#include <vector>

namespace tautband::performance {

namespace {

struct Running {
  std::string name;
  double since;
};
std::vector<Running> running;
std::map<std::string, Phase> phases;

/// Kernels of a device end before the time is taken.
double now() {
  Kokkos::fence();
  return MPI_Wtime();
}

void begin(const char* name) { running.push_back({name, now()}); }

void end() {
  Phase& phase = phases[running.back().name];
  phase.seconds += now() - running.back().since;
  ++phase.calls;
  running.pop_back();
}

}  // namespace

void listen_to_phases() {
  Kokkos::Tools::Experimental::set_push_region_callback(begin);
  Kokkos::Tools::Experimental::set_pop_region_callback(end);
}

Phase phase(const std::string& name) {
  const auto found = phases.find(name);
  return found == phases.end() ? Phase{} : found->second;
}

}  // namespace tautband::performance
