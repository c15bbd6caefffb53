#include "stages/treatments.hpp"

#include "base/error.hpp"
#include "fem/geometry.hpp"
#include "stages/point_items.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace tautband {

using spec::EventKind;

Treatments::Treatments(const spec::Case& spec) {
  for (const spec::Event& event : spec.events) {
    if (event.kind == EventKind::posture_load)
      loads_.push_back(event);
    else if (event.kind != EventKind::needling && !is_mechanical(event.kind))
      others_.push_back(event);
    if (event.kind != EventKind::needling) continue;
    for (int k = 0; k < event.repeats; ++k)
      needlings_.push_back(
          {episode_start(event, k), event.centre, event.radius, 1.0 - event.memory_reset, event.sensitiser_left});
  }
  std::stable_sort(needlings_.begin(), needlings_.end(),
                   [](const Needling& a, const Needling& b) { return a.time < b.time; });
}

namespace {

/// `s` of the way from 1 to `factor`.
double blend(double s, double factor) { return std::lerp(1.0, factor, s); }

void add(const spec::Event& event, double s, Influences& sum) {
  switch (event.kind) {
    case EventKind::botulinum:
      sum.botulinum = 1.0 - (1.0 - sum.botulinum) * (1.0 - s * event.block);
      break;
    case EventKind::reflex_block:
      sum.reflex_factor *= blend(s, event.factor);
      break;
    case EventKind::gamma_block:
      sum.fusimotor_factor *= blend(s, event.factor);
      break;
    case EventKind::mental_stress:
      sum.fusimotor_added += s * event.fusimotor;
      break;
    case EventKind::unloading:
      sum.load_factor *= blend(s, event.factor);
      sum.load_added *= blend(s, event.factor);
      break;
    case EventKind::posture_load:
      sum.load_factor *= 1.0 - s;
      sum.load_added = (1.0 - s) * sum.load_added + s * event.tonic_drive;
      break;
    case EventKind::cause_removed:
      sum.misfire_factor *= 1.0 - s;
      break;
    case EventKind::statin:
      sum.statin_leak += s * event.leak;
      break;
    case EventKind::mitochondria:
      sum.mitochondria *= blend(s, event.capacity);
      break;
    case EventKind::pressure:
    case EventKind::stretch:
    case EventKind::needling:
      break;
  }
}

}  // namespace

Influences Treatments::at(double t) const {
  Influences sum;
  for (const spec::Event& event : loads_) add(event, share_at(event, t), sum);
  for (const spec::Event& event : others_) add(event, share_at(event, t), sum);
  return sum;
}

std::span<const Needling> Treatments::due(double after, double until) const {
  const auto later = [](double t, const Needling& n) { return t < n.time; };
  const auto first = std::upper_bound(needlings_.begin(), needlings_.end(), after, later);
  return {first, std::upper_bound(first, needlings_.end(), until, later)};
}

namespace {

/// The sphere of a needling.
struct Sphere {
  double x, y, z, squared;
  explicit Sphere(const Needling& n) : x(n.centre[0]), y(n.centre[1]), z(n.centre[2]), squared(n.radius * n.radius) {}
  KOKKOS_INLINE_FUNCTION bool has(double a, double b, double c) const {
    return (a - x) * (a - x) + (b - y) * (b - y) + (c - z) * (c - z) <= squared;
  }
};

Kokkos::RangePolicy<Execution> all_of(const NodeVector& nodes) {
  return Kokkos::RangePolicy<Execution>(0, static_cast<Index>(nodes.extent(0)));
}

}  // namespace

Needle::Needle(const LocalMesh& mesh, const std::vector<RegionBatches>& muscle, const std::vector<Needling>& needlings)
    : comm_(mesh.comm), nodes_(mesh.X), muscle_(muscle) {
  if (needlings.empty()) return;
  const View1<double> along("tautband::coordinate", mesh.n_nodes);
  for (int c = 0; c < 3; ++c) {
    Kokkos::deep_copy(along, Kokkos::subview(mesh.X, Kokkos::ALL, c));
    x_[c] = nodes_to_points(mesh, along);
  }
  for (const Needling& needling : needlings) require_hit(needling);
}

namespace {

Index points_within(const Sphere& sphere, const RegionBatches& region, const PointField& x, const PointField& y,
                    const PointField& z) {
  Index count = 0;
  Kokkos::parallel_reduce(
      "tautband::points_within", points_of(region, x),
      KOKKOS_LAMBDA(const Index i, Index& sum) { sum += sphere.has(x.data()[i], y.data()[i], z.data()[i]) ? 1 : 0; },
      count);
  return count;
}

Index nodes_within(const Sphere& sphere, const NodeVector& nodes) {
  Index count = 0;
  Kokkos::parallel_reduce(
      "tautband::nodes_within", all_of(nodes),
      KOKKOS_LAMBDA(const Index n, Index& sum) { sum += sphere.has(nodes(n, 0), nodes(n, 1), nodes(n, 2)) ? 1 : 0; },
      count);
  return count;
}

void needle_points(const Sphere& sphere, const RegionBatches& region, const PointField& x, const PointField& y,
                   const PointField& z, double memory_left, const PointField& memory, const PointField& acetylcholine) {
  Kokkos::parallel_for(
      "tautband::needle_points", points_of(region, x), KOKKOS_LAMBDA(const Index i) {
        if (!sphere.has(x.data()[i], y.data()[i], z.data()[i])) return;
        memory.data()[i] *= memory_left;
        acetylcholine.data()[i] = 0.0;
      });
}

void needle_nodes(const Sphere& sphere, const NodeVector& nodes, double left, const View1<double>& sensitiser) {
  Kokkos::parallel_for(
      "tautband::needle_nodes", all_of(nodes), KOKKOS_LAMBDA(const Index n) {
        if (sphere.has(nodes(n, 0), nodes(n, 1), nodes(n, 2))) sensitiser(n) *= left;
      });
}

}  // namespace

void Needle::require_hit(const Needling& needling) const {
  const Sphere sphere(needling);
  int hits[2] = {0, nodes_within(sphere, nodes_) > 0};
  for (const RegionBatches& region : muscle_)
    hits[0] = hits[0] || points_within(sphere, region, x_[0], x_[1], x_[2]) > 0;
  MPI_Allreduce(MPI_IN_PLACE, hits, 2, MPI_INT, MPI_MAX, comm_);
  if (!hits[0] || !hits[1])
    throw CaseError(fmt::format(
        "the needling at {:g} s meets no {} within {:g} mm of ({:g}, {:g}, {:g}) mm: it misses, or the mesh is too "
        "coarse for its radius",
        needling.time, hits[0] ? "node" : "quadrature point of the muscle", 1e3 * needling.radius,
        1e3 * needling.centre[0], 1e3 * needling.centre[1], 1e3 * needling.centre[2]));
}

void Needle::apply(const Needling& needling, const ChemistryState& state) const {
  const Sphere sphere(needling);
  for (const RegionBatches& region : muscle_)
    needle_points(sphere, region, x_[0], x_[1], x_[2], needling.memory_left, state.memory, state.acetylcholine);
  needle_nodes(sphere, nodes_, needling.sensitiser_left, state.sensitiser);
}

}  // namespace tautband
