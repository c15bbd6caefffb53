#include "stages/treatment_loads.hpp"

#include "base/error.hpp"

#include <fmt/format.h>

namespace tautband {

namespace {

/// Distance between the outermost nodes of the whole mesh along a direction, m.
double extent(const LocalMesh& mesh, const std::array<double, 3>& direction) {
  const NodeVector X = mesh.X;
  const double a = direction[0], b = direction[1], c = direction[2];
  Kokkos::MinMaxScalar<double> ends;
  Kokkos::parallel_reduce(
      "tautband::extent", Kokkos::RangePolicy<Execution>(0, mesh.n_nodes),
      KOKKOS_LAMBDA(const Index n, Kokkos::MinMaxScalar<double>& range) {
        const double along = a * X(n, 0) + b * X(n, 1) + c * X(n, 2);
        range.min_val = min(range.min_val, along);
        range.max_val = max(range.max_val, along);
      },
      Kokkos::MinMax<double>(ends));
  double range[2] = {ends.max_val, -ends.min_val};
  MPI_Allreduce(MPI_IN_PLACE, range, 2, MPI_DOUBLE, MPI_MAX, mesh.comm);
  return range[0] + range[1];
}

}  // namespace

TreatmentLoads::TreatmentLoads(const LocalMesh& mesh, const spec::Case& spec) : mesh_(mesh) {
  for (const spec::Event& event : spec.events) {
    if (event.kind == spec::EventKind::pressure) add_patch(event);
    if (event.kind == spec::EventKind::stretch)
      stretches_.push_back(
          {&event, event.displacement ? *event.displacement : event.fraction * extent(mesh, event.direction)});
  }
}

void TreatmentLoads::add_patch(const spec::Event& event) {
  const auto set = mesh_.face_sets.find(event.set);
  if (set == mesh_.face_sets.end()) throw CaseError(fmt::format("the mesh has no face set '{}'", event.set));
  double area = face_area(mesh_, set->second, {event.centre, event.radius});
  MPI_Allreduce(MPI_IN_PLACE, &area, 1, MPI_DOUBLE, MPI_SUM, mesh_.comm);
  if (area <= 0.0)
    throw CaseError(fmt::format(
        "the pressure at {:g} s presses on nothing: within {:g} mm of ({:g}, {:g}, {:g}) mm the face set '{}' has no "
        "quadrature point",
        event.start, 1e3 * event.radius, 1e3 * event.centre[0], 1e3 * event.centre[1], 1e3 * event.centre[2],
        event.set));
  patches_.push_back({&event, &set->second, 0.0, {event.centre, event.radius}});
}

void TreatmentLoads::set_time(double t) {
  for (Patch& patch : patches_) {
    patch.pressure = patch.event->pressure * share_at(*patch.event, t);
    patch.place.centre = centre_at(*patch.event, t);
  }
  for (Stretch& stretch : stretches_) stretch.share = share_at(*stretch.event, t);
}

void TreatmentLoads::add_pressures(const NodeVector& u, const NodeVector& r) const {
  for (const Patch& patch : patches_)
    if (patch.pressure != 0.0) add_pressure(mesh_, *patch.faces, patch.pressure, u, r, patch.place);
}

void TreatmentLoads::add_tangent(const NodeVector& u, const NodeVector& x, const NodeVector& y,
                                 TangentPart part) const {
  for (const Patch& patch : patches_)
    if (patch.pressure != 0.0) add_pressure_tangent(mesh_, *patch.faces, patch.pressure, u, x, y, patch.place, part);
}

std::array<double, 3> TreatmentLoads::shift(const std::string& set) const {
  std::array<double, 3> sum{0, 0, 0};
  for (const Stretch& stretch : stretches_)
    for (std::size_t i = 0; i < sum.size() && stretch.event->set == set; ++i)
      sum[i] += stretch.share * stretch.distance * stretch.event->direction[i];
  return sum;
}

}  // namespace tautband
