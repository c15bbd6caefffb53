#include "post/sensitivity.hpp"

#include "post/errors.hpp"
#include "post/sensitivity_methods.hpp"
#include "solver/math/design_layout.hpp"

#include <fmt/format.h>

#include <cmath>

namespace tautband::post {
namespace {

/// What the design of a table allows.
struct Approach {
  SensitivityMethod method;
  size_t rows_per_sample;
  size_t fewest_samples;  ///< below them an interval says nothing
  const char* samples;    ///< what they are called
};

Approach approach_to(const SweepTable& table) {
  const size_t k = table.parameters.size();
  if (table.design == "saltelli")
    return {SensitivityMethod::sobol_indices, SaltelliLayout{k, table.second_order}.rows_per_sample(), 8,
            "base samples"};
  if (table.design == "morris")
    return {SensitivityMethod::elementary_effects, MorrisLayout{k}.rows_per_trajectory(), 4, "trajectories"};
  return {SensitivityMethod::rank_regression, 1, 2 * (k + 1), "rows"};
}

/// First rows of the samples in which every row has the output.
std::vector<size_t> complete_samples(const SweepTable& table, const SweepOutput& output, size_t rows_per_sample) {
  std::vector<size_t> complete;
  for (size_t first = 0; first < table.n_rows(); first += rows_per_sample) {
    size_t usable = 0;
    while (usable < rows_per_sample && table.has(output, first + usable)) ++usable;
    if (usable == rows_per_sample) complete.push_back(first);
  }
  return complete;
}

/// Values that were drawn independently: of a Saltelli sample A and B, of a trajectory all, which do not spread it
/// much.
std::vector<double> drawn_values(const CompleteSamples& samples, const Approach& approach) {
  std::vector<double> values;
  for (const size_t first : samples.first_rows)
    for (size_t row = 0; row < approach.rows_per_sample; ++row)
      if (approach.method != SensitivityMethod::sobol_indices || row == 0 || row + 1 == approach.rows_per_sample)
        values.push_back(samples.output.values[first + row]);
  return values;
}

void describe(const std::vector<double>& values, OutputSensitivity& result) {
  double square = 0.0;
  for (const double value : values) result.mean += value / static_cast<double>(values.size());
  for (const double value : values) square += (value - result.mean) * (value - result.mean);
  result.deviation = std::sqrt(square / static_cast<double>(values.size()));
}

OutputSensitivity analyse_output(const SweepTable& table, size_t index, const Approach& approach,
                                 const Bootstrap& bootstrap) {
  const SweepOutput& output = table.outputs[index];
  const CompleteSamples samples{table, output, complete_samples(table, output, approach.rows_per_sample)};
  OutputSensitivity result;
  result.output = index;
  result.used = samples.first_rows.size();
  result.dropped = table.n_rows() / approach.rows_per_sample - result.used;
  if (result.used < approach.fewest_samples)
    throw FileError(fmt::format("{}: output {} has {} complete {} of {}; at least {} are needed", table.file,
                                output.name, result.used, approach.samples, result.used + result.dropped,
                                approach.fewest_samples));
  const std::vector<double> values = drawn_values(samples, approach);
  describe(values, result);
  result.constant = !vary(values);
  if (result.constant) return result;
  switch (approach.method) {
    case SensitivityMethod::sobol_indices:
      add_sobol_indices(samples, bootstrap, result);
      break;
    case SensitivityMethod::elementary_effects:
      add_elementary_effects(samples, bootstrap, result);
      break;
    case SensitivityMethod::rank_regression:
      add_rank_regression(samples, bootstrap, result);
      break;
  }
  return result;
}

}  // namespace

Sensitivity analyse_sensitivity(const SweepTable& table, const std::vector<size_t>& outputs,
                                const Bootstrap& bootstrap) {
  const Approach approach = approach_to(table);
  Sensitivity sensitivity{approach.method, approach.samples, {}};
  for (const size_t output : outputs) sensitivity.outputs.push_back(analyse_output(table, output, approach, bootstrap));
  return sensitivity;
}

}  // namespace tautband::post
