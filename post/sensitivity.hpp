// How much each parameter of a sweep matters to its outputs, by the method that its design allows.
#pragma once

#include "post/sensitivity_bootstrap.hpp"
#include "post/sweep_table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tautband::post {

/// One number for each parameter.
struct Measure {
  std::string key, label;  ///< "first_order", "first order"
  std::vector<Estimate> of;
};

/// What two parameters do together beyond what each does alone.
struct Interaction {
  size_t one, other;
  Estimate estimate;
};

struct OutputSensitivity {
  size_t output = 0;
  size_t used = 0, dropped = 0;  ///< samples; dropped for a row that failed or has no value
  bool constant = false;         ///< the output does not vary, and nothing below is known
  double mean = 0.0, deviation = 0.0;
  std::vector<Measure> measures;
  std::vector<Interaction> interactions;
  std::optional<double> explained;  ///< rank regression: R^2 of the ranks
};

enum class SensitivityMethod { sobol_indices, elementary_effects, rank_regression };

struct Sensitivity {
  SensitivityMethod method;
  std::string samples;  ///< what they are called: base samples, trajectories or rows
  std::vector<OutputSensitivity> outputs;
};

/// Saltelli designs give Sobol' indices, Morris designs elementary effects, all others standardised rank regression
/// coefficients. Throws FileError when too few samples are complete.
Sensitivity analyse_sensitivity(const SweepTable& table, const std::vector<size_t>& outputs,
                                const Bootstrap& bootstrap);

}  // namespace tautband::post
