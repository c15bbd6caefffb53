// A sweep: one base case, the parameters that vary in it, which points of their space are run, and the numbers that are
// taken from every run. A file of its own, read and explained by the same tables as a case.
#pragma once

#include "spec/describe.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tautband::spec {

enum class Design { grid, latin_hypercube, sobol, saltelli, morris, csv };
template <>
inline constexpr std::array enum_table<Design> = {
    EnumEntry<Design>{"grid", Design::grid},     EnumEntry<Design>{"latin_hypercube", Design::latin_hypercube},
    EnumEntry<Design>{"sobol", Design::sobol},   EnumEntry<Design>{"saltelli", Design::saltelli},
    EnumEntry<Design>{"morris", Design::morris}, EnumEntry<Design>{"csv", Design::csv}};

enum class Scale { linear, log };
template <>
inline constexpr std::array enum_table<Scale> = {EnumEntry<Scale>{"linear", Scale::linear},
                                                 EnumEntry<Scale>{"log", Scale::log}};

/// [sweep]
struct SweepSection {
  std::string case_file;
  Design design = Design::grid;
  int samples = 64;
  std::uint64_t seed = 1;
  bool second_order = false;
  int levels = 4;
  std::string file;

  bool operator==(const SweepSection&) const = default;
};

/// [[parameter]]
struct SweepParameter {
  std::string key, name;
  AnyQuantity from, to;
  Scale scale = Scale::linear;
  std::optional<int> count;
  std::vector<AnyQuantity> values;

  bool operator==(const SweepParameter&) const = default;
};

/// [[output]]
struct SweepOutput {
  std::string name, quantity;
  std::string unit = "1";

  bool operator==(const SweepOutput&) const = default;
};

struct Sweep {
  SweepSection sweep;
  std::vector<SweepParameter> parameters;
  std::vector<SweepOutput> outputs;
  std::string path;                     ///< where it was read
  std::map<std::string, Place> places;  ///< "parameter.0.key" -> where it was given; only for messages
};

template <Of<SweepSection> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("case", self.case_file,
        {.meaning = "the base case, for tautband run, point or map; relative to the sweep", .required = true});
  visit("design", self.design,
        {.meaning = "grid: every combination of values; latin_hypercube, sobol: points spread over the ranges; "
                    "saltelli: for Sobol indices; morris: for screening; csv: the rows of a file"});
  const bool drawn = self.design != Design::grid && self.design != Design::csv;
  visit("samples", self.samples,
        {.lowest = 1,
         .highest = 1e6,
         .meaning = "points; saltelli: base samples, of parameters + 2 rows each (2 parameters + 2 with "
                    "second_order); morris: trajectories, of parameters + 1 rows each",
         .used = drawn,
         .when = "design is not grid or csv"});
  visit("seed", self.seed,
        {.meaning = "of the random numbers: the same seed gives the same rows",
         .used = drawn,
         .when = "design is not grid or csv"});
  visit("second_order", self.second_order,
        {.meaning = "rows for indices of pairs of parameters too",
         .used = self.design == Design::saltelli,
         .when = "design = saltelli"});
  visit("levels", self.levels,
        {.lowest = 2,
         .highest = 1000,
         .meaning = "values of each parameter, an even number",
         .used = self.design == Design::morris,
         .when = "design = morris"});
  visit("file", self.file,
        {.meaning = "table with a line of keys or names of parameters and one line per row; relative to the sweep",
         .required = true,
         .used = self.design == Design::csv,
         .when = "design = csv"});
}

template <Of<SweepParameter> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("key", self.key,
        {.meaning = "what varies: a key of the case written as for --set, such as reflex.drive_per_rate or "
                    "region.muscle.parameters.mu",
         .required = true});
  visit("name", self.name,
        {.meaning = "what it is called in tables and in quantities of outputs", .default_text = "the end of the key"});
  visit("from", self.from,
        {.meaning = "lowest value, with the unit that tables use; not with values or design = csv",
         .default_text = "none"});
  visit("to", self.to, {.meaning = "highest value, in any unit of the same dimension", .default_text = "none"});
  visit("scale", self.scale, {.meaning = "log: evenly spread in the logarithm; both ends are above 0 then"});
  visit("values", self.values,
        {.meaning = "design = grid: these values instead of a range; words too, which count as 0, 1, 2 ... in tables"});
  visit("count", self.count,
        {.lowest = 1,
         .highest = 1e6,
         .meaning = "values from first to last, both included",
         .default_text = "none",
         .used = self.values.empty(),
         .when = "design = grid without values"});
}

template <Of<SweepOutput> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("name", self.name, {.meaning = "column of the table", .required = true});
  visit("quantity", self.quantity,
        {.meaning = "expression of first() last() min() max() mean() of history.COLUMN, bands.PATH, names of "
                    "parameters, numbers, pi, + - * / ^ and sin cos exp log sqrt abs",
         .required = true});
  visit("unit", self.unit, {.meaning = "unit of the column; a quantity of the history is converted to it"});
}

template <Of<Sweep> Self, class Visitor> void describe_sections(Self& self, Visitor& visit) {
  visit.section("sweep", self.sweep, {.meaning = "which rows of a sweep are run", .required = true});
  visit.list("parameter", self.parameters, {.meaning = "a key of the case that varies"});
  visit.list("output", self.outputs, {.meaning = "a number that is taken from every row"});
}

}  // namespace tautband::spec
