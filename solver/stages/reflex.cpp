#include "stages/reflex.hpp"

#include "base/error.hpp"
#include "fem/placement.hpp"
#include "stages/reflex_signals.hpp"
#include "stages/reflex_wiring.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <limits>

namespace tautband {
namespace {

std::vector<std::array<double, 3>> spindle_positions(const spec::Spindles& spindles, const LocalMesh& mesh,
                                                     const Geometry& geometry,
                                                     const std::vector<RegionBatches>& muscle) {
  return spindles.positions.empty() ? place_evenly(mesh, geometry, muscle, spindles.count, spindles.seed)
                                    : spindles.positions;
}

std::vector<double> organ_shares(const std::vector<spec::Golgi>& organs) {
  std::vector<double> shares;
  for (const spec::Golgi& organ : organs) shares.push_back(organ.share);
  return shares;
}

/// Takes in what was sampled at `time`. resting: it becomes the reference, and the sense organs are at rest there.
void take_in(const ReflexNetwork& network, const NeuralInfluence& influence, const ReflexState& state,
             const View2<double>& sampled, const View1<double>& tension, double time, bool resting) {
  const int spindles = network.spindles(), organs = state.afferents.tendon.signals();
  const DelayLine line = state.afferents.tendon;
  const double elapsed = time - state.time, per_time = resting || !(elapsed > 0.0) ? 0.0 : 1.0 / elapsed;
  Kokkos::parallel_for(
      "tautband::feel", Kokkos::RangePolicy<Execution>(0, spindles + organs), KOKKOS_LAMBDA(const int item) {
        if (item < spindles) {
          const double stretch = sampled(item, PointSampler::stretch);
          state.stretch_rate(item) = per_time * (stretch - state.stretch(item));
          state.stretch(item) = stretch;
          if (!resting) return;
          state.reference_stretch(item) = stretch;
          store_spindle(state.intrafusal, item,
                        SpindleMileusnic2006::settled(network.rest_length, fusimotor_rates(network, influence)));
          return;
        }
        const int o = item - spindles;
        state.tension_rate(o) = per_time * (tension(o) - state.tension(o));
        state.tension(o) = tension(o);
        if (!resting) return;
        const double input = GolgiTendonOrgan::input(tension(o));
        state.reference_input(o) = state.organ(o, 0) = state.organ(o, 1) = input;
        for (std::int64_t k = 0; k < line.slots(); ++k) line.store(k, o, input);  // it has always been so
      });
}

}  // namespace

ReflexStage::ReflexStage(const spec::Physiology& physiology, const Tonic& tonic, double network_step, double start,
                         const LocalMesh& mesh, const Geometry& geometry, const std::vector<RegionBatches>& muscle,
                         const View2<double>& cross_section, const Territories& territories)
    : positions_(spindle_positions(physiology.spindles, mesh, geometry, muscle)),
      tonic_(tonic),
      start_(start),
      network_(wire_reflex(physiology, network_step, mesh, positions_, cross_section, territories)),
      organ_share_(organ_shares(physiology.golgi)),
      sampler_(mesh, positions_, "spindle", geometry.fibre, 0),
      ahead_end_(-std::numeric_limits<double>::infinity()),
      tension_("tautband::tendon_force", organ_share_.size()),
      tension_host_(Kokkos::create_mirror_view(tension_)),
      report_("tautband::reflex_report", 2 * positions_.size() + organ_share_.size() + 2 * territories.units),
      report_host_(Kokkos::create_mirror_view(report_)) {
  influence_.fusimotor = physiology.fusimotor.resting;
  ahead_.activation = View2<double>("tautband::activation_ahead", network_.units(), 2);
}

ReflexState ReflexStage::initial_state() const {
  const int organs = tendon_organs();
  ReflexState state;
  state.time = start_;
  state.reference_stretch = View1<double>("tautband::reference_stretch", spindles());
  state.stretch = View1<double>("tautband::spindle_stretch", spindles());
  state.stretch_rate = View1<double>("tautband::spindle_stretch_rate", spindles());
  state.intrafusal = View2<double>("tautband::intrafusal", spindles(), 6);
  state.tension = View1<double>("tautband::tendon_tension", organs);
  state.tension_rate = View1<double>("tautband::tendon_tension_rate", organs);
  state.reference_input = View1<double>("tautband::tendon_reference", organs);
  state.organ = View2<double>("tautband::tendon_organ", organs, 2);
  // The oldest command that is still kept listens to afferents older by their own delay.
  const double longest = network_.longest_afferent_delay() + network_.efferent_delay + network_.step;
  state.afferents.primary = DelayLine("tautband::primary_rate", spindles(), network_.step, longest, start_);
  state.afferents.secondary = DelayLine("tautband::secondary_rate", spindles(), network_.step, longest, start_);
  state.afferents.tendon = DelayLine("tautband::tendon_rate", organs, network_.step, longest, start_);
  state.efferent = DelayLine("tautband::unit_command", motor_units(), network_.step, network_.efferent_delay, start_);
  state.activation = View2<double>("tautband::unit_activation", motor_units(), 2);
  Kokkos::deep_copy(state.reference_stretch, 1.0);
  Kokkos::deep_copy(state.stretch, 1.0);
  settle_network(network_, influence_, tonic_(start_), 0, state);
  Kokkos::deep_copy(state.activation, 0.0);
  return state;
}

TonicCourse ReflexStage::tonic_course(double start, double end) const {
  TonicCourse course;
  course.start = start;
  course.length = std::max(end - start, 1e-9 * network_.step);
  for (int k = 0; k <= TonicCourse::pieces; ++k) {
    // From within the step: the drive may jump at its ends.
    const double share = std::clamp(static_cast<double>(k) / TonicCourse::pieces, 1e-6, 1.0 - 1e-6);
    course.value[k] = tonic_(start + share * course.length);
  }
  return course;
}

void ReflexStage::advance(const ReflexState& state, double dt, const NeuralInfluence& influence,
                          Excitation& excitation) {
  influence_ = influence;
  const double delays = network_.longest_afferent_delay() + network_.efferent_delay;
  look_ahead(network_, influence, tonic_course(state.time, state.time + dt), state, dt, state.time + delays,
             state.activation, ahead_, excitation);
  ahead_end_ = state.time + dt;
}

void ReflexStage::feel(double time, const NodeVector& u, const std::vector<double>& tension, bool resting,
                       ReflexState& state) {
  if (tension.size() != organ_share_.size())
    throw RunError(fmt::format("{} tendon forces for {} tendon organs", tension.size(), organ_share_.size()));
  sampler_.sample(u);
  for (std::size_t o = 0; o < tension.size(); ++o) tension_host_(o) = organ_share_[o] * tension[o];
  if (!tension.empty()) Kokkos::deep_copy(tension_, tension_host_);
  take_in(network_, influence_, state, sampler_.values(), tension_, time, resting);
}

void ReflexStage::sample(double time, const NodeVector& u, const std::vector<double>& tension, ReflexState& state) {
  // A time that was summed up may miss 0 by round-off; the pre-stretch must not be felt as a jolt then.
  feel(time, u, tension, time <= std::max(0.0, start_) + 1e-3 * network_.step, state);
  const TonicCourse tonic = tonic_course(state.time, time);
  if (network_.activates() && std::abs(time - ahead_end_) <= 1e-6 * network_.step)
    Kokkos::deep_copy(state.activation, ahead_.activation);
  state.time = time;
  DelayLine& efferent = state.efferent;
  AfferentLines& lines = state.afferents;
  const std::int64_t last = efferent.last_before(time), before = efferent.newest();
  if (last <= before) return;
  fire(network_, influence_, state, {lines, state.intrafusal, state.organ, before + 1, last, time, time});
  lines.primary.extend_to(last);
  lines.secondary.extend_to(last);
  lines.tendon.extend_to(last);
  const std::int64_t first = std::max(before + 1, last - efferent.slots() + 1);
  if (static_cast<std::int64_t>(drive_.extent(0)) < last - first + 1)
    drive_ = View2<double>("tautband::drive", last - first + 1, territories());
  command(network_, influence_, tonic, state, first, last, drive_);
  efferent.extend_to(last);
}

void ReflexStage::settle(double time, const NodeVector& u, const std::vector<double>& tension,
                         const NeuralInfluence& influence, ReflexState& state) {
  influence_ = influence;
  feel(time, u, tension, time <= std::max(0.0, start_) + 1e-3 * network_.step, state);
  Kokkos::deep_copy(state.stretch_rate, 0.0);
  Kokkos::deep_copy(state.tension_rate, 0.0);
  state.time = time;
  const std::int64_t now = std::max(state.efferent.newest(), state.efferent.last_before(time));
  settle_network(network_, influence, tonic_(time), now, state);
  state.afferents.primary.extend_to(now);
  state.afferents.secondary.extend_to(now);
  state.afferents.tendon.extend_to(now);
  state.efferent.extend_to(now);
}

void ReflexStage::archive(StateArchive& archive, ReflexState& state) {
  archive.number("reflex_time", state.time);
  archive.replicated("reference_stretch", state.reference_stretch);
  archive.replicated("spindle_stretch", state.stretch);
  archive.replicated("spindle_stretch_rate", state.stretch_rate);
  archive.replicated("intrafusal", state.intrafusal);
  archive.replicated("tendon_tension", state.tension);
  archive.replicated("tendon_tension_rate", state.tension_rate);
  archive.replicated("tendon_reference", state.reference_input);
  archive.replicated("tendon_organ", state.organ);
  archive.line("primary_afferents", state.afferents.primary);
  archive.line("secondary_afferents", state.afferents.secondary);
  archive.line("tendon_afferents", state.afferents.tendon);
  archive.line("efferents", state.efferent);
  archive.replicated("unit_activation", state.activation);
}

const ReflexStage::Report& ReflexStage::report(const ReflexState& state) {
  report_network(network_, influence_, tonic_(state.time), state, report_);
  Kokkos::deep_copy(report_host_, report_);
  const double* value = report_host_.data();
  const auto take = [&](std::vector<double>& out, int count) {
    out.assign(value, value + count);
    value += count;
  };
  take(last_report_.afferent_rate, spindles());
  take(last_report_.secondary_rate, spindles());
  take(last_report_.tendon_rate, tendon_organs());
  take(last_report_.drive, territories());
  take(last_report_.excitation, territories());
  return last_report_;
}

}  // namespace tautband
