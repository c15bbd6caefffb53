#include "app/run.hpp"

#include "app/progress.hpp"
#include "app/recorder.hpp"
#include "app/run_control.hpp"
#include "app/run_report.hpp"
#include "app/unfinished_run.hpp"
#include "base/stopwatch.hpp"
#include "io/case_writer.hpp"
#include "io/checkpoint_folder.hpp"
#include "io/directory_lock.hpp"
#include "io/provenance.hpp"
#include "io/replace_file.hpp"
#include "io/result_directory.hpp"
#include "io/run_record.hpp"
#include "mesh/mesh_hash.hpp"

#include <fmt/format.h>
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

/// run.json, on rank 0 only.
class Record {
 public:
  Record(const std::string& folder, const Provenance& provenance, int rank) : begin_(MPI_Wtime()) {
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
    if (!record_ || MPI_Wtime() - last_update_ < seconds_between_updates) return;
    record_->update(counts_);
    last_update_ = MPI_Wtime();
  }
  /// The counts up to a checkpoint, or from it.
  void archive(StateArchive& archive) {
    const double now = counts_.earlier_seconds + MPI_Wtime() - begin_;
    double seconds = now;
    archive.number("run_seconds", seconds);
    if (seconds != now) counts_.earlier_seconds = seconds;
    for (auto [name, count] : {std::pair("newton_iterations", &counts_.newton_iterations),
                               {"krylov_iterations", &counts_.krylov_iterations},
                               {"flexible_solves", &counts_.flexible_solves},
                               {"resumed", &counts_.resumed}})
      archive.number(name, *count);
    for (auto [name, seconds_of] : {std::pair("mechanics_seconds", &counts_.mechanics_seconds),
                                    {"linear_seconds", &counts_.linear_seconds},
                                    {"physiology_seconds", &counts_.physiology_seconds},
                                    {"output_seconds", &counts_.output_seconds}})
      archive.number(name, *seconds_of);
  }
  void finish(RunStatus status, ExitCode code, const std::string& reason) {
    if (!record_) return;
    record_->update(counts_);
    record_->finish(status, code, reason);
  }
  RunCounts& counts() { return counts_; }

 private:
  static constexpr double seconds_between_updates = 1.0;  // each waits for the disk
  std::optional<RunRecord> record_;
  RunCounts counts_;
  double begin_, last_update_ = -1e9;
};

/// A run in its directory, from its beginning or from a checkpoint.
class Run {
 public:
  Run(const RunOptions& options, const CheckpointOwner& owner, Simulation& simulation, RunControl& control)
      : options_(options),
        owner_(owner),
        simulation_(simulation),
        control_(control),
        rank_(rank_of(options.comm)),
        checkpoints_(options.output, options.comm) {}

  /// from: path of a checkpoint, or empty.
  ExitCode execute(const std::string& from) {
    Provenance provenance = provenance_of(options_.command_line, owner_.resolved_case, options_.comm);
    provenance.mesh_hash = owner_.mesh;
    if (rank_ == 0 && from.empty())
      replace_file(options_.output + "/case.resolved.toml", std::as_bytes(std::span(owner_.resolved_case)));
    record_.emplace(options_.output, provenance, rank_);
    try {
      start(from, provenance);
      const std::string stopped = step_to_the_end();
      return stopped.empty() ? finish() : stop(stopped);
    } catch (const Error& error) {
      record_->finish(RunStatus::failed, error.code, error.what());
      throw;
    }
  }

 private:
  void start(const std::string& from, const Provenance& provenance) {
    if (from.empty()) {
      recorder_.emplace(options_.output, simulation_, provenance, owner_.resolved_case);
      StepSummary first;
      first.time = simulation_.clock().now();
      timed([&] { recorder_->record(first); });
      return;
    }
    CheckpointReader reader(from, simulation_.local());
    simulation_.archive(reader);
    recorder_.emplace(options_.output, simulation_, provenance, owner_.resolved_case, Recorder::kept_by(reader));
    recorder_->archive(reader);
    record_->archive(reader);
    ++record_->counts().resumed;
    if (rank_ == 0)
      fmt::print("resume   from {} at t = {:g} s; --restart would begin anew\n", from, simulation_.clock().now());
  }

  /// Returns why it stopped before the end, or nothing.
  std::string step_to_the_end() {
    Progress progress(simulation_.clock().now(), simulation_.clock().end(), rank_ == 0);
    while (!simulation_.done()) {
      const StepSummary step = simulation_.advance();
      const bool told = !record_->counts().switched.empty();
      timed([&] {
        recorder_->record(step);
        record_->add(step, simulation_.degrees_of_freedom());
      });
      if (!told && !record_->counts().switched.empty()) progress.note(record_->counts().switched);
      progress.step(step);
      const RunControl::Request request = control_.ask();
      if (simulation_.done()) break;
      if (request.checkpoint) timed([&] { write_checkpoint(!request.stop.empty(), progress); });
      if (!request.stop.empty()) {
        progress.finish();
        return request.stop;
      }
    }
    timed([&] { recorder_->close(); });
    progress.finish();
    return "";
  }

  /// One that fails ends the run only where it `must` be there.
  void write_checkpoint(bool must, Progress& progress) {
    try {
      checkpoints_.write(simulation_.step(), simulation_.local(), owner_, [&](StateArchive& archive) {
        simulation_.archive(archive);
        recorder_->archive(archive);
        record_->archive(archive);
      });
    } catch (const FileError& error) {
      if (must) throw;
      progress.note(fmt::format("warning: no checkpoint at t = {:.4g} s: {}", simulation_.clock().now(), error.what()));
    }
    control_.checkpoint_written();
  }

  ExitCode stop(const std::string& reason) {
    timed([&] { recorder_->close(); });
    record_->finish(RunStatus::stopped, ExitCode::resume, reason);
    if (rank_ == 0)
      fmt::print("stopped  at t = {:g} s of {:g} s after {} steps: {}\nresume   by the same command\n",
                 simulation_.clock().now(), simulation_.clock().end(), simulation_.step(), reason);
    return ExitCode::resume;
  }

  ExitCode finish() {
    record_->finish(RunStatus::done, ExitCode::done, "");
    checkpoints_.clear();
    if (rank_ != 0) return ExitCode::done;
    if (Physiology* physiology = simulation_.physiology()) print_check(physiology->arc().check());
    const RunCounts& counts = record_->counts();
    fmt::print("done     {} steps, {} Newton and {} linear iterations; {} outputs in {}\n", counts.steps,
               counts.newton_iterations, counts.krylov_iterations, recorder_->n_steps(), options_.output);
    fmt::print("time     {}\n", division_of(counts.earlier_seconds + control_.seconds(), counts));
    return ExitCode::done;
  }

  template <class Write> void timed(const Write& write) {
    const Stopwatch watch(record_->counts().output_seconds);
    write();
  }

  const RunOptions& options_;
  const CheckpointOwner& owner_;
  Simulation& simulation_;
  RunControl& control_;
  int rank_;
  CheckpointFolder checkpoints_;
  std::optional<Record> record_;
  std::optional<Recorder> recorder_;
};

}  // namespace

ExitCode run_case(const spec::Case& values, const RunOptions& options) {
  RunControl control(options.output, {values.output.checkpoint_interval, options.longest}, options.comm);
  int ranks = 1;
  MPI_Comm_size(options.comm, &ranks);
  KeptMesh own;
  const Mesh& mesh = (options.kept_mesh ? *options.kept_mesh : own).of(values, options.comm);
  const CheckpointOwner owner{write_case(values), mesh_hash(mesh)};
  std::string from;
  std::optional<DirectoryLock> lock;
  if (!options.dry_run) {
    lock.emplace(options.output, options.comm);
    from = checkpoint_to_resume(options, owner);
    if (from.empty()) {
      CheckpointFolder(options.output, options.comm).clear();  // first: without results they are of no use
      make_result_directory(options.output, options.comm);
    }
  }
  Simulation simulation(mesh, values, options.comm);
  const double bytes = sum_of(static_cast<double>(simulation.bytes()), options.comm);
  if (rank_of(options.comm) == 0) print_outline(simulation, bytes, ranks);
  if (options.dry_run) return ExitCode::done;
  return Run(options, owner, simulation, control).execute(from);
}

}  // namespace tautband
