#include "post/parallel_coordinates.hpp"

#include "post/axis_ticks.hpp"
#include "post/colour_map.hpp"
#include "post/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tautband::post {
namespace {

constexpr double page_height = 900, bottom = 150, top = 700, least_distance = 150, side = 130;
constexpr int name_size = 20, tick_size = 16;
constexpr double name_line = 34;  // between the two heights that names of neighbours take
constexpr Colour missing_colour = {0.45, 0.45, 0.45};

struct Axis {
  std::string label;
  const std::vector<double>* values;
  Scale scale;
  double x = 0.0;

  double y(size_t row) const { return bottom + (top - bottom) * scale.place((*values)[row]); }
};

/// The range of the sweep, which its rows need not reach.
Scale range_of(const SweepParameter& parameter) {
  std::vector<double> values = parameter.values;
  values.insert(values.end(), {parameter.from, parameter.to});
  return scale_of(values, parameter.log);
}

std::vector<Axis> axes_of(const SweepTable& table, const std::vector<size_t>& outputs) {
  std::vector<Axis> axes;
  for (const SweepParameter& parameter : table.parameters)
    if (vary(parameter.values))
      axes.push_back({label_with_unit(parameter.name, parameter.unit), &parameter.values, range_of(parameter)});
  for (const size_t i : outputs) {
    const SweepOutput& output = table.outputs[i];
    axes.push_back({label_with_unit(output.name, output.unit), &output.values, scale_of(output.values, false)});
  }
  return axes;
}

/// Places axes so far apart that names two axes away from each other do not meet; returns the width of the page.
double place(std::vector<Axis>& axes) {
  double distance = least_distance, first = side;
  for (size_t i = 0; i < axes.size(); ++i) {
    const double half = 0.5 * text_width(axes[i].label, name_size);
    if (i < 2 || i + 2 >= axes.size()) first = std::max(first, half + 20);
    if (i >= 2) distance = std::max(distance, 0.5 * (half + 0.5 * text_width(axes[i - 2].label, name_size) + 24));
  }
  constexpr double least_width = 1200;
  const double gaps = static_cast<double>(std::max<size_t>(1, axes.size() - 1));
  distance = std::max(distance, (least_width - 2.0 * first) / gaps);
  for (size_t i = 0; i < axes.size(); ++i) axes[i].x = first + distance * static_cast<double>(i);
  return 2.0 * first + distance * gaps;
}

/// The pieces of a line through `points` that are drawn when it is dashed.
void dash(const std::vector<Position>& points, std::vector<Stroke>& strokes) {
  constexpr double period = 18, drawn = 10;
  double along = 0.0;  // since the beginning of the line, so that dashes go on over corners
  for (size_t i = 0; i + 1 < points.size(); ++i) {
    const Position &from = points[i], &to = points[i + 1];
    const double length = std::hypot(to[0] - from[0], to[1] - from[1]);
    const auto at = [&](double s) {
      return Position{from[0] + (to[0] - from[0]) * s / length, from[1] + (to[1] - from[1]) * s / length};
    };
    for (double begin = -std::fmod(along, period); begin < length; begin += period)
      if (begin + drawn > 0.0)
        strokes.push_back({{at(std::max(0.0, begin)), at(std::min(length, begin + drawn))}, missing_colour});
    along += length;
  }
}

/// Rows in the order they are drawn in: what differs most from the middle of the colours lies on top.
std::vector<size_t> drawing_order(const SweepTable& table, const SweepOutput& output, const Scale& colours) {
  std::vector<size_t> rows;
  for (size_t row = 0; row < table.n_rows(); ++row)
    if (table.has(output, row)) rows.push_back(row);
  const auto off = [&](size_t row) { return std::abs(colours.place(output.values[row]) - 0.5); };
  std::stable_sort(rows.begin(), rows.end(), [&](size_t a, size_t b) { return off(a) < off(b); });
  return rows;
}

std::vector<Stroke> lines_of(const SweepTable& table, const SweepOutput& output, const std::vector<Axis>& axes,
                             vtkLookupTable* colours, const Scale& shown) {
  std::vector<Stroke> lines;
  for (const size_t row : drawing_order(table, output, shown)) {
    Stroke stroke;
    colours->GetColor(output.values[row], stroke.colour.data());
    for (const Axis& axis : axes)
      if (std::isfinite((*axis.values)[row])) stroke.points.push_back({axis.x, axis.y(row)});
    lines.push_back(std::move(stroke));
  }
  return lines;
}

/// Rows without a value, from the first to the last parameter.
std::vector<Stroke> dashes_of(const SweepTable& table, const SweepOutput& output, const std::vector<Axis>& axes,
                              size_t parameters) {
  std::vector<Stroke> dashes;
  for (size_t row = 0; row < table.n_rows(); ++row) {
    if (table.has(output, row)) continue;
    std::vector<Position> points;
    for (size_t i = 0; i < parameters; ++i) points.push_back({axes[i].x, axes[i].y(row)});
    dash(points, dashes);
  }
  return dashes;
}

void draw_axis(Picture& picture, const Axis& axis, bool upper_name) {
  picture.line(axis.x, bottom, axis.x, top, {0.1, 0.1, 0.1}, 2.0);
  for (const Tick& tick : axis_ticks(axis.scale, 5)) {
    const double y = bottom + (top - bottom) * axis.scale.place(tick.value);
    picture.line(axis.x - 6, y, axis.x, y);
    const double width = text_width(tick.text, tick_size);
    picture.rectangle({axis.x - 14 - width, y - 9, axis.x - 8, y + 9}, {1, 1, 1});  // lines pass below the text
    picture.text(tick.text, axis.x - 11, y - 10, tick_size, Align::right);
  }
  picture.text(axis.label, axis.x, top + 18 + (upper_name ? name_line : 0.0), name_size, Align::centre);
}

void draw_missing_note(Picture& picture, double x, size_t missing) {
  std::vector<Stroke> sample;
  dash({{x, 72}, {x + 64, 72}}, sample);
  picture.strokes(sample, 2.4);
  picture.text(fmt::format("{} rows failed or without a value", missing), x + 78, 60, 18);
}

}  // namespace

std::filesystem::path plot_parallel_coordinates(const SweepTable& table, const std::vector<size_t>& outputs,
                                                const std::filesystem::path& folder, int width) {
  const SweepOutput& output = table.outputs[outputs.front()];
  std::vector<Axis> axes = axes_of(table, outputs);
  const double page_width = place(axes);
  const size_t parameters = axes.size() - outputs.size();
  const Scale& shown = axes[parameters].scale;
  const auto colours = line_map({shown.low, shown.high});
  const std::vector<Stroke> lines = lines_of(table, output, axes, colours, shown);

  Picture picture(static_cast<int>(page_width), static_cast<int>(page_height), width);
  const double opacity = std::clamp(120.0 / static_cast<double>(lines.size() + 1), 0.3, 0.9);
  picture.strokes(lines, 1.8, opacity);
  picture.strokes(dashes_of(table, output, axes, parameters), 2.4);
  for (size_t i = 0; i < axes.size(); ++i) draw_axis(picture, axes[i], i % 2 == 1);
  std::string design = table.design;
  std::replace(design.begin(), design.end(), '_', ' ');
  picture.text("Parallel coordinates", 40, page_height - 56, 30);
  picture.text(fmt::format("{} design, {} rows", design, table.n_rows()), page_width - 40, page_height - 52, 22,
               Align::right, 0.35);
  const double bar = page_width - 40 - 420;
  picture.colour_bar(colours, axes[parameters].label, {bar, 86, bar + 420, 104});
  if (lines.size() < table.n_rows()) draw_missing_note(picture, 40, table.n_rows() - lines.size());
  picture.save(folder / "parallel_coordinates.png");
  return folder / "parallel_coordinates.png";
}

}  // namespace tautband::post
