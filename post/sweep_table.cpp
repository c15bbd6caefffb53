#include "post/sweep_table.hpp"

#include "post/errors.hpp"
#include "post/hdf5_file.hpp"
#include "solver/math/design_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tautband::post {
namespace {

constexpr const char* format_name = "tautband sweep table";
constexpr long long known_version = 1;
constexpr hsize_t most_rows = 1'000'000, most_columns = 10'000;  // a damaged header must not ask for more memory

std::filesystem::path file_of(const std::filesystem::path& result) {
  return std::filesystem::is_directory(result) ? result / "table.h5" : result;
}

[[noreturn]] void fail(const Hdf5File& file, const std::string& what) { throw FileError(file.path() + ": " + what); }

/// Columns of a dataset of two axes.
std::vector<std::vector<double>> columns_of(const Hdf5File& file, const std::string& dataset) {
  const std::vector<hsize_t> shape = file.shape(dataset);
  if (shape.size() != 2) fail(file, dataset + " does not have two axes");
  if (shape[0] > most_rows || shape[1] > most_columns)
    fail(file, fmt::format("{} has {} rows and {} columns; at most {} and {} are read", dataset, shape[0], shape[1],
                           most_rows, most_columns));
  const std::vector<double> cells = file.rows(dataset, 0, shape[0]);
  std::vector<std::vector<double>> columns(shape[1], std::vector<double>(shape[0]));
  for (size_t row = 0; row < shape[0]; ++row)
    for (size_t column = 0; column < shape[1]; ++column) columns[column][row] = cells[row * shape[1] + column];
  return columns;
}

/// An attribute of `dataset` with one value for each of its columns.
template <class Values>
Values checked(const Hdf5File& file, const std::string& dataset, const std::string& name, size_t columns,
               Values values) {
  if (values.size() != columns)
    fail(file, fmt::format("attribute {} of {} has {} values for {} columns", name, dataset, values.size(), columns));
  return values;
}

std::vector<std::string> texts(const Hdf5File& file, const std::string& dataset, const std::string& name, size_t n) {
  return checked(file, dataset, name, n, file.strings_attribute(dataset, name));
}

std::vector<double> reals(const Hdf5File& file, const std::string& dataset, const std::string& name, size_t n) {
  return checked(file, dataset, name, n, file.reals_attribute(dataset, name));
}

std::vector<SweepParameter> read_parameters(const Hdf5File& file) {
  const std::string dataset = "/parameters";
  std::vector<std::vector<double>> columns = columns_of(file, dataset);
  const size_t n = columns.size();
  const auto names = texts(file, dataset, "names", n), keys = texts(file, dataset, "keys", n),
             units = texts(file, dataset, "units", n), scales = texts(file, dataset, "scale", n);
  const auto from = reals(file, dataset, "from", n), to = reals(file, dataset, "to", n);
  std::vector<SweepParameter> parameters;
  for (size_t i = 0; i < n; ++i) {
    parameters.push_back({names[i], keys[i], units[i], scales[i] == "log", from[i], to[i], std::move(columns[i])});
    for (const double value : parameters.back().values)
      if (!std::isfinite(value) || (parameters.back().log && value <= 0.0))
        fail(file, fmt::format("parameter {} has the value {} on a {} scale", names[i], value, scales[i]));
  }
  return parameters;
}

std::vector<SweepOutput> read_outputs(const Hdf5File& file) {
  std::vector<std::vector<double>> columns = columns_of(file, "/outputs");
  const auto names = texts(file, "/outputs", "names", columns.size());
  const auto units = texts(file, "/outputs", "units", columns.size());
  std::vector<SweepOutput> outputs;
  for (size_t i = 0; i < columns.size(); ++i) outputs.push_back({names[i], units[i], std::move(columns[i])});
  return outputs;
}

void check_rows(const Hdf5File& file, const SweepTable& table) {
  const size_t n = table.n_rows(), k = table.parameters.size();
  for (const SweepOutput& output : table.outputs)
    if (output.values.size() != n) fail(file, "/outputs and /status differ in rows");
  size_t per_sample = 0;
  if (table.design == "saltelli") per_sample = SaltelliLayout{k, table.second_order}.rows_per_sample();
  if (table.design == "morris") per_sample = MorrisLayout{k}.rows_per_trajectory();
  if (per_sample > 0 && (n % per_sample != 0 || n / per_sample != table.samples))
    fail(file, fmt::format("a {} design of {} parameters has {} rows per sample, which {} samples in {} rows are not",
                           table.design, k, per_sample, table.samples, n));
}

/// Index of the element called `name`.
template <class Element>
size_t find(const std::vector<Element>& elements, const std::string& name, const std::string& what) {
  std::string known;
  for (size_t i = 0; i < elements.size(); ++i) {
    if (elements[i].name == name) return i;
    known += (i ? ", " : "") + elements[i].name;
  }
  throw CommandError(fmt::format("the sweep has no {} '{}'; it has {}", what, name, known));
}

}  // namespace

double SweepParameter::place(double value) const {
  if (from == to) return 0.0;
  return log ? std::log(value / from) / std::log(to / from) : (value - from) / (to - from);
}

std::vector<double> SweepParameter::levels() const {
  std::vector<double> levels = values;
  std::sort(levels.begin(), levels.end());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  return levels;
}

bool SweepTable::has(const SweepOutput& output, size_t row) const {
  return status[row] == "done" && std::isfinite(output.values[row]);
}

size_t SweepTable::find_parameter(const std::string& name) const { return find(parameters, name, "parameter"); }

size_t SweepTable::find_output(const std::string& name) const { return find(outputs, name, "output"); }

std::vector<size_t> SweepTable::find_outputs(const std::vector<std::string>& names) const {
  std::vector<size_t> found;
  for (const std::string& name : names) found.push_back(find_output(name));
  for (size_t i = 0; names.empty() && i < outputs.size(); ++i) found.push_back(i);
  return found;
}

bool vary(const std::vector<double>& values) {
  if (values.empty()) return false;
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return *high - *low > 1e-12 * std::max(std::abs(*low), std::abs(*high));
}

bool is_sweep_result(const std::filesystem::path& result) {
  return std::filesystem::is_directory(result) ? std::filesystem::exists(result / "table.h5")
                                               : result.filename() == "table.h5";
}

SweepTable read_sweep_table(const std::filesystem::path& result) {
  const Hdf5File file(file_of(result).string());
  if (file.string_attribute("/", "format") != format_name) fail(file, "not a table of a sweep");
  if (const long long version = file.integer_attribute("/", "version"); version != known_version)
    fail(file, fmt::format("a sweep table of version {}; this program reads version {}", version, known_version));
  SweepTable table;
  table.file = file.path();
  table.design = file.string_attribute("/", "design");
  table.samples = static_cast<size_t>(std::max(0LL, file.integer_attribute("/", "samples")));
  table.second_order = file.integer_attribute("/", "second_order") != 0;
  table.parameters = read_parameters(file);
  table.outputs = read_outputs(file);
  if (table.parameters.empty() || table.outputs.empty() || table.parameters.front().values.empty())
    fail(file, "has no rows, no parameters or no outputs");
  if (file.shape("/status") != std::vector<hsize_t>{table.parameters.front().values.size()})
    fail(file, "/parameters and /status differ in rows");
  table.status = file.strings("/status");
  check_rows(file, table);
  return table;
}

}  // namespace tautband::post
