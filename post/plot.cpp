#include "post/plot.hpp"

#include "post/case_facts.hpp"
#include "post/history.hpp"
#include "post/picture.hpp"

#include <vtkAxis.h>
#include <vtkChartXY.h>
#include <vtkContextActor.h>
#include <vtkContextScene.h>
#include <vtkDoubleArray.h>
#include <vtkNew.h>
#include <vtkPen.h>
#include <vtkPlot.h>
#include <vtkStringArray.h>
#include <vtkTable.h>
#include <vtkTextProperty.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <regex>

namespace tautband::post {
namespace {

struct Curve {
  std::string label;
  std::vector<double> time, value;
};

struct Chart {
  std::string title;  // with unit
  std::vector<Curve> curves;
};

// Blue, vermillion, green, purple of Okabe & Ito 2008, which colour-blind readers tell apart.
constexpr Colour palette[4] = {{0.0, 0.447, 0.698}, {0.835, 0.369, 0.0}, {0.0, 0.620, 0.451}, {0.8, 0.475, 0.655}};
constexpr Colour misfire_colour = {0.93, 0.93, 0.90};

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

vtkSmartPointer<vtkTable> table_of(const Curve& curve) {
  auto table = vtkSmartPointer<vtkTable>::New();
  const std::vector<double>* columns[2] = {&curve.time, &curve.value};
  const std::string names[2] = {"time", curve.label};
  for (int k = 0; k < 2; ++k) {
    vtkNew<vtkDoubleArray> values;
    values->SetName(names[k].c_str());
    for (const double value : *columns[k]) values->InsertNextValue(value);
    table->AddColumn(values);
  }
  return table;
}

void set_axis(vtkAxis* axis, const double range[2], int n_ticks, double scale) {
  vtkNew<vtkDoubleArray> ticks;
  vtkNew<vtkStringArray> labels;
  for (const double tick : round_ticks(range[0], range[1], n_ticks)) {
    ticks->InsertNextValue(tick);
    labels->InsertNextValue(tick_text(tick));
  }
  axis->SetBehavior(vtkAxis::FIXED);
  axis->SetRange(range[0], range[1]);
  axis->SetCustomTickPositions(ticks, labels);
  axis->SetTitle("");
  set_font(axis->GetLabelProperties(), 18 * scale);
  axis->SetTickLength(static_cast<float>(5 * scale));
  axis->SetLabelOffset(static_cast<float>(10 * scale));
  axis->GetPen()->SetWidth(static_cast<float>(scale));
  axis->GetGridPen()->SetColor(215, 215, 215);
  axis->GetGridPen()->SetWidth(static_cast<float>(0.8 * scale));
}

/// Room above and below the curves, from zero where that is near, and never a range of round-off.
std::array<double, 2> value_range(const Chart& chart) {
  double low = std::numeric_limits<double>::max(), high = -low;
  for (const Curve& curve : chart.curves)
    for (const double value : curve.value) {
      if (!std::isfinite(value)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
  if (low > high) low = high = 0.0;
  const double room = std::max({0.08 * (high - low), 0.01 * std::abs(high), 1e-6});
  return {low >= 0.0 && low < 0.5 * high ? 0.0 : low - room, high + room};
}

vtkSmartPointer<vtkChartXY> draw_chart(const Chart& chart, const double time[2], const Box& box, bool lowest,
                                       double scale) {
  auto xy = vtkSmartPointer<vtkChartXY>::New();
  xy->SetAutoSize(false);
  xy->SetSize(vtkRectf(static_cast<float>(scale * box.left), static_cast<float>(scale * box.bottom),
                       static_cast<float>(scale * box.width()), static_cast<float>(scale * box.height())));
  xy->SetLayoutStrategy(vtkChart::AXES_TO_RECT);
  for (size_t i = 0; i < chart.curves.size(); ++i) {
    vtkPlot* line = xy->AddPlot(vtkChart::LINE);
    line->SetInputData(table_of(chart.curves[i]), 0, 1);
    const Colour& rgb = palette[i % 4];
    line->SetColor(rgb[0], rgb[1], rgb[2]);
    line->SetWidth(static_cast<float>(2.2 * scale));
  }
  const std::array<double, 2> values = value_range(chart);
  set_axis(xy->GetAxis(vtkAxis::BOTTOM), time, 10, scale);
  set_axis(xy->GetAxis(vtkAxis::LEFT), values.data(), 4, scale);
  xy->GetAxis(vtkAxis::BOTTOM)->SetLabelsVisible(lowest);
  return xy;
}

/// Title over the chart, its curves' names right of it.
void annotate(Picture& picture, const Chart& chart, const Box& box) {
  picture.text(chart.title, box.left, box.top + 6, 20);
  double y = box.top - 24;
  for (size_t i = 0; i < chart.curves.size(); ++i, y -= 30) {
    picture.line(box.right + 16, y + 12, box.right + 46, y + 12, palette[i % 4], 3.0);
    picture.text(chart.curves[i].label, box.right + 56, y, 18);
  }
}

void shade_misfires(Picture& picture, const std::vector<Misfire>& misfires, const double time[2], const Box& box) {
  for (const Misfire& misfire : misfires) {
    const auto place = [&](double t) {
      return box.left + box.width() * (std::clamp(t, time[0], time[1]) - time[0]) / (time[1] - time[0]);
    };
    picture.rectangle({place(misfire.start), box.bottom, place(misfire.end), box.top}, misfire_colour);
  }
}

}  // namespace

std::filesystem::path plot(const ResultReader& result, const BandAnalysis& analysis,
                           const std::filesystem::path& folder, int width) {
  const History history(result.directory() / "history.csv");
  const CaseFacts facts = read_case_facts(result.resolved_case(), analysis.method.muscle_region);
  const std::vector<Chart> charts = make_charts(history, analysis);
  const double time[2] = {history.time().front(), std::max(history.time().back(), history.time().front() + 1e-9)};
  constexpr double chart_height = 170, distance = 50, head = 110, foot = 80;
  Picture picture(1600, static_cast<int>(head + foot + (chart_height + distance) * charts.size() - distance), width);
  vtkNew<vtkContextActor> actor;
  double top = picture.height() - head;
  for (const Chart& chart : charts) {
    const Box box{110, top - chart_height, 1290, top};
    shade_misfires(picture, facts.misfires, time, box);
    actor->GetScene()->AddItem(draw_chart(chart, time, box, &chart == &charts.back(), picture.scale()));
    annotate(picture, chart, box);
    top -= chart_height + distance;
  }
  picture.overlay(actor);
  picture.text("time [s]", 700, 20, 20, Align::centre);
  picture.text("Time curves", 40, picture.height() - 56, 34);
  picture.text(facts.title, 1560, picture.height() - 52, 24, Align::right, 0.35);
  if (!facts.misfires.empty()) {
    picture.rectangle({1306, 20, 1336, 38}, misfire_colour);
    picture.text("spindles misfire", 1346, 14, 18);
  }
  picture.save(folder / "time_curves.png");
  return folder / "time_curves.png";
}

}  // namespace tautband::post
