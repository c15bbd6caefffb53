#include "io/map_rules.hpp"

#include "base/error.hpp"
#include "io/number_key.hpp"

#include <algorithm>

namespace tautband {

namespace {

constexpr double most_trajectories = 1e8;  // 20 bytes each while the map is computed

void check_axis(const spec::Case& values, std::size_t i, std::vector<Fault>& faults) {
  const spec::MapAxis& axis = values.axes[i];
  const std::string path = "axis." + std::to_string(i);
  std::string key = path + ".key";
  try {
    spec::Physiology physiology;
    const NumberKey number = find_number(physiology, axis.key);
    key = path + ".from";
    const double from = number_for(number, axis.from.text);
    key = path + ".to";
    if (number_for(number, axis.to.text) == from) faults.push_back({{key}, "\"to\" is where the axis begins"});
  } catch (const CaseError& error) {
    faults.push_back({{key}, error.what()});
  }
  for (std::size_t j = 0; j < i; ++j)
    if (values.axes[j].key == axis.key) faults.push_back({{path + ".key"}, "a second axis of " + axis.key});
}

}  // namespace

std::vector<Fault> map_faults(const spec::Case& values) {
  std::vector<Fault> faults;
  const std::vector<spec::MapAxis>& axes = values.axes;
  if (!values.map.active) {
    if (!axes.empty()) faults.push_back({{"axis.0"}, "the case has no [map]"});
    return faults;
  }
  if (axes.size() != 2)
    faults.push_back(
        {{axes.size() > 2 ? "axis.2" : "map"}, "a plane has two [[axis]], not " + std::to_string(axes.size())});
  for (std::size_t i = 0; i < axes.size(); ++i) check_axis(values, i, faults);
  std::vector<spec::Condition> starts = values.map.starts;
  std::sort(starts.begin(), starts.end());
  if (starts.empty() || std::adjacent_find(starts.begin(), starts.end()) != starts.end())
    faults.push_back({{"map.starts"}, "\"starts\" lists some of healthy, latent, active, each once"});
  double trajectories = static_cast<double>(starts.size());
  for (const spec::MapAxis& axis : axes) trajectories *= axis.count;
  if (trajectories > most_trajectories)
    faults.push_back({{"axis.0.count", "axis.1.count"}, "more than 100 million trajectories"});
  const bool timed = !values.events.empty() || !values.physiology.misfires.empty();
  if (timed && values.mesh.file.empty() && !values.point.active)
    faults.push_back({{values.events.empty() ? "misfire.0" : "event.0"},
                      "a map has no times: give trigger_point.ectopic_rate or another constant"});
  return faults;
}

}  // namespace tautband
