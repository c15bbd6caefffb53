// Case texts for the tests of reading, writing and checking.
#pragma once

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "base/error.hpp"
#include "io/case_file.hpp"

namespace tautband::testing {

/// The smallest valid case; the tests count its lines.
inline const std::string small_case = R"([mesh]
file = "m.vtkhdf"
[time]
end = "1 s"
step = "10 ms"
[[region]]
name = "muscle"
law = "neo_hookean"
[region.parameters]
mu = "5 kPa"
[[boundary]]
set = "x0"
kind = "displacement"
components = "x"
)";

/// A valid case with every section and every kind of value.
inline const std::string full_case = R"([case]
title = "everything \"quoted\""
[mesh]
file = "meshes/bundle.vtkhdf"
formulation = "displacement"
made_by = "tautband-mesh make bundle"
[time]
end = "1.3 s"
step = "7 ms"
longest_step = "31 ms"
[curve.table]
kind = "table"
times = ["0 s", "0.1 s", "333 ms"]
values = [0, 1.5, -2]
[curve.ramp]
kind = "ramp"
start = "-1 s"
end = "0.7 s"
[curve.sine]
kind = "sine"
frequency = "3 Hz"
phase = "90 deg"
[curve.step]
kind = "step"
start = "0.1 s"
[[region]]
name = "muscle"
law = "tautband"
volumetric = "simo_taylor"
density = "1.06 g/cm^3"
fibre = [0.6, 0, 0.8]
activation = { value = 0.3, curve = "ramp" }
contracture_stretch = { array = "knot", scale = 0.9, curve = "step" }
[region.parameters]
mu = { array = "stiffness" }
sigma0 = "21.7 N/cm^2"
[[region]]
name = "tendon"
law = "neo_hookean_coupled"
active = "uniaxial"
active_stress = "3 kPa"
fibre_array = "own_fibre"
[[boundary]]
set = "end0"
kind = "displacement"
components = "xz"
value = ["0 mm", "0 mm", "0.3 mm"]
curve = "table"
prestretch = true
[[boundary]]
set = "end1"
kind = "spring"
stiffness = ["0 Pa/m", "0 Pa/m", "0.3 kPa/mm"]
[[boundary]]
set = "side"
kind = "pressure"
pressure = "120 mmHg"
curve = "sine"
[[boundary]]
set = "side"
kind = "traction"
value = ["1 kPa", "0 Pa", "0 Pa"]
[body_force]
acceleration = ["0 m/s^2", "0 m/s^2", "-9.81 m/s^2"]
[prestretch]
stretch = 1.08
[mechanics]
inertia = "dynamic"
spectral_radius = 0.7
[output]
interval = "30 ms"
from = "0 s"
[[probe]]
name = "centre"
position = ["0.1 mm", "0 mm", "3 cm"]
[[event]]
kind = "pressure"
start = "0.1 s"
duration = "0.7 s"
ramp = "0.2 s"
set = "side"
centre = ["0.1 mm", "0 mm", "3 cm"]
radius = "9 mm"
pressure = "2.5 kgf/cm^2"
stroke = ["0 mm", "0 mm", "3 mm"]
frequency = "1.7 Hz"
[[event]]
kind = "stretch"
start = "0 s"
duration = "30 s"
set = "end0"
direction = [0.6, 0, 0.8]
displacement = "1 mm"
[[event]]
kind = "botulinum"
start = "1 d"
repeats = 2
interval = "90 d"
rise = "4 d"
[[event]]
kind = "reflex_block"
start = "0 s"
[spindles]
positions = [["1 mm", "2 mm", "3.3 mm"], ["0.1 mm", "0 mm", "0 mm"]]
[reflex]
global_weight = 0.5
[motor_pool]
tonic_drive = "3 %"
tonic_curve = "step"
order = "random"
[[misfire]]
centre = ["0 mm", "0 mm", "30 mm"]
start = "0.5 s"
[activation]
time_up = "13 ms"
[contracture]
gain = 1.0
[pain]
muscle = "upper trapezius"
side = "left"
pressure_gain = "0.005 1/kPa"
reference_volume = "20 mm^3"
[adaptation]
time_loss = "20 day"
[chemistry]
memory_rise = "3 h"
[[latent_point]]
centre = ["0 mm", "0 mm", "30 mm"]
)";

/// `text` with its line `number` (from 1) replaced; a number past the end appends.
inline std::string with_line(const std::string& text, int number, const std::string& replacement) {
  std::istringstream lines(text);
  std::string result;
  int i = 1;
  for (std::string line; std::getline(lines, line); ++i) result += (i == number ? replacement : line) + "\n";
  return number >= i ? result + replacement + "\n" : result;
}

/// The message of the CaseError that reading `text` throws; fails the test when it throws none.
inline std::string case_error(const std::string& text, const std::vector<std::string>& overrides = {}) {
  try {
    parse_case(text, "case.toml", overrides);
  } catch (const CaseError& error) {
    EXPECT_EQ(error.code, ExitCode::bad_case);
    return error.what();
  }
  ADD_FAILURE() << "no error for\n" << text;
  return {};
}

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace tautband::testing
