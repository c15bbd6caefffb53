#include "post/analysis.hpp"

#include "post/band.hpp"
#include "post/case_facts.hpp"
#include "post/knot.hpp"

#include <algorithm>

namespace tautband::post {
namespace {

constexpr double default_ground_shear = 5e3;  // Pa, elastography of resting muscle: Chen et al. 2016, Arch PMR 97:67

void fill_from_case(const ResultReader& result, BandAnalysis& out) {
  const CaseFacts facts = read_case_facts(result.resolved_case(), out.method.muscle_region);
  out.ground_shear_source = out.method.ground_shear ? "option" : facts.ground_shear ? "case" : "default";
  if (!out.method.ground_shear) out.method.ground_shear = facts.ground_shear.value_or(default_ground_shear);
  if (!out.method.density) out.method.density = facts.density;
}

/// First step of which `found` holds, with the time at which `excess` passed zero on the way to it.
template <class Found, class Excess>
std::optional<double> onset(const std::vector<double>& times, Found found, Excess excess) {
  for (size_t step = 0; step < times.size(); ++step) {
    if (!found(step)) continue;
    if (step == 0) return times[0];
    const double before = excess(step - 1), after = excess(step);
    const double fraction = before == after ? 1.0 : std::clamp(before / (before - after), 0.0, 1.0);
    return times[step - 1] + fraction * (times[step] - times[step - 1]);
  }
  return std::nullopt;
}

size_t strongest_step(const BandAnalysis& out) {
  size_t strongest = 0;
  for (size_t step = 1; step < out.times.size(); ++step) {
    const double excess = out.bands[step].peak_excess - out.bands[strongest].peak_excess;
    if (excess > 0.0 || (excess == 0.0 && out.knots[step].smallest_stretch < out.knots[strongest].smallest_stretch))
      strongest = step;
  }
  return strongest;
}

}  // namespace

BandAnalysis analyse(const ResultReader& result, const LinearMesh& mesh, const Method& method,
                     const std::function<void(size_t, size_t)>& progress) {
  const size_t n = result.n_steps();
  const std::vector<double> zone = end_plate_zone(result);
  BandAnalysis out;
  out.method = method;
  out.times = result.times();
  fill_from_case(result, out);
  const auto report = [&](size_t done) {
    if (progress) progress(done, 2 * n);
  };
  for (size_t step = 0; step < n; ++step) {
    out.knots.push_back(find_knot(result, mesh, zone, method.knot_threshold, step));
    report(step + 1);
  }
  out.column = column_through(out.knots);
  out.far_field = place_far_field(result, mesh, out.column, out.method);
  std::vector<double> column_tension(n, 0.0);
  for (size_t step = 0; step < n; ++step) {
    out.bands.push_back(
        find_band(result, mesh, out.column, out.far_field, zone, out.method, step, column_tension[step]));
    report(n + step + 1);
  }
  out.knot_onset = onset(
      out.times, [&](size_t step) { return out.knots[step].found; },
      [&](size_t step) { return out.knots[step].smallest_stretch - method.knot_threshold; });
  out.band_onset = onset(
      out.times, [&](size_t step) { return out.bands[step].found; },
      [&](size_t step) { return column_tension[step] - out.bands[step].threshold; });
  out.peak_step = strongest_step(out);
  return out;
}

}  // namespace tautband::post
