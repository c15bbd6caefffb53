// The walk over everything that a run must remember to go on after it was stopped. Every owner of state names its parts
// in a function archive(StateArchive&), and the same walk saves them and brings them back.
#pragma once

#include "base/delay_line.hpp"
#include "base/views.hpp"

#include <span>
#include <string>
#include <type_traits>

namespace tautband {

/// Every member is collective, with the same names in the same order on all ranks. Names are unique and without "/".
class StateArchive {
 public:
  virtual ~StateArchive() = default;

  /// Numbers that are the same on every rank.
  virtual void numbers(const std::string& name, std::span<double> values) = 0;
  /// (node) or (node, component) of the owned nodes; restoring fills the shared ones as well.
  virtual void nodes(const std::string& name, const View1<double>& values) = 0;
  virtual void nodes(const std::string& name, const NodeVector& values) = 0;
  /// (batch, point, lane) or (batch, point, component, lane).
  virtual void points(const std::string& name, const PointField& values) = 0;
  virtual void points(const std::string& name, const PointArray& values) = 0;

  /// One number; integers and truth values lose nothing below 2^53.
  template <class T> void number(const std::string& name, T& value) {
    static_assert(std::is_arithmetic_v<T>);
    double as_real = static_cast<double>(value);
    numbers(name, {&as_real, 1});
    value = static_cast<T>(as_real);
  }

  /// A view of any rank that is the same on every rank of the run.
  template <class View> void replicated(const std::string& name, const View& values) {
    const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), values);
    numbers(name, {host.data(), host.size()});
    Kokkos::deep_copy(values, host);
  }

  void line(const std::string& name, DelayLine& line) {
    std::int64_t newest = line.newest();
    number(name + "_newest", newest);
    line.extend_to(newest);
    replicated(name, line.values());
  }
};

}  // namespace tautband
