// Strong and weak scaling of operator and Krylov iteration on the ranks at hand, beside what the model of
// scaling_model.hpp predicts from rates of one rank and from the network measured in the same process.
//   mpirun -n 2 tautband_scaling [--dofs N] [--json FILE]       prints a table
// Rates of one rank are taken with all ranks at work on problems of their own, so that they share memory and power.
#include "performance/problem.hpp"
#include "performance/scaling_model.hpp"
#include "performance/timing.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>

namespace tautband::performance {

namespace {

double fastest(const std::function<void()>& f, int passes = 10) {
  double best = 1e300;
  for (int pass = 0; pass <= passes; ++pass) best = std::min(best, seconds(MPI_COMM_WORLD, f));
  return best;
}

constexpr int network_passes = 50, rounds = 10;  // short: one undisturbed pass is enough

/// Time of one exchange of `bytes` in both directions between rank 0 and 1.
double exchange(int bytes) {
  int rank, ranks;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  if (ranks < 2) return 0.0;
  std::vector<char> out(bytes), in(bytes);
  return fastest(
             [&] {
               if (rank > 1) return;
               for (int i = 0; i < rounds; ++i) {
                 MPI_Request requests[2];
                 MPI_Irecv(in.data(), bytes, MPI_CHAR, 1 - rank, 0, MPI_COMM_WORLD, requests);
                 MPI_Isend(out.data(), bytes, MPI_CHAR, 1 - rank, 0, MPI_COMM_WORLD, requests + 1);
                 MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);
               }
             },
             network_passes) /
         rounds;
}

Network measure_network(int ranks) {
  constexpr int small = 8, large = 1 << 17;
  Network network;
  network.latency = exchange(small);
  const double longer = exchange(large) - network.latency;
  network.bandwidth = longer > 0.0 ? (large - small) / longer : 1e300;
  double sums[2] = {1.0, 2.0};
  const auto add = [&] {
    for (int i = 0; i < rounds; ++i) MPI_Allreduce(MPI_IN_PLACE, sums, 2, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  };
  const double sum = fastest(add, network_passes);
  if (ranks > 1) network.sum_latency = sum / rounds / std::ceil(std::log2(static_cast<double>(ranks)));
  return network;
}

struct Kernel {
  const char* name;
  Iteration iteration;
  std::function<void(Problem&)> run;
  int steps;  ///< of what is named in a call
};

constexpr int multigrid_iterations = 4;  // of a call

const std::vector<Kernel>& kernels() {
  static const std::vector<Kernel> all{
      {"operator", {1, 0, 4, 0, 0.0, 0, false}, [](Problem& p) { p.apply(); }, 1},
      {"PCG iteration, Jacobi",
       {1, 0, 4, 2, 0.0, 0, false},
       [](Problem& p) { p.iterate(Problem::iterations_per_call); },
       Problem::iterations_per_call},
      {"PCG iteration, p-multigrid",
       {1, 6, 4, 2, 0.0, 0, true},
       [](Problem& p) { p.iterate_with_multigrid(multigrid_iterations); },
       multigrid_iterations},
  };
  return all;
}

/// Seconds of each kernel on a problem of `dofs`.
std::vector<double> times(double dofs, MPI_Comm comm) {
  Problem problem(dofs, spec::TangentForm::reduced, comm);
  std::vector<double> found;
  for (const Kernel& kernel : kernels()) found.push_back(fastest([&] { kernel.run(problem); }) / kernel.steps);
  for (double& time : found) time /= problem.dofs();
  return found;
}

struct Row {
  std::string kernel, kind;
  double dofs, one, predicted, measured;  ///< s; `one`: the whole problem on one rank of those at work
};

/// A problem of `dofs` on all ranks; what it takes per DoF in parts of that size is measured first.
void scale(const std::string& kind, double dofs, int ranks, const Network& network, std::vector<Row>& rows) {
  const std::vector<double> alone = times(dofs / ranks, MPI_COMM_SELF), together = times(dofs, MPI_COMM_WORLD);
  const double side = 1.0 + 2.0 * std::round(0.5 * (std::cbrt(dofs / 3.0) - 1.0)), real = 3.0 * side * side * side;
  for (std::size_t k = 0; k < kernels().size(); ++k) {
    Worker worker;
    worker.operator_rate = 1.0 / alone[k];
    worker.stream_rate = worker.smoother_rate = worker.coarse_rate = 1e300;
    const Cost predicted = cost(kernels()[k].iteration, worker, network, {side, side, side}, ranks, 0.0);
    rows.push_back({kernels()[k].name, kind, real, alone[k] * real, predicted.total(), together[k] * real});
  }
}

void print(const std::vector<Row>& rows, const Network& network, int ranks) {
  fmt::print("{} rank{}: latency {:.2f} us, {:.1f} GB/s each way, sum over ranks {:.2f} us\n\n", ranks,
             ranks > 1 ? "s" : "", 1e6 * network.latency, network.bandwidth / 1e9, 1e6 * network.sum_latency);
  fmt::print("| {:<26} | {:<6} | {:>7} | {:>16} | {:>13} | {:>12} | {:>20} |\n", "", "", "kDoF", "one rank, ms",
             "predicted, ms", "measured, ms", "measured / predicted");
  fmt::print("| --- | --- | --- | --- | --- | --- | --- |\n");
  for (const Row& r : rows)
    fmt::print("| {:<26} | {:<6} | {:>7.0f} | {:>16.3f} | {:>13.3f} | {:>12.3f} | {:>20.2f} |\n", r.kernel, r.kind,
               r.dofs / 1e3, 1e3 * r.one, 1e3 * r.predicted, 1e3 * r.measured, r.measured / r.predicted);
}

void write(const std::string& file, const std::vector<Row>& rows, const Network& network, int ranks) {
  std::ofstream out(file);
  out << fmt::format("{{\n  \"ranks\": {},\n  \"latency_s\": {:.4g},\n  \"bandwidth_bytes_per_s\": {:.4g},\n", ranks,
                     network.latency, network.bandwidth)
      << fmt::format("  \"sum_latency_s\": {:.4g},\n  \"rows\": [\n", network.sum_latency);
  for (std::size_t i = 0; i < rows.size(); ++i)
    out << fmt::format("    {{\"kernel\": \"{}\", \"kind\": \"{}\", \"dofs\": {:.0f}, \"one_rank_s\": {:.4g}, ",
                       rows[i].kernel, rows[i].kind, rows[i].dofs, rows[i].one)
        << fmt::format("\"predicted_s\": {:.4g}, \"measured_s\": {:.4g}}}{}\n", rows[i].predicted, rows[i].measured,
                       i + 1 < rows.size() ? "," : "");
  out << "  ]\n}\n";
}

}  // namespace

int run_scaling(int argc, char** argv) {
  int rank, ranks;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  double dofs = 1e5;
  std::string json;
  CLI::App app("Scaling on the ranks at hand, and what the model predicts");
  app.add_option("--dofs", dofs, "unknowns: of all ranks in strong scaling, of each in weak scaling");
  app.add_option("--json", json, "file for the figures");
  CLI11_PARSE(app, argc, argv);
  const Network network = measure_network(ranks);
  std::vector<Row> rows;
  scale("strong", dofs, ranks, network, rows);
  scale("weak", dofs * ranks, ranks, network, rows);
  if (rank != 0) return 0;
  print(rows, network, ranks);
  if (!json.empty()) write(json, rows, network, ranks);
  return 0;
}

}  // namespace tautband::performance

int main(int argc, char** argv) {
  MPI_Init(&argc, &argv);
  Kokkos::initialize(argc, argv);
  const int status = tautband::performance::run_scaling(argc, argv);
  Kokkos::finalize();
  MPI_Finalize();
  return status;
}
