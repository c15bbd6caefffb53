#include "stages/energy_crisis_setup.hpp"

namespace tautband {
namespace {

constexpr double micromolar = 1e-3;  ///< mol/m^3

void set_calcium(const spec::Chemistry& chemistry, EnergyCrisis& law) {
  law.contracture_half = chemistry.contracture_half / micromolar;
  law.resting_leak = chemistry.resting_leak / micromolar;
  law.memory_leak = chemistry.memory_leak / micromolar;
  law.end_plate_leak = chemistry.end_plate_leak / micromolar;
  law.stored_calcium = chemistry.stored_calcium / micromolar;
  law.uptake = chemistry.uptake / micromolar;
  law.uptake_half = chemistry.uptake_half / micromolar;
  law.uptake_energy = chemistry.uptake_energy;
}

void set_energy(const spec::Chemistry& chemistry, EnergyCrisis& law) {
  law.oxidation = chemistry.oxidation;
  law.oxygen_half = chemistry.oxygen_half / spec::mmHg;
  law.energy_gap = chemistry.energy_gap;
  law.glycolysis = chemistry.glycolysis;
  law.glycolysis_half = chemistry.glycolysis_half;
  law.acid_half = chemistry.acid_half;
  law.resting_use = chemistry.resting_use;
  law.activation_use = chemistry.activation_use;
  law.contracture_use = chemistry.contracture_use;
  law.uptake_use = chemistry.uptake_use * micromolar;
  law.use_half = chemistry.use_half;
}

void set_exchange(const spec::Chemistry& chemistry, EnergyCrisis& law) {
  law.perfusion_rate = chemistry.perfusion_rate;
  law.hyperaemia = chemistry.hyperaemia;
  law.arterial_oxygen = chemistry.arterial_oxygen / spec::mmHg;
  law.oxygen_per_energy = chemistry.oxygen_per_energy / spec::mmHg;
  law.half_flow_pressure = chemistry.half_flow_pressure;
  law.acid_per_glycolysis = chemistry.acid_per_glycolysis;
  law.acid_clearance = chemistry.acid_clearance;
  law.sensitiser_hypoxia = chemistry.sensitiser_hypoxia;
  law.sensitiser_acid = chemistry.sensitiser_acid;
  law.sensitiser_nociception = chemistry.sensitiser_nociception;
  law.hypoxia_half = chemistry.hypoxia_half / spec::mmHg;
  law.resting_oxygen = chemistry.resting_oxygen / spec::mmHg;
  law.sensitiser_washout = chemistry.sensitiser_washout;
  law.sensitiser_breakdown = chemistry.sensitiser_breakdown;
}

void set_end_plate(const spec::Chemistry& chemistry, EnergyCrisis& law) {
  law.spontaneous_release = chemistry.spontaneous_release;
  law.driven_release = chemistry.driven_release;
  law.sensitised_release = chemistry.sensitised_release;
  law.release_half = chemistry.release_half;
  law.release_acid = chemistry.release_acid;
  law.acetylcholine_time = chemistry.acetylcholine_time;
  law.memory_half = chemistry.memory_half;
  law.memory_rise = chemistry.memory_rise;
  law.memory_fall = chemistry.memory_fall;
  law.reset_rate = chemistry.reset_rate;
  law.reset_stretch = chemistry.reset_stretch;
  law.reset_range = chemistry.reset_range;
}

void fold_in(const spec::Mechanisms& gain, EnergyCrisis& law) {
  law.end_plate_leak *= gain.end_plate_leak;
  law.memory_leak *= gain.contracture_memory;
  law.half_flow_pressure /= gain.perfusion_loss;  // infinite at 0
  law.acid_per_glycolysis *= gain.acid;
  law.sensitiser_hypoxia *= gain.sensitiser;
  law.sensitiser_acid *= gain.sensitiser;
  law.sensitiser_nociception *= gain.sensitiser;
  law.leak_gain = gain.statin_leak;
  law.mitochondrial_gain = gain.mitochondria;
  law.botulinum_gain = gain.botulinum;
}

}  // namespace

EnergyCrisis make_energy_crisis(const spec::Physiology& physiology) {
  EnergyCrisis law;
  set_calcium(physiology.chemistry, law);
  set_energy(physiology.chemistry, law);
  set_exchange(physiology.chemistry, law);
  set_end_plate(physiology.chemistry, law);
  fold_in(physiology.mechanisms, law);
  return law;
}

}  // namespace tautband
