// Values at material points: displacement, deformation gradient, fibre stretch and quadrature fields, known to all
// ranks.
#pragma once

#include "fem/geometry.hpp"

#include <array>
#include <string_view>

namespace tautband {

/// Follows a list of material points given by their reference positions. The points are located once (fem/locate.hpp);
/// each is evaluated on the device by the one rank that has its cell, and one MPI_Allreduce shares all values: every
/// rank holds the same bits, which do not depend on the number of ranks. Nothing is allocated after construction.
class PointSampler {
 public:
  /// Columns of values(): u (m), F row by row, |F a0|, then the quadrature fields.
  enum Column { displacement = 0, gradient = 3, stretch = 12, first_field = 13 };

  /// Locates the positions (m, the same on every rank; collective). `fibre`: unit direction per element;
  /// an empty view leaves the stretch 0. `fields`: number of quadrature fields given to each sample().
  /// Throws CaseError for a point outside the mesh.
  PointSampler(const LocalMesh& mesh, const std::vector<std::array<double, 3>>& positions, std::string_view what,
               const ElementVector& fibre, int fields);

  int size() const { return static_cast<int>(values_.extent(0)); }

  /// Evaluates everything at the displacement u (m) of this rank's nodes; collective. Each of `fields` (batch, point,
  /// lane) is interpolated by the Lagrange polynomial through the Gauss points of the element.
  void sample(const NodeVector& u, const std::vector<PointField>& fields = {});

  /// (point, column) on the device
  const View2<double>& values() const { return values_; }
  /// (point, column) on the host
  const HostMirror<View2<double>>& host_values() const { return host_values_; }

  /// Points evaluated by this rank, with the tables that turn element values into point values.
  struct Points {
    View1<int> number;    ///< (here): row of values()
    View1<Index> batch;   ///< (here)
    View1<int> lane;      ///< (here)
    View2<double> shape;  ///< (here, node)
    View2<double> slope;  ///< (here, 3 node + i): d shape / d X_i, 1/m
    View2<double> gauss;  ///< (here, point)
    View2<double> fibre;  ///< (here, 3): unit; empty without fibres
  };

 private:
  MPI_Comm comm_;
  Connectivity nodes_;
  Points points_;
  View2<double> values_;
  HostMirror<View2<double>> host_values_;
};

}  // namespace tautband
