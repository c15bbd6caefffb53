#include "post/colour_map.hpp"

#include <vtkColorTransferFunction.h>
#include <vtkMath.h>
#include <vtkNew.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace tautband::post {
namespace {

constexpr int n_colours = 512;
using Rgb = std::array<double, 3>;

/// The part from..to (0..1) of the way through `colours`, over `range`.
vtkSmartPointer<vtkLookupTable> interpolated(const std::vector<Rgb>& colours, double from, double to,
                                             const Range& range) {
  vtkNew<vtkColorTransferFunction> function;
  function->SetColorSpaceToLab();
  for (size_t i = 0; i < colours.size(); ++i)
    function->AddRGBPoint(i / (colours.size() - 1.0), colours[i][0], colours[i][1], colours[i][2]);
  auto table = vtkSmartPointer<vtkLookupTable>::New();
  table->SetNumberOfTableValues(n_colours);
  table->SetTableRange(range.low, range.high);
  for (int i = 0; i < n_colours; ++i) {
    double rgb[3];
    function->GetColor(from + (to - from) * i / (n_colours - 1.0), rgb);
    table->SetTableValue(i, rgb[0], rgb[1], rgb[2], 1.0);
  }
  return table;
}

/// The sRGB colour of L*, a*, b*.
Rgb from_lab(double l, double a, double b) {
  const double lab[3] = {l, a, b};
  Rgb rgb{};
  vtkMath::LabToRGB(lab, rgb.data());
  return rgb;
}

std::vector<Rgb> sequence() {
  return {from_lab(94, -2, 18), from_lab(80, 14, 46),  from_lab(66, 40, 46), from_lab(52, 58, 28),
          from_lab(38, 52, 0),  from_lab(24, 38, -18), from_lab(10, 20, -16)};
}

}  // namespace

vtkSmartPointer<vtkLookupTable> diverging_map(double centre, const Range& range) {
  const double reach = std::max(std::abs(range.low - centre), std::abs(range.high - centre));
  return interpolated({from_lab(24, 12, -42), from_lab(46, -4, -44), from_lab(68, -12, -27), from_lab(90, 0, 0),
                       from_lab(68, 30, 27), from_lab(46, 56, 38), from_lab(24, 42, 18)},
                      0.5 + 0.5 * (range.low - centre) / reach, 0.5 + 0.5 * (range.high - centre) / reach, range);
}

vtkSmartPointer<vtkLookupTable> sequential_map(const Range& range) { return interpolated(sequence(), 0.0, 1.0, range); }

vtkSmartPointer<vtkLookupTable> line_map(const Range& range) { return interpolated(sequence(), 0.25, 1.0, range); }

double lightness(const double rgb[3]) {
  double lab[3];
  vtkMath::RGBToLab(rgb, lab);
  return lab[0];
}

}  // namespace tautband::post
