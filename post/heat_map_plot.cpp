// The picture of a heat map.
#include "post/axis_ticks.hpp"
#include "post/colour_map.hpp"
#include "post/heat_map.hpp"
#include "post/plane_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace tautband::post {
namespace {

constexpr int page_width = 1400, page_height = 900;
constexpr Box plot_box{140, 120, 950, 725};
constexpr double legend_left = plot_box.right + 50;
constexpr size_t few_values = 8;
constexpr Colour failed_colour = {0.82, 0.82, 0.82}, hatch_colour = {0.35, 0.35, 0.35}, white = {1, 1, 1};

/// Colours of the values that occur.
struct Colouring {
  vtkSmartPointer<vtkLookupTable> table;
  std::vector<double> discrete;  ///< the values, where each has a colour of its own

  Colour of(double value) const {
    double place = value;
    if (!discrete.empty())
      place = static_cast<double>(std::find(discrete.begin(), discrete.end(), value) - discrete.begin());
    Colour colour;
    table->GetColor(place, colour.data());
    return colour;
  }
};

Colouring colouring_of(const std::vector<MapCell>& cells) {
  std::set<double> values;
  for (const MapCell& cell : cells)
    if (cell.used > 0) values.insert(cell.mean);
  const std::vector<double> all(values.begin(), values.end());
  const bool whole = std::all_of(all.begin(), all.end(), [](double value) { return value == std::round(value); });
  if ((whole && all.size() <= few_values) || !vary(all))
    return {sequential_map({0.0, std::max(1.0, static_cast<double>(all.size()) - 1.0)}), all};
  const Range range{all.front(), all.back()};
  return {range.low < 0.0 && range.high > 0.0 ? diverging_map(0.0, range) : sequential_map(range), {}};
}

bool has_failed(const MapCell& cell) { return cell.used == 0 && cell.failed > 0; }
bool is_partial(const MapCell& cell) { return cell.used > 0 && cell.failed + cell.unfinished > 0; }

/// Lines from lower left to upper right, on from cell to cell.
void hatch(const Box& box, std::vector<Stroke>& strokes) {
  constexpr double distance = 14;
  for (double shift = std::ceil((box.left - box.top) / distance) * distance; shift < box.right - box.bottom;
       shift += distance) {  // along a line x - y = shift
    const double from = std::max(box.left, box.bottom + shift), to = std::min(box.right, box.top + shift);
    strokes.push_back({{{from, from - shift}, {to, to - shift}}, hatch_colour});
  }
}

/// A dot in the middle with a white rim, so that it shows on every colour.
void dot(const Box& box, std::vector<Tile>& tiles) {
  const double x = 0.5 * (box.left + box.right), y = 0.5 * (box.bottom + box.top);
  for (const auto& [half, colour] : {std::pair(6.0, white), std::pair(4.0, hatch_colour)})
    tiles.push_back({{x - half, y - half, x + half, y + half}, colour});
}

void draw_cells(const Plane& plane, const std::vector<MapCell>& cells, const Colouring& colours, PlanePlot& plot,
                Picture& picture) {
  const size_t nx = plane.x_values.size();
  plot.fill([&](size_t ix, size_t iy) {
    const MapCell& cell = cells[iy * nx + ix];
    return cell.used > 0 ? colours.of(cell.mean) : has_failed(cell) ? failed_colour : white;
  });
  std::vector<Stroke> lines;
  std::vector<Tile> dots;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (has_failed(cells[i])) hatch(plot.cell(i % nx, i / nx), lines);
    if (is_partial(cells[i])) dot(plot.cell(i % nx, i / nx), dots);
  }
  picture.strokes(lines, 1.2);
  picture.tiles(dots);
}

/// Colours and marks that occur, from above to below.
void draw_legend(const std::vector<MapCell>& cells, const Colouring& colours, const std::string& label,
                 Picture& picture) {
  constexpr double swatch = 30, line = 44;
  double top = plot_box.top;
  if (colours.discrete.empty()) {
    picture.colour_bar(colours.table, label, {legend_left, top - 26, legend_left + 340, top});
    top -= 130;
  } else {
    picture.text(label, legend_left, top - 22, 22);
    top -= line;
  }
  const auto entry = [&](const Colour& colour, const std::string& text) {
    const Box box{legend_left, top - swatch, legend_left + swatch, top};
    picture.rectangle(box, colour);
    picture.text(text, box.right + 14, box.bottom + 2, 20);
    top -= line;
    return box;
  };
  for (size_t i = colours.discrete.size(); i-- > 0;)
    entry(colours.of(colours.discrete[i]), number_text(colours.discrete[i]));
  if (std::any_of(cells.begin(), cells.end(), has_failed)) {
    std::vector<Stroke> lines;
    hatch(entry(failed_colour, "failed"), lines);
    picture.strokes(lines, 1.2);
  }
  if (std::any_of(cells.begin(), cells.end(), is_partial)) {
    std::vector<Tile> dots;
    dot(entry(white, "mean without failed rows"), dots);
    picture.tiles(dots);
  }
  if (std::any_of(cells.begin(), cells.end(), [](const MapCell& c) { return c.used + c.failed == 0; })) {
    const Box box = entry(white, "no value");
    picture.path({{box.left, box.bottom}, {box.right, box.bottom}, {box.right, box.top}, {box.left, box.top}}, true,
                 hatch_colour, 1.2);
  }
}

/// What else the reader has to know: how many rows, what was held and what averaged over.
std::string caption_of(const SweepTable& table, const Plane& plane, const std::vector<MapCell>& cells) {
  size_t used = 0, failed = 0;
  for (const MapCell& cell : cells) used += cell.used, failed += cell.failed;
  std::string caption = fmt::format("{} of {} rows", used, plane.rows.size());
  if (failed > 0) caption += fmt::format(", {} failed", failed);
  if (!plane.held.empty()) caption += ";  at " + plane.held;
  for (size_t i = 0; i < plane.averaged.size(); ++i)
    caption += (i == 0 ? ";  mean over " : ", ") + table.parameters[plane.averaged[i]].name;
  return caption;
}

/// A name that every file system takes.
std::string file_name(std::string name) {
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '.' && c != '-') c = '_';
  return name;
}

PlaneAxis axis_of(const SweepParameter& parameter, const std::vector<double>& values) {
  const std::string meaning = parameter.key == parameter.name ? "" : parameter.key;
  return {label_with_unit(parameter.name, parameter.unit), meaning, values, parameter.log};
}

}  // namespace

std::filesystem::path plot_heat_map(const SweepTable& table, const Plane& plane, const SweepOutput& output,
                                    const std::filesystem::path& folder, int width) {
  const std::vector<MapCell> cells = heat_map(table, plane, output);
  const Colouring colours = colouring_of(cells);
  Picture picture(page_width, page_height, width);
  PlanePlot plot(picture, plot_box, axis_of(table.parameters[plane.x], plane.x_values),
                 axis_of(table.parameters[plane.y], plane.y_values));
  draw_cells(plane, cells, colours, plot, picture);
  plot.draw_axes();
  const std::string label = label_with_unit(output.name, output.unit);
  draw_legend(cells, colours, label, picture);
  picture.text(label, 40, page_height - 54, 30);
  picture.text(caption_of(table, plane, cells), 40, page_height - 88, 19, Align::left, 0.4);
  const std::filesystem::path file = folder / ("heat_map_" + file_name(output.name) + ".png");
  picture.save(file);
  return file;
}

}  // namespace tautband::post
