// An experiment at a point, written as a case, and the rows it makes.
#pragma once

#include "app/point_experiment.hpp"
#include "io/case_file.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace tautband {

/// The rows of an experiment by column.
struct Record {
  std::map<std::string, std::vector<double>> columns;
  const std::vector<double>& operator[](const std::string& name) const { return columns.at(name); }
  std::size_t rows() const { return columns.at("time").size(); }
  /// Last row of a trial.
  double last(const std::string& name, int trial) const {
    double value = NAN;
    for (std::size_t i = 0; i < rows(); ++i)
      if ((*this)["trial"][i] == trial) value = (*this)[name][i];
    return value;
  }
};

inline Record perform(const std::string& text) {
  const spec::Case values = parse_case(text, "point.toml");
  const auto experiment = make_point_experiment(values);
  const std::vector<HistoryColumn> columns = experiment->columns();
  Record record;
  experiment->run([&](const std::vector<double>& row) {
    ASSERT_EQ(row.size(), columns.size());
    for (std::size_t c = 0; c < row.size(); ++c) record.columns[columns[c].name].push_back(row[c]);
  });
  return record;
}

/// The default muscle law with its active fibre alone: no passive stress, no viscosity.
inline constexpr const char* active_fibre = R"(
[[region]]
name = "muscle"
law = "tautband"
[region.parameters]
sigma0 = "250 kPa"
highest_rate = "8 s^-1"
passive_factor = 0
fibre_viscosity = "0 kPa s"
)";

// De Groote et al. 2016, with their published constants.
inline double force_length(double l) {
  const double b[3][4] = {{0.815, 1.055, 0.162, 0.063}, {0.433, 0.717, -0.030, 0.200}, {0.1, 1.0, 0.354, 0.0}};
  double sum = 0.0;
  for (const auto& [b1, b2, b3, b4] : b) sum += b1 * std::exp(-0.5 * std::pow((l - b2) / (b3 + b4 * l), 2));
  return sum;
}
}  // namespace tautband
