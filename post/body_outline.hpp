// A standing body from the front and from behind, drawn for this project: its outline, and the regions in which pain is
// felt. Units: hundredths of the body's height; x = 0 is the midline, x > 0 one side of the body, y = 0 the ground.
// Palms face forward, so that thumbs point outward in both views.
#pragma once

#include <string>
#include <vector>

namespace tautband::post {

struct BodyPoint {
  double x, y;
};

enum class BodyView { front, back, sole };

/// Where a region of data/referral.toml lies in one view: a polygon that may reach beyond the outline of its view.
/// other_side: it lies on the other side of the body, at -x.
struct BodyShape {
  const char* key;
  BodyView view;
  std::vector<BodyPoint> corners;
  bool other_side = false;
};

/// Half the outline of front and back: from the top of the head down one side to the crotch.
std::vector<BodyPoint> body_half_outline();
/// The sole of the foot of the side x > 0, seen from below: closed, beside the leg of the back view.
std::vector<BodyPoint> sole_outline();
const std::vector<BodyShape>& body_shapes();

/// The line with its corners cut off `times` times (Chaikin), each time by the part `cut` of both sides; this rounds
/// them. An open line keeps its ends.
std::vector<BodyPoint> rounded(std::vector<BodyPoint> line, int times, double cut, bool closed);
/// Centre of the area of a closed polygon.
BodyPoint centre_of(const std::vector<BodyPoint>& polygon);
double area_of(const std::vector<BodyPoint>& polygon);

}  // namespace tautband::post
