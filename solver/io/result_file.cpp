#include "io/result_file.hpp"

#include "base/error.hpp"
#include "io/result_continuation.hpp"

#include <algorithm>

namespace tautband {
namespace {

const std::string root = "/VTKHDF", steps = "/VTKHDF/Steps";
constexpr hsize_t steps_per_chunk = 256;

std::uint64_t bytes_of_mesh(const Mesh& mesh, const FileGrid& grid, const std::string& resolved_case) {
  std::uint64_t sets = 0;
  for (const auto& [name, nodes] : mesh.node_sets) sets += nodes.size() * sizeof(GlobalIndex);
  for (const auto& [name, faces] : mesh.face_sets) sets += faces.size() * grid.pieces * 2 * sizeof(GlobalIndex);
  std::uint64_t arrays = 0;
  for (const std::string& name : grid_point_arrays(mesh))
    arrays += mesh.point_arrays.at(name).values.size() * sizeof(double);
  const std::uint64_t per_cell = sizeof(GlobalIndex) * (grid.nodes_per_cell + 1) + 1 + sizeof(std::int32_t);
  return sets + arrays + mesh.points.size() * sizeof(double) + grid.n_cells * per_cell + resolved_case.size();
}

}  // namespace

ResultFile::ResultFile(const std::string& path, const Mesh& mesh, const LocalMesh& local,
                       const std::vector<ResultField>& fields, const spec::Output& output, const Provenance& provenance,
                       const std::string& resolved_case, std::optional<long> keep)
    : order_(local),
      grid_(mesh, output.linearise),
      compression_(output.compression),
      n_steps_(static_cast<int>(keep.value_or(0))),
      time_(n_steps_ > 0 ? keep_first_steps(path, mesh, grid_, fields, n_steps_, local.comm) : 0.0),
      file_(path, local.comm, n_steps_ > 0 ? Content::kept : Content::dropped),
      point_arrays_(grid_point_arrays(mesh)),
      cell_arrays_(grid_cell_arrays()) {
  name_fields(fields);
  if (n_steps_ == 0) make(mesh, provenance, resolved_case);
}

void ResultFile::make(const Mesh& mesh, const Provenance& provenance, const std::string& resolved_case) {
  file_.reserve(bytes_of_mesh(mesh, grid_, resolved_case));
  write_grid(file_, mesh, grid_, order_, compression_);
  for (const auto& [name, entry] : entries_) make_field(entry.field);
  make_steps();
  file_.group("/provenance");
  for (const auto& [key, value] : provenance.entries()) file_.text_attribute("/provenance", key, value);
  file_.strings("/case", {resolved_case});
  file_.reserve(bytes_of_fields(false));
}

std::string ResultFile::dataset_of(const ResultField& field) const {
  return root + (field.centre == Centre::point ? "/PointData/" : "/CellData/") + field.name;
}

GlobalIndex ResultFile::rows_of(const ResultField& field) const {
  return field.centre == Centre::point ? grid_.n_nodes : grid_.n_cells;
}

void ResultFile::name_fields(const std::vector<ResultField>& fields) {
  for (const ResultField& field : fields) {
    auto& names = field.centre == Centre::point ? point_arrays_ : cell_arrays_;
    if (field.name.empty() || field.name.find_first_of("/.") != std::string::npos)
      throw RunError("a result field cannot be called \"" + field.name + "\"");
    if (entries_.contains(field.name) || std::find(names.begin(), names.end(), field.name) != names.end())
      throw RunError("the result field " + field.name + " is there twice");
    names.push_back(field.name);
    entries_[field.name] = {field, !field.changes && n_steps_ > 0};
  }
}

void ResultFile::make_field(const ResultField& field) {
  hdf5::Storage storage = step_storage(rows_of(field), field.components, compression_);
  storage.grows = field.changes;
  const std::string dataset = dataset_of(field);
  file_.dataset(dataset, field.stored == Stored::real ? H5T_IEEE_F64LE : H5T_STD_I32LE,
                array_shape(field.changes ? 0 : rows_of(field), field.components), storage);
  file_.text_attribute(dataset, "units", field.unit);
  file_.text_attribute(dataset, "long_name", field.long_name);
}

void ResultFile::make_steps() {
  const hdf5::Storage storage{steps_per_chunk, 0, true};
  file_.group(steps);
  file_.integer_attribute(steps, "NSteps", 0);
  file_.dataset(steps + "/Values", H5T_IEEE_F64LE, {0}, storage);
  file_.text_attribute(steps + "/Values", "units", "s");
  file_.text_attribute(steps + "/Values", "long_name", "time");
  for (const char* name : {"/NumberOfParts", "/PartOffsets", "/PointOffsets"})
    file_.dataset(steps + name, H5T_STD_I64LE, {0}, storage);
  for (const char* name : {"/CellOffsets", "/ConnectivityIdOffsets"})
    file_.dataset(steps + name, H5T_STD_I64LE, {0, 1}, storage);
  file_.group(steps + "/PointDataOffsets");
  file_.group(steps + "/CellDataOffsets");
  for (const std::string& name : point_arrays_)
    file_.dataset(steps + "/PointDataOffsets/" + name, H5T_STD_I64LE, {0}, storage);
  for (const std::string& name : cell_arrays_)
    file_.dataset(steps + "/CellDataOffsets/" + name, H5T_STD_I64LE, {0}, storage);
}

std::uint64_t ResultFile::bytes_of_fields(bool changing) const {
  std::uint64_t bytes = 0;
  for (const auto& [name, entry] : entries_)
    if (entry.field.changes == changing) bytes += rows_of(entry.field) * entry.field.components * sizeof(double);
  return bytes;
}

void ResultFile::require_written(bool changing) const {
  for (const auto& [name, entry] : entries_)
    if (entry.field.changes == changing && !entry.written)
      throw RunError("the result field " + name + " has not been written");
}

void ResultFile::begin_step(double time) {
  if (in_step_) throw RunError("a result step begins inside another");
  if (n_steps_ > 0 && time <= time_)
    throw RunError("a result at " + std::to_string(time) + " s follows one at " + std::to_string(time_) + " s");
  require_written(false);
  file_.reserve(bytes_of_fields(true));
  for (auto& [name, entry] : entries_)
    if (entry.field.changes) entry.written = false;
  in_step_ = true;
  time_ = time;
}

ResultFile::Entry& ResultFile::entry(const std::string& name, Centre centre, std::size_t components) {
  const auto found = entries_.find(name);
  if (found == entries_.end() || found->second.field.centre != centre ||
      found->second.field.components != static_cast<int>(components))
    throw RunError("there is no result field " + name + " of " + std::to_string(components) + " components on " +
                   (centre == Centre::point ? "points" : "cells"));
  if (found->second.field.changes ? !in_step_ : n_steps_ > 0 || in_step_)
    throw RunError("the result field " + name + " is written at the wrong time");
  return found->second;
}

void ResultFile::write(const std::string& name, const View1<double>& values) {
  write_rows(entry(name, Centre::point, 1), order_.nodes_to_file(values));
}

void ResultFile::write(const std::string& name, const NodeVector& values) {
  write_rows(entry(name, Centre::point, 3), order_.nodes_to_file(values));
}

void ResultFile::write(const std::string& name, const View2<double>& values) {
  const auto found = entries_.find(name);
  if (found != entries_.end() && found->second.field.centre == Centre::cell)
    write_rows(entry(name, Centre::cell, 1), order_.cells_to_file(values));
  else
    write_rows(entry(name, Centre::point, values.extent(1)), order_.nodes_to_file(values));
}

void ResultFile::write(const std::string& name, const PointField& values) {
  write_rows(entry(name, Centre::cell, values.extent(1)), order_.cells_to_file(values));
}

void ResultFile::write_rows(Entry& entry, const std::vector<double>& slice) {
  const ResultField& field = entry.field;
  const std::size_t components = field.components, pieces = field.centre == Centre::cell ? grid_.pieces : 1;
  const Slice rows = field.centre == Centre::point ? order_.node_slice() : order_.cell_slice();
  const auto row_of = [&](std::size_t i) { return i / components / pieces * components + i % components; };
  const GlobalIndex before = field.changes ? n_steps_ * rows_of(field) : 0;
  const hdf5::Rows target{hsize_t(before + rows.first * GlobalIndex(pieces)), hsize_t(rows.count) * pieces};
  file_.grow(dataset_of(field), before + rows_of(field));
  const std::size_t n_values = target.count * components;
  if (field.stored == Stored::integer) {
    std::vector<std::int32_t> values(n_values);
    for (std::size_t i = 0; i < n_values; ++i) values[i] = static_cast<std::int32_t>(slice[row_of(i)]);
    file_.write(dataset_of(field), H5T_NATIVE_INT32, values.data(), target);
  } else if (pieces == 1) {
    file_.write(dataset_of(field), H5T_NATIVE_DOUBLE, slice.data(), target);
  } else {
    std::vector<double> values(n_values);
    for (std::size_t i = 0; i < n_values; ++i) values[i] = slice[row_of(i)];
    file_.write(dataset_of(field), H5T_NATIVE_DOUBLE, values.data(), target);
  }
  entry.written = true;
}

void ResultFile::append_to_steps(const std::string& name, std::int64_t value) {
  file_.append(steps + "/" + name, H5T_NATIVE_INT64, &value, n_steps_);
}

void ResultFile::end_step() {
  if (!in_step_) throw RunError("a result step ends that has not begun");
  require_written(true);
  file_.append(steps + "/Values", H5T_NATIVE_DOUBLE, &time_, n_steps_);
  append_to_steps("NumberOfParts", 1);
  for (const char* name : {"PartOffsets", "PointOffsets", "CellOffsets", "ConnectivityIdOffsets"})
    append_to_steps(name, 0);
  const auto offset = [&](const std::string& name) {
    const auto found = entries_.find(name);
    return found == entries_.end() || !found->second.field.changes ? 0 : n_steps_ * rows_of(found->second.field);
  };
  for (const std::string& name : point_arrays_) append_to_steps("PointDataOffsets/" + name, offset(name));
  for (const std::string& name : cell_arrays_) append_to_steps("CellDataOffsets/" + name, offset(name));
  file_.flush();
  file_.integer_attribute(steps, "NSteps", n_steps_ + 1);  // last: what it counts is on its way to the disk
  file_.flush();
  if (n_steps_ == 0) file_.publish();
  ++n_steps_;
  in_step_ = false;
}

void ResultFile::close() {
  if (n_steps_ == 0) file_.publish();
  file_.close();
}

}  // namespace tautband
