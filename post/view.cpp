#include "post/view.hpp"

#include <vtkCamera.h>
#include <vtkMapper.h>
#include <vtkNew.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace tautband::post {
namespace {

constexpr double camera_distance = 1e3;  // mm; of no consequence in a parallel projection

Vector3 combined(double a, const Vector3& u, double b, const Vector3& v) {
  return {a * u[0] + b * v[0], a * u[1] + b * v[1], a * u[2] + b * v[2]};
}

}  // namespace

Camera lengthwise(const LinearMesh& mesh, double tilt) {
  const Vector3 front = combined(-1.0, mesh.across_axis[1], 0.0, mesh.axis), up = cross(front, mesh.axis);
  const double angle = tilt * std::numbers::pi / 180.0;
  return {mesh.axis, combined(std::cos(angle), up, -std::sin(angle), front),
          combined(std::cos(angle), front, std::sin(angle), up)};
}

Camera crosswise(const LinearMesh& mesh) {
  return {mesh.across_axis[0], mesh.across_axis[1], cross(mesh.across_axis[0], mesh.across_axis[1])};
}

void fit(Camera& camera, const double bounds[6], const Box& panel, double fill) {
  double low[2], high[2];
  std::fill(low, low + 2, std::numeric_limits<double>::max());
  std::fill(high, high + 2, -std::numeric_limits<double>::max());
  for (int corner = 0; corner < 8; ++corner) {
    const Vector3 point{bounds[corner & 1], bounds[2 + ((corner >> 1) & 1)], bounds[4 + ((corner >> 2) & 1)]};
    const double at[2] = {dot(point, camera.right), dot(point, camera.up)};
    for (int k = 0; k < 2; ++k) {
      low[k] = std::min(low[k], at[k]);
      high[k] = std::max(high[k], at[k]);
    }
  }
  for (int k = 0; k < 3; ++k) camera.focus[k] = 0.5 * (bounds[2 * k] + bounds[2 * k + 1]);
  const double aspect = panel.width() / panel.height();
  camera.half_height = 0.5 / fill * std::max((high[0] - low[0]) / aspect, high[1] - low[1]);
}

void aim(vtkRenderer* renderer, const Camera& camera) {
  vtkCamera* lens = renderer->GetActiveCamera();
  lens->ParallelProjectionOn();
  lens->SetFocalPoint(camera.focus.data());
  const Vector3 position = combined(1.0, camera.focus, camera_distance, camera.toward);
  lens->SetPosition(position.data());
  lens->SetViewUp(camera.up.data());
  lens->SetParallelScale(camera.half_height);
  renderer->ResetCameraClippingRange();
}

double pixels_per_mm(const Camera& camera, const Box& panel) { return 0.5 * panel.height() / camera.half_height; }

vtkSmartPointer<vtkActor> coloured(vtkPolyData* shape, const std::string& array, vtkLookupTable* colours,
                                   double shading) {
  vtkNew<vtkPolyDataMapper> mapper;
  mapper->SetInputData(shape);
  mapper->SetScalarModeToUsePointFieldData();
  mapper->SelectColorArray(array.c_str());
  mapper->SetLookupTable(colours);
  mapper->UseLookupTableScalarRangeOn();
  mapper->InterpolateScalarsBeforeMappingOn();
  auto actor = vtkSmartPointer<vtkActor>::New();
  actor->SetMapper(mapper);
  actor->GetProperty()->SetAmbient(1.0 - shading);
  actor->GetProperty()->SetDiffuse(shading);
  actor->GetProperty()->SetSpecular(0.0);
  return actor;
}

vtkSmartPointer<vtkActor> plain(vtkPolyData* shape, const double rgb[3], double opacity) {
  vtkNew<vtkPolyDataMapper> mapper;
  mapper->SetInputData(shape);
  mapper->ScalarVisibilityOff();
  auto actor = vtkSmartPointer<vtkActor>::New();
  actor->SetMapper(mapper);
  actor->GetProperty()->SetColor(rgb[0], rgb[1], rgb[2]);
  actor->GetProperty()->SetOpacity(opacity);
  return actor;
}

vtkSmartPointer<vtkActor> outline(vtkPolyData* lines, double width, double grey) {
  const double colour[3] = {grey, grey, grey};
  const auto actor = plain(lines, colour, 1.0);
  actor->GetProperty()->LightingOff();
  actor->GetProperty()->SetLineWidth(static_cast<float>(width));
  actor->GetMapper()->SetResolveCoincidentTopologyToPolygonOffset();
  actor->GetMapper()->SetRelativeCoincidentTopologyLineOffsetParameters(0, -8);
  return actor;
}

}  // namespace tautband::post
