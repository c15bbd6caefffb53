// The diffusion stage: a scalar field on the nodes of the mesh over one step, backward Euler in time,
//   df/dt = div(D grad f) - sink f + source                docs/model.md 9.2, docs/numerics.md 7
// per reference volume, with no flux through the surface. It reports; it does not print.
#pragma once

#include "operators/transport.hpp"
#include "solvers/conjugate_gradients.hpp"
#include "spec/diffusion.hpp"

#include <functional>

namespace tautband {

/// What became of a step.
struct DiffusionReport {
  bool converged = false;
  int newton_iterations = 0;  ///< 1 where the reaction is linear, 0 where the field was the solution already
  int krylov_iterations = 0;
  double residual = 0.0;  ///< against the right-hand side, Euclidean norms
};

/// Reactions are collocated at nodes, with weights that add up to the volume: no node goes below zero for want of
/// resolution, as it does with the consistent mass where a sink is stiff (docs/numerics.md 7). Fields are (node), full
/// on owned and shared nodes. All functions are collective; none allocates.
class DiffusionStage {
 public:
  /// Keeps references.
  DiffusionStage(const LocalMesh& mesh, const Geometry& geometry, const Halo& halo, const spec::Diffusion& spec);

  /// Diffusion follows the shape displaced by u (m) from now on, unless pull_back is false.
  void deform(const NodeVector& u);
  /// Keeps fields as they are at these local nodes, owned and shared ones, for example a node set of the mesh.
  void hold(const View1<Index>& nodes);

  /// field := field after dt (s). diffusivity in m^2/s; sink in 1/s, >= 0, and source in units of the field per s, at
  /// quadrature points. When it did not converge the field is the last iterate.
  DiffusionReport advance(const View1<double>& field, double diffusivity, const PointField& sink,
                          const PointField& source, double dt);

  /// Fills sink and source at nodes so that source - sink value is the rate of change by reactions at `value`, and sink
  /// minus the slope of that rate. The rate has to fall with the value: what lets it rise, such as a supply that grows
  /// with use, is to be taken from the start of the step; otherwise a long step may find no solution. A sink below 0
  /// counts in the rate and not in the slope.
  using Reaction =
      std::function<void(const View1<double>& value, const View1<double>& sink, const View1<double>& source)>;
  /// The same for a reaction that is not linear in the field.
  DiffusionReport advance(const View1<double>& field, double diffusivity, const Reaction& reaction, double dt);

  /// Volume averages at nodes of a field at quadrature points: what a Reaction wants as coefficients. Where the field
  /// is >= 0 so are they, and their integral is that of the field. Beside tissue where the field is 0, a node has its
  /// share of both: average rates and capacities, not states.
  void average(const PointField& points, const View1<double>& nodal) const { transport_.average(points, nodal); }
  /// A nodal field at quadrature points, without values below 0.
  void interpolate(const View1<double>& nodal, const PointField& points) const {
    transport_.interpolate(nodal, points);
  }
  /// Integral over the reference volume of all ranks, unit of the field x m^3.
  double integral(const View1<double>& nodal) const { return transport_.integral(nodal); }
  double integral(const PointField& points) const { return transport_.integral(points); }

 private:
  DiffusionReport newton(const View1<double>& field, double diffusivity, const Reaction& reaction, double dt);

  spec::Diffusion spec_;
  NodeSpace space_;
  Transport transport_;
  ScalarKrylovWork work_;
  ScalarJacobi jacobi_;
  View1<double> free_;      ///< (node): 0 where the field is held, 1 elsewhere; empty where nothing is
  View1<double> diagonal_;  ///< volume (1/dt + sink)
  View1<double> sink_, source_, before_, load_, residual_, correction_;
};

}  // namespace tautband
