#include "io/map_file.hpp"

#include "io/hdf5.hpp"
#include "io/replace_file.hpp"

#include <fmt/format.h>

#include <array>
#include <span>

namespace tautband {
namespace {

void add_axis(hdf5::OutputFile& file, const std::string& name, const MapValues& axis) {
  file.reals(name, axis.values, {axis.values.size()});
  file.text_attribute(name, "key", axis.key);
  file.text_attribute(name, "units", axis.unit);
  file.text_attribute(name, "long_name", axis.long_name);
}

void add_field(hdf5::OutputFile& file, const std::string& name, const std::vector<double>& values,
               const hdf5::Shape& shape, const std::string& long_name) {
  file.reals(name, values, shape);
  file.text_attribute(name, "units", "1");
  file.text_attribute(name, "long_name", long_name);
}

std::vector<std::byte> image_of(const MapTable& map, const Provenance& provenance, const std::string& resolved_case) {
  const hdf5::Shape shape{map.starts.size(), map.y.values.size(), map.x.values.size()};
  hdf5::OutputFile file;
  file.group("/map");
  file.text_attribute("/map", "duration", map.duration);
  add_axis(file, "/map/x", map.x);
  add_axis(file, "/map/y", map.y);
  file.strings("/map/starts", map.starts);
  file.integers("/map/condition", map.condition, shape, H5T_STD_U8LE);
  file.text_attribute("/map/condition", "units", "1");
  file.text_attribute("/map/condition", "long_name", "condition at the end, by start, y and x");
  file.integer_attribute("/map/condition", "flag_values", {0, 1, 2});
  file.text_attribute("/map/condition", "flag_meanings", "healthy latent active");
  add_field(file, "/map/nociception", map.nociception, shape, "activity of nociceptors at the end");
  add_field(file, "/map/memory", map.memory, shape, "contracture memory at the end");
  file.group("/provenance");
  for (const auto& [key, value] : provenance.entries()) file.text_attribute("/provenance", key, value);
  file.strings("/case", {resolved_case});
  return file.image();
}

std::string text_of(const MapTable& map) {
  constexpr std::array letters{'H', 'L', 'X'};
  std::string text = map.x.key + "," + map.y.key;
  for (const std::string& start : map.starts) text += "," + start;
  text += "\n# " + map.x.unit + "," + map.y.unit;
  for (std::size_t s = 0; s < map.starts.size(); ++s) text += ",1";
  const std::size_t nx = map.x.values.size(), points = nx * map.y.values.size();
  for (std::size_t i = 0; i < points; ++i) {
    text += fmt::format("\n{},{}", map.x.values[i % nx], map.y.values[i / nx]);
    for (std::size_t s = 0; s < map.starts.size(); ++s) {
      text += ',';
      text += letters.at(static_cast<std::size_t>(map.condition[s * points + i]));
    }
  }
  return text + "\n";
}

}  // namespace

void write_map(const std::string& folder, const MapTable& map, const Provenance& provenance,
               const std::string& resolved_case) {
  replace_file(folder + "/map.h5", image_of(map, provenance, resolved_case));
  const std::string text = text_of(map);
  replace_file(folder + "/map.csv", std::as_bytes(std::span(text)));
}

}  // namespace tautband
