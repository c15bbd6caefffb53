// Many small runs that differ in parameters only, in three ways: one after the other on all ranks; packed, every rank
// with runs of its own; and as a batch, one simulation of all of them. Times, iterations, kernels and memory as JSON.
// tautband_many_runs [--runs K] [--dofs N] [--steps N] [--repetitions N] [--preconditioner NAME]; on any number of
// ranks. Fails when the ways differ in their displacements.
#include "app/simulation.hpp"
#include "base/error.hpp"
#include "performance/json_lines.hpp"
#include "performance/kernel_count.hpp"
#include "performance/many_blocks.hpp"
#include "performance/timing.hpp"

#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

namespace tautband::performance {

namespace {

/// Of displacements, against the largest. Newton's method ends at a residual of 1e-6 of the forces, of a batch at 1e-6
/// of all of them; 2e-6 was the most that ways differed by. A mu that is wrong by 1 % changes displacements by 3e-4.
constexpr double agreement = 2e-5;

struct Options {
  MuscleBlock block{2000.0, 1};
  int runs = 8, repetitions = 5;
  std::string preconditioner = "automatic";
};

/// What the runs came to, on all ranks once they are summed up.
struct Outcome {
  std::vector<double> displacement;  ///< m, 3 per node of all runs
  std::vector<int> newton, krylov;   ///< iterations of each run; of a batch, in the first
  int cuts = 0;

  Outcome(const ManyRuns& all)
      : displacement(all.cases.size() * all.mesh.points.size()), newton(all.cases.size()), krylov(all.cases.size()) {}

  void sum_up() {
    const auto sum = [](void* values, std::size_t n, MPI_Datatype type) {
      MPI_Allreduce(MPI_IN_PLACE, values, static_cast<int>(n), type, MPI_SUM, MPI_COMM_WORLD);
    };
    sum(displacement.data(), displacement.size(), MPI_DOUBLE);
    sum(newton.data(), newton.size(), MPI_INT);
    sum(krylov.data(), krylov.size(), MPI_INT);
    sum(&cuts, 1, MPI_INT);
  }
};

/// One simulation, whose first node is that of `run`.
void simulate(const Mesh& mesh, const spec::Case& spec, MPI_Comm comm, std::size_t run, GlobalIndex first_node,
              Outcome& outcome) {
  int rank;
  MPI_Comm_rank(comm, &rank);
  Simulation simulation(mesh, spec, comm);
  while (!simulation.done()) {
    const StepSummary step = simulation.advance();
    if (rank != 0) continue;
    outcome.newton[run] += step.newton_iterations;
    outcome.krylov[run] += step.krylov_iterations;
    outcome.cuts += step.cuts;
  }
  const LocalMesh& local = simulation.local();
  const auto u = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), simulation.tissue().mechanics.displacement);
  const auto node = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), local.global_node);
  for (Index n = 0; n < local.n_owned; ++n)
    for (int c = 0; c < 3; ++c) outcome.displacement[3 * (first_node + node(n)) + c] = u(n, c);
}

struct Way {
  const char* name;
  void (*run)(const ManyRuns&, const Batch&, Outcome&);
};

void in_turn(const ManyRuns& all, const Batch&, Outcome& outcome) {
  for (std::size_t i = 0; i < all.cases.size(); ++i)
    simulate(all.mesh, all.cases[i], MPI_COMM_WORLD, i, static_cast<GlobalIndex>(i) * all.mesh.n_nodes(), outcome);
}

void packed(const ManyRuns& all, const Batch&, Outcome& outcome) {
  int rank, ranks;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  for (std::size_t i = rank; i < all.cases.size(); i += ranks)
    simulate(all.mesh, all.cases[i], MPI_COMM_SELF, i, static_cast<GlobalIndex>(i) * all.mesh.n_nodes(), outcome);
}

void batch(const ManyRuns&, const Batch& all, Outcome& outcome) {
  simulate(all.mesh, all.spec, MPI_COMM_WORLD, 0, 0, outcome);
}

constexpr std::array<Way, 3> ways{{{"in_turn", in_turn}, {"packed", packed}, {"batch", batch}}};

struct Measured {
  Outcome outcome;
  KernelCount count;
  double difference = 0.0;  ///< of displacements to those in turn, against the largest
  double seconds = std::numeric_limits<double>::infinity(), cpu_seconds = seconds;  ///< least of the repetitions
};

double sum_of_ranks(double value) {
  MPI_Allreduce(MPI_IN_PLACE, &value, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  return value;
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds_of = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

/// An untimed run, for everything but the time.
Measured count(const Way& way, const ManyRuns& all, const Batch& together) {
  Measured m{Outcome(all), {}};
  count_kernels_begin();
  way.run(all, together, m.outcome);
  m.count = count_kernels_end();
  m.outcome.sum_up();
  for (double* value : {&m.count.kernels, &m.count.reductions, &m.count.copies, &m.count.bytes})
    *value = sum_of_ranks(*value);
  return m;
}

void time(const Way& way, const ManyRuns& all, const Batch& together, Measured& m) {
  Outcome outcome(all);
  const double before = cpu_seconds();
  m.seconds = std::min(m.seconds, seconds(MPI_COMM_WORLD, [&] { way.run(all, together, outcome); }));
  m.cpu_seconds = std::min(m.cpu_seconds, sum_of_ranks(cpu_seconds() - before));
}

double largest(const std::vector<double>& values) {
  double most = 0.0;
  for (const double v : values) most = std::max(most, std::abs(v));
  return most;
}

/// Throws RunError when a way's displacements are not those of the first.
void compare(std::array<Measured, 3>& measured) {
  const std::vector<double>& expected = measured[0].outcome.displacement;
  for (std::size_t w = 1; w < ways.size(); ++w) {
    std::vector<double> apart = measured[w].outcome.displacement;
    for (std::size_t i = 0; i < apart.size(); ++i) apart[i] -= expected[i];
    measured[w].difference = largest(apart) / largest(expected);
    if (!(measured[w].difference <= agreement))
      throw RunError(fmt::format("displacements of {} differ from those of {} by {:.2g} of the largest", ways[w].name,
                                 ways[0].name, measured[w].difference));
  }
}

void add(const Way& way, const Measured& m, Json& json) {
  const auto key = [&](const char* what) { return fmt::format("{}_{}", way.name, what); };
  json.add(key("seconds"), m.seconds);
  json.add(key("cpu_seconds"), m.cpu_seconds);
  json.add(key("newton"), fmt::format("{}", m.outcome.newton));
  json.add(key("krylov"), fmt::format("{}", m.outcome.krylov));
  json.add(key("cuts"), m.outcome.cuts);
  json.add(key("kernels"), fmt::format("{:.0f}", m.count.kernels));
  json.add(key("reductions"), fmt::format("{:.0f}", m.count.reductions));
  json.add(key("copies"), fmt::format("{:.0f}", m.count.copies));
  json.add(key("megabytes"), 1e-6 * m.count.bytes);
  json.add(key("difference"), m.difference);
}

void measure(const Options& options, int rank, int ranks) {
  ManyRuns all = make_runs(options.block, options.runs);
  for (const auto& entry : spec::enum_table<spec::Preconditioning>)
    if (entry.name == options.preconditioner)
      for (spec::Case& c : all.cases) c.mechanics.preconditioner = entry.value;
  const Batch together = make_batch(all);
  std::array<Measured, 3> measured{count(ways[0], all, together), count(ways[1], all, together),
                                   count(ways[2], all, together)};
  compare(measured);
  for (std::size_t turn = 0; turn < options.repetitions * ways.size(); ++turn) {
    const std::size_t w = (turn + turn / ways.size()) % ways.size();  // each way begins in turn
    time(ways[w], all, together, measured[w]);
  }
  Json json;
  json.add("ranks", ranks);
  json.add("runs", options.runs);
  json.add("preconditioner", fmt::format("\"{}\"", options.preconditioner));
  json.add("dofs_per_run", fmt::format("{}", all.mesh.points.size()));
  json.add("steps", options.block.steps);
  json.add("repetitions", options.repetitions);
  for (std::size_t w = 0; w < ways.size(); ++w) add(ways[w], measured[w], json);
  if (rank == 0) fmt::print("{}", json.text());
}

}  // namespace

int run_many_runs(int argc, char** argv, int rank, int ranks) {
  Options options;
  CLI::App app("Many small runs on one mesh, one after the other, packed and as a batch, measured");
  app.add_option("--runs", options.runs, "how many")->check(CLI::Range(1, 10000));
  app.add_option("--dofs", options.block.dofs, "unknowns of a run, about");
  app.add_option("--steps", options.block.steps, "load steps of 1 %");
  app.add_option("--repetitions", options.repetitions, "of each way; the fastest counts")->check(CLI::Range(1, 1000));
  app.add_option("--preconditioner", options.preconditioner, "of the linear solves")
      ->check(CLI::IsMember({"automatic", "jacobi", "multigrid"}));
  CLI11_PARSE(app, argc, argv);
  try {
    measure(options, rank, ranks);
  } catch (const Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    MPI_Abort(MPI_COMM_WORLD, 1);  // a rank's own run may have failed
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
  const int status = tautband::performance::run_many_runs(argc, argv, rank, ranks);
  Kokkos::finalize();
  MPI_Finalize();
  return status;
}
