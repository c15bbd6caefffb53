// Colour maps whose lightness changes evenly: colours are interpolated in CIE Lab.
#pragma once

#include <vtkLookupTable.h>
#include <vtkSmartPointer.h>

namespace tautband::post {

struct Range {
  double low, high;
};

/// Blue below `centre`, light grey at it, red above; the same distance from it has the same lightness. The end of
/// `range` that lies farther off gets the strongest colour.
vtkSmartPointer<vtkLookupTable> diverging_map(double centre, const Range& range);

/// From light yellow over red to dark violet: little recedes on a white page, much stands out.
vtkSmartPointer<vtkLookupTable> sequential_map(const Range& range);

/// The same without its light end, for lines on a white page.
vtkSmartPointer<vtkLookupTable> line_map(const Range& range);

/// CIE lightness L* (0..100) of an sRGB colour with components 0..1.
double lightness(const double rgb[3]);

}  // namespace tautband::post
