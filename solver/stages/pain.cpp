#include "stages/pain.hpp"

#include "stages/point_items.hpp"

#include <algorithm>

namespace tautband {
namespace {

/// Coordinate i of the quadrature points, m.
PointField coordinate(const LocalMesh& mesh, int i) {
  View1<double> x("tautband::coordinate", mesh.n_nodes);
  Kokkos::deep_copy(x, Kokkos::subview(mesh.X, Kokkos::ALL, i));
  return nodes_to_points(mesh, x);
}

/// What an electrode sees of a source at a quadrature point.
struct Electrode {
  PointField source, x, y, z;
  double at[3], reach;

  KOKKOS_INLINE_FUNCTION double operator()(Index item) const {
    const double dx = x.data()[item] - at[0], dy = y.data()[item] - at[1], dz = z.data()[item] - at[2];
    return source.data()[item] * exp(-(dx * dx + dy * dy + dz * dz) / (reach * reach));
  }
};

/// An electrode that is wherever the source is strongest.
struct Anywhere {
  PointField source;
  KOKKOS_INLINE_FUNCTION double operator()(Index item) const { return source.data()[item]; }
};

/// Largest value at the quadrature points of a region on this rank, at least 0.
template <class Value>
double largest(const RegionBatches& region, const View2<GlobalIndex>& cell, const PointField& field,
               const Value& value) {
  const auto per_batch = static_cast<Index>(field.extent(1) * field.extent(2));
  double most = 0.0;
  Kokkos::parallel_reduce(
      "tautband::largest_source", points_of(region, field),
      KOKKOS_LAMBDA(const Index item, double& best) {
        if (cell(item / per_batch, item % lanes) >= 0) best = max(best, value(item));
      },
      Kokkos::Max<double>(most));
  return std::max(most, 0.0);
}

}  // namespace

PainStage::PainStage(const spec::Physiology& physiology, const spec::ReferralPattern& referral, const LocalMesh& mesh,
                     const Geometry& geometry, const std::vector<RegionBatches>& muscle,
                     const std::vector<spec::Probe>& probes)
    : nociceptor_(make_nociceptor(physiology.pain)),
      central_(make_central_sensitisation(physiology.pain)),
      segments_(make_segment_field(physiology.pain)),
      referral_{physiology.pain.referral_gate},
      adaptation_(make_strength_adaptation(physiology)),
      segment_input_(physiology.pain.segment_input),
      emg_amplitude_(physiology.pain.emg_amplitude),
      emg_reach_(physiology.pain.emg_reach),
      pattern_(referral),
      comm_(mesh.comm),
      muscle_(muscle),
      cell_(mesh.cell),
      probes_(probes),
      reaching_(1 + probes.size(), 0.0),
      worst_(mesh, geometry, muscle, physiology.pain.reference_volume) {
  for (int i = 0; i < 3 && !probes_.empty(); ++i) position_[i] = coordinate(mesh, i);
}

NervousState PainStage::initial_state() const {
  NervousState state;
  state.pressure_pain_threshold = nociceptor_.pressure_pain_threshold(0.0);
  return state;
}

void PainStage::advance(const PointField& nociceptor_activity, const PointField& sensitiser,
                        const PointField& acetylcholine, double dt, NervousState& state) {
  state.nociception = worst_.mean(nociceptor_activity);
  state.central_sensitisation = central_.advance(state.central_sensitisation, state.nociception, dt);
  state.pain = central_.pain(state.nociception, state.central_sensitisation);
  state.strength = adaptation_.advance(state.strength, state.pain, dt);
  state.pressure_pain_threshold = nociceptor_.pressure_pain_threshold(worst_.mean(sensitiser));
  refer(dt, state);
  read_electrodes(acetylcholine, state);
}

void PainStage::refer(double dt, NervousState& state) const {
  std::array<double, spinal_segments> input{};
  for (const int segment : pattern_.segments) input[segment] = segment_input_ * state.nociception;
  segments_.advance(state.segments.data(), input.data(), state.central_sensitisation, dt);
  double level = 0.0;
  for (const int segment : pattern_.segments) level = std::max(level, state.segments[segment]);
  for (const spec::ReferralZone& zone : pattern_.zones)
    state.referred[zone.region] = referral_(state.nociception, state.central_sensitisation, zone.essential ? 1.0 : 0.0,
                                            zone.essential ? 0.0 : 1.0, level);
}

void PainStage::read_electrodes(const PointField& acetylcholine, NervousState& state) {
  std::fill(reaching_.begin(), reaching_.end(), 0.0);
  for (const RegionBatches& region : muscle_) {
    reaching_[0] = std::max(reaching_[0], largest(region, cell_, acetylcholine, Anywhere{acetylcholine}));
    for (std::size_t i = 0; i < probes_.size(); ++i) {
      const std::array<double, 3>& at = probes_[i].position;
      const Electrode electrode{acetylcholine, position_[0],          position_[1],
                                position_[2],  {at[0], at[1], at[2]}, emg_reach_};
      reaching_[i + 1] = std::max(reaching_[i + 1], largest(region, cell_, acetylcholine, electrode));
    }
  }
  MPI_Allreduce(MPI_IN_PLACE, reaching_.data(), static_cast<int>(reaching_.size()), MPI_DOUBLE, MPI_MAX, comm_);
  state.emg_amplitude = emg_amplitude_ * reaching_[0];
}

void PainStage::archive(StateArchive& archive, NervousState& state) {
  archive.number("nociception_mean", state.nociception);
  archive.number("central_sensitisation", state.central_sensitisation);
  archive.number("pain", state.pain);
  archive.number("strength", state.strength);
  archive.number("pressure_pain_threshold", state.pressure_pain_threshold);
  archive.number("emg_amplitude", state.emg_amplitude);
  archive.numbers("segments", state.segments);
  archive.numbers("referred_pain", state.referred);
  archive.numbers("electrodes", reaching_);
}

std::vector<PainStage::Reported> PainStage::report(const NervousState& state) const {
  std::vector<Reported> all{
      {"nociception", "1", "activity of nociceptors, mean over the worst reference volume", state.nociception},
      {"central_sensitisation", "1", "sensitisation of the spinal cord", state.central_sensitisation},
      {"pain_local", "1", "pain felt in the muscle", state.pain},
      {"pressure_pain_threshold", "Pa", "pressure on the skin at which pressing adds to nociception",
       state.pressure_pain_threshold},
      {"emg_sea", "V", "spontaneous electrical activity at the end plates, largest", state.emg_amplitude},
      {"strength", "1", "strength, part of the healthy one", state.strength}};
  double total = 0.0;
  for (const spec::ReferralZone& zone : pattern_.zones) total += state.referred[zone.region];
  if (!pattern_.zones.empty()) all.push_back({"pain_total", "1", "referred pain, sum over the regions", total});
  for (const spec::ReferralZone& zone : pattern_.zones)
    all.push_back({"pain_" + zone.key, "1", "referred pain: " + zone.name, state.referred[zone.region]});
  for (std::size_t i = 0; i < probes_.size(); ++i)
    all.push_back({probes_[i].name + "_emg_sea", "V", "spontaneous electrical activity that reaches a probe",
                   emg_amplitude_ * reaching_[i + 1]});
  return all;
}

}  // namespace tautband
