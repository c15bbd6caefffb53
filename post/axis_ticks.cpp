#include "post/axis_ticks.hpp"

#include "post/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tautband::post {
namespace {

/// Values of the form factor * 10^n within the scale.
std::vector<double> round_values(const Scale& scale, const std::vector<double>& factors, int decades_apart) {
  const double slack = 1e-9;
  std::vector<double> values;
  const int first = static_cast<int>(std::floor(std::log10(scale.low) / decades_apart)) * decades_apart;
  for (int power = first; std::pow(10.0, power) <= scale.high * (1.0 + slack); power += decades_apart)
    for (const double factor : factors) {
      const double value = factor * std::pow(10.0, power);
      if (value >= scale.low * (1.0 - slack) && value <= scale.high * (1.0 + slack)) values.push_back(value);
    }
  return values;
}

/// The densest round values of which there are no more than `most`.
std::vector<double> log_values(const Scale& scale, size_t most) {
  for (const std::vector<double>& factors : {std::vector<double>{1, 2, 5}, std::vector<double>{1, 3}}) {
    const std::vector<double> values = round_values(scale, factors, 1);
    if (values.size() <= most) return values;
  }
  int apart = 1;
  while (round_values(scale, {1}, apart).size() > most) ++apart;
  return round_values(scale, {1}, apart);
}

}  // namespace

double Scale::place(double value) const {
  return log ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
}

Scale scale_of(const std::vector<double>& values, bool log) {
  Scale scale{INFINITY, -INFINITY, log};
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    scale.low = std::min(scale.low, value);
    scale.high = std::max(scale.high, value);
  }
  if (scale.low > scale.high) return {0.0, 1.0};
  constexpr double round_off = 1e-12;
  if (scale.high - scale.low > round_off * std::max(std::abs(scale.low), std::abs(scale.high))) return scale;
  if (log) return {scale.low / 2.0, scale.high * 2.0, true};
  const double room = scale.low == 0.0 ? 1.0 : 0.5 * std::abs(scale.low);
  return {scale.low - room, scale.high + room};
}

std::vector<Tick> axis_ticks(const Scale& scale, int count) {
  std::vector<double> values;
  if (scale.log) values = log_values(scale, static_cast<size_t>(count) + 1);
  if (values.size() < 3) values = round_ticks(scale.low, scale.high, count);
  std::vector<Tick> ticks;
  const double nothing = scale.log ? 0.0 : 1e-9 * (scale.high - scale.low);
  for (const double value : values) ticks.push_back({value, number_text(std::abs(value) < nothing ? 0.0 : value)});
  return ticks;
}

std::string number_text(double value, int digits) {
  std::string text = fmt::format("{:.{}g}", value, digits);
  const size_t exponent = text.find('e');
  if (exponent == std::string::npos) return text;
  return text.substr(0, exponent) + fmt::format("e{}", std::stoi(text.substr(exponent + 1)));
}

std::string label_with_unit(const std::string& name, const std::string& unit) {
  return unit == "1" || unit.empty() ? name : name + " [" + unit + "]";
}

}  // namespace tautband::post
