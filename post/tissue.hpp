// The deformed tissue at one step as VTK data, and what is cut from it. Lengths in mm.
#pragma once

#include "post/linear_mesh.hpp"

#include <vtkPolyData.h>
#include <vtkSmartPointer.h>
#include <vtkUnstructuredGrid.h>

#include <string>
#include <vector>

namespace tautband::post {

/// Names of the reference coordinates (mm) that every grid of tissue carries as point arrays.
inline constexpr const char* along_array = "along";
inline constexpr const char* across_array[2] = {"across_0", "across_1"};

enum class Cells { all, muscle };

/// What a field is shown in: Pa becomes kPa, m becomes mm, other units stay.
struct DisplayUnit {
  std::string name;     ///< empty for a plain number
  double factor = 1.0;  ///< from the result's unit
};
DisplayUnit display_unit(const ResultReader& result, const std::string& array);

/// A one-component point array in its display unit.
std::vector<double> displayed(const ResultReader& result, const std::string& array, size_t step);

/// Hexahedra at deformed positions with the named one-component point arrays, in display units, and the reference
/// coordinates.
vtkSmartPointer<vtkUnstructuredGrid> deformed_tissue(const ResultReader& result, const LinearMesh& mesh, size_t step,
                                                     const std::vector<std::string>& arrays, Cells cells);

/// The part where point array `array` >= `value`.
vtkSmartPointer<vtkUnstructuredGrid> cut_away(vtkUnstructuredGrid* tissue, const std::string& array, double value);

/// Its outer surface with normals.
vtkSmartPointer<vtkPolyData> outer_surface(vtkUnstructuredGrid* tissue);

/// Open and sharp edges of a surface.
vtkSmartPointer<vtkPolyData> sharp_edges(vtkPolyData* surface);

/// Where `array` equals `value`: a surface of a grid, a line of a surface.
vtkSmartPointer<vtkPolyData> level_set(vtkDataSet* data, const std::string& array, double value);

/// Lines along the fibres through a hexagonal lattice of `count` points per diameter of the cross-section, where
/// coordinate across_1 >= `from` (mm), with `array` in display units.
vtkSmartPointer<vtkPolyData> fibre_lines(const ResultReader& result, const LinearMesh& mesh, size_t step,
                                         const std::string& array, int count, double from);

}  // namespace tautband::post
