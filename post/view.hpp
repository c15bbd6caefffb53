// Where the camera stands and how things are lit, shared by all pictures of the tissue.
#pragma once

#include "post/linear_mesh.hpp"
#include "post/picture.hpp"

#include <vtkActor.h>
#include <vtkPolyData.h>
#include <vtkSmartPointer.h>

#include <string>

namespace tautband::post {

/// A parallel projection: `right` and `up` of the picture and the direction `toward` the viewer.
struct Camera {
  Vector3 right, up, toward;
  Vector3 focus{0, 0, 0};    ///< mm
  double half_height = 1.0;  ///< mm
};

/// Fibres from left to right, seen from the side where coordinate across_1 falls, `tilt` degrees from above.
Camera lengthwise(const LinearMesh& mesh, double tilt);
/// Looking along the fibres; across_0 to the right, across_1 up.
Camera crosswise(const LinearMesh& mesh);

/// Sets focus and height so that `bounds` (x0 x1 y0 y1 z0 z1) fill `fill` of a panel of this shape.
void fit(Camera& camera, const double bounds[6], const Box& panel, double fill);

void aim(vtkRenderer* renderer, const Camera& camera);
double pixels_per_mm(const Camera& camera, const Box& panel);

/// Colours `shape` by `array` through the table. `shading`: 0 shows the table's colours as they are, 1 only where the
/// surface faces the viewer.
vtkSmartPointer<vtkActor> coloured(vtkPolyData* shape, const std::string& array, vtkLookupTable* colours,
                                   double shading);
vtkSmartPointer<vtkActor> plain(vtkPolyData* shape, const double rgb[3], double opacity);
/// Unlit lines of `width` pixels, drawn over a surface that they lie in.
vtkSmartPointer<vtkActor> outline(vtkPolyData* lines, double width, double grey);

}  // namespace tautband::post
