// The trilinear space on the corners of the elements of a mesh: the coarse level of p-multigrid. On a mesh of Hex8 it
// is the space of the mesh itself.
#pragma once

#include "fem/halo.hpp"

namespace tautband {

/// Corners are numbered as their nodes are: owned ones first. A node's value is the mean of its 1, 2, 4 or 8 parents.
struct CornerSpace {
  Index n_corners = 0;  ///< owned and shared
  Index n_owned = 0;
  View1<GlobalIndex> global;  ///< (corner): number over all ranks; those of a rank's own corners are consecutive
  View1<Index> node;          ///< (corner): its node
  View2<Index> parents;       ///< (node, 8): corners whose mean is the node's value; -1 after the last
  View1<Index> first_child;   ///< (corner + 1): children are first_child(c) .. first_child(c + 1)
  View1<Index> child;         ///< owned nodes that depend on a corner
  View1<float> child_weight;  ///< 1, 1/2, 1/4 or 1/8
  Connectivity corners;       ///< (batch, corner in lexicographic order, lane)
  LocalMesh distribution;     ///< comm, numbers of nodes and global_node of the corners, for the halo
};

/// Collective.
CornerSpace make_corner_space(const LocalMesh& mesh);

/// coarse(corner, 3) := transpose of the interpolation of fine(node, 3); partial sums, the caller adds the halo.
void restrict_to_corners(const CornerSpace& space, const NodeVectorF& fine, const NodeVector& coarse);
/// fine += mask x interpolation of coarse. mask(node, 3): 1 free, 0 prescribed.
void add_from_corners(const CornerSpace& space, const NodeVector& coarse, const NodeVector& mask,
                      const NodeVectorF& fine);

}  // namespace tautband
