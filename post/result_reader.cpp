#include "post/result_reader.hpp"

#include "post/errors.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <set>

namespace tautband::post {
namespace {

constexpr int vtk_hexahedron = 12, vtk_triquadratic_hexahedron = 29;
const std::string root = "/VTKHDF";

std::filesystem::path file_of(const std::filesystem::path& result) {
  if (!std::filesystem::exists(result)) throw FileError(result.string() + ": no such file or directory");
  if (!std::filesystem::is_directory(result)) return result;
  if (!std::filesystem::exists(result / "result.vtkhdf"))
    throw FileError(result.string() + ": holds no result.vtkhdf; is it the directory of a run?");
  return result / "result.vtkhdf";
}

std::string group_of(Centring centring) { return root + (centring == Centring::point ? "/PointData" : "/CellData"); }

}  // namespace

ResultReader::ResultReader(const std::filesystem::path& result)
    : directory_(file_of(result).parent_path()), file_(file_of(result).string()) {
  if (!file_.exists(root)) throw FileError(path() + ": an HDF5 file but not a VTKHDF one (it has no group /VTKHDF)");
  if (file_.string_attribute(root, "Type") != "UnstructuredGrid")
    throw FileError(path() + ": VTKHDF, but not of type UnstructuredGrid");
  read_mesh();
  read_times();
}

void ResultReader::read_mesh() {
  const auto parts = file_.integers(root + "/NumberOfPoints");
  if (parts.size() != 1) throw FileError(path() + ": has " + std::to_string(parts.size()) + " parts, one is expected");
  const auto n_cells = file_.integers(root + "/NumberOfCells");
  if (n_cells.size() != 1 || n_cells[0] < 1 || parts[0] < 8) throw FileError(path() + ": holds no cells");
  mesh_.points = file_.rows(root + "/Points", 0, static_cast<hsize_t>(parts[0]));
  const auto types = file_.integers(root + "/Types");
  const auto offsets = file_.integers(root + "/Offsets");
  mesh_.connectivity = file_.integers(root + "/Connectivity");
  if (types.empty() || (types[0] != vtk_hexahedron && types[0] != vtk_triquadratic_hexahedron))
    throw FileError(path() + ": cells are neither hex8 (VTK type 12) nor hex27 (29)");
  mesh_.nodes_per_cell = types[0] == vtk_hexahedron ? 8 : 27;
  const auto count = static_cast<size_t>(n_cells[0]);
  const auto per_cell = static_cast<size_t>(mesh_.nodes_per_cell);
  if (std::any_of(types.begin(), types.end(), [&](long long type) { return type != types[0]; }))
    throw FileError(path() + ": mixes cell types");
  if (types.size() != count || offsets.size() != count + 1 || mesh_.connectivity.size() != count * per_cell)
    throw FileError(path() +
                    ": sizes of Types, Offsets and Connectivity do not fit NumberOfCells: truncated or damaged");
  for (const long long node : mesh_.connectivity)
    if (node < 0 || node >= parts[0]) throw FileError(path() + ": Connectivity names node " + std::to_string(node));
  if (file_.exists(root + "/CellData/region"))
    for (const double region : file_.rows(root + "/CellData/region", 0, count))
      mesh_.region.push_back(static_cast<int>(region));
  if (file_.exists("/regions/names")) mesh_.region_names = file_.strings("/regions/names");
  std::set<std::string> sets;
  for (const char* group : {"/sets/nodes", "/sets/faces"})
    for (const std::string& name : file_.names_in(group)) sets.insert(name);
  mesh_.sets.assign(sets.begin(), sets.end());
}

void ResultReader::read_times() {
  if (!file_.exists(root + "/Steps")) throw FileError(path() + ": a mesh without time steps, not a result");
  const long long count = file_.integer_attribute(root + "/Steps", "NSteps");
  if (count < 1) throw FileError(path() + ": no time step has been written yet");
  times_ = file_.rows(root + "/Steps/Values", 0, static_cast<hsize_t>(count));
}

size_t ResultReader::step_at(double time) const {
  const auto nearest = std::min_element(times_.begin(), times_.end(),
                                        [time](double a, double b) { return std::abs(a - time) < std::abs(b - time); });
  return static_cast<size_t>(nearest - times_.begin());
}

bool ResultReader::has(Centring centring, const std::string& name) const {
  return file_.exists(group_of(centring) + "/" + name);
}

std::vector<std::string> ResultReader::array_names(Centring centring) const {
  return file_.names_in(group_of(centring));
}

std::string ResultReader::units(Centring centring, const std::string& name) const {
  return file_.string_attribute(group_of(centring) + "/" + name, "units");
}

StepArray ResultReader::read(Centring centring, const std::string& name, size_t step) const {
  const std::string dataset = group_of(centring) + "/" + name;
  const std::string offsets =
      root + "/Steps/" + (centring == Centring::point ? "PointDataOffsets/" : "CellDataOffsets/") + name;
  hsize_t first = 0;  // an array without offsets is static
  if (file_.exists(offsets)) {
    const auto starts = file_.integers(offsets);
    if (step >= starts.size() || starts[step] < 0)
      throw FileError(path() + ": " + offsets + " has no usable entry for step " + std::to_string(step));
    first = static_cast<hsize_t>(starts[step]);
  }
  const size_t count = centring == Centring::point ? mesh_.n_points() : mesh_.n_cells();
  StepArray array;
  array.values = file_.rows(dataset, first, count);
  array.components = static_cast<int>(array.values.size() / count);
  return array;
}

std::vector<double> ResultReader::point_scalar(const std::string& name, size_t step) const {
  StepArray array = read(Centring::point, name, step);
  if (array.components != 1)
    throw FileError(path() + ": point array " + name + " has " + std::to_string(array.components) +
                    " components, not 1");
  return std::move(array.values);
}

std::string ResultReader::resolved_case() const {
  if (file_.exists("/case")) {
    const auto texts = file_.strings("/case");
    if (!texts.empty()) return texts.front();
  }
  std::ifstream text(directory_ / "case.resolved.toml");
  return {std::istreambuf_iterator<char>(text), std::istreambuf_iterator<char>()};
}

std::vector<std::pair<std::string, std::string>> ResultReader::provenance() const {
  std::vector<std::pair<std::string, std::string>> found;
  const bool there = file_.exists("/provenance");
  for (const char* key : {"version", "git_hash", "command_line", "start_time", "case_hash", "mesh_hash"})
    found.emplace_back(key, there ? file_.string_attribute("/provenance", key) : "");
  return found;
}

}  // namespace tautband::post
