#include "post/plane_plot.hpp"

#include "post/axis_ticks.hpp"

#include <algorithm>
#include <cmath>

namespace tautband::post {
namespace {

constexpr size_t few_values = 8;  // up to here every value is named
constexpr int tick_size = 20;

/// A tick at a place of the axis, 0 at its begin and 1 at its end.
struct PlacedTick {
  double place;
  std::string text;
};

double along_scale(const PlaneAxis& axis, double value) { return axis.log ? std::log(value) : value; }

/// True when neighbours lie equally far from each other, to a thousandth of the distance.
bool evenly_spaced(const PlaneAxis& axis) {
  const size_t n = axis.values.size();
  if (n < 2) return false;
  const double first = along_scale(axis, axis.values.front());
  const double step = (along_scale(axis, axis.values.back()) - first) / static_cast<double>(n - 1);
  for (size_t i = 0; i < n; ++i)
    if (std::abs(along_scale(axis, axis.values[i]) - first - step * static_cast<double>(i)) > 1e-3 * std::abs(step))
      return false;
  return true;
}

/// Middle of cell i, from 0 to 1.
double middle(const PlaneAxis& axis, double i) { return (i + 0.5) / static_cast<double>(axis.values.size()); }

/// Every `stride`th value by name.
std::vector<PlacedTick> named_values(const PlaneAxis& axis, size_t stride) {
  std::vector<PlacedTick> ticks;
  for (size_t i = 0; i < axis.values.size(); i += stride)
    ticks.push_back({middle(axis, static_cast<double>(i)), number_text(axis.values[i], 4)});
  return ticks;
}

/// The ticks that `room` pixels hold, when `space_of` a text is what it takes.
template <class Space> std::vector<PlacedTick> ticks_of(const PlaneAxis& axis, double room, Space space_of) {
  const double first = axis.values.front(), last = axis.values.back();
  if (axis.values.size() <= few_values || !evenly_spaced(axis)) {
    double widest = 0.0;
    for (const double value : axis.values) widest = std::max(widest, space_of(number_text(value, 4)));
    const double cell = room / static_cast<double>(axis.values.size());
    return named_values(axis, static_cast<size_t>(std::max(1.0, std::ceil(widest / cell))));
  }
  const Scale scale{std::min(first, last), std::max(first, last), axis.log};
  std::vector<PlacedTick> ticks;
  for (const Tick& tick : axis_ticks(scale, 7)) {
    const double part = scale.place(tick.value), from_first = first < last ? part : 1.0 - part;
    ticks.push_back({middle(axis, from_first * static_cast<double>(axis.values.size() - 1)), tick.text});
  }
  return ticks;
}

}  // namespace

PlanePlot::PlanePlot(Picture& picture, const Box& box, PlaneAxis x, PlaneAxis y)
    : picture_(picture), box_(box), x_(std::move(x)), y_(std::move(y)) {}

Box PlanePlot::cell(size_t ix, size_t iy) const {
  const double nx = static_cast<double>(x_.values.size()), ny = static_cast<double>(y_.values.size());
  const double i = static_cast<double>(ix), j = static_cast<double>(iy);
  return {box_.left + box_.width() * i / nx, box_.bottom + box_.height() * j / ny,
          box_.left + box_.width() * (i + 1) / nx, box_.bottom + box_.height() * (j + 1) / ny};
}

void PlanePlot::fill(const std::function<Colour(size_t, size_t)>& colour) {
  std::vector<Tile> tiles;
  for (size_t iy = 0; iy < y_.values.size(); ++iy)
    for (size_t ix = 0; ix < x_.values.size(); ++ix) {
      const Colour here = colour(ix, iy);
      if (ix > 0 && tiles.back().colour == here)
        tiles.back().box.right = cell(ix, iy).right;
      else
        tiles.push_back({cell(ix, iy), here});
    }
  picture_.tiles(tiles);
}

void PlanePlot::draw_axes() {
  const auto wide = [](const std::string& text) { return text_width(text, tick_size) + 16.0; };
  const auto tall = [](const std::string&) { return 1.5 * tick_size; };
  for (const auto& [place, text] : ticks_of(x_, box_.width(), wide)) {
    const double x = box_.left + box_.width() * place;
    picture_.line(x, box_.bottom - 8, x, box_.bottom);
    picture_.text(text, x, box_.bottom - 36, tick_size, Align::centre);
  }
  for (const auto& [place, text] : ticks_of(y_, box_.height(), tall)) {
    const double y = box_.bottom + box_.height() * place;
    picture_.line(box_.left - 8, y, box_.left, y);
    picture_.text(text, box_.left - 14, y - 12, tick_size, Align::right);
  }
  picture_.path({{box_.left, box_.bottom}, {box_.right, box_.bottom}, {box_.right, box_.top}, {box_.left, box_.top}},
                true, {0.1, 0.1, 0.1}, 1.5);
  const double middle = 0.5 * (box_.left + box_.right);
  picture_.text(x_.label, middle, box_.bottom - 72, 24, Align::centre);
  picture_.text(x_.meaning, middle, box_.bottom - 100, 17, Align::centre, 0.45);
  picture_.text(y_.label, box_.left, box_.top + (y_.meaning.empty() ? 12 : 34), 24);
  picture_.text(y_.meaning, box_.left, box_.top + 10, 17, Align::left, 0.45);
}

}  // namespace tautband::post
