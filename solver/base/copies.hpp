// Copies between std::vector on the host and one-dimensional Views.
#pragma once

#include "base/views.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace tautband {

template <class T> View1<T> to_device(const std::string& label, const std::vector<T>& values) {
  View1<T> view(label, values.size());
  const auto host = Kokkos::create_mirror_view(view);
  std::copy(values.begin(), values.end(), host.data());
  Kokkos::deep_copy(view, host);
  return view;
}

template <class T> std::vector<T> to_host(const View1<T>& view) {
  const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), view);
  return {host.data(), host.data() + host.extent(0)};
}

}  // namespace tautband
