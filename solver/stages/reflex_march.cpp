#include "stages/reflex_march.hpp"

#include "laws/two_stage_activation.hpp"
#include "stages/reflex_signals.hpp"

#include <algorithm>
#include <cmath>

namespace tautband {
namespace {

KOKKOS_INLINE_FUNCTION void fire_spindle(const ReflexNetwork& network, const NeuralInfluence& influence,
                                         const ReflexState& state, const March& march, int i) {
  const DelayLine &primary = march.lines.primary, &secondary = march.lines.secondary;
  const Course stretch{state.stretch(i), state.stretch_rate(i), state.time, march.stretch_held_from};
  const double reference = state.reference_stretch(i), before = primary.time(march.first - 1);
  primary.store(march.first - 1, i, state.afferents.primary.at(before, i));
  secondary.store(march.first - 1, i, state.afferents.secondary.at(before, i));
  const bool linear = network.spindle_model == spec::SpindleModel::linear;
  const SpindleMileusnic2006::Fusimotor fusimotor = fusimotor_rates(network, influence);
  SpindleMileusnic2006::State memory = load_spindle(state.intrafusal, i);
  for (std::int64_t k = march.first; k <= march.last; ++k) {
    const double time = primary.time(k), ectopic = ectopic_rate(network, influence, i, time);
    SpindleMileusnic2006::Rates rates{0.0, 0.0};
    if (linear) {
      rates = linear_rates(network, influence, stretch.at(time) - reference, stretch.rate_at(time), ectopic);
    } else {
      const double length = network.rest_length * stretch.at(time) / reference;
      memory = SpindleMileusnic2006::advance(memory, length, fusimotor, network.step);
      rates = built_rates(network, memory, length, ectopic);
    }
    primary.store(k, i, rates.primary);
    secondary.store(k, i, rates.secondary);
  }
  store_spindle(march.intrafusal, i, memory);
}

KOKKOS_INLINE_FUNCTION void fire_organ(const ReflexNetwork& network, const ReflexState& state, const March& march,
                                       int o) {
  const DelayLine& line = march.lines.tendon;
  const Course tension{state.tension(o), state.tension_rate(o), state.time, march.tension_held_from};
  line.store(march.first - 1, o, state.afferents.tendon.at(line.time(march.first - 1), o));
  GolgiTendonOrgan::State memory{state.organ(o, 0), state.organ(o, 1)};
  double before = GolgiTendonOrgan::input(tension.at(line.time(march.first - 1)));
  for (std::int64_t k = march.first; k <= march.last; ++k) {
    const double now = GolgiTendonOrgan::input(tension.at(line.time(k)));
    memory = GolgiTendonOrgan::advance(memory, before, now, network.step);
    line.store(k, o, GolgiTendonOrgan::rate(memory, now));
    before = now;
  }
  march.organ(o, 0) = memory.slow;
  march.organ(o, 1) = memory.fast;
}

DelayLine wide_enough(const DelayLine& line, const DelayLine& like, const std::string& label, std::int64_t slots,
                      double step) {
  if (line.slots() >= slots && line.signals() == like.signals()) return line;
  return DelayLine(label, like.signals(), step, static_cast<double>(slots) * step, like.time(0));
}

/// Spindles and organs beyond the state up to `time`, when that is needed.
void expect_afferents(const ReflexNetwork& network, const NeuralInfluence& influence, const ReflexState& state,
                      double time, double stretch_held_from, LookAhead& buffers) {
  const DelayLine& past = state.afferents.primary;
  if (!(time > past.time(past.newest()))) return;
  const std::int64_t last = past.last_before(time) + 1, slots = last - past.newest() + 1;
  AfferentLines& lines = buffers.lines;
  lines.primary = wide_enough(lines.primary, past, "tautband::primary_ahead", slots, network.step);
  lines.secondary = wide_enough(lines.secondary, past, "tautband::secondary_ahead", slots, network.step);
  lines.tendon = wide_enough(lines.tendon, state.afferents.tendon, "tautband::tendon_ahead", slots, network.step);
  if (buffers.intrafusal.extent(0) == 0) {
    buffers.intrafusal = View2<double>("tautband::intrafusal_ahead", state.intrafusal.extent(0), 6);
    buffers.organ = View2<double>("tautband::organ_ahead", state.organ.extent(0), 2);
  }
  fire(network, influence, state,
       {lines, buffers.intrafusal, buffers.organ, past.newest() + 1, last, stretch_held_from, state.time});
  lines.primary.extend_to(last);
  lines.secondary.extend_to(last);
  lines.tendon.extend_to(last);
}

/// Time in the middle of network step k of an excitation that begins at `start`.
KOKKOS_INLINE_FUNCTION double middle_of(const Excitation& excitation, double start, int k) {
  const double length = k + 1 == excitation.steps ? excitation.last_step : excitation.step;
  return start + k * excitation.step + 0.5 * length;
}

/// Level of each unit as it reaches the muscle: remembered, or from the drive that is expected.
void expect_levels(const ReflexNetwork& network, const NeuralInfluence& influence, const TonicCourse& tonic,
                   const ReflexState& state, const LookAhead& buffers, const Excitation& excitation) {
  const int territories = network.territories(), units = network.units();
  const double newest = state.efferent.time(state.efferent.newest());
  const View2<double> drive = buffers.drive, level = buffers.level;
  const AfferentLines lines = buffers.lines;
  const double start = state.time - network.efferent_delay;
  Kokkos::parallel_for(
      "tautband::expected_drive", Kokkos::RangePolicy<Execution>(0, excitation.steps * territories),
      KOKKOS_LAMBDA(const int item) {
        const int k = item / territories, j = item % territories;
        const double time = middle_of(excitation, start, k);
        if (time > newest) drive(k, j) = drive_at(network, influence, tonic.at(time), state, lines, j, time);
      });
  const double conducted = 1.0 - influence.botulinum;
  Kokkos::parallel_for(
      "tautband::unit_levels", Kokkos::RangePolicy<Execution>(0, excitation.steps * units),
      KOKKOS_LAMBDA(const int item) {
        const int k = item / units, i = item % units;
        const double time = middle_of(excitation, start, k);
        level(k, i) = conducted * (time > newest ? level_at(network, i, drive(k, network.territory(i)), time)
                                                 : state.efferent.at(time, i));
      });
}

void activate_units(const ReflexNetwork& network, const View2<double>& first, const LookAhead& buffers,
                    const Excitation& excitation) {
  const View2<double> level = buffers.level, end = buffers.activation, times = network.activation_times;
  Kokkos::parallel_for(
      "tautband::activate_units", Kokkos::RangePolicy<Execution>(0, network.units()), KOKKOS_LAMBDA(const int i) {
        const TwoStageActivation law{times(i, 0), times(i, 1)};
        TwoStageActivation::State a{first(i, 0), first(i, 1)};
        for (int k = 0; k < excitation.steps; ++k) {
          a = law.advance(a, level(k, i), k + 1 == excitation.steps ? excitation.last_step : excitation.step);
          level(k, i) = a.activation;
        }
        end(i, 0) = a.inner;
        end(i, 1) = a.activation;
      });
}

void gather_territories(const ReflexNetwork& network, const LookAhead& buffers, const Excitation& excitation) {
  const int territories = network.territories();
  const View2<double> level = buffers.level;
  Kokkos::parallel_for(
      "tautband::gather_territories", Kokkos::RangePolicy<Execution>(0, excitation.steps * territories),
      KOKKOS_LAMBDA(const int item) {
        const int k = item / territories, j = item % territories;
        double sum = 0.0;
        for (int n = network.first_member(j); n < network.first_member(j + 1); ++n)
          sum += network.share(network.member(n)) * level(k, network.member(n));
        excitation.unit(k, j) = sum;
      });
}

}  // namespace

void fire(const ReflexNetwork& network, const NeuralInfluence& influence, const ReflexState& state,
          const March& march) {
  const int spindles = network.spindles(), organs = state.afferents.tendon.signals();
  Kokkos::parallel_for(
      "tautband::fire", Kokkos::RangePolicy<Execution>(0, spindles + organs), KOKKOS_LAMBDA(const int item) {
        if (item < spindles)
          fire_spindle(network, influence, state, march, item);
        else
          fire_organ(network, state, march, item - spindles);
      });
}

void command(const ReflexNetwork& network, const NeuralInfluence& influence, const TonicCourse& tonic,
             const ReflexState& state, std::int64_t first, std::int64_t last, const View2<double>& drive) {
  const int territories = network.territories(), units = network.units(), steps = static_cast<int>(last - first + 1);
  const DelayLine line = state.efferent;
  Kokkos::parallel_for(
      "tautband::drive", Kokkos::RangePolicy<Execution>(0, steps * territories), KOKKOS_LAMBDA(const int item) {
        const int k = item / territories, j = item % territories;
        const double time = line.time(first + k);
        drive(k, j) = drive_at(network, influence, tonic.at(time), state, state.afferents, j, time);
      });
  Kokkos::parallel_for(
      "tautband::command", Kokkos::RangePolicy<Execution>(0, steps * units), KOKKOS_LAMBDA(const int item) {
        const int k = item / units, i = item % units;
        line.store(first + k, i, level_at(network, i, drive(k, network.territory(i)), line.time(first + k)));
      });
}

void look_ahead(const ReflexNetwork& network, const NeuralInfluence& influence, const TonicCourse& tonic,
                const ReflexState& state, double dt, double stretch_held_from, const View2<double>& first_activation,
                LookAhead& buffers, Excitation& excitation) {
  excitation.step = network.step;
  excitation.steps = std::max(1, static_cast<int>(std::ceil(dt / network.step - 1e-9)));
  excitation.last_step = dt - (excitation.steps - 1) * network.step;
  excitation.activated = network.activates();
  const auto steps = static_cast<std::size_t>(excitation.steps);
  if (excitation.unit.extent(0) < steps)
    excitation.unit = View2<double>("tautband::excitation", steps, network.territories());
  if (buffers.level.extent(0) < steps) {
    buffers.drive = View2<double>("tautband::drive_ahead", steps, network.territories());
    buffers.level = View2<double>("tautband::unit_level", steps, network.units());
  }
  const double shortest = std::min({network.primary_delay, network.secondary_delay, network.tendon_delay});
  expect_afferents(network, influence, state, state.time + dt - network.efferent_delay - shortest, stretch_held_from,
                   buffers);
  expect_levels(network, influence, tonic, state, buffers, excitation);
  if (network.activates()) activate_units(network, first_activation, buffers, excitation);
  gather_territories(network, buffers, excitation);
}

void settle_network(const ReflexNetwork& network, const NeuralInfluence& influence, double tonic, std::int64_t now,
                    const ReflexState& state) {
  const int spindles = network.spindles(), organs = state.afferents.tendon.signals();
  const double time = state.time;
  const AfferentLines lines = state.afferents;
  Kokkos::parallel_for(
      "tautband::settle_organs", Kokkos::RangePolicy<Execution>(0, spindles + organs), KOKKOS_LAMBDA(const int item) {
        const int o = item - spindles;
        if (o >= 0) {
          const double input = GolgiTendonOrgan::input(state.tension(o));
          state.organ(o, 0) = state.organ(o, 1) = input;
          for (std::int64_t k = now - lines.tendon.slots() + 1; k <= now; ++k) lines.tendon.store(k, o, input);
          return;
        }
        const double length = network.rest_length * state.stretch(item) / state.reference_stretch(item);
        store_spindle(state.intrafusal, item,
                      SpindleMileusnic2006::settled(length, fusimotor_rates(network, influence)));
        const SpindleMileusnic2006::Rates rates =
            steady_rates(network, influence, state.stretch(item), state.reference_stretch(item),
                         ectopic_rate(network, influence, item, time));
        for (std::int64_t k = now - lines.primary.slots() + 1; k <= now; ++k) {
          lines.primary.store(k, item, rates.primary);
          lines.secondary.store(k, item, rates.secondary);
        }
      });
  const DelayLine efferent = state.efferent;
  const View2<double> activation = state.activation;
  const double conducted = 1.0 - influence.botulinum;
  Kokkos::parallel_for(
      "tautband::settle_units", Kokkos::RangePolicy<Execution>(0, network.units()), KOKKOS_LAMBDA(const int i) {
        const double level =
            unit_level(network, i, steady_drive(network, influence, tonic, state, network.territory(i), time));
        for (std::int64_t k = now - efferent.slots() + 1; k <= now; ++k) efferent.store(k, i, level);
        activation(i, 0) = activation(i, 1) = conducted * level;
      });
}

void steady_excitation(const ReflexNetwork& network, const NeuralInfluence& influence, double tonic, double time,
                       const ReflexState& state, const View1<double>& excitation) {
  const double conducted = 1.0 - influence.botulinum;
  Kokkos::parallel_for(
      "tautband::steady_excitation", Kokkos::RangePolicy<Execution>(0, network.territories()),
      KOKKOS_LAMBDA(const int j) {
        const double drive = steady_drive(network, influence, tonic, state, j, time);
        double sum = 0.0;
        for (int n = network.first_member(j); n < network.first_member(j + 1); ++n)
          sum += network.share(network.member(n)) * unit_level(network, network.member(n), drive);
        excitation(j) = conducted * sum;
      });
}

void report_network(const ReflexNetwork& network, const NeuralInfluence& influence, double tonic,
                    const ReflexState& state, const View1<double>& out) {
  const int spindles = network.spindles(), organs = state.afferents.tendon.signals();
  const int territories = network.territories();
  const double time = state.time;
  const AfferentLines& lines = state.afferents;
  const DelayLine primary = lines.primary, secondary = lines.secondary, tendon = lines.tendon;
  Kokkos::parallel_for(
      "tautband::reflex_report", Kokkos::RangePolicy<Execution>(0, 2 * spindles + organs + 2 * territories),
      KOKKOS_LAMBDA(const int item) {
        int i = item;
        if (i < spindles) {
          out(item) = primary.at(time, i);
          return;
        }
        if ((i -= spindles) < spindles) {
          out(item) = secondary.at(time, i);
          return;
        }
        if ((i -= spindles) < organs) {
          out(item) = tendon.at(time, i);
          return;
        }
        if ((i -= organs) < territories) {
          out(item) = drive_at(network, influence, tonic, state, state.afferents, i, primary.time(primary.newest()));
          return;
        }
        i -= territories;
        double sum = 0.0;
        for (int n = network.first_member(i); n < network.first_member(i + 1); ++n)
          sum += network.share(network.member(n)) * state.efferent.at(time - network.efferent_delay, network.member(n));
        out(item) = (1.0 - influence.botulinum) * sum;
      });
}

}  // namespace tautband
