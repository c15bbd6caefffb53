#include "post/bands_report.hpp"

#include "post/errors.hpp"
#include "post/json_writer.hpp"

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <functional>
#include <limits>

namespace tautband::post {
namespace {

constexpr double mm = 1e3, mm3 = 1e9, kpa = 1e-3;  // SI to what is printed
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double wave_speed(double stiffness, double density) { return stiffness > 0.0 ? std::sqrt(stiffness / density) : nan; }

void write_shape(JsonWriter& json, const RegionShape& shape) {
  json.number("length_mm", shape.length * mm);
  json.number("width_mm", shape.width * mm);
  json.number("largest_width_mm", shape.largest_width * mm);
  json.number("volume_mm3", shape.volume * mm3);
  json.number("low_end_mm", shape.low * mm);
  json.number("high_end_mm", shape.high * mm);
  json.numbers("centre_mm", {shape.centre_across[0] * mm, shape.centre_across[1] * mm, shape.centre_along * mm});
}

void write_knot(JsonWriter& json, const KnotState& knot) {
  json.open("knot");
  json.truth("found", knot.found);
  json.integer("count", knot.count);
  json.number("smallest_stretch", knot.smallest_stretch);
  if (knot.found) {
    json.number("mean_stretch", knot.mean_stretch);
    json.number("largest_lateral_pressure_kPa", knot.largest_pressure * kpa);
    write_shape(json, knot.shape);
  }
  json.close();
}

void write_stiffness(JsonWriter& json, const WaveStiffness& wave, double density) {
  json.number("rho_c2_along_kPa", wave.along * kpa);
  json.number("rho_c2_across_kPa", wave.across * kpa);
  json.number("shear_wave_speed_along_m_per_s", wave_speed(wave.along, density));
  json.number("shear_wave_speed_across_m_per_s", wave_speed(wave.across, density));
}

void write_band(JsonWriter& json, const BandState& band, double density) {
  json.open("band");
  json.truth("found", band.found);
  json.number("threshold_kPa", band.threshold * kpa);
  if (band.found) {
    write_shape(json, band.shape);
    json.number("length_over_width", band.shape.length / band.shape.width);
    json.number("peak_excess_kPa", band.peak_excess * kpa);
    json.number("mean_excess_kPa", band.mean_excess * kpa);
    json.number("mean_excess_outside_knot_kPa", band.mean_excess_outside_knot * kpa);
    json.number("largest_stretch_in_series", band.stretch_in_series);
    write_stiffness(json, band.stiffness, density);
  }
  json.close();
  json.open("surround");
  json.number("mean_tension_kPa", band.far_tension * kpa);
  write_stiffness(json, band.surround, density);
  json.close();
}

void write_step(JsonWriter& json, const std::string& key, const BandAnalysis& analysis, size_t step) {
  json.open(key);
  json.integer("step", static_cast<long long>(step));
  json.number("time_s", analysis.times[step]);
  write_knot(json, analysis.knots[step]);
  write_band(json, analysis.bands[step], *analysis.method.density);
  json.close();
}

void write_method(JsonWriter& json, const BandAnalysis& analysis) {
  const Method& method = analysis.method;
  json.open("method");
  json.number("knot_threshold", method.knot_threshold);
  json.number("band_factor", method.band_factor);
  json.number("smallest_excess_kPa", method.smallest_excess * kpa);
  json.number("end_margin", method.end_margin);
  json.string("muscle_region", method.muscle_region);
  json.string("far_field", analysis.far_field.description);
  json.number("far_distance_mm", method.far_distance * mm);
  json.number("far_volume_mm3", analysis.far_field.volume * mm3);
  json.number("column_radius_mm", analysis.column.radius * mm);
  json.number("ground_shear_kPa", *method.ground_shear * kpa);
  json.string("ground_shear_source", analysis.ground_shear_source);
  json.number("density_kg_per_m3", *method.density);
  json.string("stiffness_formula",
              "rho c_across^2 = mu lambda_c / lambda; rho c_along^2 = rho c_across^2 + sigma_along - sigma_across");
  json.string("sizes", "reference configuration; width = diameter of the circle with the area of the cross-section");
  json.close();
}

using Pick = std::function<double(size_t)>;

void write_series(JsonWriter& json, const BandAnalysis& analysis) {
  const auto& knots = analysis.knots;
  const auto& bands = analysis.bands;
  const auto series = [&](const std::string& key, const Pick& pick) {
    std::vector<double> values;
    for (size_t step = 0; step < analysis.times.size(); ++step) values.push_back(pick(step));
    json.numbers(key, values);
  };
  const auto in_knot = [&](size_t step, double value) { return knots[step].found ? value : nan; };
  const auto in_band = [&](size_t step, double value) { return bands[step].found ? value : nan; };
  json.open("series");
  json.numbers("time_s", analysis.times);
  series("knot_smallest_stretch", [&](size_t i) { return knots[i].smallest_stretch; });
  series("knot_mean_stretch", [&](size_t i) { return in_knot(i, knots[i].mean_stretch); });
  series("knot_length_mm", [&](size_t i) { return knots[i].shape.length * mm; });
  series("knot_width_mm", [&](size_t i) { return knots[i].shape.width * mm; });
  series("knot_volume_mm3", [&](size_t i) { return knots[i].shape.volume * mm3; });
  series("band_length_mm", [&](size_t i) { return bands[i].shape.length * mm; });
  series("band_width_mm", [&](size_t i) { return bands[i].shape.width * mm; });
  series("band_peak_excess_kPa", [&](size_t i) { return in_band(i, bands[i].peak_excess * kpa); });
  series("band_mean_excess_kPa", [&](size_t i) { return in_band(i, bands[i].mean_excess * kpa); });
  series("band_rho_c2_along_kPa", [&](size_t i) { return in_band(i, bands[i].stiffness.along * kpa); });
  series("surround_mean_tension_kPa", [&](size_t i) { return bands[i].far_tension * kpa; });
  series("surround_rho_c2_along_kPa", [&](size_t i) { return bands[i].surround.along * kpa; });
  json.close();
}

std::string cell(bool there, double value, int digits) {
  return there && std::isfinite(value) ? fmt::format("{:>10.{}f}", value, digits) : fmt::format("{:>10}", "-");
}

}  // namespace

std::string bands_json(const BandAnalysis& analysis, const std::string& result_path,
                       const std::vector<std::pair<std::string, std::string>>& provenance) {
  JsonWriter json;
  json.string("format", "tautband bands");
  json.integer("version", 1);
  json.string("result", result_path);
  json.open("provenance");
  for (const auto& [key, value] : provenance) json.string(key, value);
  json.close();
  json.integer("steps", static_cast<long long>(analysis.times.size()));
  write_method(json, analysis);
  json.open("onset");
  json.number("knot_s", analysis.knot_onset.value_or(nan));
  json.number("band_s", analysis.band_onset.value_or(nan));
  json.close();
  write_step(json, "last", analysis, analysis.times.size() - 1);
  write_step(json, "peak", analysis, analysis.peak_step);
  write_series(json, analysis);
  return json.finish();
}

std::string bands_table(const BandAnalysis& analysis) {
  const size_t steps[2] = {analysis.times.size() - 1, analysis.peak_step};
  std::string text = fmt::format("{:<38}{:>10}{:>10}\n", "", "last", "peak");
  const auto row = [&](const std::string& label, int digits, const auto& pick) {
    text += fmt::format("{:<38}", label);
    for (const size_t step : steps) {
      const auto [there, value] = pick(analysis.knots[step], analysis.bands[step], step);
      text += cell(there, value, digits);
    }
    text += '\n';
  };
  using Knot = const KnotState&;
  using Band = const BandState&;
  using Entry = std::pair<bool, double>;
  row("time [s]", 3, [&](Knot, Band, size_t i) { return Entry{true, analysis.times[i]}; });
  row("knot: length [mm]", 2, [](Knot k, Band, size_t) { return Entry{k.found, k.shape.length * mm}; });
  row("knot: width [mm]", 2, [](Knot k, Band, size_t) { return Entry{k.found, k.shape.width * mm}; });
  row("knot: volume [mm3]", 2, [](Knot k, Band, size_t) { return Entry{k.found, k.shape.volume * mm3}; });
  row("smallest stretch, end-plate zone", 3, [](Knot k, Band, size_t) { return Entry{true, k.smallest_stretch}; });
  row("knot: mean stretch", 3, [](Knot k, Band, size_t) { return Entry{k.found, k.mean_stretch}; });
  row("largest stretch in series", 3, [](Knot, Band b, size_t) { return Entry{b.found, b.stretch_in_series}; });
  row("band: length [mm]", 2, [](Knot, Band b, size_t) { return Entry{b.found, b.shape.length * mm}; });
  row("band: width [mm]", 2, [](Knot, Band b, size_t) { return Entry{b.found, b.shape.width * mm}; });
  row("band: length / width", 2, [](Knot, Band b, size_t) { return Entry{b.found, b.shape.length / b.shape.width}; });
  row("band: peak excess tension [kPa]", 2, [](Knot, Band b, size_t) { return Entry{b.found, b.peak_excess * kpa}; });
  row("band: mean excess tension [kPa]", 2, [](Knot, Band b, size_t) { return Entry{b.found, b.mean_excess * kpa}; });
  row("surround: mean tension [kPa]", 2, [](Knot, Band b, size_t) { return Entry{true, b.far_tension * kpa}; });
  row("band: rho c^2 along fibre [kPa]", 2, [](Knot, Band b, size_t) {
    return Entry{b.found, b.stiffness.along * kpa};
  });
  row("surround: rho c^2 along fibre [kPa]", 2, [](Knot, Band b, size_t) {
    return Entry{true, b.surround.along * kpa};
  });
  const auto when = [](const std::optional<double>& time) { return time ? fmt::format("{:.3f} s", *time) : "never"; };
  text += fmt::format("onset of the knot: {}; onset of the band: {}\n", when(analysis.knot_onset),
                      when(analysis.band_onset));
  return text + fmt::format("ground shear modulus {:.3g} kPa (from the {}); far field: {}\n",
                            *analysis.method.ground_shear * kpa, analysis.ground_shear_source,
                            analysis.far_field.description);
}

void write_atomically(const std::filesystem::path& file, const std::string& text) {
  const std::filesystem::path temporary = file.string() + ".tmp";
  std::ofstream stream(temporary, std::ios::binary);
  stream << text;
  stream.close();
  std::error_code problem;
  if (stream) std::filesystem::rename(temporary, file, problem);
  if (!stream || problem) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw RunError(file.string() + ": cannot be written (permission, missing folder or full disk)");
  }
}

}  // namespace tautband::post
