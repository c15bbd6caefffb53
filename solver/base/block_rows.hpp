// An assembled matrix of 3x3 blocks on the nodes of a rank.
#pragma once

#include "base/views.hpp"

namespace tautband {

/// Compressed rows on owned and shared nodes; what a rank holds of a shared node is a partial sum.
struct BlockRows {
  View1<Index> first;   ///< (node + 1): first block of a row
  View1<Index> column;  ///< (block): node, ascending in a row
  View1<double> value;  ///< (block, 3, 3), row-major
  Index n_rows() const { return static_cast<Index>(first.extent(0)) - 1; }
};

}  // namespace tautband
