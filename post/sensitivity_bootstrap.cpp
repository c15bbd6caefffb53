#include "post/sensitivity_bootstrap.hpp"

#include "solver/base/counter_random.hpp"

#include <algorithm>
#include <cmath>

namespace tautband::post {
namespace {

/// Means of the terms over the samples that `sample_of(i)` names for each i.
template <class SampleOf> std::vector<double> means_of(const SampleTerms& terms, SampleOf sample_of) {
  std::vector<double> means(terms.front().size(), 0.0);
  for (size_t i = 0; i < terms.size(); ++i) {
    const std::vector<double>& sample = terms[sample_of(i)];
    for (size_t term = 0; term < means.size(); ++term) means[term] += sample[term];
  }
  for (double& mean : means) mean /= static_cast<double>(terms.size());
  return means;
}

/// The value below which `part` of the sorted values lie, interpolated.
double quantile(const std::vector<double>& sorted, double part) {
  const double place = part * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<size_t>(place);
  const size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

std::vector<Estimate> estimate(const SampleTerms& terms, const Statistic& statistic, const Bootstrap& bootstrap) {
  const size_t n = terms.size();
  const std::vector<double> values = statistic(means_of(terms, [](size_t i) { return i; }));
  std::vector<std::vector<double>> drawn(values.size());
  for (size_t resample = 0; resample < bootstrap.resamples; ++resample) {
    const auto sample_of = [&](size_t i) {
      return static_cast<size_t>(random_uniform(bootstrap.seed, resample * n + i) * static_cast<double>(n));
    };
    const std::vector<double> again = statistic(means_of(terms, sample_of));
    for (size_t v = 0; v < values.size(); ++v)
      if (std::isfinite(again[v])) drawn[v].push_back(again[v]);
  }
  const double tail = 0.5 * (1.0 - bootstrap.confidence);
  std::vector<Estimate> estimates;
  for (size_t v = 0; v < values.size(); ++v) {
    std::vector<double>& sorted = drawn[v];
    if (sorted.empty()) sorted.push_back(values[v]);
    std::sort(sorted.begin(), sorted.end());
    estimates.push_back({values[v], quantile(sorted, tail), quantile(sorted, 1.0 - tail)});
  }
  return estimates;
}

}  // namespace tautband::post
