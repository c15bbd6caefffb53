// Memory of a whole run: peak resident set of mesh, set-up and one solved step at 1 MDoF, over all ranks, as JSON.
// tautband_memory [DOFS]
#include "app/simulation.hpp"
#include "verification/block_problem.hpp"

#include <sys/resource.h>

#include <fmt/format.h>

namespace {

using namespace tautband;

spec::Boundary motion(const std::string& set, const std::string& components, double value) {
  spec::Boundary boundary;
  boundary.set = set;
  boundary.kind = spec::BoundaryKind::displacement;
  boundary.components = components;
  boundary.value = {value, 0.0, 0.0};
  return boundary;
}

/// A block pulled by 0.1 %. Ten times as stiff against volume as against shear, so that the solve is short: what is
/// measured is memory.
spec::Case pulled_block(double length) {
  spec::Case c;
  c.regions.push_back(verification::default_region("tautband"));
  c.regions[0].parameters.at("kappa").constant = 50e3;
  c.boundaries = {motion("x0", "xyz", 0.0), motion("x1", "x", 1e-3 * length)};
  c.time.end = 1.0;
  c.time.step = 1.0;
  c.mechanics.newton_tolerance = 1e-2;
  return c;
}

/// kB of all ranks together.
double peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  double kilobytes = static_cast<double>(usage.ru_maxrss) * 1.024;
  MPI_Allreduce(MPI_IN_PLACE, &kilobytes, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  return kilobytes;
}

void measure(double dofs, int rank, int ranks) {
  meshing::BlockOptions options;
  const int n = static_cast<int>(std::lround(0.5 * (std::cbrt(dofs / 3.0) - 1.0)));
  options.corners = meshing::box_corners({0.01, 0.01, 0.01});
  options.cells = {n, n, n};
  const Mesh mesh = meshing::make_block(options);
  const spec::Case spec = pulled_block(0.01);
  Simulation simulation(mesh, spec, MPI_COMM_WORLD);
  const StepSummary step = simulation.advance();
  const double real_dofs = static_cast<double>(simulation.degrees_of_freedom()), kilobytes = peak_memory();
  if (rank != 0) return;
  fmt::print(
      "{{\n  \"ranks\": {},\n  \"dofs\": {:.0f},\n  \"krylov_iterations\": {},\n  \"kilobytes_per_dof\": {:.3f}\n}}\n",
      ranks, real_dofs, step.krylov_iterations, kilobytes / real_dofs);
}

}  // namespace

int main(int argc, char** argv) {
  MPI_Init(&argc, &argv);
  Kokkos::initialize(argc, argv);
  int rank, ranks;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  measure(argc > 1 ? std::stod(argv[1]) : 1e6, rank, ranks);
  Kokkos::finalize();
  MPI_Finalize();
}
