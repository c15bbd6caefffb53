#include "stages/reflex.hpp"

#include "fem/placement.hpp"
#include "stages/reflex_wiring.hpp"

#include <algorithm>
#include <cmath>

namespace tautband {
namespace {

KOKKOS_INLINE_FUNCTION double ectopic_rate(const ReflexNetwork& network, int spindle, double time) {
  double rate = 0.0;
  for (int m = 0; m < static_cast<int>(network.ectopic.extent(0)); ++m)
    if (time > network.ectopic_span(m, 0) && time <= network.ectopic_span(m, 1)) rate += network.ectopic(m, spindle);
  return rate;
}

/// Rate of a spindle whose stretch is linear in time through the last sample.
KOKKOS_INLINE_FUNCTION double rate_along_line(const ReflexNetwork& network, const ReflexState& state, int spindle,
                                              double time) {
  const double rate = state.stretch_rate(spindle);
  const double change = state.stretch(spindle) - state.reference_stretch(spindle) + rate * (time - state.time);
  return network.spindle(change, rate, ectopic_rate(network, spindle, time));
}

/// Rate fired at any time: remembered up to the last sample, continued beyond it.
KOKKOS_INLINE_FUNCTION double rate_fired(const ReflexNetwork& network, const ReflexState& state, int spindle,
                                         double time) {
  const DelayLine& line = state.afferent_rate;
  return time <= line.time(line.newest()) ? line.at(time, spindle) : rate_along_line(network, state, spindle, time);
}

KOKKOS_INLINE_FUNCTION double drive_at(const ReflexNetwork& network, const ReflexState& state, int unit, double time,
                                       double tonic) {
  double weighted = 0.0;
  for (int i = 0; i < static_cast<int>(network.weight.extent(1)); ++i)
    weighted += network.weight(unit, i) * rate_fired(network, state, i, time - network.afferent_delay);
  return network.pool.drive(tonic, network.weight_sum(unit), weighted);
}

/// Takes in the stretches sampled at `time`. resting: they become the reference.
void record(const ReflexNetwork& network, const ReflexState& state, const View2<double>& sampled, double time,
            bool resting) {
  const DelayLine line = state.afferent_rate;
  const std::int64_t last = line.last_before(time);
  const std::int64_t first = std::max(line.newest() + 1, last - line.slots() + 1);
  const double before = state.time;
  ReflexState now = state;
  now.time = time;
  Kokkos::parallel_for(
      "tautband::reflex_sample", Kokkos::RangePolicy<Execution>(0, line.signals()), KOKKOS_LAMBDA(const int i) {
        const double stretch = sampled(i, PointSampler::stretch);
        now.stretch_rate(i) = resting || !(time > before) ? 0.0 : (stretch - now.stretch(i)) / (time - before);
        now.stretch(i) = stretch;
        if (resting) now.reference_stretch(i) = stretch;
        for (std::int64_t k = first; k <= last; ++k) line.store(k, i, rate_along_line(network, now, i, line.time(k)));
      });
}

void excite(const ReflexNetwork& network, const ReflexState& state, const View1<double>& tonic,
            const Excitation& excitation) {
  const int units = static_cast<int>(network.threshold.extent(0)), last = excitation.steps - 1;
  const double step = excitation.step, last_step = excitation.last_step;
  const View2<double> unit = excitation.unit;
  Kokkos::parallel_for(
      "tautband::reflex_excite", Kokkos::RangePolicy<Execution>(0, excitation.steps * units),
      KOKKOS_LAMBDA(const int item) {
        const int k = item / units, j = item % units;
        const double middle = k * step + 0.5 * (k == last ? last_step : step);
        const double drive = drive_at(network, state, j, state.time + middle - network.efferent_delay, tonic(k));
        unit(k, j) = network.pool.excitation(drive, network.threshold(j));
      });
}

void report_now(const ReflexNetwork& network, const ReflexState& state, double tonic, double tonic_at_muscle,
                const View1<double>& out) {
  const int spindles = state.afferent_rate.signals(), units = static_cast<int>(network.threshold.extent(0));
  Kokkos::parallel_for(
      "tautband::reflex_report", Kokkos::RangePolicy<Execution>(0, spindles + 2 * units),
      KOKKOS_LAMBDA(const int item) {
        const int j = item - spindles;
        if (j < 0)
          out(item) = rate_along_line(network, state, item, state.time);
        else if (j < units)
          out(item) = drive_at(network, state, j, state.time, tonic);
        else
          out(item) = network.pool.excitation(
              drive_at(network, state, j - units, state.time - network.efferent_delay, tonic_at_muscle),
              network.threshold(j - units));
      });
}

std::vector<std::array<double, 3>> spindle_positions(const spec::Spindles& spindles, const LocalMesh& mesh,
                                                     const Geometry& geometry,
                                                     const std::vector<RegionBatches>& muscle) {
  return spindles.positions.empty() ? place_evenly(mesh, geometry, muscle, spindles.count, spindles.seed)
                                    : spindles.positions;
}

}  // namespace

ReflexStage::ReflexStage(const spec::Physiology& physiology, const std::optional<spec::Curve>& tonic_curve,
                         double network_step, double start, const LocalMesh& mesh, const Geometry& geometry,
                         const std::vector<RegionBatches>& muscle, const View2<double>& cross_section,
                         const Territories& territories)
    : positions_(spindle_positions(physiology.spindles, mesh, geometry, muscle)),
      tonic_curve_(tonic_curve),
      tonic_drive_(physiology.motor_pool.tonic_drive),
      network_step_(network_step),
      start_(start),
      network_(wire_reflex(physiology, mesh, positions_, cross_section, territories)),
      sampler_(mesh, positions_, "spindle", geometry.fibre, 0),
      report_("tautband::reflex_report", positions_.size() + 2 * territories.units),
      report_host_(Kokkos::create_mirror_view(report_)) {}

ReflexState ReflexStage::initial_state() const {
  ReflexState state;
  state.time = start_;
  state.reference_stretch = View1<double>("tautband::reference_stretch", spindles());
  state.stretch = View1<double>("tautband::spindle_stretch", spindles());
  state.stretch_rate = View1<double>("tautband::spindle_stretch_rate", spindles());
  Kokkos::deep_copy(state.reference_stretch, 1.0);
  Kokkos::deep_copy(state.stretch, 1.0);
  const double longest = network_.afferent_delay + network_.efferent_delay;
  state.afferent_rate = DelayLine("tautband::afferent_rate", spindles(), network_step_, longest, start_);
  Kokkos::deep_copy(state.afferent_rate.values(), network_.spindle(0.0, 0.0, 0.0));
  return state;
}

void ReflexStage::sample(double time, const NodeVector& u, ReflexState& state) {
  sampler_.sample(u);
  // A time that was summed up may miss 0 by round-off; the pre-stretch must not be felt as a jolt then.
  const bool resting = time <= std::max(0.0, start_) + 1e-3 * network_step_;
  record(network_, state, sampler_.values(), time, resting);
  state.afferent_rate.extend_to(std::max(state.afferent_rate.newest(), state.afferent_rate.last_before(time)));
  state.time = time;
}

double ReflexStage::tonic_drive(double time) const {
  return tonic_curve_ ? tonic_drive_ * spec::evaluate(*tonic_curve_, time) : tonic_drive_;
}

void ReflexStage::advance(const ReflexState& state, double dt, Excitation& excitation) {
  excitation.step = network_step_;
  excitation.steps = std::max(1, static_cast<int>(std::ceil(dt / network_step_ - 1e-9)));
  excitation.last_step = dt - (excitation.steps - 1) * network_step_;
  if (static_cast<int>(excitation.unit.extent(0)) < excitation.steps)
    excitation.unit = View2<double>("tautband::excitation", excitation.steps, units());
  if (static_cast<int>(tonic_.extent(0)) < excitation.steps) {
    tonic_ = View1<double>("tautband::tonic_drive", excitation.steps);
    tonic_host_ = Kokkos::create_mirror_view(tonic_);
  }
  for (int k = 0; k < excitation.steps; ++k) {
    const double middle = k * network_step_ + 0.5 * (k + 1 == excitation.steps ? excitation.last_step : network_step_);
    tonic_host_(k) = tonic_drive(state.time + middle - network_.efferent_delay);
  }
  Kokkos::deep_copy(tonic_, tonic_host_);
  excite(network_, state, tonic_, excitation);
}

const ReflexStage::Report& ReflexStage::report(const ReflexState& state) {
  report_now(network_, state, tonic_drive(state.time), tonic_drive(state.time - network_.efferent_delay), report_);
  Kokkos::deep_copy(report_host_, report_);
  const double* value = report_host_.data();
  last_report_.afferent_rate.assign(value, value + spindles());
  last_report_.drive.assign(value + spindles(), value + spindles() + units());
  last_report_.excitation.assign(value + spindles() + units(), value + spindles() + 2 * units());
  return last_report_;
}

}  // namespace tautband
