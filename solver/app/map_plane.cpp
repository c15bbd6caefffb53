#include "app/map_plane.hpp"

#include "base/error.hpp"
#include "base/units.hpp"
#include "stages/trigger_point_setup.hpp"

#include <cstring>

namespace tautband {

MapPlane::MapPlane(const spec::Case& values)
    : physiology_(values.physiology),
      key_{find_number(physiology_, values.axes.at(0).key), find_number(physiology_, values.axes.at(1).key)} {
  for (std::size_t which = 0; which < 2; ++which) {
    const spec::MapAxis& axis = values.axes[which];
    const double from = number_for(key_[which], axis.from.text), to = number_for(key_[which], axis.to.text);
    const int last = axis.count - 1;
    for (int i = 0; i < last; ++i) values_[which].push_back(from + (to - from) * i / last);
    values_[which].push_back(to);
    require_effect(which, values.path);
  }
}

PhasePoint MapPlane::current() const {
  return {make_trigger_point(physiology_), constant_influence(physiology_), physiology_.chemistry.initial_memory};
}

void MapPlane::require_effect(std::size_t which, const std::string& path) {
  const double before = *key_[which].value;
  *key_[which].value = values_[which].front();
  const PhasePoint first = current();
  *key_[which].value = values_[which].back();
  const PhasePoint last = current();
  *key_[which].value = before;
  static_assert(sizeof(PhasePoint) % sizeof(double) == 0, "a point is doubles only, so that bytes can be compared");
  if (std::memcmp(&first, &last, sizeof first) == 0)
    throw CaseError(path + ": " + key_[which].name + " has no effect on a trigger point without space");
}

PhasePoint MapPlane::at(std::size_t point) {
  *key_[0].value = values_[0][point % values_[0].size()];
  *key_[1].value = values_[1][point / values_[0].size()];
  return current();
}

std::string MapPlane::name(std::size_t point) const {
  const auto named = [this](std::size_t which, std::size_t i) {
    return key_[which].name + " = " + format_quantity(values_[which][i], key_[which].about.unit);
  };
  const std::size_t nx = values_[0].size();
  return named(0, point % nx) + ", " + named(1, point / nx);
}

MapValues MapPlane::axis(std::size_t which) const {
  const spec::About& about = key_[which].about;
  MapValues axis{key_[which].name, std::string(about.unit), std::string(about.meaning), {}};
  for (const double value : values_[which]) axis.values.push_back(from_si(value, about.unit));
  return axis;
}

}  // namespace tautband
