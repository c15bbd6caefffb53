#include "mesh/ordered_sum.hpp"

#include "base/copies.hpp"

#include <algorithm>
#include <numeric>

namespace tautband {

OrderedSum::OrderedSum(const std::vector<Index>& node_of_slot) {
  std::vector<Index> slots(node_of_slot.size()), nodes, first;
  std::iota(slots.begin(), slots.end(), 0);
  slots.erase(std::remove_if(slots.begin(), slots.end(), [&](Index s) { return node_of_slot[s] < 0; }), slots.end());
  std::stable_sort(slots.begin(), slots.end(), [&](Index a, Index b) { return node_of_slot[a] < node_of_slot[b]; });
  for (std::size_t k = 0; k < slots.size(); ++k)
    if (k == 0 || node_of_slot[slots[k]] != nodes.back()) {
      nodes.push_back(node_of_slot[slots[k]]);
      first.push_back(static_cast<Index>(k));
    }
  first.push_back(static_cast<Index>(slots.size()));
  node_ = to_device("tautband::ordered_node", nodes);
  first_slot_ = to_device("tautband::ordered_first_slot", first);
  slot_ = to_device("tautband::ordered_slot", slots);
  const std::size_t rows = (node_of_slot.size() + lanes - 1) / lanes;
  part_ = View1<double>("tautband::ordered_part", rows * most_components * lanes);
}

template <class T> void OrderedSum::finish(T* y, int components, Index first, Index count) const {
  const Index n = static_cast<Index>(node_.extent(0));
  if (n == 0) return;
  const auto node = node_, first_slot = first_slot_, slot = slot_;
  T* const part = reinterpret_cast<T*>(part_.data());
  Kokkos::parallel_for(
      "tautband::ordered_sum", Kokkos::RangePolicy<Execution>(0, n * components), KOKKOS_LAMBDA(const Index item) {
        const Index i = item / components;
        const int c = static_cast<int>(item - i * components);
        T& value = y[static_cast<std::ptrdiff_t>(node(i)) * components + c];
        T sum = value;
        for (Index k = first_slot(i); k < first_slot(i + 1); ++k) {
          const Index s = slot(k);
          if (s < first || s - first >= count) continue;
          T& waiting = part[(static_cast<std::ptrdiff_t>(s / lanes) * components + c) * lanes + s % lanes];
          sum += waiting;
          waiting = 0.0;
        }
        value = sum;
      });
}

template void OrderedSum::finish(double*, int, Index, Index) const;
template void OrderedSum::finish(float*, int, Index, Index) const;

}  // namespace tautband
