#include "fem/locate.hpp"

#include "base/error.hpp"
#include "fem/element.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numeric>

namespace tautband {
namespace {

using Position = std::array<double, 3>;

/// The nodes of one element on the host.
template <class E> struct Element {
  double x[E::nodes][3];

  void map(const double* xi, double* position, Mat3<double>& jacobian) const {
    for (int i = 0; i < 3; ++i) position[i] = 0.0;
    jacobian = Mat3<double>{};
    for (int n = 0; n < E::nodes; ++n) {
      double shape[3], slope[3];
      for (int a = 0; a < 3; ++a) {
        shape[a] = Line<E::line>::shape(E::index(n, a), xi[a]);
        slope[a] = Line<E::line>::slope(E::index(n, a), xi[a]);
      }
      for (int i = 0; i < 3; ++i) {
        position[i] += shape[0] * shape[1] * shape[2] * x[n][i];
        jacobian(i, 0) += slope[0] * shape[1] * shape[2] * x[n][i];
        jacobian(i, 1) += shape[0] * slope[1] * shape[2] * x[n][i];
        jacobian(i, 2) += shape[0] * shape[1] * slope[2] * x[n][i];
      }
    }
  }
};

/// Gauss-Newton step towards the nearest point, with the directions held that would leave the cube.
Vec3<double> nearest_step(const Mat3<double>& jacobian, const double* residual, const double* xi) {
  Mat3<double> normal{};
  Vec3<double> slope{};
  bool free[3];
  for (int a = 0; a < 3; ++a) {
    for (int i = 0; i < 3; ++i) slope(a) += jacobian(i, a) * residual[i];
    free[a] = !(xi[a] >= 1.0 && slope(a) > 0.0) && !(xi[a] <= -1.0 && slope(a) < 0.0);
  }
  for (int a = 0; a < 3; ++a)
    for (int b = 0; b < 3; ++b) {
      for (int i = 0; i < 3; ++i) normal(a, b) += jacobian(i, a) * jacobian(i, b);
      if (!free[a] || !free[b]) normal(a, b) = a == b ? 1.0 : 0.0;
    }
  for (int a = 0; a < 3; ++a)
    if (!free[a]) slope(a) = 0.0;
  return inverse(normal, determinant(normal)) * slope;
}

/// Point of the element nearest to `target` by projected Gauss-Newton (Newton for a point inside); returns its
/// distance, m.
template <class E> double nearest(const Element<E>& element, const Position& target, double* xi) {
  double best = std::numeric_limits<double>::infinity();
  double trial[3] = {0.0, 0.0, 0.0}, residual[3];
  Vec3<double> step{};
  Mat3<double> jacobian;
  for (int iteration = 0; iteration < 60; ++iteration) {
    double position[3];
    element.map(trial, position, jacobian);
    for (int i = 0; i < 3; ++i) residual[i] = target[i] - position[i];
    const double distance = std::hypot(residual[0], residual[1], residual[2]);
    if (distance < best) {
      best = distance;
      for (int a = 0; a < 3; ++a) xi[a] = trial[a];
      step = nearest_step(jacobian, residual, xi);
    } else {
      for (int a = 0; a < 3; ++a) step(a) *= 0.5;  // the full step overshot
    }
    double moved = 0.0;
    for (int a = 0; a < 3; ++a) {
      trial[a] = std::clamp(xi[a] + step(a), -1.0, 1.0);
      moved = std::max(moved, std::abs(trial[a] - xi[a]));
    }
    if (moved < 1e-15) break;
  }
  return best;
}

struct Box {
  Position low, high;
  double size() const { return std::hypot(high[0] - low[0], high[1] - low[1], high[2] - low[2]); }
  double distance(const Position& p) const {
    double d[3];
    for (int i = 0; i < 3; ++i) d[i] = std::max({low[i] - p[i], p[i] - high[i], 0.0});
    return std::hypot(d[0], d[1], d[2]);
  }
};

/// Box of the nodes, widened by a quarter for faces that bulge between them.
template <class E> Box box_of(const Element<E>& element) {
  Box box{{1e300, 1e300, 1e300}, {-1e300, -1e300, -1e300}};
  for (const auto& x : element.x)
    for (int i = 0; i < 3; ++i) {
      box.low[i] = std::min(box.low[i], x[i]);
      box.high[i] = std::max(box.high[i], x[i]);
    }
  const double margin = 0.25 * box.size();
  for (int i = 0; i < 3; ++i) {
    box.low[i] -= margin;
    box.high[i] += margin;
  }
  return box;
}

/// This rank's elements on the host.
template <class E> class Elements {
 public:
  explicit Elements(const LocalMesh& mesh)
      : nodes_(Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.nodes)),
        X_(Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.X)),
        cell_(Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), mesh.cell)) {}

  template <class Function> void for_each(Function function) const {
    for (Index b = 0; b < static_cast<Index>(cell_.extent(0)); ++b)
      for (int l = 0; l < lanes; ++l) {
        if (cell_(b, l) < 0) continue;
        Element<E> element;
        for (int n = 0; n < E::nodes; ++n)
          for (int i = 0; i < 3; ++i) element.x[n][i] = X_(nodes_(b, n, l), i);
        function(element, cell_(b, l), b, l);
      }
  }

 private:
  HostMirror<Connectivity> nodes_;
  HostMirror<NodeVector> X_;
  HostMirror<View2<GlobalIndex>> cell_;
};

/// Candidates of this rank: the lowest of its cells that holds each point.
template <class E>
std::vector<Location> locate_here(const Elements<E>& elements, const std::vector<Position>& positions) {
  std::vector<int> by_x(positions.size());
  std::iota(by_x.begin(), by_x.end(), 0);
  std::sort(by_x.begin(), by_x.end(), [&](int i, int j) { return positions[i][0] < positions[j][0]; });
  std::vector<Location> found(positions.size());
  elements.for_each([&](const Element<E>& element, GlobalIndex cell, Index batch, int lane) {
    const Box box = box_of(element);
    auto each =
        std::lower_bound(by_x.begin(), by_x.end(), box.low[0], [&](int i, double x) { return positions[i][0] < x; });
    for (; each != by_x.end() && positions[*each][0] <= box.high[0]; ++each) {
      Location& best = found[*each];
      if (box.distance(positions[*each]) > 0.0 || (best.cell >= 0 && best.cell < cell)) continue;
      Location trial{cell, batch, lane, {0, 0, 0}};
      // 1e-9 of the element's size: round-off of positions that were meant to lie on the surface.
      if (nearest(element, positions[*each], trial.xi) <= 1e-9 * box.size()) best = trial;
    }
  });
  return found;
}

template <class E> double distance_here(const Elements<E>& elements, const Position& position) {
  double best = std::numeric_limits<double>::infinity();
  elements.for_each([&](const Element<E>& element, GlobalIndex, Index, int) {
    double xi[3];
    if (box_of(element).distance(position) < best) best = std::min(best, nearest(element, position, xi));
  });
  return best;
}

template <class E>
std::vector<Location> locate_all(const LocalMesh& mesh, const std::vector<Position>& positions, std::string_view what) {
  const Elements<E> elements(mesh);
  std::vector<Location> found = locate_here(elements, positions);
  std::vector<std::int64_t> lowest(positions.size());
  const std::int64_t nowhere = std::numeric_limits<std::int64_t>::max();
  for (std::size_t i = 0; i < found.size(); ++i) lowest[i] = found[i].cell < 0 ? nowhere : found[i].cell;
  MPI_Allreduce(MPI_IN_PLACE, lowest.data(), static_cast<int>(lowest.size()), MPI_INT64_T, MPI_MIN, mesh.comm);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (lowest[i] == nowhere) {
      double distance = distance_here(elements, positions[i]);
      MPI_Allreduce(MPI_IN_PLACE, &distance, 1, MPI_DOUBLE, MPI_MIN, mesh.comm);
      char text[160];
      std::snprintf(text, sizeof text, " %zu at (%.6g, %.6g, %.6g) m lies outside the mesh, about %.3g m from it", i,
                    positions[i][0], positions[i][1], positions[i][2], distance);
      throw CaseError(std::string(what) + text);
    }
    if (found[i].cell != lowest[i]) found[i] = Location{lowest[i], -1, -1, {0, 0, 0}};
  }
  return found;
}

}  // namespace

std::vector<Location> locate(const LocalMesh& mesh, const std::vector<std::array<double, 3>>& positions,
                             std::string_view what) {
  return mesh.kind == ElementKind::hex8 ? locate_all<Hex8>(mesh, positions, what)
                                        : locate_all<Hex27>(mesh, positions, what);
}

}  // namespace tautband
