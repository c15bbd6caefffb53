// Sums over elements or faces at nodes, in an order that is the same in every run.
#pragma once

#include "base/views.hpp"

#include <cstddef>
#include <limits>
#include <vector>

namespace tautband {

/// Where a kernel adds its parts of an array (node, C) of T.
template <int C, class T = double> struct NodeTarget {
  T* node;
  T* slot;  ///< null: parts go to the nodes at once, by atomics

  /// Adds `part` to component c of `n`; slot s is that of this element or face and of this node of it.
  KOKKOS_INLINE_FUNCTION void add(Index n, Index s, int c, T part) const {
    if (slot)
      slot[(static_cast<std::ptrdiff_t>(s / lanes) * C + c) * lanes + s % lanes] += part;
    else
      Kokkos::atomic_add(node + static_cast<std::ptrdiff_t>(n) * C + c, part);
  }
};

/// Slots in which parts wait until those of each node are summed in ascending order. Without slots (the default) the
/// order is that in which threads arrive: the last bits differ from run to run on a device.
class OrderedSum {
 public:
  OrderedSum() = default;
  /// (slot): the node it leads to, -1 for a slot that nothing is put in.
  explicit OrderedSum(const std::vector<Index>& node_of_slot);

  /// Whether there are slots.
  bool ordered() const { return node_.extent(0) > 0; }

  /// For a kernel that adds to y, (node, C) with C at most 9.
  template <int C, class T> NodeTarget<C, T> target(T* y) const {
    static_assert(C <= most_components && sizeof(T) <= sizeof(double));
    return {y, reinterpret_cast<T*>(part_.data())};
  }
  /// After that kernel: adds the parts that wait in slots first .. first + count. Does nothing without slots.
  template <int C, class T> void finish(const NodeTarget<C, T>& target, Index first, Index count) const {
    finish(target.node, C, first, count);
  }
  /// The same for all slots.
  template <int C, class T> void finish(const NodeTarget<C, T>& target) const {
    finish(target.node, C, 0, std::numeric_limits<Index>::max());
  }

  /// y, (node, components): double or float.
  template <class T> void finish(T* y, int components, Index first, Index count) const;

 private:
  static constexpr int most_components = 9;

  View1<Index> node_;        ///< (i): nodes that slots lead to
  View1<Index> first_slot_;  ///< (i): slots of node i are slot_(first_slot_(i)) .. slot_(first_slot_(i + 1))
  View1<Index> slot_;        ///< ascending for each node
  View1<double> part_;       ///< memory of (slot / lanes, component, slot % lanes) in T; 0 where nothing waits
};

}  // namespace tautband
