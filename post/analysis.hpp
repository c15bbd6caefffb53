// Finds the contracture knot and the taut band of a result and measures them at every stored step.
//
// Knot: the largest connected part of the muscle's end-plate zone whose fibre stretch is below a threshold.
// Column: the fibres within the largest half width of the knot (at the step where it is largest) of its axis.
// Far field: muscle away from the column, in other motor units, away from the ends of the muscle.
// Band: muscle whose tension along the fibre exceeds factor x the far field's mean, connected with the column.
// Shear-wave stiffness of an incompressible solid with an isotropic ground of modulus mu whose fibres carry tension
// (Ogden 2007, "Incremental statics and dynamics of pre-stressed elastic materials"; identity
// rho (c_par^2 - c_perp^2) = sigma_par - sigma_perp):
//   rho c_perp^2 = mu lambda_c / lambda,   rho c_par^2 = rho c_perp^2 + sigma_par - sigma_perp,
// with fibre stretch lambda, contracture stretch lambda_c; par = along the fibre, perp = across it.
#pragma once

#include "post/linear_mesh.hpp"
#include "post/region.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tautband::post {

/// How to look; the defaults are choices, not measurements.
struct Method {
  double knot_threshold = 0.85;  ///< fibre stretch below which tissue belongs to the knot
  double band_factor = 1.5;      ///< tension over far-field mean above which tissue belongs to the band
  double smallest_excess = 1e3;  ///< Pa over the far-field mean that the band must have at least
  double far_distance = 0.0;     ///< m from the column's axis to the far field; 0 = twice the column's radius
  double end_margin = 0.1;       ///< fraction of the muscle's length at each end left out of the far field
  std::string muscle_region = "muscle";
  std::optional<double> ground_shear;  ///< mu, Pa; when empty: the case's, else 5 kPa
  std::optional<double> density;       ///< kg/m^3; when empty: the case's
};

/// The knot at one step.
struct KnotState {
  bool found = false;
  RegionShape shape;
  double smallest_stretch = 0.0;  ///< in the end-plate zone, also without a knot
  double mean_stretch = 0.0;      ///< in the knot
  double largest_pressure = 0.0;  ///< largest lateral pressure in the knot, Pa
  int count = 0;                  ///< connected parts below the threshold
};

/// Shear-wave stiffness rho c^2 along and across the fibre, Pa.
struct WaveStiffness {
  double along = 0.0, across = 0.0;
};

/// The band at one step. Without a band only far_tension, threshold and surround are set.
struct BandState {
  bool found = false;
  RegionShape shape;
  double far_tension = 0.0;  ///< mean tension of the far field, Pa
  double threshold = 0.0;    ///< Pa
  double peak_excess = 0.0;  ///< tension over far_tension, Pa
  double mean_excess = 0.0;
  double mean_excess_outside_knot = 0.0;
  double stretch_in_series = 0.0;  ///< largest fibre stretch in the column
  WaveStiffness stiffness;         ///< of the band outside the knot
  WaveStiffness surround;          ///< of the far field
};

/// The fibres through the knot: those within `radius` of `centre` in the cross-section.
struct Column {
  std::array<double, 2> centre{0, 0};
  double radius = 0.0;  ///< m; 0 = there never was a knot
};

/// Muscle that the knot does not reach.
struct FarField {
  std::string description;
  std::vector<double> weight;  ///< per point: volume that counts, m^3
  double volume = 0.0;         ///< m^3
};

struct BandAnalysis {
  Method method;                    ///< with everything filled in
  std::string ground_shear_source;  ///< "option", "case" or "default"
  Column column;
  FarField far_field;
  std::vector<double> times;         ///< s
  std::vector<KnotState> knots;      ///< per step
  std::vector<BandState> bands;      ///< per step
  std::optional<double> knot_onset;  ///< s: stretch crosses the threshold, interpolated between steps
  std::optional<double> band_onset;  ///< s: tension in the column crosses the band's threshold, interpolated
  size_t peak_step = 0;              ///< largest peak excess; without a band: smallest stretch

  bool has_knot() const { return column.radius > 0.0; }
};

/// Reads every step. `progress(done, of)` is called after each of two passes' steps.
BandAnalysis analyse(const ResultReader& result, const LinearMesh& mesh, const Method& method,
                     const std::function<void(size_t, size_t)>& progress = {});

}  // namespace tautband::post
