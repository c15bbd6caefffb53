#include "post/sweep_curves.hpp"

#include "post/axis_ticks.hpp"
#include "post/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tautband::post {
namespace {

constexpr double page_width = 1200, left = 130, right = 1140;
constexpr double head = 120, foot = 90, chart_height = 240, title_height = 60;
constexpr Colour grid_colour = {0.87, 0.87, 0.87}, missing_colour = {0.45, 0.45, 0.45};

/// One chart: where it lies and its scales.
struct Area {
  Box box;
  Scale x, y;
  Position place(double at, double value) const {
    return {box.left + box.width() * x.place(at), box.bottom + box.height() * y.place(value)};
  }
};

/// A little more than the values take.
Scale roomy(const Scale& scale) {
  const double room = 0.06;
  if (scale.log) {
    const double factor = std::pow(scale.high / scale.low, room);
    return {scale.low / factor, scale.high * factor, true};
  }
  const double more = room * (scale.high - scale.low);
  return {scale.low - more, scale.high + more};
}

void draw_axes(Picture& picture, const Area& area, bool lowest) {
  const Box& box = area.box;
  for (const Tick& tick : axis_ticks(area.y, 4)) {
    const double y = area.place(area.x.low, tick.value)[1];
    picture.line(box.left, y, box.right, y, grid_colour, 1.0);
    picture.text(tick.text, box.left - 12, y - 11, 18, Align::right);
  }
  for (const Tick& tick : axis_ticks(area.x, 8)) {
    const double x = area.place(tick.value, area.y.low)[0];
    picture.line(x, box.bottom, x, box.top, grid_colour, 1.0);
    if (lowest) picture.text(tick.text, x, box.bottom - 32, 18, Align::centre);
  }
  picture.line(box.left, box.bottom, box.right, box.bottom);
  picture.line(box.left, box.bottom, box.left, box.top);
}

/// Dots at the rows with a value, joined in the order of the parameter; a dashed line where there is none, which parts
/// the curve.
void draw_rows(Picture& picture, const SweepTable& table, const SweepParameter& parameter, const SweepOutput& output,
               const Area& area) {
  std::vector<size_t> rows(table.n_rows());
  std::iota(rows.begin(), rows.end(), size_t{0});
  std::stable_sort(rows.begin(), rows.end(),
                   [&](size_t a, size_t b) { return parameter.values[a] < parameter.values[b]; });
  std::vector<Stroke> curves(1, Stroke{{}, palette[0]});
  std::vector<Tile> dots;
  std::vector<Stroke> missing;
  for (const size_t row : rows) {
    if (!table.has(output, row)) {
      const double x = area.place(parameter.values[row], area.y.low)[0];
      for (double y = area.box.bottom; y < area.box.top; y += 14)
        missing.push_back({{{x, y}, {x, std::min(y + 8, area.box.top)}}, missing_colour});
      curves.push_back({{}, palette[0]});
      continue;
    }
    curves.back().points.push_back(area.place(parameter.values[row], output.values[row]));
    const auto [x, y] = curves.back().points.back();
    dots.push_back({{x - 4, y - 4, x + 4, y + 4}, palette[0]});
  }
  picture.strokes(missing, 2.0);
  std::erase_if(curves, [](const Stroke& curve) { return curve.points.size() < 2; });
  picture.strokes(curves, 2.2);
  picture.tiles(dots);
}

}  // namespace

std::optional<size_t> only_varying_parameter(const SweepTable& table) {
  std::vector<size_t> varying;
  for (size_t i = 0; i < table.parameters.size(); ++i)
    if (vary(table.parameters[i].values)) varying.push_back(i);
  return varying.size() == 1 ? std::optional(varying.front()) : std::nullopt;
}

std::filesystem::path plot_sweep_curves(const SweepTable& table, size_t parameter, const std::vector<size_t>& outputs,
                                        const std::filesystem::path& folder, int width) {
  const SweepParameter& along = table.parameters[parameter];
  const double height = head + foot + (chart_height + title_height) * static_cast<double>(outputs.size());
  Picture picture(static_cast<int>(page_width), static_cast<int>(height), width);
  const Scale x = roomy(scale_of(along.values, along.log));
  double top = height - head;
  bool missing = false;
  for (const size_t index : outputs) {
    const SweepOutput& output = table.outputs[index];
    top -= title_height;
    const Area area{{left, top - chart_height, right, top}, x, roomy(scale_of(output.values, false))};
    draw_axes(picture, area, index == outputs.back());
    draw_rows(picture, table, along, output, area);
    picture.text(label_with_unit(output.name, output.unit), left, top + 8, 22);
    top -= chart_height;
    for (size_t row = 0; row < table.n_rows(); ++row) missing |= !table.has(output, row);
  }
  picture.text(label_with_unit(along.name, along.unit), 0.5 * (left + right), 14, 22, Align::centre);
  picture.text(along.key, left, height - 62, 28);
  picture.text(fmt::format("{} rows", table.n_rows()), right, height - 58, 20, Align::right, 0.35);
  if (missing) {
    const std::string words = "failed or without a value";
    const double x = right - text_width(words, 18) - 16;
    for (const double y : {height - 94, height - 82}) picture.line(x, y, x, y + 8, missing_colour, 2.0);
    picture.text(words, right, height - 92, 18, Align::right, 0.35);
  }
  picture.save(folder / "sweep_curves.png");
  return folder / "sweep_curves.png";
}

}  // namespace tautband::post
