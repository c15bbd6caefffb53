#include "post/render.hpp"
#include "post/view.hpp"

#include <fmt/format.h>
#include <vtkNew.h>
#include <vtkPolyDataConnectivityFilter.h>
#include <vtkPolyDataNormals.h>
#include <vtkProperty.h>
#include <vtkTubeFilter.h>

#include <algorithm>

namespace tautband::post {
namespace {

constexpr int fibres_per_diameter = 12;
constexpr double tube_radius = 0.30;  // of the distance between fibres
constexpr double skin_colour[3] = {0.55, 0.58, 0.62}, band_colour[3] = {0.0, 0.55, 0.65};

vtkSmartPointer<vtkPolyData> tubes(vtkPolyData* lines, double radius) {
  vtkNew<vtkTubeFilter> tube;
  tube->SetInputData(lines);
  tube->SetRadius(radius);
  tube->SetNumberOfSides(12);
  tube->CappingOn();
  tube->Update();
  return tube->GetOutput();
}

/// The isosurface of the band's threshold that lies nearest to the middle of the knot.
vtkSmartPointer<vtkPolyData> band_surface(const Subject& subject, vtkUnstructuredGrid* muscle) {
  const auto all = level_set(muscle, "tension", 1e-3 * subject.band().threshold);
  double bounds[6];
  level_set(muscle, along_array, subject.section)->GetBounds(bounds);
  vtkNew<vtkPolyDataConnectivityFilter> nearest;
  nearest->SetInputData(all);
  nearest->SetExtractionModeToClosestPointRegion();
  nearest->SetClosestPoint(0.5 * (bounds[0] + bounds[1]), 0.5 * (bounds[2] + bounds[3]), 0.5 * (bounds[4] + bounds[5]));
  vtkNew<vtkPolyDataNormals> smooth;
  smooth->SetInputConnection(nearest->GetOutputPort());
  smooth->SplittingOff();
  smooth->Update();
  return smooth->GetOutput();
}

/// Largest distance across the fibres in the cross-section's first coordinate, mm.
double diameter(const LinearMesh& mesh) {
  double low = mesh.across[0][0], high = low;
  for (const auto& across : mesh.across) {
    low = std::min(low, across[0]);
    high = std::max(high, across[0]);
  }
  return 1e3 * (high - low);
}

}  // namespace

void draw_tension(Picture& picture, const Subject& subject) {
  const std::string array = "tension";
  const auto tissue = deformed_tissue(subject.result, subject.mesh, subject.step, {array}, Cells::all);
  const auto muscle = deformed_tissue(subject.result, subject.mesh, subject.step, {array}, Cells::muscle);
  const auto skin = outer_surface(tissue);
  const auto lines = fibre_lines(subject.result, subject.mesh, subject.step, array, fibres_per_diameter, subject.cut);
  const auto fibres = tubes(lines, tube_radius * diameter(subject.mesh) / fibres_per_diameter);
  const auto colours = colours_of(subject, array);
  const auto band = subject.band().found ? band_surface(subject, muscle) : nullptr;
  draw_panels(picture, subject, skin, tissue, [&](vtkRenderer* renderer) {
    renderer->AddActor(coloured(fibres, array, colours, 0.55));
    renderer->AddActor(plain(skin, skin_colour, 0.10));
    if (band) renderer->AddActor(plain(band, band_colour, 0.22));
  });
  add_heading(picture, subject, array,
              band ? fmt::format("fibres behind the cut; blue-green surface: taut band, tension above {:.3g} kPa",
                                 1e-3 * subject.band().threshold)
                   : "fibres behind the cut; there is no taut band");
  picture.colour_bar(colours, label_of(subject, array), colour_bar_box(picture));
}

}  // namespace tautband::post
