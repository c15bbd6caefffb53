// A motor pool whose axons are all stimulated at once, as by an electrode on the nerve: activation from its twitches.
//   a(t) = min{1, sum_i g_i P_i sum_j s exp(1 - s) / sum_i strength_i},   s = (t - t_j) / T_i > 0
// with laws/fuglevand1993.hpp's P_i, T_i, gain g_i at the stimulus rate, and strength_i: the mean force at the peak
// rate of voluntary firing. So 1 is the pool's strongest voluntary contraction.
#pragma once

#include "laws/fuglevand1993.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace tautband {

class StimulatedPool {
 public:
  /// Stimuli at start, start + 1/rate ... before start + duration (s, 1/s); a duration of 0 is one stimulus.
  StimulatedPool(const Fuglevand1993& pool, double start, double rate, double duration)
      : pool_(pool), start_(start), interval_(1.0 / rate), duration_(duration) {
    const bool train = duration > interval_;
    for (int i = 0; i < pool.units; ++i) {
      strength_ += pool.strength(i);
      gain_.push_back(train ? Fuglevand1993::summation_gain(pool.contraction_time(i) * rate) : 1.0);
    }
  }

  /// 0..1 at time t, s.
  double activation(double t) const {
    const double since = t - start_;
    if (since <= 0.0) return 0.0;
    double force = 0.0;
    for (int i = 0; i < pool_.units; ++i) force += gain_[i] * summed(i, since);
    return std::min(force / strength_, 1.0);
  }

 private:
  /// Twitches of unit i, `since` the first stimulus. One older than 60 contraction times is below 1e-23 of its peak.
  double summed(int i, double since) const {
    const double oldest = since - 60.0 * pool_.contraction_time(i);
    double force = 0.0;
    for (double j = std::max(0.0, std::floor(oldest / interval_)); j * interval_ < since; ++j) {
      if (j > 0.0 && j * interval_ >= duration_ * (1.0 - 1e-12)) break;
      force += pool_.twitch(i, since - j * interval_);
    }
    return force;
  }

  Fuglevand1993 pool_;
  double start_, interval_, duration_;
  double strength_ = 0.0;
  std::vector<double> gain_;
};

}  // namespace tautband
