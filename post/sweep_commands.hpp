// What tautband-post does with the table of a sweep: `sensitivity`, and `plot` of a sweep.
#pragma once

#include "post/sensitivity_bootstrap.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace tautband::post {

struct SweepArguments {
  std::vector<std::string> outputs;
  Bootstrap bootstrap;
  bool no_picture = false;
  std::string x, y;
  std::vector<std::string> at;
  bool parallel = false;

  /// One of the options that only sweeps have in `plot`.
  bool any_plot_option() const { return parallel || !(outputs.empty() && x.empty() && y.empty() && at.empty()); }
};

void add_sensitivity_options(CLI::App& command, SweepArguments& arguments);
void add_sweep_plot_options(CLI::App& command, SweepArguments& arguments);

/// Both read the table of `result`, write into `folder`, `width` pixels wide, and say on the terminal what they found
/// and wrote. `argv` is for require_display().
void sensitivity(const std::filesystem::path& result, const SweepArguments& arguments,
                 const std::filesystem::path& folder, int width, char** argv);
void plot_sweep(const std::filesystem::path& result, const SweepArguments& arguments,
                const std::filesystem::path& folder, int width, char** argv);

}  // namespace tautband::post
