#include "io/sweep_plan.hpp"

#include "base/error.hpp"
#include "base/units.hpp"
#include "io/case_file.hpp"
#include "io/case_rules.hpp"
#include "io/case_writer.hpp"
#include "io/expression.hpp"
#include "io/provenance.hpp"
#include "io/sections_reader.hpp"
#include "io/sweep_columns.hpp"
#include "io/sweep_csv.hpp"
#include "math/experiment_design.hpp"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>

namespace tautband {
namespace {

DesignKind kind_of(spec::Design design) {
  switch (design) {
    case spec::Design::latin_hypercube:
      return DesignKind::latin_hypercube;
    case spec::Design::sobol:
      return DesignKind::sobol;
    case spec::Design::saltelli:
      return DesignKind::saltelli;
    case spec::Design::morris:
      return DesignKind::morris;
    default:
      return DesignKind::grid;
  }
}

/// The value at a place of the range, 0..1. Both ends are exact.
double value_at(const SweepColumn& column, double place) {
  if (place <= 0.0) return column.from;
  if (place >= 1.0) return column.to;
  if (column.scale == spec::Scale::log) return column.from * std::pow(column.to / column.from, place);
  return column.from + place * (column.to - column.from);
}

double number_at(const SweepColumn& column, double place) {
  if (column.values.empty() && column.words.empty()) return value_at(column, place);
  const auto nearest = static_cast<std::size_t>(std::lround(place * static_cast<double>(column.count - 1)));
  return column.words.empty() ? column.values[nearest] : static_cast<double>(nearest);
}

void set_id(const SweepPlan& plan, SweepRow& row) {
  std::string all;
  for (const std::string& text : plan.overrides(row.texts)) all += text + "\n";
  row.id = hash_of(all);
}

void make_rows(SweepPlan& plan) {
  const spec::SweepSection& s = plan.sweep.sweep;
  DesignRequest request{kind_of(s.design),
                        plan.columns.size(),
                        static_cast<std::size_t>(s.samples),
                        {},
                        s.second_order,
                        static_cast<std::size_t>(s.levels),
                        s.seed};
  if (s.design == spec::Design::grid)
    for (const SweepColumn& column : plan.columns) request.counts.push_back(column.count);
  for (const std::vector<double>& point : design(request)) {
    SweepRow& row = plan.rows.emplace_back();
    for (std::size_t i = 0; i < point.size(); ++i) {
      const SweepColumn& column = plan.columns[i];
      row.numbers.push_back(number_at(column, point[i]));
      row.texts.push_back(column.words.empty() ? quantity_text(row.numbers.back(), column.unit)
                                               : column.words[static_cast<std::size_t>(row.numbers.back())]);
    }
  }
}

SweepKind kind_of(const spec::Case& base) {
  if (!base.mesh.file.empty()) return SweepKind::run;
  return base.map.active ? SweepKind::map : SweepKind::point;
}

/// What ties the parts of a sweep together.
class Rules {
 public:
  Rules(const SweepPlan& plan, CaseReading& reading) : plan_(plan), reading_(reading) {}

  void check() {
    for (std::size_t i = 0; i < plan_.columns.size(); ++i) {
      const std::string path = "parameter." + std::to_string(i);
      for (std::size_t j = 0; j < i; ++j)
        if (plan_.columns[i].key == plan_.columns[j].key)
          problem(path + ".key", "a second parameter with the key " + in_quotes(plan_.columns[i].key));
      take_name(plan_.columns[i].name, path);
    }
    const std::size_t parameters = names_.size();
    for (std::size_t i = 0; i < plan_.sweep.outputs.size(); ++i) {
      const std::string path = "output." + std::to_string(i);
      take_name(plan_.sweep.outputs[i].name, path);
      output(plan_.sweep.outputs[i], path, {names_.begin(), names_.begin() + static_cast<std::ptrdiff_t>(parameters)});
    }
  }

 private:
  void problem(const std::string& path, const std::string& message) {
    if (reading_.failed.count(path) == 0) reading_.problems.add(find_place(reading_.places, path), message);
  }

  /// Names become columns of tables and words of expressions.
  void take_name(const std::string& name, const std::string& path) {
    const bool plain = name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") ==
                           std::string::npos &&
                       !name.empty() && (name[0] < '0' || name[0] > '9');
    if (!plain && !name.empty())
      problem(path + ".name", "the name " + in_quotes(name) + " may only have letters, digits and _, a letter first");
    if (name == "index" || name == "id" || name == "status" || name == "pi")
      problem(path + ".name", "the name " + in_quotes(name) + " is taken");
    if (std::find(names_.begin(), names_.end(), name) != names_.end() && !name.empty())
      problem(path + ".name", "a second parameter or output called " + in_quotes(name) + "; give it another name");
    names_.push_back(name);
  }

  void output(const spec::SweepOutput& output, const std::string& path, const Names& parameters) {
    try {
      is_dimensionless(output.unit);
    } catch (const CaseError& error) {
      problem(path + ".unit", error.what());
    }
    if (output.quantity.empty()) return;
    try {
      for (const std::string& name : Expression(output.quantity).names()) source(name, path, parameters);
    } catch (const CaseError& error) {
      problem(path + ".quantity", error.what());
    }
  }

  void source(const std::string& name, const std::string& path, const Names& parameters) {
    const bool history = name.starts_with("history."), bands = name.starts_with("bands.");
    if (history && plan_.kind == SweepKind::map) problem(path + ".quantity", "a map has no history");
    if (bands && plan_.kind != SweepKind::run) problem(path + ".quantity", "only a run on a mesh has bands");
    if (!history && !bands && std::find(parameters.begin(), parameters.end(), name) == parameters.end())
      problem(path + ".quantity", "nothing is called " + in_quotes(name) + did_you_mean(name, parameters) +
                                      " (parameters: " + list_names(parameters) +
                                      "; others begin with history. or bands.)");
  }

  const SweepPlan& plan_;
  CaseReading& reading_;
  Names names_;
};

void fill(SweepPlan& plan, CaseReading& reading) {
  const spec::SweepSection& s = plan.sweep.sweep;
  if (s.design == spec::Design::csv) {
    if (s.file.empty() || reading.failed.count("sweep.file") > 0) return;
    take_table(read_csv(s.file), plan, reading);
  } else {
    plan.columns = sweep_columns(plan, reading);
    for (std::size_t i = 0; i < plan.columns.size(); ++i) plan.sweep.parameters[i].name = plan.columns[i].name;
    if (plan.columns.empty()) reading.problems.add({}, "a sweep needs a [[parameter]]");
  }
  Rules(plan, reading).check();
  reading.problems.throw_if_any();
  try {
    if (s.design != spec::Design::csv) make_rows(plan);
  } catch (const CaseError& error) {
    reading.problems.add(find_place(reading.places, "sweep"), error.what());
  }
  reading.problems.throw_if_any();
  for (SweepRow& row : plan.rows) set_id(plan, row);
}

}  // namespace

std::string SweepPlan::row_name(std::size_t index) const { return fmt::format("{:05}-{}", index, rows.at(index).id); }

std::vector<std::string> SweepPlan::overrides(const std::vector<std::string>& texts) const {
  std::vector<std::string> options;
  for (std::size_t i = 0; i < columns.size(); ++i) options.push_back(columns[i].key + "=" + texts.at(i));
  return options;
}

spec::Case SweepPlan::case_of(const SweepRow& row) const {
  return parse_case(base_text, sweep.sweep.case_file, overrides(row.texts), reach);
}

SweepPlan plan_sweep(const std::string& path, Reach reach) {
  SweepPlan plan;
  plan.reach = reach;
  const std::string text = read_text_file(path);
  const TomlValue root = parse_toml(text, path);
  Problems problems(path, text);
  CaseReading reading{problems, plan.sweep.places, {}, {}};
  SectionsReader sections(root, reading);
  describe_sections(plan.sweep, sections);
  sections.finish();
  plan.sweep.path = path;
  if (plan.sweep.sweep.case_file.empty()) problems.throw_if_any();
  const auto folder = std::filesystem::absolute(path).parent_path();
  resolve_path(plan.sweep.sweep.case_file, "sweep", "case", folder, reach, reading);
  resolve_path(plan.sweep.sweep.file, "sweep", "file", folder, reach, reading);
  if (reading.failed.count("sweep.case") > 0) problems.throw_if_any();
  plan.base_text = read_text_file(plan.sweep.sweep.case_file);
  const spec::Case base = parse_case(plan.base_text, plan.sweep.sweep.case_file, {}, reach);
  plan.resolved_base = write_case(base);
  plan.kind = kind_of(base);
  fill(plan, reading);
  return plan;
}

SweepRow sweep_row(const SweepPlan& plan, const std::vector<std::string>& texts) {
  SweepRow row;
  for (std::size_t i = 0; i < plan.columns.size(); ++i) {
    const auto [number, text] = value_in(plan.columns[i], with_unit(texts.at(i), plan.columns[i]));
    row.numbers.push_back(number);
    row.texts.push_back(text);
  }
  set_id(plan, row);
  return row;
}

}  // namespace tautband
