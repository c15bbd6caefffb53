#include "post/plot.hpp"

#include "post/case_facts.hpp"
#include "post/charts.hpp"
#include "post/history.hpp"

#include <algorithm>
#include <cmath>
#include <regex>

namespace tautband::post {
namespace {

struct Wanted {
  const char* column;
  const char* label;
};

void add_column(const History& history, const Wanted& wanted, Chart& chart) {
  if (const HistoryColumn* column = history.find(wanted.column))
    chart.curves.push_back({wanted.label, history.time(), column->values});
}

/// Forces on whole boundaries along the axis in which they are largest: "force_end0_z" becomes "end0, z".
void add_forces(const History& history, Chart& chart) {
  static const std::regex name("force_(.+)_([xyz])");
  const auto largest = [](const HistoryColumn& column) {
    double size = 0.0;
    for (const double value : column.values) size = std::max(size, std::abs(value));
    return size;
  };
  double overall = 0.0;
  std::smatch parts;
  for (const HistoryColumn& column : history.columns())
    if (std::regex_match(column.name, parts, name)) overall = std::max(overall, largest(column));
  for (const HistoryColumn& column : history.columns())
    if (std::regex_match(column.name, parts, name) && largest(column) > 0.05 * overall)
      add_column(history, {column.name.c_str(), (parts[1].str() + ", " + parts[2].str()).c_str()}, chart);
}

Curve band_curve(const BandAnalysis& analysis, const std::string& label, double BandState::*excess) {
  Curve curve{label, analysis.times, {}};
  for (const BandState& band : analysis.bands)
    curve.value.push_back(1e-3 * (band.far_tension + (band.found ? band.*excess : 0.0)));
  return curve;
}

Chart band_chart(const BandAnalysis& analysis) {
  Chart chart{"tension along the fibre [kPa]", {}};
  if (analysis.band_onset) {
    chart.curves.push_back(band_curve(analysis, "band, peak", &BandState::peak_excess));
    chart.curves.push_back(band_curve(analysis, "band, mean", &BandState::mean_excess));
  }
  Curve surround{"surround, mean", analysis.times, {}};
  for (const BandState& band : analysis.bands) surround.value.push_back(1e-3 * band.far_tension);
  chart.curves.push_back(std::move(surround));
  return chart;
}

std::vector<Chart> make_charts(const History& history, const BandAnalysis& analysis) {
  std::vector<Chart> charts{{"drive of the motor pool", {}},
                            {"afferent rate [1/s]", {}},
                            {"force at the ends [N]", {}},
                            {"fibre stretch", {}}};
  add_column(history, {"drive_mean", "mean"}, charts[0]);
  add_column(history, {"drive_max", "largest"}, charts[0]);
  add_column(history, {"afferent_rate_mean", "mean"}, charts[1]);
  add_column(history, {"afferent_rate_max", "largest"}, charts[1]);
  add_column(history, {"end_force", "end"}, charts[2]);
  if (charts[2].curves.empty()) add_forces(history, charts[2]);
  add_column(history, {"knot_stretch", "smallest, end plates"}, charts[3]);
  add_column(history, {"fibre_stretch_max", "largest"}, charts[3]);
  charts.push_back(band_chart(analysis));
  charts.erase(std::remove_if(charts.begin(), charts.end(), [](const Chart& chart) { return chart.curves.empty(); }),
               charts.end());
  return charts;
}

}  // namespace

std::filesystem::path plot(const ResultReader& result, const BandAnalysis& analysis,
                           const std::filesystem::path& folder, int width) {
  const History history(result.directory() / "history.csv");
  const CaseFacts facts = read_case_facts(result.resolved_case(), analysis.method.muscle_region);
  ChartPage page{"Time curves", facts.title, "time [s]", make_charts(history, analysis), {}, "spindles misfire"};
  for (const Misfire& misfire : facts.misfires) page.shades.push_back({misfire.start, misfire.end});
  draw_charts(page, folder / "time_curves.png", width);
  return folder / "time_curves.png";
}

}  // namespace tautband::post
