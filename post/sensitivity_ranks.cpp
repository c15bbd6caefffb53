// Standardised rank regression of any design.
#include "post/errors.hpp"
#include "post/sensitivity_methods.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tautband::post {
namespace {

constexpr double least_pivot = 1e-9;  // part of a parameter's variance that those before it must leave

/// Ranks from 0 on, equal values share the mean of theirs; scaled to mean 0 and variance 1.
std::vector<double> standard_ranks(const std::vector<double>& values) {
  const size_t n = values.size();
  std::vector<size_t> order(n);
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(n);
  double square = 0.0;
  for (size_t begin = 0, end = 0; begin < n; begin = end) {
    while (end < n && values[order[end]] == values[order[begin]]) ++end;
    const double rank = 0.5 * static_cast<double>(begin + end - 1) - 0.5 * static_cast<double>(n - 1);
    for (size_t i = begin; i < end; ++i) ranks[order[i]] = rank;
    square += rank * rank * static_cast<double>(end - begin) / static_cast<double>(n);
  }
  for (double& rank : ranks) rank /= std::sqrt(square);
  return ranks;
}

/// Values of a sample and the products of any two of them, (i, j) with j <= i.
std::vector<double> terms_of(const std::vector<std::vector<double>>& columns, size_t row) {
  std::vector<double> terms;
  for (const std::vector<double>& column : columns) terms.push_back(column[row]);
  for (size_t i = 0; i < columns.size(); ++i)
    for (size_t j = 0; j <= i; ++j) terms.push_back(columns[i][row] * columns[j][row]);
  return terms;
}

/// Correlations of n columns from the means of their terms, lower triangle by rows.
std::vector<double> correlations(const std::vector<double>& means, size_t n) {
  const auto covariance = [&](size_t i, size_t j) { return means[n + i * (i + 1) / 2 + j] - means[i] * means[j]; };
  std::vector<double> all;
  for (size_t i = 0; i < n; ++i)
    for (size_t j = 0; j <= i; ++j) all.push_back(covariance(i, j) / std::sqrt(covariance(i, i) * covariance(j, j)));
  return all;
}

/// Cholesky's factor of the first n columns in place; returns the column that depends on those before it, else n.
size_t factorise(std::vector<double>& lower, size_t n) {
  const auto at = [&](size_t i, size_t j) -> double& { return lower[i * (i + 1) / 2 + j]; };
  for (size_t i = 0; i < n; ++i)
    for (size_t j = 0; j <= i; ++j) {
      double rest = at(i, j);
      for (size_t m = 0; m < j; ++m) rest -= at(i, m) * at(j, m);
      if (i == j && !(rest > least_pivot)) return i;
      at(i, j) = i == j ? std::sqrt(rest) : rest / at(j, j);
    }
  return n;
}

/// Coefficients of the last of k + 1 columns on the k others, and R^2; NaN where they are not determined.
std::vector<double> regression(const std::vector<double>& means, size_t k) {
  std::vector<double> lower = correlations(means, k + 1);
  const std::vector<double> with_output(lower.end() - static_cast<std::ptrdiff_t>(k + 1), lower.end() - 1);
  std::vector<double> result(k + 1, NAN);
  if (factorise(lower, k) < k) return result;
  const auto at = [&](size_t i, size_t j) { return lower[i * (i + 1) / 2 + j]; };
  std::vector<double> x = with_output;
  for (size_t i = 0; i < k; ++i) {
    for (size_t j = 0; j < i; ++j) x[i] -= at(i, j) * x[j];
    x[i] /= at(i, i);
  }
  result[k] = std::inner_product(x.begin(), x.end(), x.begin(), 0.0);
  for (size_t i = k; i-- > 0;) {
    for (size_t j = i + 1; j < k; ++j) x[i] -= at(j, i) * x[j];
    x[i] /= at(i, i);
    result[i] = x[i];
  }
  return result;
}

std::vector<double> values_of(const std::vector<double>& column, const std::vector<size_t>& rows) {
  std::vector<double> values;
  for (const size_t row : rows) values.push_back(column[row]);
  return values;
}

void require_independent(const CompleteSamples& samples, const std::vector<size_t>& varying, const SampleTerms& terms) {
  std::vector<double> means(terms.front().size(), 0.0);
  for (const std::vector<double>& sample : terms)
    for (size_t t = 0; t < means.size(); ++t) means[t] += sample[t] / static_cast<double>(terms.size());
  std::vector<double> lower = correlations(means, varying.size() + 1);
  const size_t dependent = factorise(lower, varying.size());
  if (dependent < varying.size())
    throw FileError(
        fmt::format("{}: the ranks of parameter {} follow from those of the parameters before it, so their "
                    "influences cannot be told apart",
                    samples.table.file, samples.table.parameters[varying[dependent]].name));
}

}  // namespace

void add_rank_regression(const CompleteSamples& samples, const Bootstrap& bootstrap, OutputSensitivity& result) {
  const std::vector<SweepParameter>& parameters = samples.table.parameters;
  std::vector<size_t> varying;
  std::vector<std::vector<double>> columns;
  for (size_t i = 0; i < parameters.size(); ++i) {
    const std::vector<double> values = values_of(parameters[i].values, samples.first_rows);
    if (!vary(values)) continue;
    varying.push_back(i);
    columns.push_back(standard_ranks(values));
  }
  columns.push_back(standard_ranks(values_of(samples.output.values, samples.first_rows)));
  SampleTerms terms;
  for (size_t row = 0; row < samples.first_rows.size(); ++row) terms.push_back(terms_of(columns, row));
  require_independent(samples, varying, terms);
  const size_t k = varying.size();
  const std::vector<Estimate> all = estimate(
      terms, [&](const std::vector<double>& means) { return regression(means, k); }, bootstrap);
  std::vector<Estimate> coefficients(parameters.size(), Estimate{0.0, 0.0, 0.0});
  for (size_t v = 0; v < k; ++v) coefficients[varying[v]] = all[v];
  result.measures.push_back({"rank_coefficient", "rank coefficient", coefficients});
  result.explained = all[k].value;
}

}  // namespace tautband::post
