#include "stages/slow_reflex.hpp"

#include "laws/activation.hpp"

namespace tautband {
namespace {

double mean_of(const View1<double>& values) {
  const auto host = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), values);
  double sum = 0.0;
  for (std::size_t j = 0; j < host.extent(0); ++j) sum += host(j);
  return sum / static_cast<double>(host.extent(0));
}

/// Levels that units have been told last, as their activation.
void begin_activated(const ReflexState& state, double conducted, const View2<double>& first) {
  Kokkos::parallel_for(
      "tautband::begin_activated", Kokkos::RangePolicy<Execution>(0, first.extent(0)),
      KOKKOS_LAMBDA(const int i) { first(i, 0) = first(i, 1) = conducted * state.efferent.at(state.time, i); });
}

/// Mean over the excitation's steps of each territory's activation, which begins at its first excitation.
void mean_activation(const ActivationTimes<double>& times, double gain, const Excitation& excitation,
                     const View1<double>& mean) {
  Kokkos::parallel_for(
      "tautband::mean_activation", Kokkos::RangePolicy<Execution>(0, mean.extent(0)), KOKKOS_LAMBDA(const int j) {
        double a = min(gain * excitation.unit(0, j), 1.0), sum = 0.0;
        for (int k = 0; k < excitation.steps; ++k) {
          const double e = min(gain * excitation.unit(k, j), 1.0);
          a = excitation.activated ? e : advance_activation(times, a, e, excitation.step);
          sum += a;
        }
        mean(j) = sum / excitation.steps;
      });
}

TonicCourse constant_drive(double tonic) {
  TonicCourse course;
  for (double& value : course.value) value = tonic;
  return course;
}

}  // namespace

SlowReflex::SlowReflex(const ReflexStage& stage, const spec::Activation& activation)
    : stage_(stage),
      activation_(activation),
      of_territory_("tautband::territory_mean", stage.territories()),
      first_("tautband::first_activation", stage.motor_units(), 2) {
  ahead_.activation = View2<double>("tautband::activation_ahead", stage.motor_units(), 2);
}

void SlowReflex::steady(const ReflexState& state, double time, const NeuralInfluence& influence,
                        const View1<double>& unit_excitation) const {
  steady_excitation(stage_.network(), influence, stage_.tonic()(time), time, state, unit_excitation);
}

void SlowReflex::steady(const ReflexState& state, double time, const NeuralInfluence& influence,
                        Excitation& excitation) const {
  if (excitation.unit.extent(0) == 0) excitation.unit = View2<double>("tautband::excitation", 1, stage_.territories());
  excitation.steps = 1;
  excitation.step = excitation.last_step = 0.0;
  excitation.activated = true;
  steady(state, time, influence, View1<double>(Kokkos::subview(excitation.unit, 0, Kokkos::ALL)));
}

double SlowReflex::steady_mean(const ReflexState& state, const NeuralInfluence& influence) const {
  Excitation excitation;
  steady(state, state.time, influence, excitation);
  mean_activation({}, activation_.gain, excitation, of_territory_);
  return mean_of(of_territory_);
}

double SlowReflex::fast_mean(const ReflexState& state, const NeuralInfluence& influence, double duration) {
  begin_activated(state, 1.0 - influence.botulinum, first_);
  look_ahead(stage_.network(), influence, constant_drive(stage_.tonic()(state.time)), state, duration, state.time,
             first_, ahead_, excitation_);
  mean_activation({activation_.time_up, activation_.time_down, activation_.smoothing}, activation_.gain, excitation_,
                  of_territory_);
  return mean_of(of_territory_);
}

}  // namespace tautband
