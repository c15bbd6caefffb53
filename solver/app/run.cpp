#include "app/run.hpp"

#include "app/progress.hpp"
#include "app/recorder.hpp"
#include "base/stopwatch.hpp"
#include "io/case_mesh.hpp"
#include "io/case_writer.hpp"
#include "io/provenance.hpp"
#include "io/replace_file.hpp"
#include "io/result_directory.hpp"
#include "io/run_record.hpp"

#include <fmt/format.h>
#include <cmath>
#include <optional>
#include <span>

namespace tautband {

namespace {

int rank_of(MPI_Comm comm) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  return rank;
}

double sum_of(double value, MPI_Comm comm) {
  MPI_Allreduce(MPI_IN_PLACE, &value, 1, MPI_DOUBLE, MPI_SUM, comm);
  return value;
}

/// Which preconditioner, and where its levels run.
std::string preconditioning(spec::Preconditioning choice) {
  const std::string multigrid =
      fmt::format("p-multigrid (smoothing on {}, coarse level by hypre on the host)", Execution::name());
  switch (choice) {
    case spec::Preconditioning::jacobi:
      return "node-block Jacobi";
    case spec::Preconditioning::multigrid:
      return multigrid;
    case spec::Preconditioning::automatic:
      break;
  }
  return "node-block Jacobi or " + multigrid;
}

/// Mesh, unknowns, memory, stages and steps of a case.
void describe(const Simulation& s, double bytes, int ranks) {
  const spec::Case& spec = s.spec();
  fmt::print("case     {}{}\n", spec.path, spec.title.empty() ? "" : ": " + spec.title);
  fmt::print("mesh     {}: {} {} cells, {} nodes\n", spec.mesh.file, s.local().n_global_cells,
             s.local().kind == ElementKind::hex8 ? "hex8" : "hex27", s.local().n_global_nodes);
  fmt::print("unknowns {} displacement DoF on {} rank{}, Kokkos {}\n", s.degrees_of_freedom(), ranks,
             ranks == 1 ? "" : "s", Execution::name());
  fmt::print("solver   conjugate gradients, {}\n", preconditioning(spec.mechanics.preconditioner));
  fmt::print("memory   {:.1f} MiB of fields and element data\n", bytes / 1048576.0);
  std::string stages =
      spec.mechanics.inertia == spec::Inertia::dynamic ? "mechanics (dynamic)" : "mechanics (quasi-static)";
  if (Physiology* physiology = s.physiology())
    stages = fmt::format("reflex ({} spindles, {} territories), activation, {}", physiology->arc().spindles(),
                         physiology->arc().units(), physiology->chemistry() ? "chemistry, contracture, " : "") +
             stages + (physiology->chemistry() ? ", diffusion, pain" : "");
  fmt::print("stages   {}\n", stages);
  const double longest = std::isfinite(spec.time.longest_step) ? spec.time.longest_step : spec.time.step;
  fmt::print("time     {:g} s to {:g} s, steps from {:g} ms up to {:g} ms: at least {:.0f} steps\n", s.clock().now(),
             s.clock().end(), 1e3 * spec.time.step, 1e3 * longest,
             std::ceil((s.clock().end() - s.clock().now()) / longest));
}

/// run.json, on rank 0 only.
class Record {
 public:
  Record(const std::string& folder, const Provenance& provenance, int rank) {
    if (rank == 0) record_.emplace(folder + "/run.json", provenance);
  }
  void add(const StepSummary& step, GlobalIndex dofs) {
    counts_.time = step.time;
    counts_.steps = step.step;
    counts_.newton_iterations += step.newton_iterations;
    counts_.krylov_iterations += step.krylov_iterations;
    counts_.degrees_of_freedom = dofs;
    counts_.flexible_solves += step.flexible_solves;
    if (counts_.switched.empty() && !step.switched.empty())
      counts_.switched = fmt::format("switched to FGMRES at t = {:.4g} s: {}", step.time, step.switched);
    counts_.mechanics_seconds += step.mechanics_seconds;
    counts_.linear_seconds += step.linear_seconds;
    counts_.physiology_seconds += step.physiology_seconds;
    if (record_) record_->update(counts_);
  }
  void finish(RunStatus status, ExitCode code, const std::string& reason) {
    if (!record_) return;
    record_->update(counts_);
    record_->finish(status, code, reason);
  }
  const RunCounts& counts() const { return counts_; }
  double& output_seconds() { return counts_.output_seconds; }

 private:
  std::optional<RunRecord> record_;
  RunCounts counts_;
};

void step_to_the_end(Simulation& simulation, Recorder& recorder, Record& record, bool print) {
  Progress progress(simulation.clock().now(), simulation.clock().end(), print);
  StepSummary first;
  first.time = simulation.clock().now();
  const auto timed = [&record](const auto& write) {
    const Stopwatch watch(record.output_seconds());
    write();
  };
  timed([&] { recorder.record(first); });
  while (!simulation.done()) {
    const StepSummary step = simulation.advance();
    const bool told = !record.counts().switched.empty();
    timed([&] {
      recorder.record(step);
      record.add(step, simulation.degrees_of_freedom());
    });
    if (!told && !record.counts().switched.empty()) progress.note(record.counts().switched);
    progress.step(step);
  }
  timed([&] { recorder.close(); });
  progress.finish();
}

/// How far the slow form of the reflex was from the fast one.
void print_check(const ReflexArc::Check& check) {
  if (check.count == 0) return;
  fmt::print("reflex   slow and fast form compared {} times, largest difference {:.2f} %{}\n", check.count,
             100.0 * check.largest_difference,
             check.largest_difference > 0.05 ? ": more than 5 %, see docs/model.md 13.3" : "");
}

}  // namespace

ExitCode run_case(const spec::Case& values, const RunOptions& options) {
  const MPI_Comm comm = MPI_COMM_WORLD;
  const double begin = MPI_Wtime();
  const int rank = rank_of(comm);
  int ranks = 1;
  MPI_Comm_size(comm, &ranks);
  const Mesh mesh = read_case_mesh(values);
  if (!options.dry_run) make_result_directory(options.output, comm);
  Simulation simulation(mesh, values, comm);
  const double bytes = sum_of(static_cast<double>(simulation.bytes()), comm);
  if (rank == 0) describe(simulation, bytes, ranks);
  if (options.dry_run) return ExitCode::done;

  const std::string resolved = write_case(values);
  const Provenance provenance = provenance_of(options.command_line, resolved, comm);
  if (rank == 0) replace_file(options.output + "/case.resolved.toml", std::as_bytes(std::span(resolved)));
  Record record(options.output, provenance, rank);
  try {
    Recorder recorder(options.output, simulation, provenance, resolved);
    step_to_the_end(simulation, recorder, record, rank == 0);
    record.finish(RunStatus::done, ExitCode::done, "");
    if (Physiology* physiology = simulation.physiology(); rank == 0 && physiology)
      print_check(physiology->arc().check());
    if (rank == 0) {
      fmt::print("done     {} steps, {} Newton and {} linear iterations; {} outputs in {}\n", record.counts().steps,
                 record.counts().newton_iterations, record.counts().krylov_iterations, recorder.n_steps(),
                 options.output);
      fmt::print("time     {}\n", division_of(MPI_Wtime() - begin, record.counts()));
    }
  } catch (const Error& error) {
    record.finish(RunStatus::failed, error.code, error.what());
    throw;
  }
  return ExitCode::done;
}

}  // namespace tautband
