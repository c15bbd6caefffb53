#include "io/info.hpp"

#include "base/error.hpp"
#include "io/array_range.hpp"
#include "io/checkpoint_info.hpp"
#include "io/hdf5.hpp"
#include "io/provenance.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <map>

namespace tautband {
namespace {

using hdf5::InputFile;

const std::string root = "/VTKHDF", steps = "/VTKHDF/Steps";

std::string name_of_type(std::int64_t type) {
  return type == 12 ? "hex8" : type == 29 ? "hex27" : fmt::format("VTK type {}", type);
}

/// What the lines of a file have in common.
struct Contents {
  const InputFile& file;
  std::int64_t n_nodes, n_cells, n_steps;  ///< n_steps -1: a mesh
};

std::int64_t count_of(const InputFile& file, const std::string& name) {
  const std::vector<std::int64_t> parts = file.integers(root + "/" + name);
  if (parts.size() != 1)
    file.fail(root + "/" + name, fmt::format("has {} parts; files of tautband have one", parts.size()));
  return parts[0];
}

Contents contents_of(const InputFile& file) {
  if (!file.exists(root))
    file.fail(root, "is missing: this is neither a mesh nor a result of tautband, but some other HDF5 file");
  const std::string type = file.text_attribute(root, "Type", "");
  if (type != "UnstructuredGrid") file.fail(root, "has the Type '" + type + "'; UnstructuredGrid is expected");
  Contents contents{file, count_of(file, "NumberOfPoints"), count_of(file, "NumberOfCells"), -1};
  if (file.exists(steps)) {
    const std::vector<int> count = file.integer_attribute(steps, "NSteps");
    if (count.size() != 1) file.fail(steps, "has no attribute NSteps");
    contents.n_steps = count[0];
  }
  return contents;
}

std::string grid_lines(const Contents& contents) {
  std::map<std::int64_t, std::size_t> types;
  for (const std::int64_t type : contents.file.integers(root + "/Types")) ++types[type];
  std::string kinds;
  for (const auto& [type, count] : types)
    kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", count, name_of_type(type));
  const std::vector<double> points = contents.file.reals(root + "/Points");
  std::string text = fmt::format("nodes   {}\ncells   {} ({})\nextent ", contents.n_nodes, contents.n_cells, kinds);
  for (std::size_t a = 0; a < 3; ++a) {
    hdf5::Range range;
    for (std::size_t i = a; i < points.size(); i += 3) {
      range.lowest = std::min(range.lowest, points[i]);
      range.highest = std::max(range.highest, points[i]);
    }
    text += fmt::format(" {} {:g} to {:g} mm{}", "xyz"[a], 1e3 * range.lowest, 1e3 * range.highest, a < 2 ? "," : "\n");
  }
  return text;
}

std::string region_lines(const Contents& contents) {
  if (!contents.file.exists("/regions/names")) return "";
  const std::vector<std::string> names = contents.file.strings("/regions/names");
  std::vector<std::size_t> cells(names.size(), 0);
  for (const std::int64_t region : contents.file.integers(root + "/CellData/region"))
    if (region >= 0 && region < static_cast<std::int64_t>(names.size())) ++cells[region];
  std::string text = "regions\n";
  for (std::size_t i = 0; i < names.size(); ++i) text += fmt::format("  {:<24} {} cells\n", names[i], cells[i]);
  return text;
}

std::string set_lines(const Contents& contents, const std::string& kind) {
  std::string text;
  for (const std::string& name : contents.file.children("/sets/" + kind))
    text += fmt::format("  {:<24} {} {}\n", name, contents.file.shape("/sets/" + kind + "/" + name).at(0), kind);
  return text.empty() ? "" : fmt::format("{} sets\n{}", kind == "nodes" ? "node" : "face", text);
}

/// Rows of the dataset that belong to complete steps.
hsize_t complete_rows(const Contents& contents, const std::string& offsets, hsize_t rows_per_step, hsize_t rows) {
  if (contents.n_steps < 0) return rows;
  if (contents.n_steps == 0) return std::min(rows, rows_per_step);
  const std::vector<std::int64_t> first = contents.file.integers(offsets);
  if (static_cast<std::int64_t>(first.size()) < contents.n_steps)
    contents.file.fail(offsets, "ends before the last step");
  return first[contents.n_steps - 1] + rows_per_step;
}

std::string array_line(const Contents& contents, const std::string& centre, const std::string& name,
                       hsize_t rows_per_step) {
  const std::string dataset = root + "/" + centre + "Data/" + name;
  const hdf5::Shape shape = contents.file.shape(dataset);
  if (shape.empty()) contents.file.fail(dataset, "has no rows");
  const hsize_t rows = complete_rows(contents, steps + "/" + centre + "DataOffsets/" + name, rows_per_step, shape[0]);
  if (rows > shape[0]) contents.file.fail(dataset, "ends before the last step");
  const hdf5::Range range = hdf5::range_of(contents.file.path(), dataset, rows);
  const std::string components = shape.size() == 2 ? fmt::format(" ({})", shape[1]) : "";
  std::string line = fmt::format("  {:<30} ", name + components);
  line += range.lowest > range.highest ? "no values"
                                       : fmt::format("{:.6g} to {:.6g} {}", range.lowest, range.highest,
                                                     contents.file.text_attribute(dataset, "units", "1"));
  if (range.not_finite > 0) line += fmt::format(", {} values NaN or infinite", range.not_finite);
  if (contents.n_steps >= 0 && rows == rows_per_step && contents.n_steps != 1) line += ", static";
  const std::string long_name = contents.file.text_attribute(dataset, "long_name", "");
  return line + (long_name.empty() ? "" : ": " + long_name) + "\n";
}

std::string array_lines(const Contents& contents, const std::string& centre, hsize_t rows_per_step) {
  std::string text;
  for (const std::string& name : contents.file.children(root + "/" + centre + "Data"))
    text += array_line(contents, centre, name, rows_per_step);
  return text.empty() ? "" : fmt::format("{} arrays\n{}", centre == "Point" ? "point" : "cell", text);
}

std::string step_lines(const Contents& contents) {
  if (contents.n_steps < 0) return "";
  std::vector<double> times = contents.file.reals(steps + "/Values");
  if (static_cast<std::int64_t>(times.size()) < contents.n_steps)
    contents.file.fail(steps + "/Values", "ends before the last step");
  times.resize(contents.n_steps);
  std::string text = fmt::format("steps   {}\n", times.size());
  if (!times.empty()) text += fmt::format("times   {:g} to {:g} s\n", times.front(), times.back());
  return text;
}

std::string provenance_lines(const InputFile& file) {
  if (!file.exists("/provenance")) return "";
  std::string text = "provenance\n";
  for (const auto& [key, unused] : Provenance{}.entries())
    text += fmt::format("  {:<24} {}\n", key, file.text_attribute("/provenance", key, "-"));
  return text;
}

}  // namespace

std::string describe_file(const std::string& path) {
  std::error_code error;
  const bool folder = std::filesystem::is_directory(path, error);
  const InputFile file(folder ? (std::filesystem::path(path) / "result.vtkhdf").string() : path);
  if (is_checkpoint(file)) return describe_checkpoint(file);
  const Contents contents = contents_of(file);
  return fmt::format("{}: {}\n", file.path(), contents.n_steps < 0 ? "mesh" : "result") + grid_lines(contents) +
         step_lines(contents) + region_lines(contents) + set_lines(contents, "nodes") + set_lines(contents, "faces") +
         array_lines(contents, "Point", contents.n_nodes) + array_lines(contents, "Cell", contents.n_cells) +
         provenance_lines(file);
}

void print_info(const std::string& path) { std::fputs(describe_file(path).c_str(), stdout); }

}  // namespace tautband
