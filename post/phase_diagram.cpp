#include "post/phase_diagram.hpp"

#include "post/axis_ticks.hpp"
#include "post/case_facts.hpp"
#include "post/colour_map.hpp"
#include "post/errors.hpp"
#include "post/hdf5_file.hpp"
#include "post/picture.hpp"
#include "post/plane_plot.hpp"

#include <algorithm>
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

PlaneAxis plane_axis(const PhaseAxis& axis) {
  return {label_with_unit(axis.key, axis.unit), axis.meaning, axis.values};
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
  PlanePlot plane(picture, plot_box, plane_axis(map.x), plane_axis(map.y));
  plane.fill([&](size_t ix, size_t iy) { return colours.at(map.letters(ix, iy)); });
  plane.draw_axes();
  draw_legend(map, colours, picture);
  picture.text(map.title, plot_box.left, page_height - 44, 26);
  picture.text("after " + map.duration, page_width - 30, page_height - 44, 22, Align::right, 0.35);
  picture.save(folder / "phase_diagram.png");
  return folder / "phase_diagram.png";
}

}  // namespace tautband::post
