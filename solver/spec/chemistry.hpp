// [chemistry]: the energy crisis of the end plate, calcium, energy, acetylcholine and memory, and what it exchanges
// with oxygen, acid and sensitiser. Equations and symbols: laws/energy_crisis.hpp. SI units.
#pragma once

#include "spec/describe.hpp"

#include <array>

namespace tautband::spec {

inline constexpr double mmHg = 133.322387415;  ///< Pa
inline constexpr double hour = 3600.0;         ///< s

/// Every number without another source is calibrated (docs/model.md 9.1); powers are part of the equations.
struct Chemistry {
  bool active = false;  ///< [chemistry] is in the case
  double statin_leak = 0.0;
  double mitochondrial_capacity = 1.0;
  double initial_memory = 0.0;
  double pressure_by_activation = 0.093;
  double contracture_half = 0.6e-3;
  double resting_leak = 0.0385e-3;
  double memory_leak = 0.95e-3;
  double end_plate_leak = 0.60e-3;
  double stored_calcium = 1.5e-3;
  double uptake = 1.0e-3;
  double uptake_half = 0.30e-3;
  double uptake_energy = 0.4;
  double oxidation = 0.0125;
  double oxygen_half = 2.0 * mmHg;
  double energy_gap = 0.10;
  double glycolysis = 0.002;
  double glycolysis_half = 0.3;
  double acid_half = 0.5;
  double resting_use = 2e-4;
  double activation_use = 0.015;
  double contracture_use = 0.03;
  double uptake_use = 0.2;
  double use_half = 0.3;
  double perfusion_rate = 0.034;
  double hyperaemia = 40.0;
  double arterial_oxygen = 55.0 * mmHg;
  double oxygen_per_energy = 4180.0 * mmHg;
  double half_flow_pressure = 5.8e3;
  double acid_per_glycolysis = 60.0;
  double acid_clearance = 0.02;
  double sensitiser_hypoxia = 0.0018;
  double sensitiser_acid = 0.0010;
  double sensitiser_nociception = 0.0025;
  double hypoxia_half = 8.0 * mmHg;
  double resting_oxygen = 30.0 * mmHg;
  double sensitiser_washout = 0.0030;
  double sensitiser_breakdown = 0.0012;
  double spontaneous_release = 0.02;
  double driven_release = 0.5;
  double sensitised_release = 0.8;
  double release_half = 0.55;
  double release_acid = 0.5;
  double acetylcholine_time = 60.0;
  double memory_half = 0.15;
  double memory_rise = 2.0 * hour;
  double memory_fall = 72.0 * hour;
  double reset_rate = 0.01;
  double reset_stretch = 0.05;
  double reset_range = 0.10;
  double habituation = 600.0;

  bool operator==(const Chemistry&) const = default;
};

template <Of<Chemistry> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("statin_leak", self.statin_leak,
        {.lowest = 0.0, .highest = 100.0, .meaning = "l_st: extra calcium leak by a statin, as a part of the leak"});
  visit("mitochondrial_capacity", self.mitochondrial_capacity,
        {.lowest = 0.0, .highest = 1.0, .meaning = "m: oxidative capacity of the mitochondria, 1 = healthy"});
  visit("initial_memory", self.initial_memory,
        {.lowest = 0.0, .highest = 1.0, .meaning = "D at the start: 0 = healthy tissue, 1 = a latent point"});
  visit("pressure_by_activation", self.pressure_by_activation,
        {.lowest = 0.0,
         .highest = 10.0,
         .meaning = "chi: pressure on capillaries per active fibre stress",
         .source = "calibrated: 57 % of the strongest contraction stops the flow (Sadamoto 1983, EJAP 51:395)"});
  visit("contracture_half", self.contracture_half,
        {.unit = "umol/L",
         .lowest = 0.001,
         .highest = 1000.0,
         .meaning = "calcium at which half the end-plate zone is contracted",
         .source = "calibrated"});
  visit("resting_leak", self.resting_leak,
        {.unit = "umol/L/s",
         .lowest = 0.0,
         .highest = 1000.0,
         .meaning = "k_L: calcium leak of the stores at rest",
         .source = "calibrated: gives 0.08-0.1 umol/L at rest"});
  visit("memory_leak", self.memory_leak,
        {.unit = "umol/L/s",
         .lowest = 0.0,
         .highest = 1000.0,
         .meaning = "k_D: extra leak at full contracture memory",
         .source = "calibrated: no direct data"});
  visit("end_plate_leak", self.end_plate_leak,
        {.unit = "umol/L/s",
         .lowest = 0.0,
         .highest = 1000.0,
         .meaning = "k_A: calcium entry per unit of excess acetylcholine",
         .source = "calibrated"});
  visit("stored_calcium", self.stored_calcium,
        {.unit = "umol/L",
         .lowest = 0.001,
         .highest = 10000.0,
         .meaning = "calcium at which the leak ends",
         .source = "calibrated"});
  visit("uptake", self.uptake,
        {.unit = "umol/L/s",
         .lowest = 1e-06,
         .highest = 10000.0,
         .meaning = "V_S: fastest uptake into the stores",
         .source = "calibrated"});
  visit("uptake_half", self.uptake_half,
        {.unit = "umol/L",
         .lowest = 0.001,
         .highest = 1000.0,
         .meaning = "calcium at half uptake",
         .source = "calibrated: SERCA pumps have 0.3-1 umol/L"});
  visit("uptake_energy", self.uptake_energy,
        {.lowest = 0.001, .highest = 1.0, .meaning = "energy at which uptake fails", .source = "calibrated"});
  visit("oxidation", self.oxidation,
        {.unit = "1/s",
         .lowest = 1e-06,
         .highest = 1000.0,
         .meaning = "P_ox: largest oxidative supply, in stores of phosphate energy per second",
         .source = "calibrated: 0.5 mmol/L/s of a store of 40 mmol/L"});
  visit("oxygen_half", self.oxygen_half,
        {.unit = "mmHg",
         .lowest = 0.001,
         .highest = 1000.0,
         .meaning = "oxygen pressure at half the oxidative rate",
         .source = "calibrated"});
  visit("energy_gap", self.energy_gap,
        {.lowest = 1e-06,
         .highest = 1.0,
         .meaning = "spent energy that calls for half the oxidative capacity",
         .source = "calibrated"});
  visit("glycolysis", self.glycolysis,
        {.unit = "1/s",
         .lowest = 0.0,
         .highest = 1000.0,
         .meaning = "fastest glycolytic supply",
         .source = "calibrated"});
  visit("glycolysis_half", self.glycolysis_half,
        {.lowest = 0.001, .highest = 1.0, .meaning = "spent energy at half of it", .source = "calibrated"});
  visit("acid_half", self.acid_half,
        {.lowest = 0.001,
         .highest = 10.0,
         .meaning = "acid load, in pH units, that halves glycolysis",
         .source = "calibrated"});
  visit("resting_use", self.resting_use,
        {.unit = "1/s",
         .lowest = 0.0,
         .highest = 1000.0,
         .meaning = "U_0: energy use at rest",
         .source = "calibrated: 0.008-0.01 mmol/L/s of a store of 40 mmol/L"});
  visit("activation_use", self.activation_use,
        {.unit = "1/s",
         .lowest = 0.0,
         .highest = 1000.0,
         .meaning = "U_x: energy use of full activation",
         .source = "calibrated: 0.5 (slow fibres) to 1.5 mmol/L/s of the store"});
  visit("contracture_use", self.contracture_use,
        {.lowest = 0.0,
         .highest = 1000.0,
         .meaning = "x_c: energy use of full contracture, as a part of that of activation",
         .source = "calibrated"});
  visit("uptake_use", self.uptake_use,
        {.unit = "L/umol",
         .lowest = 0.0,
         .highest = 1000.0,
         .meaning = "U_s: energy use per calcium taken up",
         .source = "calibrated"});
  visit("use_half", self.use_half,
        {.lowest = 1e-06, .highest = 10.0, .meaning = "energy at which use falls to half", .source = "calibrated"});
  visit("perfusion_rate", self.perfusion_rate,
        {.unit = "1/s",
         .lowest = 1e-06,
         .highest = 1000.0,
         .meaning = "k_0: oxygen exchange with the blood at rest",
         .source = "calibrated"});
  visit("hyperaemia", self.hyperaemia,
        {.lowest = 0.0,
         .highest = 1000.0,
         .meaning = "k_x: how many times more at the largest oxidative rate",
         .source = "calibrated"});
  visit("arterial_oxygen", self.arterial_oxygen,
        {.unit = "mmHg",
         .lowest = 0.0,
         .highest = 1000.0,
         .meaning = "mean oxygen pressure of the capillaries",
         .source = "calibrated"});
  visit("oxygen_per_energy", self.oxygen_per_energy,
        {.unit = "mmHg",
         .lowest = 0.0,
         .highest = 1000000.0,
         .meaning = "P_e: oxygen pressure used up by one store of energy",
         .source = "calibrated: 5-6 phosphates per oxygen, store of 40 mmol/L"});
  visit("half_flow_pressure", self.half_flow_pressure,
        {.unit = "kPa",
         .lowest = 0.001,
         .highest = 1000000.0,
         .meaning = "p_50: pressure on the capillaries that halves the flow",
         .source = "calibrated: Jarvholm 1988, EJAP 58:219 finds less flow from 5.6 kPa"});
  visit("acid_per_glycolysis", self.acid_per_glycolysis,
        {.lowest = 0.0,
         .highest = 10000.0,
         .meaning = "H_g: pH units per glycolytic store of energy",
         .source = "calibrated"});
  visit("acid_clearance", self.acid_clearance,
        {.unit = "1/s",
         .lowest = 0.0,
         .highest = 1000.0,
         .meaning = "k_H: washout of acid with full flow",
         .source = "calibrated"});
  visit("sensitiser_hypoxia", self.sensitiser_hypoxia,
        {.unit = "1/s",
         .lowest = 0.0,
         .highest = 1000.0,
         .meaning = "S_P: sensitiser made without oxygen",
         .source = "calibrated: active over normal tissue as measured by Shah 2008, Arch Phys Med Rehabil 89:16"});
  visit("sensitiser_acid", self.sensitiser_acid,
        {.unit = "1/s",
         .lowest = 0.0,
         .highest = 1000.0,
         .meaning = "S_H: sensitiser made per pH unit of acid",
         .source = "calibrated"});
  visit("sensitiser_nociception", self.sensitiser_nociception,
        {.unit = "1/s",
         .lowest = 0.0,
         .highest = 1000.0,
         .meaning = "S_n: sensitiser that active nociceptors release",
         .source = "calibrated"});
  visit("hypoxia_half", self.hypoxia_half,
        {.unit = "mmHg",
         .lowest = 0.001,
         .highest = 1000.0,
         .meaning = "K_P: oxygen pressure at which hypoxia makes half of it",
         .source = "calibrated"});
  visit("resting_oxygen", self.resting_oxygen,
        {.unit = "mmHg",
         .lowest = 0.0,
         .highest = 1000.0,
         .meaning = "P_rest: oxygen pressure at which hypoxia begins",
         .source = "calibrated"});
  visit("sensitiser_washout", self.sensitiser_washout,
        {.unit = "1/s",
         .lowest = 0.0,
         .highest = 1000.0,
         .meaning = "k_S: washout of sensitiser with full flow",
         .source = "calibrated"});
  visit("sensitiser_breakdown", self.sensitiser_breakdown,
        {.unit = "1/s",
         .lowest = 1e-09,
         .highest = 1000.0,
         .meaning = "k_B: its breakdown in the tissue",
         .source = "calibrated"});
  visit("spontaneous_release", self.spontaneous_release,
        {.lowest = 0.0, .highest = 1000.0, .meaning = "A_0: excess acetylcholine at rest", .source = "calibrated"});
  visit("driven_release", self.driven_release,
        {.lowest = 0.0, .highest = 1000.0, .meaning = "A_a: by full activation", .source = "calibrated"});
  visit("sensitised_release", self.sensitised_release,
        {.lowest = 0.0, .highest = 1000.0, .meaning = "A_S: by full sensitisation", .source = "calibrated"});
  visit("release_half", self.release_half,
        {.lowest = 0.001, .highest = 1.0, .meaning = "sensitiser at half of that", .source = "calibrated"});
  visit("release_acid", self.release_acid,
        {.lowest = 0.0,
         .highest = 1000.0,
         .meaning = "A_H: how much more per pH unit of acid",
         .source = "calibrated: direction after Gerwin 2004, Curr Pain Headache Rep 8:468"});
  visit("acetylcholine_time", self.acetylcholine_time,
        {.unit = "s",
         .lowest = 0.001,
         .highest = 1000000.0,
         .meaning = "tau_A: time in which release follows its causes",
         .source = "calibrated"});
  visit("memory_half", self.memory_half,
        {.lowest = 0.001,
         .highest = 1.0,
         .meaning = "contracture activation that leaves half the memory",
         .source = "calibrated"});
  visit("memory_rise", self.memory_rise,
        {.unit = "h",
         .lowest = 0.0001,
         .highest = 100000.0,
         .meaning = "tau_D while memory grows",
         .source = "calibrated: no direct data"});
  visit("memory_fall", self.memory_fall,
        {.unit = "d",
         .lowest = 0.0001,
         .highest = 100000.0,
         .meaning = "tau_D while it fades",
         .source = "calibrated: no direct data"});
  visit("reset_rate", self.reset_rate,
        {.unit = "1/s",
         .lowest = 0.0,
         .highest = 1000.0,
         .meaning = "m_1: loss of memory at the stretch below",
         .source = "calibrated: 0.01-0.02 1/s; no direct data"});
  visit("reset_stretch", self.reset_stretch,
        {.lowest = 0.0,
         .highest = 10.0,
         .meaning = "fibre stretch beyond that in situ at which memory begins to be lost",
         .source = "calibrated: no direct data"});
  visit("reset_range", self.reset_range,
        {.lowest = 1e-06,
         .highest = 10.0,
         .meaning = "further stretch at which it is lost at reset_rate",
         .source = "calibrated: no direct data"});
  visit("habituation", self.habituation,
        {.unit = "min",
         .lowest = 1e-3,
         .highest = 1e9,
         .meaning = "time in which fibres get used to a new stretch, from which the excess then counts",
         .source = "calibrated: longer than a treatment, shorter than a change of posture"});
}

/// [[latent_point]]: a place where the contracture memory is there from the start
struct LatentPoint {
  std::array<double, 3> centre{0, 0, 0};  ///< m, reference configuration
  double radius = 2e-3;                   ///< m
  double memory = 1.0;                    ///< D in the centre

  bool operator==(const LatentPoint&) const = default;
};

template <Of<LatentPoint> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("centre", self.centre, {.unit = "mm", .meaning = "its middle", .required = true});
  visit("radius", self.radius,
        {.unit = "mm",
         .lowest = 1e-6,
         .highest = 1e6,
         .meaning = "where the memory has fallen to 1/e: D = memory exp(-(r/radius)^4)"});
  visit("memory", self.memory, {.lowest = 0.0, .highest = 1.0, .meaning = "D in the middle"});
}

}  // namespace tautband::spec
