#include "post/body_outline.hpp"

#include <cmath>

namespace tautband::post {
namespace {

/// Twice the signed area of the triangle with the origin.
double cross(const BodyPoint& a, const BodyPoint& b) { return a.x * b.y - a.y * b.x; }

std::vector<BodyPoint> ellipse(double x, double y, double half_width, double half_height) {
  std::vector<BodyPoint> points;
  for (int i = 0; i < 16; ++i) {
    const double angle = 2 * M_PI * i / 16;
    points.push_back({x + half_width * std::cos(angle), y + half_height * std::sin(angle)});
  }
  return points;
}

std::vector<BodyShape> head_and_neck() {
  constexpr BodyView front = BodyView::front, back = BodyView::back;
  const std::vector<BodyPoint> brow{{0, 97.3}, {2.9, 96.9}, {3.6, 94.9}, {0, 94.9}};
  return {
      {"vertex", front, {{0, 101}, {5, 101}, {4.9, 97.5}, {3, 97.1}, {0, 97.5}}},
      {"vertex", back, {{0, 101}, {5, 101}, {4.8, 97.2}, {0, 96.8}}},
      {"forehead", front, brow},
      {"other_forehead", front, brow, true},
      {"temple", front, {{3.8, 94.9}, {3.1, 97}, {4.9, 97.4}, {5.8, 94.8}, {5.2, 93.7}, {3.7, 93.6}}},
      {"orbit", front, ellipse(1.95, 93.3, 1.5, 1.05)},
      {"cheek_and_teeth", front, {{0.9, 91.9}, {3.7, 91.9}, {3.6, 89.2}, {2.2, 87.2}, {0.7, 87.6}}},
      {"ear_and_jaw", front, {{3.9, 93.3}, {6, 94}, {6, 91}, {4.8, 88.2}, {3.2, 86.4}, {2.3, 87}, {3.8, 89.2}}},
      {"ear_and_jaw", back, {{4.7, 93.9}, {6, 94}, {6, 91}, {4.5, 90.4}}},
      {"occiput", back, {{0, 96.5}, {4.7, 96.9}, {4.6, 92}, {3.8, 88.6}, {0, 88.4}}},
      {"throat", front, {{0, 86.3}, {2.9, 86.3}, {2.8, 84.4}, {3.1, 81.4}, {0, 81.6}}},
      {"back_of_neck", back, {{0, 88.1}, {3.7, 88.3}, {2.7, 84.8}, {3, 81.4}, {0, 81.4}}},
  };
}

std::vector<BodyShape> shoulders_and_arms() {
  constexpr BodyView front = BodyView::front, back = BodyView::back;
  const std::vector<BodyPoint> top{{2.7, 84.2}, {9, 82.3}, {8.6, 79.6}, {3.3, 81}};
  const std::vector<BodyPoint> upper_arm{{9.4, 73.3}, {13.6, 74.2}, {14.8, 66.6}, {10.8, 65.6}};
  const std::vector<BodyPoint> lateral_elbow{{13, 66.2}, {14.9, 66.6}, {16.8, 60.2}, {14.1, 59.6}};
  const std::vector<BodyPoint> medial_elbow{{10.8, 65.6}, {13, 66.2}, {14.1, 59.6}, {11.8, 59}};
  const std::vector<BodyPoint> forearm{{11.8, 59}, {17, 60.2}, {18.8, 51.2}, {14.4, 50.4}};
  const std::vector<BodyPoint> radial_hand{{16.8, 50.8}, {18.8, 51.2}, {22.6, 45.6}, {20.4, 44},
                                           {20.4, 38.6}, {18.3, 38.6}, {17.6, 45}};
  const std::vector<BodyPoint> ulnar_hand{{14.6, 50.4}, {16.8, 50.8}, {17.6, 45},
                                          {18.3, 38.6}, {15.4, 38.6}, {14.8, 45}};
  std::vector<BodyShape> shapes{
      {"front_of_shoulder",
       front,
       {{9, 82.3}, {12.8, 81.4}, {13.9, 75}, {13.6, 74.2}, {9.4, 73.3}, {8.2, 77.6}, {8.6, 79.6}}},
      {"back_of_shoulder",
       back,
       {{4.4, 80.7}, {8.6, 79.6}, {9, 82.3}, {12.8, 81.4}, {13.8, 74.6}, {9.6, 73.4}, {8.4, 71.5}, {5, 71.1}}},
      {"scapular_border", back, {{2.4, 81.2}, {4.4, 80.7}, {5, 71.1}, {3, 70.8}}},
  };
  for (const BodyView view : {front, back}) {
    shapes.push_back({"top_of_shoulder", view, top});
    shapes.push_back({"upper_arm", view, upper_arm});
    shapes.push_back({"lateral_elbow", view, lateral_elbow});
    shapes.push_back({"medial_elbow", view, medial_elbow});
    shapes.push_back({"forearm", view, forearm});
    shapes.push_back({"radial_hand", view, radial_hand});
    shapes.push_back({"ulnar_hand", view, ulnar_hand});
  }
  return shapes;
}

std::vector<BodyShape> trunk() {
  constexpr BodyView front = BodyView::front, back = BodyView::back;
  return {
      {"front_chest", front, {{0, 81.4}, {3.3, 81}, {8.6, 79.6}, {8.2, 77.6}, {9.2, 73.6}, {7.6, 70.8}, {0, 70.2}}},
      {"side_chest", front, {{9.2, 73.8}, {9.9, 73}, {9.6, 66}, {6.8, 66}, {7.7, 70.8}}},
      {"side_chest", back, {{8.4, 71.6}, {9.9, 73.6}, {9.6, 66}, {6.6, 66}, {7, 71.3}}},
      {"upper_abdomen", front, {{0, 70}, {7.5, 70.6}, {6.7, 66}, {9, 65.8}, {8.6, 61.6}, {0, 61.4}}},
      {"lower_abdomen", front, {{0, 61.2}, {8.6, 61.4}, {8.2, 58.2}, {7.4, 54}, {8, 51.2}, {2.6, 49.8}, {0, 50.3}}},
      {"mid_back", back, {{0, 81.2}, {2.3, 81.4}, {3, 70.8}, {6.9, 71.2}, {6.6, 66}, {0, 66}}},
      {"low_back", back, {{0, 65.8}, {9, 65.8}, {8.4, 60.2}, {8.6, 58.6}, {3.4, 58.1}, {0, 57.8}}},
      {"sacrum", back, {{0, 57.6}, {3.4, 57.9}, {1.8, 52.2}, {0, 51.2}}},
      {"buttock",
       back,
       {{3.5, 57.9}, {7.6, 58.3}, {7.8, 54}, {7.9, 49.6}, {5, 47.5}, {1.2, 48.2}, {0.7, 50.6}, {1.9, 52.2}}},
      {"lateral_hip", front, {{8.2, 58}, {10.4, 58}, {10.8, 49.6}, {8.1, 49.8}, {7.5, 54}}},
      {"lateral_hip", back, {{7.6, 58.3}, {10, 58}, {10.2, 49.4}, {7.9, 49.6}, {7.8, 54}}},
      {"pelvic_floor", front, {{0, 50.2}, {1.9, 49.9}, {1.3, 47.2}, {0.6, 45.6}, {0, 46}}},
      {"pelvic_floor", back, {{0, 51}, {0.8, 50.2}, {1.1, 48.2}, {0.7, 45.6}, {0, 45.6}}},
  };
}

std::vector<BodyShape> legs() {
  constexpr BodyView front = BodyView::front, back = BodyView::back, sole = BodyView::sole;
  return {
      {"front_thigh", front, {{2.6, 49.6}, {8, 51}, {7.2, 33.4}, {3.3, 33.4}, {2.8, 41}}},
      {"inner_thigh", front, {{0, 48.6}, {2.6, 49.4}, {2.8, 41}, {3.3, 33.4}, {1.2, 33.4}, {0.4, 46}}},
      {"outer_thigh", front, {{8.1, 49.8}, {10.8, 49.4}, {9.4, 40}, {8.6, 33.4}, {7.2, 33.4}}},
      {"outer_thigh", back, {{7.9, 49.4}, {10.8, 49.2}, {9.4, 40}, {8.6, 33.4}, {7.2, 33.4}}},
      {"back_thigh", back, {{1, 47.9}, {5, 47.3}, {7.8, 49.3}, {7.2, 33.4}, {1.4, 33.4}}},
      {"front_knee", front, {{1.2, 33.2}, {8.6, 33.2}, {8.4, 27.2}, {1.6, 27.2}}},
      {"back_knee", back, {{1.2, 33.2}, {8.6, 33.2}, {8.4, 27.2}, {1.6, 27.2}}},
      {"shin", front, {{1.6, 27}, {8.8, 27}, {8.4, 20}, {7, 9.2}, {2.2, 9.2}}},
      {"calf", back, {{1.6, 27}, {8.8, 27}, {8.4, 20}, {7.4, 12.6}, {1.8, 12.6}}},
      {"ankle", front, {{2.2, 9}, {7, 9}, {6.8, 4.6}, {2.6, 4.6}}},
      {"ankle", back, {{1.8, 12.4}, {7.4, 12.4}, {6.6, 5}, {2.6, 5}}},
      {"heel", back, {{2.6, 4.8}, {6.2, 4.8}, {6.4, -1}, {2.6, -1}}},
      {"heel", sole, {{13.2, 0.4}, {14.5, -0.3}, {15.8, 0.4}, {16.2, 3.4}, {14.5, 4.2}, {12.9, 3.4}}},
      {"sole",
       sole,
       {{13.0, 3.8},
        {14.5, 4.5},
        {16.1, 3.8},
        {16.9, 7.6},
        {16.8, 10.6},
        {15.4, 12},
        {13.6, 12.2},
        {12.6, 11},
        {12.4, 8.4}}},
      {"foot_dorsum", front, {{2.6, 4.4}, {6.6, 4.4}, {9.6, 0.6}, {9.4, -1}, {2.8, -1}}},
  };
}

}  // namespace

std::vector<BodyPoint> body_half_outline() {
  return {
      {0, 100},     {2.5, 99.7},  {4.3, 98},    {5, 95.4},    {4.9, 93.6},  {5.5, 93.6},  {5.4, 91.5},  {4.8, 90.6},
      {4.4, 88.9},  {3.3, 87.2},  {2.7, 86.2},  {2.6, 84.6},  {3.1, 83.5},  {5.2, 82.6},  {8.4, 81.9},  {10.6, 80.9},
      {12.2, 78.6}, {12.8, 75.6}, {13.2, 71.5}, {13.9, 67.6}, {14.9, 64},   {15.8, 61},   {16.6, 57.5}, {17.3, 53.6},
      {17.8, 50.8}, {18.8, 49.4}, {20.6, 47.2}, {21.3, 45.8}, {20.9, 45},   {20.1, 45.6}, {19.4, 46.4}, {19.8, 43.8},
      {19.6, 41.2}, {18.8, 39.6}, {17.8, 39.5}, {17, 40.6},   {16.4, 43},   {15.9, 46.3}, {15.6, 49.4}, {15, 51.4},
      {13.8, 55.5}, {12.7, 59.4}, {12.1, 62.4}, {11.4, 65.4}, {10.4, 69.2}, {9.7, 72.2},  {9.2, 73.8},  {8.9, 72.2},
      {8.8, 69.8},  {8.3, 66},    {7.7, 62.6},  {7.7, 60.4},  {8.4, 57.4},  {9.3, 54},    {9.7, 50.6},  {9.6, 46.6},
      {9, 41},      {8.1, 35},    {7.5, 31},    {7.4, 28.4},  {7.5, 26.4},  {7.9, 22.6},  {7.7, 19},    {6.9, 14.4},
      {6.2, 9.8},   {5.9, 6.6},   {6.2, 4.6},   {7.4, 2.6},   {8.6, 1},     {8.6, 0.1},   {7.4, -0.3},  {4.4, -0.3},
      {3.4, 0.3},   {3.1, 2.2},   {3.2, 5.4},   {3.1, 9},     {2.7, 13.6},  {2.2, 18.4},  {2.2, 22.6},  {2.6, 26.6},
      {2.4, 30},    {2, 35},      {1.4, 40.6},  {0.8, 45.2},  {0.2, 47.8},  {0, 48}};
}

std::vector<BodyPoint> sole_outline() {
  return {{13.2, 0.2},  {14.5, -0.6}, {15.9, 0.2},  {16.5, 2.6}, {16.4, 5.2}, {17.2, 8},  {17, 10.8},
          {15.5, 12.4}, {13.5, 12.5}, {12.3, 11.2}, {12.1, 8.4}, {12.7, 5.4}, {12.6, 2.6}};
}

const std::vector<BodyShape>& body_shapes() {
  static const std::vector<BodyShape> all = [] {
    std::vector<BodyShape> shapes;
    for (const auto& part : {head_and_neck(), shoulders_and_arms(), trunk(), legs()})
      shapes.insert(shapes.end(), part.begin(), part.end());
    return shapes;
  }();
  return all;
}

std::vector<BodyPoint> rounded(std::vector<BodyPoint> line, int times, double cut, bool closed) {
  for (; times > 0; --times) {
    std::vector<BodyPoint> finer;
    if (!closed) finer.push_back(line.front());
    for (size_t i = 0; i + (closed ? 0 : 1) < line.size(); ++i) {
      const BodyPoint &a = line[i], &b = line[(i + 1) % line.size()];
      finer.push_back({a.x + cut * (b.x - a.x), a.y + cut * (b.y - a.y)});
      finer.push_back({b.x + cut * (a.x - b.x), b.y + cut * (a.y - b.y)});
    }
    if (!closed) finer.push_back(line.back());
    line = std::move(finer);
  }
  return line;
}

double area_of(const std::vector<BodyPoint>& polygon) {
  double twice = 0.0;
  for (size_t i = 0; i < polygon.size(); ++i) twice += cross(polygon[i], polygon[(i + 1) % polygon.size()]);
  return 0.5 * std::abs(twice);
}

BodyPoint centre_of(const std::vector<BodyPoint>& polygon) {
  double twice = 0.0;
  BodyPoint centre{0, 0};
  for (size_t i = 0; i < polygon.size(); ++i) {
    const BodyPoint &a = polygon[i], &b = polygon[(i + 1) % polygon.size()];
    const double part = cross(a, b);
    twice += part;
    centre.x += (a.x + b.x) * part / 3.0;
    centre.y += (a.y + b.y) * part / 3.0;
  }
  return {centre.x / twice, centre.y / twice};
}

}  // namespace tautband::post
