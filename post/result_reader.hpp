// Reads a result: the VTKHDF time series (one part, static mesh), the resolved case in it and history.csv beside it.
#pragma once

#include "post/hdf5_file.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tautband::post {

/// The mesh of a result, numbered as in its file.
struct ResultMesh {
  int nodes_per_cell = 8;               ///< 8 (hex8) or 27 (hex27)
  std::vector<double> points;           ///< (n_points, 3), m, reference configuration
  std::vector<long long> connectivity;  ///< (n_cells, nodes_per_cell), VTK's order
  std::vector<int> region;              ///< (n_cells): index into region_names; empty when the file has none
  std::vector<std::string> region_names;
  std::vector<std::string> sets;  ///< names of node and face sets

  size_t n_points() const { return points.size() / 3; }
  size_t n_cells() const { return connectivity.size() / static_cast<size_t>(nodes_per_cell); }
};

/// An array of one step: values(i, c) at i * components + c, SI units.
struct StepArray {
  int components = 1;
  std::vector<double> values;
};

enum class Centring { point, cell };

/// All members throw FileError when the file is damaged, truncated or another kind of file.
class ResultReader {
 public:
  /// `result`: the directory of a run, or its result.vtkhdf.
  explicit ResultReader(const std::filesystem::path& result);

  const std::filesystem::path& directory() const { return directory_; }
  const std::string& path() const { return file_.path(); }
  const ResultMesh& mesh() const { return mesh_; }
  const std::vector<double>& times() const { return times_; }  ///< s
  size_t n_steps() const { return times_.size(); }
  /// Index of the stored step nearest to `time`.
  size_t step_at(double time) const;

  bool has(Centring centring, const std::string& name) const;
  std::vector<std::string> array_names(Centring centring) const;
  std::string units(Centring centring, const std::string& name) const;
  StepArray read(Centring centring, const std::string& name, size_t step) const;
  /// A one-component point array.
  std::vector<double> point_scalar(const std::string& name, size_t step) const;

  /// TOML text of the resolved case: from the file, else from case.resolved.toml beside it, else empty.
  std::string resolved_case() const;
  /// (key, value) of what made the result: version, git_hash, command_line, start_time, case_hash, mesh_hash; empty
  /// where the file does not say.
  std::vector<std::pair<std::string, std::string>> provenance() const;

 private:
  void read_mesh();
  void read_times();

  std::filesystem::path directory_;
  Hdf5File file_;
  ResultMesh mesh_;
  std::vector<double> times_;
};

}  // namespace tautband::post
