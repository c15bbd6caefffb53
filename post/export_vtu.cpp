#include "post/export_vtu.hpp"

#include "post/bands_report.hpp"
#include "post/errors.hpp"

#include <fmt/format.h>
#include <vtkCellData.h>
#include <vtkDoubleArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkUnstructuredGrid.h>
#include <vtkXMLUnstructuredGridWriter.h>

#include <algorithm>

namespace tautband::post {
namespace {

void add_arrays(const ResultReader& result, Centring centring, size_t step, vtkFieldData* data) {
  for (const std::string& name : result.array_names(centring)) {
    const StepArray values = result.read(centring, name, step);
    vtkNew<vtkDoubleArray> array;
    array->SetName(name.c_str());
    array->SetNumberOfComponents(values.components);
    array->SetNumberOfTuples(static_cast<vtkIdType>(values.values.size()) / values.components);
    std::copy(values.values.begin(), values.values.end(), array->GetPointer(0));
    data->AddArray(array);
  }
}

void set_mesh(const ResultMesh& mesh, vtkUnstructuredGrid* grid) {
  vtkNew<vtkPoints> points;
  points->SetDataTypeToDouble();
  for (size_t i = 0; i < mesh.n_points(); ++i) points->InsertNextPoint(&mesh.points[3 * i]);
  grid->SetPoints(points);
  grid->Allocate(static_cast<vtkIdType>(mesh.n_cells()));
  const int type = mesh.nodes_per_cell == 8 ? VTK_HEXAHEDRON : VTK_TRIQUADRATIC_HEXAHEDRON;
  std::vector<vtkIdType> nodes(static_cast<size_t>(mesh.nodes_per_cell));
  for (size_t c = 0; c < mesh.n_cells(); ++c) {
    const auto first = mesh.connectivity.begin() + static_cast<std::ptrdiff_t>(c * nodes.size());
    std::copy(first, first + mesh.nodes_per_cell, nodes.begin());
    grid->InsertNextCell(type, mesh.nodes_per_cell, nodes.data());
  }
}

void write_step(vtkUnstructuredGrid* grid, const std::filesystem::path& file) {
  vtkNew<vtkXMLUnstructuredGridWriter> writer;
  writer->SetInputData(grid);
  writer->SetFileName(file.c_str());
  writer->SetDataModeToAppended();
  writer->EncodeAppendedDataOff();
  writer->SetCompressorTypeToZLib();
  if (writer->Write() == 0 || writer->GetErrorCode() != 0)
    throw RunError(file.string() + ": cannot be written (permission, missing folder or full disk)");
}

}  // namespace

std::filesystem::path export_vtu(const ResultReader& result, const std::filesystem::path& folder) {
  std::string pvd = "<?xml version=\"1.0\"?>\n<VTKFile type=\"Collection\" version=\"0.1\">\n<Collection>\n";
  for (size_t step = 0; step < result.n_steps(); ++step) {
    vtkNew<vtkUnstructuredGrid> grid;
    set_mesh(result.mesh(), grid);
    add_arrays(result, Centring::point, step, grid->GetPointData());
    add_arrays(result, Centring::cell, step, grid->GetCellData());
    const std::string name = fmt::format("result_{:04d}.vtu", step);
    write_step(grid, folder / name);
    pvd += fmt::format("<DataSet timestep=\"{:.17g}\" part=\"0\" file=\"{}\"/>\n", result.times()[step], name);
  }
  write_atomically(folder / "result.pvd", pvd + "</Collection>\n</VTKFile>\n");
  return folder / "result.pvd";
}

}  // namespace tautband::post
