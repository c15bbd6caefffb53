#include "post/charts.hpp"

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
#include <cmath>
#include <limits>

namespace tautband::post {
namespace {

constexpr Colour shade_colour = {0.93, 0.93, 0.90};

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

void shade(Picture& picture, const std::vector<Shade>& shades, const double time[2], const Box& box) {
  for (const Shade& each : shades) {
    const auto place = [&](double t) {
      return box.left + box.width() * (std::clamp(t, time[0], time[1]) - time[0]) / (time[1] - time[0]);
    };
    picture.rectangle({place(each.start), box.bottom, place(each.end), box.top}, shade_colour);
  }
}

/// First and last time of all curves, never the same.
std::array<double, 2> time_range(const std::vector<Chart>& charts) {
  double first = std::numeric_limits<double>::max(), last = -first;
  for (const Chart& chart : charts)
    for (const Curve& curve : chart.curves) {
      first = std::min(first, curve.time.front());
      last = std::max(last, curve.time.back());
    }
  return {first, std::max(last, first + 1e-9)};
}

}  // namespace

void draw_charts(const ChartPage& page, const std::filesystem::path& file, int width) {
  const std::array<double, 2> time = time_range(page.charts);
  constexpr double chart_height = 170, distance = 50, head = 110, foot = 80;
  Picture picture(1600, static_cast<int>(head + foot + (chart_height + distance) * page.charts.size() - distance),
                  width);
  vtkNew<vtkContextActor> actor;
  double top = picture.height() - head;
  for (const Chart& chart : page.charts) {
    const Box box{110, top - chart_height, 1290, top};
    shade(picture, page.shades, time.data(), box);
    actor->GetScene()->AddItem(draw_chart(chart, time.data(), box, &chart == &page.charts.back(), picture.scale()));
    annotate(picture, chart, box);
    top -= chart_height + distance;
  }
  picture.overlay(actor);
  picture.text(page.time_label, 700, 20, 20, Align::centre);
  picture.text(page.heading, 40, picture.height() - 56, 34);
  picture.text(page.caption, 1560, picture.height() - 52, 24, Align::right, 0.35);
  if (!page.shades.empty()) {
    picture.rectangle({1306, 20, 1336, 38}, shade_colour);
    picture.text(page.shade_label, 1346, 14, 18);
  }
  picture.save(file);
}

}  // namespace tautband::post
