// A whole run of a few load steps as JSON: iterations, seconds of each phase, unknowns per second, memory.
// tautband_load_step [--dofs N] [--steps N] [--knot] [--tendon] [--krylov-tolerance T] [--preconditioner NAME]; on any
// number of ranks.
#include "app/simulation.hpp"
#include "base/error.hpp"
#include "performance/json_lines.hpp"
#include "performance/muscle_block.hpp"
#include "performance/phases.hpp"
#include "performance/timing.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <sys/resource.h>

#include <cstdio>

namespace tautband::performance {

namespace {

struct Options {
  MuscleBlock block;
  double krylov_tolerance = 0.0;  ///< of every linear solve; 0: as a case has it
  std::string preconditioner = "automatic";
};

/// kB of all ranks together.
double peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  double kilobytes = static_cast<double>(usage.ru_maxrss) * 1.024;
  MPI_Allreduce(MPI_IN_PLACE, &kilobytes, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  return kilobytes;
}

/// What all steps took together.
struct Totals {
  int newton = 0, krylov = 0, cuts = 0;
  double seconds = 0.0;
  std::string newton_of_steps, krylov_of_steps;

  void add(const StepSummary& step, double time) {
    const char* comma = newton_of_steps.empty() ? "" : ", ";
    newton += step.newton_iterations;
    krylov += step.krylov_iterations;
    cuts += step.cuts;
    seconds += time;
    newton_of_steps += fmt::format("{}{}", comma, step.newton_iterations);
    krylov_of_steps += fmt::format("{}{}", comma, step.krylov_iterations);
  }
};

void add_phases(double step_seconds, Json& json) {
  double named = 0.0;
  for (const char* name : {"residual", "linearise", "preconditioner", "krylov"}) {
    double time = phase(std::string("tautband::") + name).seconds;
    MPI_Allreduce(MPI_IN_PLACE, &time, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
    json.add(std::string(name) + "_seconds", time);
    named += time;
  }
  json.add("other_seconds", std::max(0.0, step_seconds - named));
}

void measure(const Options& options, int rank, int ranks) {
  const Mesh mesh = make_mesh(options.block);
  spec::Case spec = make_case(options.block);
  if (options.krylov_tolerance > 0.0)
    spec.mechanics.krylov_first = spec.mechanics.krylov_tolerance = options.krylov_tolerance;
  for (const auto& entry : spec::enum_table<spec::Preconditioning>)
    if (entry.name == options.preconditioner) spec.mechanics.preconditioner = entry.value;
  std::unique_ptr<Simulation> simulation;
  const double set_up =
      seconds(MPI_COMM_WORLD, [&] { simulation = std::make_unique<Simulation>(mesh, spec, MPI_COMM_WORLD); });
  listen_to_phases();
  Totals totals;
  int steps = 0;
  while (!simulation->done()) {
    StepSummary step;
    const double time = seconds(MPI_COMM_WORLD, [&] { step = simulation->advance(); });
    totals.add(step, time);
    ++steps;
  }
  const double dofs = static_cast<double>(simulation->degrees_of_freedom()), kilobytes = peak_memory();
  Json json;
  json.add("ranks", ranks);
  json.add("body",
           fmt::format("\"block{}{}\"", options.block.knot ? " knot" : "", options.block.tendon ? " tendon" : ""));
  json.add("preconditioner", fmt::format("\"{}\"", options.preconditioner));
  json.add("dofs", fmt::format("{:.0f}", dofs));
  json.add("steps", steps);
  json.add("cuts", totals.cuts);
  json.add("newton_of_steps", "[" + totals.newton_of_steps + "]");
  json.add("krylov_of_steps", "[" + totals.krylov_of_steps + "]");
  json.add("newton_iterations", totals.newton);
  json.add("krylov_per_solve", static_cast<double>(totals.krylov) / std::max(1, phase("tautband::krylov").calls));
  json.add("set_up_seconds", set_up);
  json.add("steps_seconds", totals.seconds);
  add_phases(totals.seconds, json);
  json.add("dof_per_s_step", dofs * steps / totals.seconds);
  json.add("dof_per_s_newton", dofs * totals.newton / totals.seconds);
  json.add("kilobytes_per_dof", kilobytes / dofs);
  if (rank == 0) fmt::print("{}", json.text());
}

}  // namespace

int run_load_step(int argc, char** argv, int rank, int ranks) {
  Options options;
  CLI::App app("A whole run of a few load steps on a block of muscle, measured");
  app.add_option("--dofs", options.block.dofs, "unknowns, about");
  app.add_option("--steps", options.block.steps, "load steps of 1 %");
  app.add_flag("--knot", options.block.knot, "with a contracture knot in the middle");
  app.add_flag("--tendon", options.block.tendon, "with ends 100 times stiffer");
  app.add_option("--krylov-tolerance", options.krylov_tolerance, "the same for every linear solve");
  app.add_option("--preconditioner", options.preconditioner, "of the linear solves")
      ->check(CLI::IsMember({"automatic", "jacobi", "multigrid"}));
  CLI11_PARSE(app, argc, argv);
  try {
    measure(options, rank, ranks);
  } catch (const Error& error) {
    if (rank == 0) std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}

}  // namespace tautband::performance

int main(int argc, char** argv) {
  MPI_Init(&argc, &argv);
  Kokkos::initialize(argc, argv);
  int rank, ranks;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  const int status = tautband::performance::run_load_step(argc, argv, rank, ranks);
  Kokkos::finalize();
  MPI_Finalize();
  return status;
}
