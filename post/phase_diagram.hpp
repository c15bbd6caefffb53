// The phase diagram of `tautband map`: which starts end healthy, latent or active, over a plane of two parameters.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tautband::post {

/// One parameter of the plane.
struct PhaseAxis {
  std::string key, unit, meaning;
  std::vector<double> values;  ///< in `unit`, at least two, evenly spaced
};

struct PhaseMap {
  PhaseAxis x, y;
  std::vector<std::string> starts;
  std::string duration, title;
  std::vector<long long> condition;  ///< (start, y, x): 0 healthy, 1 latent, 2 active

  /// The letters of all starts at a point: "HLX" where each stays what it is.
  std::string letters(size_t ix, size_t iy) const;
};

/// True for a directory with a map.h5, and for a map.h5.
bool is_map_result(const std::filesystem::path& result);

/// Throws FileError.
PhaseMap read_map(const std::filesystem::path& result);

/// Draws phase_diagram.png into `folder`: one colour for each set of letters, the darker the worse. Returns the file.
/// Throws RunError.
std::filesystem::path plot_map(const PhaseMap& map, const std::filesystem::path& folder, int width);

}  // namespace tautband::post
