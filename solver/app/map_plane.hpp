// The plane of a map: two numbers of one physiology and their values.
#pragma once

#include "io/map_file.hpp"
#include "io/number_key.hpp"
#include "spec/case.hpp"
#include "stages/phase_map.hpp"

#include <array>

namespace tautband {

/// Points are counted along x first.
class MapPlane {
 public:
  /// Of a case with two good [[axis]]. Throws CaseError for a key that has no effect on a trigger point without space.
  explicit MapPlane(const spec::Case& values);
  MapPlane(const MapPlane&) = delete;
  MapPlane& operator=(const MapPlane&) = delete;

  std::size_t points() const { return values_[0].size() * values_[1].size(); }
  PhasePoint at(std::size_t point);
  /// "motor_pool.tonic_drive = 0.05, chemistry.statin_leak = 1"
  std::string name(std::size_t point) const;
  /// 0: x, 1: y.
  MapValues axis(std::size_t which) const;

 private:
  PhasePoint current() const;
  void require_effect(std::size_t which, const std::string& path);

  spec::Physiology physiology_;
  std::array<NumberKey, 2> key_;               ///< point into physiology_
  std::array<std::vector<double>, 2> values_;  ///< SI
};

}  // namespace tautband
