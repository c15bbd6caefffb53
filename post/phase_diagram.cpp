#include "post/phase_diagram.hpp"

#include "post/case_facts.hpp"
#include "post/colour_map.hpp"
#include "post/errors.hpp"
#include "post/hdf5_file.hpp"
#include "post/picture.hpp"

#include <vtkActor2D.h>
#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkNew.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper2D.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace tautband::post {
namespace {

constexpr int page_width = 1400, page_height = 900;
constexpr Box plot_box{110, 120, 950, 770};
constexpr const char* letter_names[] = {"healthy", "latent", "active"};

std::filesystem::path file_of(const std::filesystem::path& result) {
  return std::filesystem::is_directory(result) ? result / "map.h5" : result;
}

PhaseAxis read_axis(const Hdf5File& file, const std::string& name) {
  const std::vector<hsize_t> shape = file.shape(name);
  if (shape.size() != 1 || shape[0] < 2) throw FileError(file.path() + ": " + name + " has fewer than two values");
  return {file.string_attribute(name, "key"), file.string_attribute(name, "units"),
          file.string_attribute(name, "long_name"), file.rows(name, 0, shape[0])};
}

/// How bad a set of letters is: each X counts more than any number of L.
int severity(const std::string& letters) {
  int sum = 0;
  for (const char letter : letters) sum += letter == 'X' ? 10 : letter == 'L' ? 1 : 0;
  return sum;
}

/// A colour for each set of letters in the map, from light to dark.
std::map<std::string, Colour> colours_of(const PhaseMap& map) {
  std::vector<std::string> found;
  for (size_t iy = 0; iy < map.y.values.size(); ++iy)
    for (size_t ix = 0; ix < map.x.values.size(); ++ix) {
      const std::string letters = map.letters(ix, iy);
      if (std::find(found.begin(), found.end(), letters) == found.end()) found.push_back(letters);
    }
  std::sort(found.begin(), found.end(), [](const std::string& a, const std::string& b) {
    return std::pair(severity(a), a) < std::pair(severity(b), b);
  });
  const auto table = sequential_map({0.0, std::max(1.0, found.size() - 1.0)});
  std::map<std::string, Colour> colours;
  for (size_t i = 0; i < found.size(); ++i) table->GetColor(static_cast<double>(i), colours[found[i]].data());
  return colours;
}

/// Pixels of a value: every value is the middle of a cell, and cells fill the box.
double place(const PhaseAxis& axis, double value, double begin, double end) {
  const double cell = (axis.values.back() - axis.values.front()) / (axis.values.size() - 1.0);
  return begin + (end - begin) * ((value - axis.values.front()) / cell + 0.5) / axis.values.size();
}

/// Cells of equal colour side by side are one quad.
void draw_cells(const PhaseMap& map, const std::map<std::string, Colour>& colours, Picture& picture) {
  vtkNew<vtkPoints> points;
  vtkNew<vtkCellArray> quads;
  vtkNew<vtkUnsignedCharArray> rgb;
  rgb->SetNumberOfComponents(3);
  const size_t nx = map.x.values.size(), ny = map.y.values.size();
  const auto corner = [&](double x, double y) {
    return points->InsertNextPoint(picture.scale() * (plot_box.left + plot_box.width() * x / nx),
                                   picture.scale() * (plot_box.bottom + plot_box.height() * y / ny), 0);
  };
  for (size_t iy = 0; iy < ny; ++iy)
    for (size_t first = 0, end = 0; first < nx; first = end) {
      const std::string letters = map.letters(first, iy);
      while (end < nx && map.letters(end, iy) == letters) ++end;
      const vtkIdType corners[4] = {corner(first, iy), corner(end, iy), corner(end, iy + 1), corner(first, iy + 1)};
      quads->InsertNextCell(4, corners);
      const Colour& colour = colours.at(letters);
      rgb->InsertNextTuple3(255 * colour[0], 255 * colour[1], 255 * colour[2]);
    }
  vtkNew<vtkPolyData> shape;
  shape->SetPoints(points);
  shape->SetPolys(quads);
  shape->GetCellData()->SetScalars(rgb);
  vtkNew<vtkPolyDataMapper2D> mapper;
  mapper->SetInputData(shape);
  vtkNew<vtkActor2D> actor;
  actor->SetMapper(mapper);
  picture.overlay(actor);
}

std::string label_of(const PhaseAxis& axis) { return axis.unit == "1" ? axis.key : axis.key + " [" + axis.unit + "]"; }

void draw_axes(const PhaseMap& map, Picture& picture) {
  const auto [x_low, x_high] = std::minmax(map.x.values.front(), map.x.values.back());
  for (const double tick : round_ticks(x_low, x_high, 7)) {
    const double x = place(map.x, tick, plot_box.left, plot_box.right);
    picture.line(x, plot_box.bottom - 8, x, plot_box.bottom);
    picture.text(tick_text(tick), x, plot_box.bottom - 36, 20, Align::centre);
  }
  const auto [y_low, y_high] = std::minmax(map.y.values.front(), map.y.values.back());
  for (const double tick : round_ticks(y_low, y_high, 7)) {
    const double y = place(map.y, tick, plot_box.bottom, plot_box.top);
    picture.line(plot_box.left - 8, y, plot_box.left, y);
    picture.text(tick_text(tick), plot_box.left - 14, y - 12, 20, Align::right);
  }
  picture.path({{plot_box.left, plot_box.bottom},
                {plot_box.right, plot_box.bottom},
                {plot_box.right, plot_box.top},
                {plot_box.left, plot_box.top}},
               true, {0.1, 0.1, 0.1}, 1.5);
  const double middle = 0.5 * (plot_box.left + plot_box.right);
  picture.text(label_of(map.x), middle, plot_box.bottom - 72, 24, Align::centre);
  picture.text(map.x.meaning, middle, plot_box.bottom - 100, 17, Align::centre, 0.45);
  picture.text(label_of(map.y), plot_box.left, plot_box.top + 34, 24);
  picture.text(map.y.meaning, plot_box.left, plot_box.top + 10, 17, Align::left, 0.45);
}

void draw_legend(const PhaseMap& map, const std::map<std::string, Colour>& colours, Picture& picture) {
  constexpr double left = plot_box.right + 40, swatch = 34, line = 26, gap = 18;
  std::vector<std::string> order;
  for (const auto& [letters, colour] : colours) order.push_back(letters);
  std::sort(order.begin(), order.end(), [](const std::string& a, const std::string& b) {
    return std::pair(severity(a), a) < std::pair(severity(b), b);
  });
  double top = plot_box.top;
  for (const std::string& letters : order) {
    picture.rectangle({left, top - swatch, left + swatch, top}, colours.at(letters));
    picture.text(letters, left + swatch + 14, top - swatch + 3, 24);
    for (size_t s = 0; s < map.starts.size(); ++s) {
      const std::string end = letter_names[std::string("HLX").find(letters[s])];
      const std::string fate = map.starts[s] + (end == map.starts[s] ? " stays" : " turns " + end);
      picture.text(fate, left + swatch + 14, top - swatch - line * (s + 1.0), 19, Align::left, 0.35);
    }
    top -= swatch + line * static_cast<double>(map.starts.size()) + gap;
  }
}

}  // namespace

std::string PhaseMap::letters(size_t ix, size_t iy) const {
  const size_t nx = x.values.size(), points = nx * y.values.size();
  std::string text;
  for (size_t s = 0; s < starts.size(); ++s) text += "HLX"[condition[s * points + iy * nx + ix]];
  return text;
}

bool is_map_result(const std::filesystem::path& result) {
  return std::filesystem::is_directory(result) ? std::filesystem::exists(result / "map.h5")
                                               : result.filename() == "map.h5";
}

PhaseMap read_map(const std::filesystem::path& result) {
  const Hdf5File file(file_of(result));
  PhaseMap map{read_axis(file, "/map/x"),
               read_axis(file, "/map/y"),
               file.strings("/map/starts"),
               file.string_attribute("/map", "duration"),
               {},
               file.integers("/map/condition")};
  const std::vector<std::string> text = file.exists("/case") ? file.strings("/case") : std::vector<std::string>();
  if (!text.empty()) map.title = read_case_facts(text.front(), "").title;
  if (map.condition.size() != map.starts.size() * map.x.values.size() * map.y.values.size())
    throw FileError(file.path() + ": /map/condition does not fit its axes and starts");
  for (const long long condition : map.condition)
    if (condition < 0 || condition > 2) throw FileError(file.path() + ": /map/condition has other values than 0, 1, 2");
  return map;
}

std::filesystem::path plot_map(const PhaseMap& map, const std::filesystem::path& folder, int width) {
  Picture picture(page_width, page_height, width);
  const std::map<std::string, Colour> colours = colours_of(map);
  draw_cells(map, colours, picture);
  draw_axes(map, picture);
  draw_legend(map, colours, picture);
  picture.text(map.title, plot_box.left, page_height - 44, 26);
  picture.text("after " + map.duration, page_width - 30, page_height - 44, 22, Align::right, 0.35);
  picture.save(folder / "phase_diagram.png");
  return folder / "phase_diagram.png";
}

}  // namespace tautband::post
