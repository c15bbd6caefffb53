// Speed of the kernels on this machine, on any number of ranks: tautband_benchmarks [--dofs N,N...] [--large]
// [Google Benchmark's own options, for example --benchmark_filter=operator --benchmark_out=speed.json]
#include "performance/benchmarks.hpp"

#include <Kokkos_Core.hpp>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <sstream>
#include <string>

namespace {

/// Google Benchmark 1.8 renamed the mark of a failed run.
template <class Run> bool has_failed(const Run& run) {
  if constexpr (requires { run.error_occurred; })
    return run.error_occurred;
  else
    return static_cast<bool>(run.skipped);
}

/// Prints on rank 0 and remembers on every rank whether a benchmark failed.
class Reporter : public benchmark::ConsoleReporter {
 public:
  explicit Reporter(bool speaks) : benchmark::ConsoleReporter(OO_Tabular), speaks_(speaks) {}
  bool ReportContext(const Context& context) override { return !speaks_ || ConsoleReporter::ReportContext(context); }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) failed_ = failed_ || has_failed(run);
    if (speaks_) ConsoleReporter::ReportRuns(runs);
  }
  bool failed() const { return failed_; }

 private:
  bool speaks_, failed_ = false;
};

std::vector<double> numbers(const std::string& list) {
  std::vector<double> values;
  std::istringstream in(list);
  for (std::string item; std::getline(in, item, ',');) values.push_back(std::stod(item));
  return values;
}

/// Takes this program's options and, on ranks other than 0, the output file out of the arguments.
std::vector<double> take_sizes(std::vector<char*>& arguments, int rank) {
  std::vector<double> sizes{0.1e6, 0.6e6};
  std::vector<char*> rest;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string argument = arguments[i];
    if (argument == "--large")
      sizes.push_back(4e6);
    else if (argument == "--dofs" && i + 1 < arguments.size())
      sizes = numbers(arguments[++i]);
    else if (rank == 0 || argument.rfind("--benchmark_out", 0) != 0)
      rest.push_back(arguments[i]);
  }
  arguments = rest;
  return sizes;
}

}  // namespace

int main(int argc, char** argv) {
  MPI_Init(&argc, &argv);
  Kokkos::initialize(argc, argv);
  int rank, ranks;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  std::vector<char*> arguments(argv, argv + argc);
  const std::vector<double> sizes = take_sizes(arguments, rank);
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  const auto limits = tautband::performance::measure_machine(MPI_COMM_WORLD);
  benchmark::AddCustomContext("ranks", std::to_string(ranks));
  benchmark::AddCustomContext("triad_bytes_per_s", fmt::format("{:.4g}", limits.bytes_per_s));
  benchmark::AddCustomContext("multiply_add_flops_per_s", fmt::format("{:.4g}", limits.flops_per_s));
  Reporter reporter(rank == 0);
  tautband::performance::register_benchmarks(sizes, limits);
  benchmark::RunSpecifiedBenchmarks(&reporter);
  tautband::performance::release_problems();
  Kokkos::finalize();
  MPI_Finalize();
  return reporter.failed() ? 1 : 0;
}
