#include "io/sweep_table.hpp"

#include "base/error.hpp"
#include "io/csv.hpp"
#include "io/hdf5.hpp"
#include "io/replace_file.hpp"

#include <fmt/format.h>

#include <span>

namespace tautband {
namespace {

using hdf5::Handle;
using Texts = std::vector<std::string>;

void require(bool done, const std::string& name) {
  if (!done) throw FileError("cannot build " + name + " in memory");
}

/// UTF-8 of any length.
Handle text_type() {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type, H5T_VARIABLE);
  H5Tset_cset(type, H5T_CSET_UTF8);
  return type;
}

std::vector<const char*> pointers_to(const Texts& texts) {
  std::vector<const char*> pointers;
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  return pointers;
}

class TableFile {
 public:
  void text(const std::string& attribute, const std::string& value) {
    const char* pointer = value.c_str();
    const Handle type = text_type(), space(H5Screate(H5S_SCALAR), H5Sclose);
    write("/", attribute, type, space, &pointer);
  }
  void integer(const std::string& attribute, std::int64_t value) {
    const Handle space(H5Screate(H5S_SCALAR), H5Sclose);
    write("/", attribute, H5T_NATIVE_INT64, space, &value);
  }
  void texts(const std::string& object, const std::string& attribute, const Texts& values) {
    const Handle type = text_type(), space = line(values.size());
    write(object, attribute, type, space, pointers_to(values).data());
  }
  void numbers(const std::string& object, const std::string& attribute, const std::vector<double>& values) {
    const Handle space = line(values.size());
    write(object, attribute, H5T_NATIVE_DOUBLE, space, values.data());
  }
  void column(const std::string& name, const Texts& values) {
    const Handle type = text_type(), space = line(values.size());
    const Handle made(H5Dcreate2(file_.id(), name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                      H5Dclose);
    require(made.valid() && H5Dwrite(made, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers_to(values).data()) >= 0, name);
  }
  /// Numbers of (row, column).
  void table(const std::string& name, const std::vector<std::vector<double>>& rows, std::size_t columns) {
    std::vector<double> all;
    for (const std::vector<double>& row : rows) all.insert(all.end(), row.begin(), row.end());
    file_.reals(name, all, {rows.size(), columns});
  }
  std::vector<std::byte> image() { return file_.image(); }

 private:
  static Handle line(std::size_t count) {
    const hsize_t size = count;
    return Handle(H5Screate_simple(1, &size, nullptr), H5Sclose);
  }
  void write(const std::string& object, const std::string& attribute, hid_t type, hid_t space, const void* value) {
    const Handle made(H5Acreate_by_name(file_.id(), object.c_str(), attribute.c_str(), type, space, H5P_DEFAULT,
                                        H5P_DEFAULT, H5P_DEFAULT),
                      H5Aclose);
    require(made.valid() && H5Awrite(made, type, value) >= 0, object + " attribute " + attribute);
  }

  hdf5::OutputFile file_;
};

Texts status_of(const SweepTable& table) {
  Texts texts;
  for (const RowState state : table.states)
    texts.emplace_back(name_of(state == RowState::running ? RowState::missing : state));
  return texts;
}

void write_head(TableFile& file, const spec::SweepSection& sweep) {
  file.text("format", "tautband sweep table");
  file.integer("version", 1);
  for (const auto& entry : spec::enum_table<spec::Design>)
    if (entry.value == sweep.design) file.text("design", std::string(entry.name));
  file.integer("samples", sweep.samples);
  file.integer("second_order", sweep.second_order ? 1 : 0);
  file.integer("levels", sweep.levels);
  file.integer("seed", static_cast<std::int64_t>(sweep.seed));
}

void write_parameters(TableFile& file, const SweepPlan& plan) {
  std::vector<std::vector<double>> rows;
  for (const SweepRow& row : plan.rows) rows.push_back(row.numbers);
  file.table("/parameters", rows, plan.columns.size());
  Texts names, keys, units, scales;
  std::vector<double> from, to;
  for (const SweepColumn& column : plan.columns) {
    names.push_back(column.name);
    keys.push_back(column.key);
    units.push_back(column.unit);
    scales.emplace_back(column.scale == spec::Scale::log ? "log" : "linear");
    from.push_back(column.from);
    to.push_back(column.to);
  }
  file.texts("/parameters", "names", names);
  file.texts("/parameters", "keys", keys);
  file.texts("/parameters", "units", units);
  file.texts("/parameters", "scale", scales);
  file.numbers("/parameters", "from", from);
  file.numbers("/parameters", "to", to);
}

std::vector<std::byte> image_of(const SweepPlan& plan, const SweepTable& table) {
  TableFile file;
  write_head(file, plan.sweep.sweep);
  write_parameters(file, plan);
  file.table("/outputs", table.outputs, plan.sweep.outputs.size());
  Texts names, units, ids;
  for (const spec::SweepOutput& output : plan.sweep.outputs) {
    names.push_back(output.name);
    units.push_back(output.unit);
  }
  for (const SweepRow& row : plan.rows) ids.push_back(row.id);
  file.texts("/outputs", "names", names);
  file.texts("/outputs", "units", units);
  file.column("/status", status_of(table));
  file.column("/id", ids);
  return file.image();
}

std::string heading(const std::string& name, const std::string& unit) {
  return "," + csv_cell(name + (unit == "1" ? "" : " [" + unit + "]"));
}

std::string text_of(const SweepPlan& plan, const SweepTable& table) {
  std::string text = "index,id,status";
  for (const SweepColumn& column : plan.columns) text += heading(column.name, column.unit);
  for (const spec::SweepOutput& output : plan.sweep.outputs) text += heading(output.name, output.unit);
  const Texts status = status_of(table);
  for (std::size_t r = 0; r < plan.rows.size(); ++r) {
    text += fmt::format("\n{},{},{}", r, plan.rows[r].id, status[r]);
    for (std::size_t c = 0; c < plan.columns.size(); ++c)
      text += plan.columns[c].words.empty() ? fmt::format(",{}", plan.rows[r].numbers[c])
                                            : "," + csv_cell(plan.rows[r].texts[c]);
    for (const double value : table.outputs[r]) text += fmt::format(",{}", value);
  }
  return text + "\n";
}

}  // namespace

void write_table(const SweepPlan& plan, const SweepTable& table, const std::string& folder) {
  replace_file(folder + "/table.h5", image_of(plan, table));
  const std::string text = text_of(plan, table);
  replace_file(folder + "/table.csv", std::as_bytes(std::span(text)));
}

}  // namespace tautband
