// Elementary effects of a Morris design.
#include "post/errors.hpp"
#include "post/sensitivity_methods.hpp"
#include "solver/math/design_layout.hpp"

#include <fmt/format.h>

#include <cmath>

namespace tautband::post {
namespace {

/// Change of the output per whole range of each parameter, along the trajectory that begins at `first_row`.
std::vector<double> effects_along(const CompleteSamples& samples, size_t first_row) {
  const std::vector<SweepParameter>& parameters = samples.table.parameters;
  std::vector<double> effects(parameters.size(), NAN);
  for (size_t row = first_row; row < first_row + parameters.size(); ++row) {
    size_t moved = 0;
    for (size_t i = 0; i < parameters.size(); ++i) {
      const std::vector<double>& values = parameters[i].values;
      const double step = parameters[i].place(values[row + 1]) - parameters[i].place(values[row]);
      if (step == 0.0) continue;
      moved += std::isnan(effects[i]) ? 1 : parameters.size();  // twice the same parameter is no trajectory either
      effects[i] = (samples.output.values[row + 1] - samples.output.values[row]) / step;
    }
    if (moved != 1)
      throw FileError(
          fmt::format("{}: rows {} and {} are no step of a Morris trajectory, which moves one parameter "
                      "after the other",
                      samples.table.file, row, row + 1));
  }
  return effects;
}

/// (mean of the effects less `about`, their magnitude, the square of the first) of each parameter.
std::vector<double> terms_of(const std::vector<double>& effects, const std::vector<double>& about) {
  std::vector<double> terms;
  for (size_t i = 0; i < effects.size(); ++i) {
    const double rest = effects[i] - about[i];
    terms.insert(terms.end(), {rest, std::abs(effects[i]), rest * rest});
  }
  return terms;
}

/// mu*, sigma and mu of the parameters, one measure after the other.
std::vector<double> measures_of(const std::vector<double>& means, const std::vector<double>& about, size_t samples) {
  const size_t k = about.size();
  const double n = static_cast<double>(samples);
  std::vector<double> measures(3 * k);
  for (size_t i = 0; i < k; ++i) {
    const double rest = means[3 * i];
    measures[i] = means[3 * i + 1];
    measures[k + i] = std::sqrt(std::max(0.0, means[3 * i + 2] - rest * rest) * n / (n - 1.0));
    measures[2 * k + i] = about[i] + rest;
  }
  return measures;
}

}  // namespace

void add_elementary_effects(const CompleteSamples& samples, const Bootstrap& bootstrap, OutputSensitivity& result) {
  const size_t k = samples.table.parameters.size(), n = samples.first_rows.size();
  std::vector<std::vector<double>> effects;
  std::vector<double> about(k, 0.0);  // the mean: sigma loses no digits to it
  for (const size_t row : samples.first_rows) {
    effects.push_back(effects_along(samples, row));
    for (size_t i = 0; i < k; ++i) about[i] += effects.back()[i] / static_cast<double>(n);
  }
  SampleTerms terms;
  for (const std::vector<double>& each : effects) terms.push_back(terms_of(each, about));
  const std::vector<Estimate> all = estimate(
      terms, [&](const std::vector<double>& means) { return measures_of(means, about, n); }, bootstrap);
  const auto part = [&](size_t measure) {
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(measure * k);
    return std::vector<Estimate>(begin, begin + static_cast<std::ptrdiff_t>(k));
  };
  result.measures = {{"mu_star", "mu*", part(0)}, {"sigma", "sigma", part(1)}, {"mu", "mu", part(2)}};
}

}  // namespace tautband::post
