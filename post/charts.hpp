// Stacked charts with one time axis.
#pragma once

#include "post/picture.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tautband::post {

struct Curve {
  std::string label;
  std::vector<double> time, value;
};

struct Chart {
  std::string title;  ///< with unit
  std::vector<Curve> curves;
};

/// A span of time behind all charts.
struct Shade {
  double start, end;
};

struct ChartPage {
  std::string heading, caption;  ///< above the charts, left and right
  std::string time_label;
  std::vector<Chart> charts;  ///< at least one
  std::vector<Shade> shades;
  std::string shade_label;
};

/// Draws the page into `file`, a PNG `width` pixels wide. Throws RunError when it cannot be written.
void draw_charts(const ChartPage& page, const std::filesystem::path& file, int width);

}  // namespace tautband::post
