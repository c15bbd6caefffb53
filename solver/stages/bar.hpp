// A bar of one region's law at a point: fibres along it, no stress across it. What a single element would do between
// rollers, without a mesh.
#pragma once

#include "spec/case.hpp"

#include <memory>

namespace tautband {

/// What the bar is like at one instant. Stresses in Pa, positive in tension.
struct BarState {
  double stretch = 1.0;           ///< of the fibre, contracture included
  double rate = 0.0;              ///< of that stretch over the last step, 1/s
  double lateral_stretch = 1.0;   ///< of both directions across
  double volume_ratio = 1.0;      ///< det F
  double activation = 0.0;        ///< what the law saw: drive and region together, at most 1
  double stress = 0.0;            ///< Cauchy stress along the bar
  double nominal_stress = 0.0;    ///< force per reference area
  double fibre_stress = 0.0;      ///< Cauchy stress of the fibre part; 0 for laws without fibres
  double lateral_pressure = 0.0;  ///< minus the Cauchy stress across, of which the equilibrium is solved
};

class Bar {
 public:
  virtual ~Bar() = default;
  /// Stretches the bar to `stretch` at `time` (s, for the curves of the region). `activation`: of the drive, 0..1; the
  /// region's own is added. `dt`: s since the last state; 0 = no rates, as at the begin of a trial. Throws RunError
  /// with time, stretch and residual when no lateral stretch is in equilibrium, or a stress is not a number.
  virtual const BarState& stretch_to(double stretch, double activation, double time, double dt) = 0;
  /// Back to rest, before another trial.
  virtual void reset() = 0;
};

/// Keeps references to both. Throws CaseError for a parameter that is an array of a mesh.
std::unique_ptr<Bar> make_bar(const spec::Region& region, const spec::Case& values, spec::BarVolume volume);

}  // namespace tautband
