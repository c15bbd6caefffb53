#include "performance/benchmarks.hpp"

#include "base/error.hpp"
#include "performance/problem.hpp"
#include "performance/timing.hpp"
#include "performance/work.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace tautband::performance {

namespace {

/// Per degree of freedom and call.
struct Work {
  double bytes, flops;
};

struct Kernel {
  const char* name;
  spec::TangentForm form;
  double cost;  ///< of a call, in operator applications
  std::function<void(Problem&)> run;
  std::function<Work(const Problem&, const ElementFlops&)> work;
  int steps = 1;  ///< of what is named in a call
  int unknowns_per_node = 3;
  double most_dofs = 1e300;  ///< more do not fit the memory of a small machine
};

constexpr int multigrid_iterations = 4;  // of a call
constexpr spec::TangentForm reduced = spec::TangentForm::reduced, full = spec::TangentForm::full;

Work per_dof(const Problem& p, double element_bytes, double element_flops, double vectors) {
  const double elements = p.elements() / p.dofs();
  return {element_bytes * elements + vectors, element_flops * elements};
}

Work apply_work(const Problem& p, const ElementFlops& f) {
  return per_dof(p, element_bytes::apply(p.reduced()), p.reduced() ? f.apply_reduced : f.apply_full, vector_bytes);
}

/// One iteration: the operator, five dots or updates of two flops, block Jacobi of 6; x, r, p are read and written, y
/// and z come from cache at best and count as written once, the 3x3 blocks take 24 bytes.
Work iteration_work(const Problem& p, const ElementFlops& f) {
  const Work apply = apply_work(p, f);
  return {apply.bytes + (3 * 2 + 2 * 2 + 3) * sizeof(double), apply.flops + 5 * 2 + 6};
}

/// The operator in single precision: half the bytes, indices apart.
Work single_work(const Problem& p, const ElementFlops& f) {
  const double bytes = 0.5 * (element_bytes::apply(true) - element_bytes::nodes) + element_bytes::nodes;
  return per_dof(p, bytes, f.apply_reduced, 0.5 * vector_bytes);
}

/// With multigrid: 2 + 3 steps of Chebyshev and a residual, each a product in single precision and, besides x, y of
/// that product, d read and written, b read, x and y written, 6 numbers of a block and 2 x 3 flops; what is coarse is
/// left out.
Work multigrid_work(const Problem& p, const ElementFlops& f) {
  constexpr double products = 6;
  const Work iteration = iteration_work(p, f), single = single_work(p, f);
  return {iteration.bytes + products * (single.bytes + (2 + 1 + 2 + 2 + 2) * sizeof(float)),
          iteration.flops + products * (single.flops + 6 + 4)};
}

Work matrix_work(const Problem& p, const ElementFlops&) {
  const double here = 3.0 * p.local.n_nodes;
  return {p.matrix_bytes() / here + vector_bytes, 18.0 * p.matrix_blocks() / here};
}

Work row_matrix_work(const Problem& p, const ElementFlops&) {
  const double here = 3.0 * p.local.n_nodes;
  return {p.row_matrix_bytes() / here + vector_bytes, 18.0 * p.matrix_blocks() / here};
}

Work no_work(const Problem&, const ElementFlops&) { return {}; }

/// Per node.
Work diffusion_work(const Problem& p, const ElementFlops& f) {
  const double elements = 3.0 * p.elements() / p.dofs();
  return {element_bytes::diffuse * elements + vector_bytes + sizeof(double), f.diffuse * elements};
}

const std::vector<Kernel>& kernels() {
  static const std::vector<Kernel> all{
      {"operator/hex27/tautband", reduced, 1, [](Problem& p) { p.apply(); }, apply_work},
      {"bsr3/hex27", reduced, 5, [](Problem& p) { p.multiply(); }, matrix_work},
      {"csr/hex27", reduced, 8, [](Problem& p) { p.multiply_rows(); }, row_matrix_work, 1, 3, 1e6},
      {"residual/hex27/tautband", reduced, 5, [](Problem& p) { p.residual(); },
       [](const Problem& p, const ElementFlops& f) {
         return per_dof(p, element_bytes::law, f.residual, vector_bytes);
       }},
      {"linearise/hex27/tautband", reduced, 5, [](Problem& p) { p.linearise(); },
       [](const Problem& p, const ElementFlops& f) {
         return per_dof(p, element_bytes::linearise(true), f.linearise, sizeof(double));
       }},
      {"diagonal/hex27/tautband", reduced, 20, [](Problem& p) { p.diagonal(); },
       [](const Problem& p, const ElementFlops& f) {
         return per_dof(p, element_bytes::apply(true), f.diagonal, 2 * 3 * sizeof(double));
       }},
      {"pcg_iteration/hex27/tautband", reduced, 15, [](Problem& p) { p.iterate(Problem::iterations_per_call); },
       iteration_work, Problem::iterations_per_call},
      {"operator_single/hex27/tautband", reduced, 0.5, [](Problem& p) { p.apply_single(); }, single_work},
      {"multigrid_set_up/hex27/tautband", reduced, 200, [](Problem& p) { p.set_up_multigrid(); }, no_work},
      {"multigrid_pcg_iteration/hex27/tautband", reduced, 50,
       [](Problem& p) { p.iterate_with_multigrid(multigrid_iterations); }, multigrid_work, multigrid_iterations},
      {"diffusion/hex27", reduced, 0.3, [](Problem& p) { p.diffuse(); }, diffusion_work, 1, 1},
      {"oxygen_step/hex27", reduced, 4, [](Problem& p) { p.spread_oxygen(); }, no_work, 1, 1},
      {"operator_full/hex27/tautband", full, 1, [](Problem& p) { p.apply(); }, apply_work},
  };
  return all;
}

/// The problem of the running benchmark: neighbours in the list share it, and no two lie in memory at once.
std::unique_ptr<Problem>& current() {
  static std::unique_ptr<Problem> problem;
  return problem;
}

Problem& problem_of(double dofs, spec::TangentForm form) {
  static double current_dofs = 0.0;
  std::unique_ptr<Problem>& problem = current();
  if (!problem || current_dofs != dofs || problem->reduced() != (form == reduced)) {
    problem.reset();
    problem = std::make_unique<Problem>(dofs, form);
    current_dofs = dofs;
  }
  return *problem;
}

void run(benchmark::State& state, const Kernel& kernel, double dofs, const MachineLimits& limits,
         const ElementFlops& flops) {
  try {
    Problem& problem = problem_of(dofs, kernel.form);
    kernel.run(problem);
    double best = 1e300;
    for (auto _ : state) {
      const double time = seconds(problem.local.comm, [&] { kernel.run(problem); }) / kernel.steps;
      state.SetIterationTime(time);
      best = std::min(best, time);
    }
    const Work work = kernel.work(problem, flops);
    const double rate = problem.dofs() / 3.0 * kernel.unknowns_per_node / best;
    const double flop_bound = work.flops > 0.0 ? limits.flops_per_s / work.flops : 1e300;
    const double bound = std::min(work.bytes > 0.0 ? limits.bytes_per_s / work.bytes : 1e300, flop_bound);
    state.counters["dof_per_s"] = rate;
    state.counters["bytes_per_dof"] = work.bytes;
    state.counters["flops_per_dof"] = work.flops;
    state.counters["bound_fraction"] = bound < 1e300 ? rate / bound : 0.0;
  } catch (const Error& error) {
    state.SkipWithError(error.what());
  }
}

/// Unknowns of the block made for about `dofs`.
double real_dofs(double dofs) {
  const double n = std::max(1.0, std::round(0.5 * (std::cbrt(dofs / 3.0) - 1.0)));
  return 3.0 * std::pow(2.0 * n + 1.0, 3.0);
}

}  // namespace

void register_benchmarks(const std::vector<double>& sizes, const MachineLimits& limits) {
  const ElementFlops flops = count_flops();
  for (double dofs : sizes)
    for (const Kernel& kernel : kernels()) {
      if (dofs > kernel.most_dofs) continue;
      // the same number on every rank: about two seconds of calls at 30 MDoF/s, few for a problem that only tests
      const double calls = std::clamp(std::min(6e7 / dofs, dofs / 100.0) / kernel.cost, 2.0, 1000.0);
      const std::string name = fmt::format("{}/{:.0f}", kernel.name, real_dofs(dofs));
      benchmark::RegisterBenchmark(
          name.c_str(),
          [&kernel, dofs, limits, flops](benchmark::State& state) { run(state, kernel, dofs, limits, flops); })
          ->UseManualTime()
          ->Iterations(static_cast<benchmark::IterationCount>(calls))
          ->Unit(benchmark::kMillisecond);
    }
}

void release_problems() { current().reset(); }

}  // namespace tautband::performance
