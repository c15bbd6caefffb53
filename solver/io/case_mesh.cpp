#include "io/case_mesh.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/units.hpp"
#include "io/case_rules.hpp"
#include "io/mesh_file.hpp"
#include "laws/registry.hpp"
#include "mesh/mesh_check.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace tautband {
namespace {

template <class T> Names names_of(const std::map<std::string, T>& map) {
  Names names;
  for (const auto& [name, value] : map) names.push_back(name);
  return names;
}

std::string text_if_there(const std::string& path) {
  return std::filesystem::is_regular_file(path) ? read_text_file(path) : std::string();
}

class Fit {
 public:
  Fit(const spec::Case& values, const Mesh& mesh)
      : case_(values), mesh_(mesh), problems_(values.path, text_if_there(values.path)) {}

  void check() {
    regions();
    for (std::size_t i = 0; i < case_.boundaries.size(); ++i)
      boundary(case_.boundaries[i], "boundary." + std::to_string(i));
    for (std::size_t i = 0; i < case_.events.size(); ++i)
      if (case_.events[i].kind == spec::EventKind::pressure)
        set("event." + std::to_string(i) + ".set", case_.events[i].set, mesh_.face_sets, mesh_.node_sets, "face set",
            "node set");
    problems_.throw_if_any();
  }

 private:
  friend class RegionFields;

  void add(const std::string& key, const std::string& message) {
    problems_.add(find_place(case_.places, key), message);
  }
  void unknown(const std::string& key, const std::string& what, const std::string& name, const Names& there) {
    add(key, "the mesh has no " + what + " " + in_quotes(name) + did_you_mean(name, there) +
                 " (it has: " + list_names(there) + ")");
  }
  void regions();
  void region(const spec::Region& region, const std::string& path, int number);
  void fibres(const spec::Region& region, const std::string& path, int number);
  void boundary(const spec::Boundary& boundary, const std::string& path);
  template <class Sets, class Others>
  void set(const std::string& key, const std::string& name, const Sets& sets, const Others& others,
           const std::string& kind, const std::string& other_kind);
  void field(const spec::Field& field, const std::string& key, const spec::About& about, int number);
  void array_range(const MeshArray& array, const std::vector<bool>& relevant, const std::string& entity, double scale,
                   const std::string& key, const spec::About& about);
  std::vector<bool> cells_of(int number) const;
  std::vector<bool> nodes_of(int number) const;

  const spec::Case& case_;
  const Mesh& mesh_;
  Problems problems_;
};

/// Visitor of a region's `describe`: picks the members that may name an array.
class RegionFields {
 public:
  RegionFields(Fit& fit, std::string path, int number) : fit_(fit), path_(std::move(path)), number_(number) {}

  template <class T> void operator()(std::string_view key, const T& member, const spec::About& about) {
    if constexpr (std::is_same_v<T, spec::Field>) fit_.field(member, path_ + "." + std::string(key), about, number_);
  }
  void parameters(std::string_view key, const std::string& law, const std::map<std::string, spec::Field>& member,
                  const spec::About&) {
    const LawInfo* info = find_law(law);
    if (!info) return;
    for (const ParameterInfo& row : info->parameters)
      if (const auto found = member.find(std::string(row.name)); found != member.end())
        fit_.field(found->second, path_ + "." + std::string(key) + "." + found->first,
                   {.unit = row.unit, .lowest = row.lowest, .highest = row.highest}, number_);
  }

 private:
  Fit& fit_;
  std::string path_;
  int number_;
};

void Fit::regions() {
  const Names& there = mesh_.region_names;
  std::vector<bool> has_law(there.size(), false);
  for (std::size_t i = 0; i < case_.regions.size(); ++i) {
    const spec::Region& entry = case_.regions[i];
    const std::string path = "region." + std::to_string(i);
    const auto found = std::find(there.begin(), there.end(), entry.name);
    if (found == there.end()) {
      unknown(path + ".name", "region", entry.name, there);
      continue;
    }
    const auto number = found - there.begin();
    has_law[static_cast<std::size_t>(number)] = true;
    region(entry, path, static_cast<int>(number));
  }
  for (std::size_t r = 0; r < there.size(); ++r) {
    const bool has_cells =
        std::find(mesh_.region.begin(), mesh_.region.end(), static_cast<int>(r)) != mesh_.region.end();
    if (has_cells && !has_law[r])
      add("region", "the region " + in_quotes(there[r]) + " of the mesh has no law: add a [[region]] with that name");
  }
}

void Fit::region(const spec::Region& region, const std::string& path, int number) {
  RegionFields fields(*this, path, number);
  describe(region, fields);
  fibres(region, path, number);
}

void Fit::fibres(const spec::Region& region, const std::string& path, int number) {
  if (!region.fibre_array.empty()) {
    const auto found = mesh_.cell_arrays.find(region.fibre_array);
    if (found == mesh_.cell_arrays.end())
      return unknown(path + ".fibre_array", "cell array", region.fibre_array, names_of(mesh_.cell_arrays));
    if (found->second.components != 3)
      return add(path + ".fibre_array", "the array " + in_quotes(region.fibre_array) + " has " +
                                            std::to_string(found->second.components) + " components, a fibre 3");
    for (std::size_t c = 0; c < mesh_.region.size(); ++c) {
      const double* a = &found->second.values[3 * c];
      if (mesh_.region[c] != number || std::abs(std::hypot(a[0], a[1], a[2]) - 1.0) <= fibre_length_tolerance) continue;
      return add(path + ".fibre_array", "the fibre of cell " + std::to_string(c) +
                                            " is not a unit vector: its length is " +
                                            format_number(std::hypot(a[0], a[1], a[2])));
    }
    return;
  }
  const LawInfo* law = find_law(region.law);
  const bool directed = region.active == spec::Active::uniaxial || region.active == spec::Active::transverse_isotropic;
  const bool contracts = region.contracture_stretch != spec::Field{1.0, "", ""};
  if (((law && law->fibre) || directed || contracts) && !region.fibre && mesh_.fibre.empty())
    add(path, "the region " + in_quotes(region.name) + " needs fibres and the mesh has none: give it \"fibre\"");
}

void Fit::boundary(const spec::Boundary& boundary, const std::string& path) {
  if (boundary.kind == spec::BoundaryKind::displacement)
    set(path + ".set", boundary.set, mesh_.node_sets, mesh_.face_sets, "node set", "face set");
  else
    set(path + ".set", boundary.set, mesh_.face_sets, mesh_.node_sets, "face set", "node set");
}

template <class Sets, class Others>
void Fit::set(const std::string& key, const std::string& name, const Sets& sets, const Others& others,
              const std::string& kind, const std::string& other_kind) {
  const auto found = sets.find(name);
  if (found == sets.end() && others.count(name) > 0)
    return add(key, "the mesh has a " + other_kind + " " + in_quotes(name) + ", but this needs a " + kind +
                        " (it has: " + list_names(names_of(sets)) + ")");
  if (found == sets.end()) return unknown(key, kind, name, names_of(sets));
  if (found->second.empty()) add(key, "the " + kind + " " + in_quotes(name) + " of the mesh is empty");
}

std::vector<bool> Fit::cells_of(int number) const {
  std::vector<bool> cells(mesh_.region.size());
  for (std::size_t c = 0; c < cells.size(); ++c) cells[c] = mesh_.region[c] == number;
  return cells;
}

std::vector<bool> Fit::nodes_of(int number) const {
  std::vector<bool> nodes(static_cast<std::size_t>(mesh_.n_nodes()));
  const auto per_cell = static_cast<std::size_t>(nodes_per_element(mesh_.kind));
  for (std::size_t i = 0; i < mesh_.connectivity.size(); ++i)
    if (mesh_.region[i / per_cell] == number) nodes[static_cast<std::size_t>(mesh_.connectivity[i])] = true;
  return nodes;
}

void Fit::field(const spec::Field& field, const std::string& key, const spec::About& about, int number) {
  if (field.array.empty() || !about.used) return;
  const auto point = mesh_.point_arrays.find(field.array);
  const auto cell = mesh_.cell_arrays.find(field.array);
  const bool on_points = point != mesh_.point_arrays.end();
  if (!on_points && cell == mesh_.cell_arrays.end()) {
    Names there = names_of(mesh_.point_arrays);
    for (const auto& name : names_of(mesh_.cell_arrays)) there.push_back(name);
    return unknown(key, "point or cell array", field.array, there);
  }
  const MeshArray& array = on_points ? point->second : cell->second;
  if (array.components != 1)
    return add(key, "the array " + in_quotes(field.array) + " has " + std::to_string(array.components) +
                        " components; this needs one");
  if (!same_dimension(array.unit, about.unit))
    return add(key, "the array " + in_quotes(field.array) + " is in " + in_quotes(array.unit) +
                        ", which cannot be converted to " + in_quotes(about.unit));
  array_range(array, on_points ? nodes_of(number) : cells_of(number), on_points ? "node " : "cell ", field.constant,
              key, about);
}

void Fit::array_range(const MeshArray& array, const std::vector<bool>& relevant, const std::string& entity,
                      double scale, const std::string& key, const spec::About& about) {
  const double lowest = to_si(about.lowest, about.unit), highest = to_si(about.highest, about.unit);
  for (std::size_t i = 0; i < relevant.size(); ++i) {
    const double value = scale * array.values[i];
    if (!relevant[i] || (value >= lowest && value <= highest)) continue;
    return add(key, "its value at " + entity + std::to_string(i) + ", " + format_quantity(value, about.unit) +
                        ", is out of range: " + range_text(about));
  }
}

}  // namespace

Mesh read_case_mesh(const spec::Case& values) {
  const std::string& file = values.mesh.file;
  if (!std::filesystem::exists(file)) {
    const std::string command = values.mesh.made_by.empty()
                                    ? "tautband-mesh make block|bundle|fusiform, see tautband-mesh make --help"
                                    : values.mesh.made_by;
    throw FileError(values.path + ": the mesh file " + file + " does not exist; make it with: " + command);
  }
  Mesh mesh = read_mesh(file);
  require_sound(mesh, file);
  check_against_mesh(values, mesh);
  return mesh;
}

void check_against_mesh(const spec::Case& values, const Mesh& mesh) { Fit(values, mesh).check(); }

}  // namespace tautband
