// A delay of any length for a vector of signals: a ring buffer on a uniform grid of times, read by linear
// interpolation.
#pragma once

#include "base/views.hpp"

#include <cmath>
#include <string>

namespace tautband {

/// Remembers each signal at the times origin + k step of the last `slots` grid points k <= newest.
/// A plain handle: kernels capture it by value, copies share the buffer. Nothing is allocated after construction.
class DelayLine {
 public:
  DelayLine() = default;
  /// Room for delays up to `longest_delay` (s, >= 0) on a grid of `step` s; every signal has been 0 for ever before
  /// `start` (s).
  DelayLine(const std::string& label, int signals, double step, double longest_delay, double start)
      : step_(step),
        origin_(start),
        slots_(static_cast<std::int64_t>(std::ceil(longest_delay / step * (1.0 - 1e-12))) + 2),
        values_(label, static_cast<std::size_t>(slots_), static_cast<std::size_t>(signals)) {}

  /// (slot, signal)
  const View2<double>& values() const { return values_; }
  KOKKOS_INLINE_FUNCTION int signals() const { return static_cast<int>(values_.extent(1)); }
  KOKKOS_INLINE_FUNCTION std::int64_t slots() const { return slots_; }
  KOKKOS_INLINE_FUNCTION std::int64_t newest() const { return newest_; }
  KOKKOS_INLINE_FUNCTION double time(std::int64_t k) const { return origin_ + static_cast<double>(k) * step_; }

  /// Last grid point not after `time`; a point missed by less than 1e-9 steps counts.
  KOKKOS_INLINE_FUNCTION std::int64_t last_before(double time) const {
    return static_cast<std::int64_t>(::floor((time - origin_) / step_ + 1e-9));
  }

  /// Stores a signal at grid point k > newest - slots. Readers see it after extend_to(k).
  KOKKOS_INLINE_FUNCTION void store(std::int64_t k, int signal, double value) const {
    values_(slot(k), signal) = value;
  }

  /// Grid points up to k have been stored.
  KOKKOS_INLINE_FUNCTION void extend_to(std::int64_t k) { newest_ = k; }

  /// The signal at `time` (s), linear between grid points; the oldest or newest value outside of what is remembered.
  KOKKOS_INLINE_FUNCTION double at(double time, int signal) const {
    const std::int64_t oldest = newest_ - slots_ + 1;
    double position = (time - origin_) / step_;
    position = position < static_cast<double>(oldest) ? static_cast<double>(oldest) : position;
    position = position > static_cast<double>(newest_) ? static_cast<double>(newest_) : position;
    const std::int64_t low = static_cast<std::int64_t>(::floor(position));
    const std::int64_t high = low < newest_ ? low + 1 : newest_;
    const double share = position - static_cast<double>(low);
    return (1.0 - share) * values_(slot(low), signal) + share * values_(slot(high), signal);
  }

 private:
  KOKKOS_INLINE_FUNCTION std::int64_t slot(std::int64_t k) const { return ((k % slots_) + slots_) % slots_; }

  double step_ = 1.0, origin_ = 0.0;
  std::int64_t slots_ = 0, newest_ = 0;
  View2<double> values_;
};

}  // namespace tautband
