// Cells over a plane of two parameters, with axes.
#pragma once

#include "post/picture.hpp"

#include <functional>
#include <string>
#include <vector>

namespace tautband::post {

struct PlaneAxis {
  std::string label, meaning;  ///< name with unit; words below it, may be empty
  std::vector<double> values;  ///< at least one, monotonic; every value is the middle of a cell
  bool log = false;
};

/// All cells of an axis are equally wide. Values that are not evenly spaced along their scale are named one by one.
class PlanePlot {
 public:
  PlanePlot(Picture& picture, const Box& box, PlaneAxis x, PlaneAxis y);

  Box cell(size_t ix, size_t iy) const;
  /// Fills all cells; neighbours along x of equal colour become one.
  void fill(const std::function<Colour(size_t ix, size_t iy)>& colour);
  /// Frame, ticks and labels.
  void draw_axes();

 private:
  Picture& picture_;
  Box box_;
  PlaneAxis x_, y_;
};

}  // namespace tautband::post
