#include "post/point_plot.hpp"

#include "post/case_facts.hpp"
#include "post/charts.hpp"
#include "post/errors.hpp"
#include "post/history.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace tautband::post {
namespace {

struct Line {
  const char *column, *label;
};
struct Panel {
  const char* title;
  double factor;  ///< from SI to the unit in the title
  std::vector<Line> lines;
};

/// What experiments are about, from top to bottom; a panel without columns in the history is left out.
const std::vector<Panel>& panels() {
  static const std::vector<Panel> all{
      {"stress along the fibre [kPa]",
       1e-3,
       {{"tension", "Cauchy"}, {"nominal_stress", "nominal"}, {"fibre_stress", "fibre part"}}},
      {"activation", 1.0, {{"activation", "activation"}, {"excitation", "excitation"}}},
      {"stretch", 1.0, {{"fibre_stretch", "fibre"}, {"lateral_stretch", "lateral"}}},
      {"calcium [umol/L]", 1.0, {{"calcium", "calcium"}}},
      {"oxygen [mmHg]", 1.0, {{"oxygen", "oxygen"}}},
      {"energy, perfusion, memory",
       1.0,
       {{"energy", "energy"},
        {"perfusion", "perfusion"},
        {"contracture_memory", "memory"},
        {"contracture_activation", "contracture"}}},
      {"chemistry", 1.0, {{"sensitiser", "sensitiser"}, {"acetylcholine", "acetylcholine"}, {"acid", "acid [pH]"}}},
      {"nociception and pain",
       1.0,
       {{"nociceptor_activity", "nociceptors"}, {"pain", "pain"}, {"central_sensitisation", "sensitisation"}}},
      {"strength", 1.0, {{"strength", "strength"}}},
      {"afferent rate [pps]", 1.0, {{"primary_rate", "Ia"}, {"secondary_rate", "II"}}},
      {"length [L0]", 1.0, {{"length", "spindle"}}},
      {"stretch rate [1/s]", 1.0, {{"stretch_rate", "rate"}}},
      {"length of polar regions [L0]",
       1.0,
       {{"polar_length_bag1", "bag1"}, {"polar_length_bag2", "bag2"}, {"polar_length_chain", "chain"}}}};
  return all;
}

constexpr double hour = 3600.0;

double time_factor(const History& history) {
  return history.time().back() - history.time().front() > 3.0 * hour ? 1.0 / hour : 1.0;
}

Curve curve_of(const History& history, const HistoryColumn& column, const std::string& label, double factor) {
  Curve curve{label, history.time(), column.values};
  for (double& t : curve.time) t *= time_factor(history);
  for (double& value : curve.value) value *= factor;
  return curve;
}

bool is_zero(const Chart& chart) {
  return std::all_of(chart.curves.begin(), chart.curves.end(), [](const Curve& curve) {
    return std::all_of(curve.value.begin(), curve.value.end(), [](double value) { return value == 0.0; });
  });
}

std::vector<Chart> usual_charts(const History& history) {
  std::vector<Chart> charts;
  for (const Panel& panel : panels()) {
    Chart chart{panel.title, {}};
    for (const Line& line : panel.lines)
      if (const HistoryColumn* column = history.find(line.column))
        chart.curves.push_back(curve_of(history, *column, line.label, panel.factor));
    if (!chart.curves.empty() && !is_zero(chart)) charts.push_back(std::move(chart));
  }
  return charts;
}

/// The second, fourth ... of several trials.
std::vector<Shade> every_other_trial(const History& history) {
  std::vector<Shade> shades;
  const HistoryColumn* trial = history.find("trial");
  for (size_t i = 0; trial && i < trial->values.size(); ++i) {
    const auto number = static_cast<size_t>(trial->values[i]);
    const double t = history.time()[i] * time_factor(history);
    if (number % 2 == 0) continue;
    if (shades.size() < (number + 1) / 2) shades.push_back({t, t});
    shades.back().end = t;
  }
  return shades;
}

/// One chart for each unit among the columns, in their order.
std::vector<Chart> chosen_charts(const History& history, const std::vector<std::string>& names) {
  std::vector<std::string> units;
  std::vector<Chart> charts;
  for (const std::string& name : names) {
    const HistoryColumn* column = history.find(name);
    if (!column) {
      std::string known;
      for (const HistoryColumn& each : history.columns()) known += (known.empty() ? "" : ", ") + each.name;
      throw CommandError("the history has no column '" + name + "'; it has " + known);
    }
    const bool pascal = column->unit == "Pa";
    auto place = std::find(units.begin(), units.end(), column->unit);
    if (place == units.end()) {
      charts.push_back({column->unit == "1" ? "value" : "[" + (pascal ? "kPa" : column->unit) + "]", {}});
      place = units.insert(units.end(), column->unit);
    }
    charts[static_cast<size_t>(place - units.begin())].curves.push_back(
        curve_of(history, *column, name, pascal ? 1e-3 : 1.0));
  }
  return charts;
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace

bool is_point_result(const std::filesystem::path& result) {
  return std::filesystem::exists(result / "history.csv") && !std::filesystem::exists(result / "result.vtkhdf");
}

std::filesystem::path plot_point(const std::filesystem::path& result, const std::vector<std::string>& columns,
                                 const std::filesystem::path& folder, int width) {
  const History history(result / "history.csv");
  ChartPage page;
  page.heading = "Time curves";
  page.caption = read_case_facts(text_of(result / "case.resolved.toml"), "").title;
  page.time_label = time_factor(history) < 1.0 ? "time [h]" : "time [s]";
  page.charts = columns.empty() ? usual_charts(history) : chosen_charts(history, columns);
  page.shades = every_other_trial(history);
  page.shade_label = "every other trial";
  if (page.charts.empty())
    throw FileError((result / "history.csv").string() +
                    ": none of its columns is known to be drawn; "
                    "choose some with --column");
  draw_charts(page, folder / "time_curves.png", width);
  return folder / "time_curves.png";
}

}  // namespace tautband::post
