#include "post/tissue.hpp"

#include "post/errors.hpp"

#include <vtkCellArray.h>
#include <vtkContourFilter.h>
#include <vtkDataSetSurfaceFilter.h>
#include <vtkDoubleArray.h>
#include <vtkFeatureEdges.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyDataNormals.h>
#include <vtkProbeFilter.h>
#include <vtkTableBasedClipDataSet.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace tautband::post {
namespace {

constexpr double mm = 1e3;
constexpr const char* position_array = "position";
constexpr int points_per_fibre = 400;

void add_array(vtkDataSet* data, const std::string& name, const std::vector<double>& values, int components = 1) {
  vtkNew<vtkDoubleArray> array;
  array->SetName(name.c_str());
  array->SetNumberOfComponents(components);
  array->SetNumberOfTuples(static_cast<vtkIdType>(values.size()) / components);
  std::copy(values.begin(), values.end(), array->GetPointer(0));
  data->GetPointData()->AddArray(array);
}

std::vector<double> deformed_positions(const ResultReader& result, const LinearMesh& mesh, size_t step) {
  const StepArray displacement = result.read(Centring::point, "displacement", step);
  if (displacement.components != 3) throw FileError(result.path() + ": displacement does not have 3 components");
  std::vector<double> positions(displacement.values);
  for (size_t i = 0; i < positions.size(); ++i) positions[i] = mm * (positions[i] + mesh.position[i / 3][i % 3]);
  return positions;
}

void set_cells(const LinearMesh& mesh, Cells cells, vtkUnstructuredGrid* grid) {
  grid->Allocate(static_cast<vtkIdType>(mesh.cells.size()));
  for (size_t c = 0; c < mesh.cells.size(); ++c) {
    if (cells == Cells::muscle && !mesh.muscle[c]) continue;
    vtkIdType nodes[8];
    std::copy(mesh.cells[c].begin(), mesh.cells[c].end(), nodes);
    grid->InsertNextCell(VTK_HEXAHEDRON, 8, nodes);
  }
}

vtkSmartPointer<vtkPoints> make_points(const std::vector<double>& xyz) {
  auto points = vtkSmartPointer<vtkPoints>::New();
  points->SetDataTypeToDouble();
  points->SetNumberOfPoints(static_cast<vtkIdType>(xyz.size()) / 3);
  for (size_t i = 0; i + 2 < xyz.size(); i += 3) points->SetPoint(static_cast<vtkIdType>(i) / 3, &xyz[i]);
  return points;
}

/// The tissue drawn with its reference coordinates as positions, where every fibre is a straight line along z.
vtkSmartPointer<vtkUnstructuredGrid> straightened(const ResultReader& result, const LinearMesh& mesh, size_t step,
                                                  const std::string& array) {
  std::vector<double> coordinates;
  for (size_t i = 0; i < mesh.n_points(); ++i)
    coordinates.insert(coordinates.end(), {mm * mesh.across[i][0], mm * mesh.across[i][1], mm * mesh.along[i]});
  auto grid = vtkSmartPointer<vtkUnstructuredGrid>::New();
  grid->SetPoints(make_points(coordinates));
  set_cells(mesh, Cells::all, grid);
  add_array(grid, position_array, deformed_positions(result, mesh, step), 3);
  add_array(grid, array, displayed(result, array, step));
  return grid;
}

/// Places of a hexagonal lattice over the bounds (x0, x1, y0, y1) of the cross-section.
std::vector<std::array<double, 2>> fibre_places(const double bounds[6], int count, double from) {
  const double spacing = (bounds[1] - bounds[0]) / count, row = spacing * std::sqrt(0.75);
  std::vector<std::array<double, 2>> places;
  for (int j = 0; from + (j + 0.5) * row < bounds[3]; ++j)
    for (int i = 0; i < count; ++i)
      places.push_back({bounds[0] + spacing * (i + (j % 2 ? 0.75 : 0.25)), from + (j + 0.5) * row});
  return places;
}

}  // namespace

DisplayUnit display_unit(const ResultReader& result, const std::string& array) {
  const std::string unit = result.units(Centring::point, array);
  if (unit == "Pa") return {"kPa", 1e-3};
  if (unit == "m") return {"mm", 1e3};
  return {unit == "1" ? "" : unit, 1.0};
}

std::vector<double> displayed(const ResultReader& result, const std::string& array, size_t step) {
  std::vector<double> values = result.point_scalar(array, step);
  const double factor = display_unit(result, array).factor;
  for (double& value : values) value *= factor;
  return values;
}

vtkSmartPointer<vtkUnstructuredGrid> deformed_tissue(const ResultReader& result, const LinearMesh& mesh, size_t step,
                                                     const std::vector<std::string>& arrays, Cells cells) {
  auto grid = vtkSmartPointer<vtkUnstructuredGrid>::New();
  grid->SetPoints(make_points(deformed_positions(result, mesh, step)));
  set_cells(mesh, cells, grid);
  for (const std::string& array : arrays) add_array(grid, array, displayed(result, array, step));
  std::vector<double> along, across[2];
  for (size_t i = 0; i < mesh.n_points(); ++i) {
    along.push_back(mm * mesh.along[i]);
    for (int k = 0; k < 2; ++k) across[k].push_back(mm * mesh.across[i][k]);
  }
  add_array(grid, along_array, along);
  for (int k = 0; k < 2; ++k) add_array(grid, across_array[k], across[k]);
  return grid;
}

vtkSmartPointer<vtkUnstructuredGrid> cut_away(vtkUnstructuredGrid* tissue, const std::string& array, double value) {
  vtkNew<vtkTableBasedClipDataSet> clip;
  clip->SetInputData(tissue);
  clip->SetInputArrayToProcess(0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_POINTS, array.c_str());
  clip->SetValue(value);
  clip->Update();
  return clip->GetOutput();
}

vtkSmartPointer<vtkPolyData> outer_surface(vtkUnstructuredGrid* tissue) {
  vtkNew<vtkDataSetSurfaceFilter> surface;
  surface->SetInputData(tissue);
  vtkNew<vtkPolyDataNormals> normals;  // splits sharp edges, so sharp_edges finds them as open ones
  normals->SetInputConnection(surface->GetOutputPort());
  normals->SetFeatureAngle(40);
  normals->Update();
  return normals->GetOutput();
}

vtkSmartPointer<vtkPolyData> sharp_edges(vtkPolyData* surface) {
  vtkNew<vtkFeatureEdges> edges;
  edges->SetInputData(surface);
  edges->SetFeatureAngle(50);
  edges->NonManifoldEdgesOff();
  edges->ColoringOff();
  edges->Update();
  return edges->GetOutput();
}

vtkSmartPointer<vtkPolyData> level_set(vtkDataSet* data, const std::string& array, double value) {
  vtkNew<vtkContourFilter> contour;
  contour->SetInputData(data);
  contour->SetInputArrayToProcess(0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_POINTS, array.c_str());
  contour->SetValue(0, value);
  contour->Update();
  return contour->GetOutput();
}

vtkSmartPointer<vtkPolyData> fibre_lines(const ResultReader& result, const LinearMesh& mesh, size_t step,
                                         const std::string& array, int count, double from) {
  const auto source = straightened(result, mesh, step, array);
  double bounds[6];
  source->GetBounds(bounds);
  vtkNew<vtkPoints> samples;
  for (const auto& place : fibre_places(bounds, count, std::max(from, bounds[2])))
    for (int i = 0; i < points_per_fibre; ++i)
      samples->InsertNextPoint(place[0], place[1], bounds[4] + (bounds[5] - bounds[4]) * (i + 0.5) / points_per_fibre);
  vtkNew<vtkPolyData> cloud;
  cloud->SetPoints(samples);
  vtkNew<vtkProbeFilter> probe;
  probe->SetInputData(cloud);
  probe->SetSourceData(source);
  probe->Update();
  vtkDataSet* probed = probe->GetOutput();
  vtkDataArray* positions = probed->GetPointData()->GetArray(position_array);
  vtkDataArray* inside = probed->GetPointData()->GetArray(probe->GetValidPointMaskArrayName());
  vtkNew<vtkPoints> points;
  vtkNew<vtkCellArray> lines;
  for (vtkIdType i = 0; i < probed->GetNumberOfPoints(); ++i) points->InsertNextPoint(positions->GetTuple3(i));
  for (vtkIdType first = 0; first < probed->GetNumberOfPoints(); first += points_per_fibre) {
    std::vector<vtkIdType> line;
    for (vtkIdType i = first; i < first + points_per_fibre; ++i)
      if (inside->GetTuple1(i) > 0.5) line.push_back(i);
    if (line.size() > 1) lines->InsertNextCell(static_cast<vtkIdType>(line.size()), line.data());
  }
  auto fibres = vtkSmartPointer<vtkPolyData>::New();
  fibres->SetPoints(points);
  fibres->SetLines(lines);
  fibres->GetPointData()->SetScalars(probed->GetPointData()->GetArray(array.c_str()));
  return fibres;
}

}  // namespace tautband::post
