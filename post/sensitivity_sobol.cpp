// Sobol' indices of a Saltelli design.
#include "post/sensitivity_methods.hpp"
#include "solver/math/design_layout.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tautband::post {
namespace {

/// Places of the means among the terms of a sample: value and square, then one per parameter and per pair.
struct Terms {
  size_t factors;
  size_t first(size_t i) const { return 2 + i; }
  size_t total(size_t i) const { return 2 + factors + i; }
  size_t pairs() const { return 2 + 2 * factors; }
};

/// Outputs of the rows of one sample, less their mean over the table: the estimators lose fewer digits.
struct SampleValues {
  const CompleteSamples& samples;
  size_t first_row;
  double mean;
  double operator()(size_t row_in_sample) const { return samples.output.values[first_row + row_in_sample] - mean; }
};

std::vector<double> terms_of(const SampleValues& f, const SaltelliLayout& layout) {
  const size_t k = layout.factors;
  const double a = f(layout.a(0)), b = f(layout.b(0));
  const Terms place{k};
  std::vector<double> terms(place.pairs());
  terms[0] = 0.5 * (a + b);
  terms[1] = 0.5 * (a * a + b * b);
  for (size_t i = 0; i < k; ++i) {
    const double a_b = f(layout.a_b(0, i));
    terms[place.first(i)] = b * (a_b - a);
    terms[place.total(i)] = 0.5 * (a - a_b) * (a - a_b);
    if (!layout.second_order) continue;
    const double b_a = f(layout.b_a(0, i));
    terms[place.first(i)] = 0.5 * (terms[place.first(i)] + a * (b_a - b));
    terms[place.total(i)] = 0.5 * (terms[place.total(i)] + 0.5 * (b - b_a) * (b - b_a));
  }
  for (size_t i = 0; layout.second_order && i < k; ++i)
    for (size_t j = i + 1; j < k; ++j)
      terms.push_back(0.5 * (f(layout.b_a(0, i)) * f(layout.a_b(0, j)) + f(layout.a_b(0, i)) * f(layout.b_a(0, j))) -
                      a * b);
  return terms;
}

/// First order, total and second order from the means of the terms.
std::vector<double> indices_of(const std::vector<double>& means, const Terms& place) {
  const size_t k = place.factors;
  const double variance = means[1] - means[0] * means[0];
  std::vector<double> indices(means.begin() + 2, means.end());
  for (double& index : indices) index = variance > 0.0 ? index / variance : std::numeric_limits<double>::quiet_NaN();
  size_t pair = 2 * k;
  for (size_t i = 0; pair < indices.size() && i < k; ++i)
    for (size_t j = i + 1; j < k; ++j) indices[pair++] -= indices[i] + indices[j];
  return indices;
}

}  // namespace

void add_sobol_indices(const CompleteSamples& samples, const Bootstrap& bootstrap, OutputSensitivity& result) {
  const size_t k = samples.table.parameters.size();
  const SaltelliLayout layout{k, samples.table.second_order};
  SampleTerms terms;
  for (const size_t row : samples.first_rows) terms.push_back(terms_of({samples, row, result.mean}, layout));
  const std::vector<Estimate> all = estimate(
      terms, [&](const std::vector<double>& means) { return indices_of(means, Terms{k}); }, bootstrap);
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(k), end = middle + static_cast<std::ptrdiff_t>(k);
  result.measures.push_back({"first_order", "first order", {all.begin(), middle}});
  result.measures.push_back({"total", "total", {middle, end}});
  size_t pair = 2 * k;
  for (size_t i = 0; pair < all.size() && i < k; ++i)
    for (size_t j = i + 1; j < k; ++j) result.interactions.push_back({i, j, all[pair++]});
}

}  // namespace tautband::post
