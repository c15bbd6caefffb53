// Where an axis is marked, and with what text; texts of numbers and labels.
#pragma once

#include <string>
#include <vector>

namespace tautband::post {

struct Tick {
  double value;
  std::string text;
};

/// A scale from `low` to `high`, low < high; both above 0 on a logarithmic one.
struct Scale {
  double low, high;
  bool log = false;
  /// 0 at low, 1 at high.
  double place(double value) const;
};

/// From the lowest to the highest finite value, never of no extent.
Scale scale_of(const std::vector<double>& values, bool log);

/// Round values within the scale, about `count` of them. On a logarithmic scale powers of ten, with 2 and 5 times them
/// where there is room; evenly spaced ones where it spans less than that.
std::vector<Tick> axis_ticks(const Scale& scale, int count);

/// "0.25", "1e-5": up to `digits` digits.
std::string number_text(double value, int digits = 6);

/// "name [unit]"; only the name where the unit is 1 or there is none.
std::string label_with_unit(const std::string& name, const std::string& unit);

}  // namespace tautband::post
