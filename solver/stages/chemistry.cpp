#include "stages/chemistry.hpp"

#include "operators/law_ops.hpp"
#include "stages/backward_euler_error.hpp"
#include "stages/point_items.hpp"

#include <algorithm>
#include <cmath>

namespace tautband {
namespace {

/// Energy index at which active force has halved; calibrated, docs/model.md 7.3.
constexpr double force_half_energy = 0.05;

/// Everything the local kernel reads and writes; plain handles.
struct LocalStep {
  EnergyCrisis law;
  ChemistryInfluence influence;
  double dt, last_dt, habituation;
  PointField activation, end_plate, oxygen, acid, sensitiser, contracture_activation, effectiveness;
  ChemistryState state;
  PointArray report, before, rates;

  KOKKOS_INLINE_FUNCTION double operator()(Index item) const {
    const double stretch = component_at(report, report::stretch, item);
    double& usual = state.usual_stretch.data()[item];
    const double ep = end_plate.data()[item];
    const EnergyCrisis::Influence around{activation.data()[item], ep,
                                         influence.botulinum,     influence.leak,
                                         influence.mitochondria,  law.mechanical_reset(stretch - usual)};
    const EnergyCrisis::Local start{state.calcium.data()[item], state.energy.data()[item],
                                    state.acetylcholine.data()[item], state.memory.data()[item]};
    const EnergyCrisis::Local end =
        law.advance(start, {oxygen.data()[item], acid.data()[item], sensitiser.data()[item]}, around, dt);
    usual = max(usual, stretch + (usual - stretch) * exp(-dt / habituation));  // a knot that lets go is not stretched
    state.calcium.data()[item] = end.calcium;
    state.energy.data()[item] = end.energy;
    state.acetylcholine.data()[item] = end.acetylcholine;
    state.memory.data()[item] = end.memory;
    const double active = law.contracture_activation(end.calcium, ep);
    const double change[3] = {end.energy - start.energy, active - contracture_activation.data()[item],
                              end.memory - start.memory};
    contracture_activation.data()[item] = active;
    effectiveness.data()[item] = influence.strength * end.energy / (end.energy + force_half_energy);
    double error = 0.0;
    for (int k = 0; k < 3; ++k) {
      const double rate = change[k] / dt;
      if (last_dt > 0.0) error = max(error, step_error(rate, component_at(before, k, item), dt, last_dt));
      set_component(rates, k, item, rate);
    }
    return error;
  }
};

double advance_region(const RegionBatches& region, const LocalStep& step) {
  double largest = 0.0;
  Kokkos::parallel_reduce(
      "tautband::chemistry", points_of(region, step.end_plate),
      KOKKOS_LAMBDA(const Index item, double& error) { error = max(error, step(item)); }, Kokkos::Max<double>(largest));
  return largest;
}

PointField like(const PointField& field, const std::string& label) {
  return PointField(label, field.extent(0), field.extent(1), field.extent(2));
}

double largest_of_all(double value, MPI_Comm comm) {
  MPI_Allreduce(MPI_IN_PLACE, &value, 1, MPI_DOUBLE, MPI_MAX, comm);
  return value;
}

}  // namespace

ChemistryStage::ChemistryStage(const Settings& settings, const LocalMesh& mesh,
                               const std::vector<RegionBatches>& muscle, const PointField& end_plate,
                               DiffusionStage& diffusion)
    : settings_(settings),
      mesh_(mesh),
      muscle_(muscle),
      end_plate_(end_plate),
      diffusion_(diffusion),
      capillary_pressure_(like(end_plate, "tautband::capillary_pressure")),
      perfusion_(like(end_plate, "tautband::perfusion")),
      nociception_(like(end_plate, "tautband::nociception")),
      oxygen_(like(end_plate, "tautband::oxygen_at_points")),
      acid_(like(end_plate, "tautband::acid_at_points")),
      sensitiser_(like(end_plate, "tautband::sensitiser_at_points")),
      sink_(like(end_plate, "tautband::sink")),
      source_(like(end_plate, "tautband::source")),
      before_{like(end_plate, "tautband::acid_before"), like(end_plate, "tautband::sensitiser_before")},
      nodal_capacity_("tautband::oxidative_capacity", mesh.n_nodes),
      nodal_perfusion_("tautband::nodal_perfusion", mesh.n_nodes),
      nodal_supply_("tautband::oxygen_supply", mesh.n_nodes),
      rates_("tautband::chemistry_rates", end_plate.extent(0), end_plate.extent(1), int(n_rates), end_plate.extent(2)),
      trial_rates_("tautband::chemistry_trial_rates", end_plate.extent(0), end_plate.extent(1), int(n_rates),
                   end_plate.extent(2)),
      saved_contracture_(like(end_plate, "tautband::saved_contracture_activation")),
      saved_effectiveness_(like(end_plate, "tautband::saved_effectiveness")) {
  for (PointField& field : saved_) field = like(end_plate, "tautband::saved_chemistry");
}

namespace {

/// D of the latent points: the largest of their bells.
void place_memory(const LocalMesh& mesh, const std::vector<RegionBatches>& muscle, const spec::LatentPoint& latent,
                  const PointField& memory) {
  PointField x[3];
  for (int c = 0; c < 3; ++c) {
    View1<double> nodal("tautband::coordinate", mesh.n_nodes);
    Kokkos::deep_copy(nodal, Kokkos::subview(mesh.X, Kokkos::ALL, c));
    x[c] = nodes_to_points(mesh, nodal);
  }
  const PointField x0 = x[0], x1 = x[1], x2 = x[2];
  const double c0 = latent.centre[0], c1 = latent.centre[1], c2 = latent.centre[2];
  const double inverse = 1.0 / (latent.radius * latent.radius), depth = latent.memory;
  for (const RegionBatches& region : muscle)
    Kokkos::parallel_for(
        "tautband::latent_point", points_of(region, memory), KOKKOS_LAMBDA(const Index item) {
          const double d0 = x0.data()[item] - c0, d1 = x1.data()[item] - c1, d2 = x2.data()[item] - c2;
          const double squared = (d0 * d0 + d1 * d1 + d2 * d2) * inverse;
          double& value = memory.data()[item];
          value = max(value, depth * exp(-squared * squared));
        });
}

}  // namespace

ChemistryState ChemistryStage::initial_state(const std::vector<spec::LatentPoint>& latent) {
  const auto filled = [&](const std::string& label, double value) {
    const PointField field = like(end_plate_, label);
    Kokkos::deep_copy(field, value);
    return field;
  };
  const auto nodal = [&](const std::string& label, double value) {
    const View1<double> field(label, mesh_.n_nodes);
    Kokkos::deep_copy(field, value);
    return field;
  };
  const double resting_calcium = 0.08, resting_oxygen = settings_.law.resting_oxygen;
  ChemistryState state{filled("tautband::calcium", resting_calcium),
                       filled("tautband::energy", 1.0),
                       filled("tautband::acetylcholine", 0.0),
                       filled("tautband::memory", settings_.initial_memory),
                       filled("tautband::usual_stretch", 1.0),
                       nodal("tautband::oxygen", resting_oxygen),
                       nodal("tautband::acid", 0.0),
                       nodal("tautband::sensitiser", 0.0)};
  for (const spec::LatentPoint& point : latent) place_memory(mesh_, muscle_, point, state.memory);
  Kokkos::deep_copy(oxygen_, resting_oxygen);
  return state;
}

void ChemistryStage::save(const ChemistryState& state, const MuscleState& muscle) {
  Kokkos::deep_copy(saved_[0], state.calcium);
  Kokkos::deep_copy(saved_[1], state.energy);
  Kokkos::deep_copy(saved_[2], state.acetylcholine);
  Kokkos::deep_copy(saved_[3], state.memory);
  Kokkos::deep_copy(saved_[4], state.usual_stretch);
  Kokkos::deep_copy(saved_contracture_, muscle.contracture_activation);
  Kokkos::deep_copy(saved_effectiveness_, muscle.effectiveness);
}

void ChemistryStage::restore(const ChemistryState& state, const MuscleState& muscle) const {
  Kokkos::deep_copy(state.calcium, saved_[0]);
  Kokkos::deep_copy(state.energy, saved_[1]);
  Kokkos::deep_copy(state.acetylcholine, saved_[2]);
  Kokkos::deep_copy(state.memory, saved_[3]);
  Kokkos::deep_copy(state.usual_stretch, saved_[4]);
  Kokkos::deep_copy(muscle.contracture_activation, saved_contracture_);
  Kokkos::deep_copy(muscle.effectiveness, saved_effectiveness_);
}

void ChemistryStage::archive(StateArchive& archive, const ChemistryState& state) {
  archive.points("calcium", state.calcium);
  archive.points("energy", state.energy);
  archive.points("acetylcholine", state.acetylcholine);
  archive.points("memory", state.memory);
  archive.points("usual_stretch", state.usual_stretch);
  archive.nodes("oxygen", state.oxygen);
  archive.nodes("acid", state.acid);
  archive.nodes("sensitiser", state.sensitiser);
  archive.points("capillary_pressure", capillary_pressure_);
  archive.points("perfusion", perfusion_);
  archive.points("nociception", nociception_);
  archive.points("oxygen_at_points", oxygen_);
  archive.points("acid_at_points", acid_);
  archive.points("sensitiser_at_points", sensitiser_);
  archive.points("chemistry_rates", rates_);
  archive.number("chemistry_step", last_step_);
}

double ChemistryStage::advance(double dt, const ChemistryInfluence& influence, const PointArray& report,
                               const MuscleState& muscle, const ChemistryState& state) {
  const LocalStep step{
      settings_.law, influence, dt,     last_step_,  settings_.habituation,         muscle.activation,
      end_plate_,    oxygen_,   acid_,  sensitiser_, muscle.contracture_activation, muscle.effectiveness,
      state,         report,    rates_, trial_rates_};
  double error = 0.0;
  for (const RegionBatches& region : muscle_) error = std::max(error, advance_region(region, step));
  return largest_of_all(error, mesh_.comm);
}

void ChemistryStage::accustom(const PointArray& report, const ChemistryState& state) const {
  Kokkos::deep_copy(state.usual_stretch,
                    Kokkos::subview(report, Kokkos::ALL, Kokkos::ALL, int(report::stretch), Kokkos::ALL));
}

}  // namespace tautband
