// The energy crisis of the end plates at one instant.
#pragma once

#include "base/views.hpp"

namespace tautband {

/// Owned by chemistry; diffusion carries the nodal fields.
struct ChemistryState {
  PointField calcium;        ///< c, umol/L
  PointField energy;         ///< e, 0..1
  PointField acetylcholine;  ///< A
  PointField memory;         ///< D, 0..1
  PointField usual_stretch;  ///< fibre stretch that the fibres are used to; a stretch beyond it resets the memory
  View1<double> oxygen;      ///< (node): P, mmHg
  View1<double> acid;        ///< (node): H, pH units below 7.1
  View1<double> sensitiser;  ///< (node): S, 0..1
};

}  // namespace tautband
