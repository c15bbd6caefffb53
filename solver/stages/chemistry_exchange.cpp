// The exchange of oxygen, acid and sensitiser.
#include "stages/chemistry.hpp"

#include "base/error.hpp"
#include "math/dual.hpp"
#include "operators/law_ops.hpp"
#include "stages/backward_euler_error.hpp"
#include "stages/point_items.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <utility>

namespace tautband {

namespace {

/// chi: capillary pressure per active stress.
void perfuse_region(const RegionBatches& region, const EnergyCrisis& law, double chi, const PointArray& report,
                    const PointField& pressure, const PointField& perfusion) {
  Kokkos::parallel_for(
      "tautband::perfuse", points_of(region, pressure), KOKKOS_LAMBDA(const Index item) {
        const double p = max(component_at(report, report::lateral_pressure, item), 0.0) +
                         chi * max(component_at(report, report::active_stress, item), 0.0);
        pressure.data()[item] = p;
        perfusion.data()[item] = law.perfusion(p);
      });
}

}  // namespace

void ChemistryStage::perfuse(double strength, const PointArray& report) {
  const double chi = settings_.pressure_by_activation / strength;  // fibres that are left work at full stress
  for (const RegionBatches& region : muscle_)
    perfuse_region(region, settings_.law, chi, report, capillary_pressure_, perfusion_);
}

namespace {

/// What oxygen needs to know of the tissue, at quadrature points: oxidative capacity (1/s) and perfusion.
void gather_capacity(const RegionBatches& region, const EnergyCrisis& law, double mitochondria,
                     const PointField& energy, const PointField& capacity) {
  Kokkos::parallel_for(
      "tautband::oxidative_capacity", points_of(region, capacity), KOKKOS_LAMBDA(const Index item) {
        capacity.data()[item] = law.oxidative_capacity(energy.data()[item], mitochondria);
      });
}

/// Supply of oxygen at nodes (1/s) with the hyperaemia that the use at P (mmHg) asks for.
void ask_for_supply(const EnergyCrisis& law, const View1<double>& capacity, const View1<double>& perfusion,
                    const View1<double>& oxygen, const View1<double>& supply) {
  Kokkos::parallel_for(
      "tautband::oxygen_supply", Kokkos::RangePolicy<Execution>(0, static_cast<Index>(oxygen.extent(0))),
      KOKKOS_LAMBDA(const Index n) {
        supply(n) = law.oxygen_supply(law.oxygen_limited(capacity(n), max(oxygen(n), 0.0)), perfusion(n));
      });
}

/// Oxygen supply and use at nodes, linearised at P (mmHg). Both only fall with P, so Newton's method converges.
void balance_oxygen(const EnergyCrisis& law, const View1<double>& capacity, const View1<double>& supply,
                    const View1<double>& oxygen, const View1<double>& sink, const View1<double>& source) {
  Kokkos::parallel_for(
      "tautband::balance_oxygen", Kokkos::RangePolicy<Execution>(0, static_cast<Index>(oxygen.extent(0))),
      KOKKOS_LAMBDA(const Index n) {
        const double P = oxygen(n);
        const double rate = law.oxygen_limited(capacity(n), P), slope = law.oxygen_limited_slope(capacity(n), P);
        sink(n) = supply(n) + law.oxygen_sink(slope);
        source(n) = supply(n) * law.arterial_oxygen - law.oxygen_sink(rate - slope * P);
      });
}

void balance_acid(const RegionBatches& region, const EnergyCrisis& law, const ChemistryState& state,
                  const PointField& perfusion, const PointField& acid, const PointField& sink,
                  const PointField& source) {
  Kokkos::parallel_for(
      "tautband::balance_acid", points_of(region, acid), KOKKOS_LAMBDA(const Index item) {
        // glycolysis falls with acid: linearised at the acid of the last step
        const double acid_now = acid.data()[item];
        const Dual<1> rate = law.glycolytic_rate(Dual<1>(state.energy.data()[item]), Dual<1>::variable(acid_now, 0));
        const double slope = law.acid_production(rate.d[0]);
        sink.data()[item] = law.acid_washout(perfusion.data()[item]) - slope;
        source.data()[item] = law.acid_production(rate.value) - slope * acid_now;
      });
}

void require_convergence(const DiffusionReport& report, const char* field) {
  if (!report.converged)
    throw RunError(fmt::format("the diffusion of {} did not converge: residual {:.2e} after {} iterations", field,
                               report.residual, report.krylov_iterations));
}

}  // namespace

void ChemistryStage::supply_oxygen(double dt, double mitochondria, const ChemistryState& state) {
  for (const RegionBatches& region : muscle_)
    gather_capacity(region, settings_.law, mitochondria, state.energy, source_);
  diffusion_.average(source_, nodal_capacity_);
  diffusion_.average(perfusion_, nodal_perfusion_);
  // Hyperaemia answers to the use at the start of the step: with the use of its end there may be two solutions.
  ask_for_supply(settings_.law, nodal_capacity_, nodal_perfusion_, state.oxygen, nodal_supply_);
  const auto reaction = [&](const View1<double>& oxygen, const View1<double>& sink, const View1<double>& source) {
    balance_oxygen(settings_.law, nodal_capacity_, nodal_supply_, oxygen, sink, source);
  };
  require_convergence(diffusion_.advance(state.oxygen, settings_.diffusivity[0], reaction, dt), "oxygen");
  diffusion_.interpolate(state.oxygen, oxygen_);
}

void ChemistryStage::produce_acid(double dt, const ChemistryState& state) {
  for (const RegionBatches& region : muscle_)
    balance_acid(region, settings_.law, state, perfusion_, acid_, sink_, source_);
  require_convergence(diffusion_.advance(state.acid, settings_.diffusivity[1], sink_, source_, dt), "acid load");
  diffusion_.interpolate(state.acid, acid_);
}

namespace {

struct Sensitisation {
  EnergyCrisis law;
  Nociceptor nociceptor;
  PointField oxygen, acid, sensitiser, perfusion, nociception, sink, source;
  PointArray report;

  /// n where sensitiser, acid and pressure are what they are now.
  KOKKOS_INLINE_FUNCTION void feel(Index item) const {
    const double pressure = max(component_at(report, report::lateral_pressure, item), 0.0);
    nociception.data()[item] = nociceptor(max(sensitiser.data()[item], 0.0), max(acid.data()[item], 0.0), pressure);
  }
  KOKKOS_INLINE_FUNCTION void balance(Index item) const {
    const double production =
        law.sensitiser_production(oxygen.data()[item], max(acid.data()[item], 0.0), nociception.data()[item]);
    sink.data()[item] = production + law.sensitiser_clearance(perfusion.data()[item]);
    source.data()[item] = production;
  }
};

void feel(const RegionBatches& region, const Sensitisation& step) {
  Kokkos::parallel_for(
      "tautband::nociception", points_of(region, step.sink), KOKKOS_LAMBDA(const Index item) { step.feel(item); });
}

void balance_sensitiser(const RegionBatches& region, const Sensitisation& step) {
  Kokkos::parallel_for(
      "tautband::balance_sensitiser", points_of(region, step.sink),
      KOKKOS_LAMBDA(const Index item) { step.balance(item); });
}

}  // namespace

void ChemistryStage::sensitise(double dt, const PointArray& report, const ChemistryState& state) {
  const Sensitisation step{settings_.law, settings_.nociceptor, oxygen_, acid_,   sensitiser_,
                           perfusion_,    nociception_,         sink_,   source_, report};
  for (const RegionBatches& region : muscle_) balance_sensitiser(region, step);
  require_convergence(diffusion_.advance(state.sensitiser, settings_.diffusivity[2], sink_, source_, dt), "sensitiser");
  diffusion_.interpolate(state.sensitiser, sensitiser_);
  for (const RegionBatches& region : muscle_) feel(region, step);
}

namespace {

/// Rates of the two diffusing fields that are not quasi-steady, and the largest error of their step on this rank.
struct ExchangeRates {
  PointField now[2], past[2];
  PointArray before, rates;
  int first;
  double dt, last_dt;

  KOKKOS_INLINE_FUNCTION double operator()(Index item) const {
    double error = 0.0;
    for (int k = 0; k < 2; ++k) {
      const double rate = (now[k].data()[item] - past[k].data()[item]) / dt;
      if (last_dt > 0.0) error = max(error, step_error(rate, component_at(before, first + k, item), dt, last_dt));
      set_component(rates, first + k, item, rate);
    }
    return error;
  }
};

double largest_error(const RegionBatches& region, const ExchangeRates& rates) {
  double largest = 0.0;
  Kokkos::parallel_reduce(
      "tautband::exchange_error", points_of(region, rates.now[0]),
      KOKKOS_LAMBDA(const Index item, double& error) { error = max(error, rates(item)); },
      Kokkos::Max<double>(largest));
  return largest;
}

}  // namespace

double ChemistryStage::exchange_error(double dt) {
  const ExchangeRates rates{
      {acid_, sensitiser_}, {before_[0], before_[1]}, rates_, trial_rates_, acid_load, dt, last_step_};
  double error = 0.0;
  for (const RegionBatches& region : muscle_) error = std::max(error, largest_error(region, rates));
  MPI_Allreduce(MPI_IN_PLACE, &error, 1, MPI_DOUBLE, MPI_MAX, mesh_.comm);
  return error;
}

double ChemistryStage::exchange(double dt, const ChemistryInfluence& influence, const NodeVector& u,
                                const PointArray& report, const ChemistryState& state) {
  Kokkos::deep_copy(before_[0], acid_);
  Kokkos::deep_copy(before_[1], sensitiser_);
  diffusion_.deform(u);
  perfuse(influence.strength, report);
  supply_oxygen(dt, influence.mitochondria, state);
  produce_acid(dt, state);
  sensitise(dt, report, state);
  const double error = exchange_error(dt);
  std::swap(rates_, trial_rates_);
  last_step_ = dt;
  return error;
}

}  // namespace tautband
