#include "app/run_report.hpp"

#include <fmt/format.h>
#include <cmath>

namespace tautband {

namespace {

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

}  // namespace

void print_outline(const Simulation& s, double bytes, int ranks) {
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

void print_check(const ReflexArc::Check& check) {
  if (check.count == 0) return;
  fmt::print("reflex   slow and fast form compared {} times, largest difference {:.2f} %{}\n", check.count,
             100.0 * check.largest_difference,
             check.largest_difference > 0.05 ? ": more than 5 %, see docs/model.md 13.3" : "");
}

}  // namespace tautband
