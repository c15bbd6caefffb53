// Values with bootstrap intervals: whatever is a function of means over samples.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace tautband::post {

struct Estimate {
  double value, low, high;
};

struct Bootstrap {
  size_t resamples = 1000;
  double confidence = 0.95;
  std::uint64_t seed = 1;
};

/// What each independent sample contributes: (sample, term).
using SampleTerms = std::vector<std::vector<double>>;

/// From the means of the terms to the estimated values; NaN where they are not defined.
using Statistic = std::function<std::vector<double>(const std::vector<double>& means)>;

/// The statistic of all samples, with percentile intervals from samples drawn with replacement. A resample where a
/// value is not defined does not count for it. Efron & Tibshirani 1993, An Introduction to the Bootstrap, section 13.3.
std::vector<Estimate> estimate(const SampleTerms& terms, const Statistic& statistic, const Bootstrap& bootstrap);

}  // namespace tautband::post
