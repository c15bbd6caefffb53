// Bars with intervals, a panel per output.
#include "post/axis_ticks.hpp"
#include "post/picture.hpp"
#include "post/sensitivity_report.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tautband::post {
namespace {

constexpr double bar_height = 15, bar_gap = 3, group_gap = 16;
constexpr double head = 130, title_height = 70, axis_height = 62, margin = 40;
constexpr int name_size = 18;
constexpr size_t measures_drawn = 2;  // the third of Morris's, mu, is in the table

struct Words {
  const char *heading, *axis;
};

Words words_of(SensitivityMethod method) {
  switch (method) {
    case SensitivityMethod::sobol_indices:
      return {"Sobol' indices", "part of the variance"};
    case SensitivityMethod::elementary_effects:
      return {"Elementary effects", "change per whole range"};
    case SensitivityMethod::rank_regression:
      return {"Rank regression", "standardised rank regression coefficient"};
  }
  return {"", ""};
}

size_t drawn(const OutputSensitivity& output) { return std::min(output.measures.size(), measures_drawn); }

double group_height(const Sensitivity& sensitivity) {
  size_t bars = 1;
  for (const OutputSensitivity& output : sensitivity.outputs) bars = std::max(bars, drawn(output));
  return static_cast<double>(bars) * (bar_height + bar_gap) + group_gap;
}

/// All bars and intervals, 0, and what the measure can reach at most.
Scale scale_of(const OutputSensitivity& output, SensitivityMethod method) {
  Scale scale{0.0, 0.0};
  if (method != SensitivityMethod::elementary_effects) scale.high = 1.0;
  if (method == SensitivityMethod::rank_regression) scale.low = -1.0;
  for (size_t m = 0; m < drawn(output); ++m)
    for (const Estimate& estimate : output.measures[m].of) {
      scale.low = std::min({scale.low, estimate.value, estimate.low});
      scale.high = std::max({scale.high, estimate.value, estimate.high});
    }
  const double room = 0.03 * (scale.high - scale.low);
  return {scale.low < 0.0 ? scale.low - room : 0.0, scale.high + room};
}

void draw_bar(Picture& picture, const Estimate& estimate, const Scale& scale, const Box& row, const Colour& colour) {
  const auto x = [&](double value) { return row.left + row.width() * scale.place(value); };
  picture.rectangle({std::min(x(0.0), x(estimate.value)), row.bottom, std::max(x(0.0), x(estimate.value)), row.top},
                    colour);
  const double middle = 0.5 * (row.bottom + row.top), cap = 4;
  picture.line(x(estimate.low), middle, x(estimate.high), middle);
  for (const double end : {estimate.low, estimate.high}) picture.line(x(end), middle - cap, x(end), middle + cap);
}

void draw_axis(Picture& picture, const Scale& scale, const Box& box, const std::string& label) {
  for (const Tick& tick : axis_ticks(scale, 6)) {
    const double x = box.left + box.width() * scale.place(tick.value);
    picture.line(x, box.bottom, x, box.top, {0.86, 0.86, 0.86}, 1.0);
    picture.text(tick.text, x, box.bottom - 26, 17, Align::centre);
  }
  picture.text(label, 0.5 * (box.left + box.right), box.bottom - 52, 17, Align::centre, 0.35);
}

/// `box` is the area of the bars.
void draw_panel(Picture& picture, const Sensitivity& sensitivity, const OutputSensitivity& output,
                const SweepTable& table, const Box& box) {
  const SweepOutput& what = table.outputs[output.output];
  picture.text(label_with_unit(what.name, what.unit), box.left, box.top + 30, 22);
  std::string note = fmt::format("{} {}", output.used, sensitivity.samples);
  if (output.dropped > 0) note += fmt::format(", {} dropped", output.dropped);
  if (output.explained) note += fmt::format(";  R\u00b2 of the ranks {}", number_text(*output.explained, 3));
  picture.text(note, box.left, box.top + 8, 16, Align::left, 0.45);
  if (output.constant) {
    picture.text("constant: " + number_text(output.mean), box.left, box.top - 40, name_size);
    return;
  }
  const Scale scale = scale_of(output, sensitivity.method);
  const bool in_units = sensitivity.method == SensitivityMethod::elementary_effects;
  draw_axis(picture, scale, box, label_with_unit(words_of(sensitivity.method).axis, in_units ? what.unit : "1"));
  double top = box.top - 0.5 * group_gap;
  for (size_t i = 0; i < table.parameters.size(); ++i, top -= group_gap) {
    const double group = static_cast<double>(drawn(output)) * (bar_height + bar_gap) - bar_gap;
    picture.text(table.parameters[i].name, box.left - 14, top - 0.5 * group - 12, name_size, Align::right);
    for (size_t m = 0; m < drawn(output); ++m, top -= bar_height + bar_gap)
      draw_bar(picture, output.measures[m].of[i], scale, {box.left, top - bar_height, box.right, top}, palette[m]);
  }
  const double zero = box.left + box.width() * scale.place(0.0);
  picture.line(zero, box.bottom, zero, box.top);
}

void draw_legend(Picture& picture, const Sensitivity& sensitivity, double y) {
  for (const OutputSensitivity& output : sensitivity.outputs) {
    if (output.constant) continue;
    double x = margin;
    for (size_t m = 0; m < drawn(output); ++m) {
      const std::string& label = output.measures[m].label;
      picture.rectangle({x, y, x + 26, y + 16}, palette[m]);
      picture.text(label, x + 36, y - 3, name_size);
      x += 36 + text_width(label, name_size) + 40;
    }
    return;
  }
}

}  // namespace

std::filesystem::path plot_sensitivity(const Sensitivity& sensitivity, const SweepTable& table,
                                       const Bootstrap& bootstrap, const std::filesystem::path& folder, int width) {
  double names = 0.0;
  for (const SweepParameter& parameter : table.parameters)
    names = std::max(names, text_width(parameter.name, name_size) + 14);
  const size_t columns = sensitivity.outputs.size() > 1 ? 2 : 1;
  const size_t rows = (sensitivity.outputs.size() + columns - 1) / columns;
  const double bars = group_height(sensitivity) * static_cast<double>(table.parameters.size());
  const double bars_width = columns == 1 ? 860 : 560;
  const double panel_width = margin + names + bars_width, panel_height = title_height + bars + axis_height;
  const double page_width = margin + panel_width * static_cast<double>(columns);
  const double page_height = head + panel_height * static_cast<double>(rows);
  Picture picture(static_cast<int>(page_width), static_cast<int>(page_height), width);
  for (size_t i = 0; i < sensitivity.outputs.size(); ++i) {
    const double left = margin + names + panel_width * static_cast<double>(i % columns);
    const double top = page_height - head - title_height - panel_height * static_cast<double>(i / columns);
    draw_panel(picture, sensitivity, sensitivity.outputs[i], table, {left, top - bars, left + bars_width, top});
  }
  picture.text(words_of(sensitivity.method).heading, margin, page_height - 56, 32);
  picture.text(fmt::format("lines: {} % intervals", number_text(100.0 * bootstrap.confidence)), page_width - margin,
               page_height - 96, name_size, Align::right, 0.35);
  draw_legend(picture, sensitivity, page_height - 94);
  picture.save(folder / "sensitivity.png");
  return folder / "sensitivity.png";
}

}  // namespace tautband::post
