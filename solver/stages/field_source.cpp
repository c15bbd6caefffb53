#include "stages/field_source.hpp"

#include "base/error.hpp"
#include "fem/geometry.hpp"
#include "mesh/partition.hpp"

#include <fmt/format.h>

namespace tautband {

namespace {

View1<double> first_column(const View2<double>& values) {
  const View1<double> out("tautband::nodal_array", values.extent(0));
  Kokkos::deep_copy(out, Kokkos::subview(values, Kokkos::ALL, 0));
  return out;
}

PointField bring_to_points(const std::string& name, const Mesh& mesh, const LocalMesh& local) {
  if (const auto found = mesh.point_arrays.find(name);
      found != mesh.point_arrays.end() && found->second.components == 1)
    return nodes_to_points(local, first_column(localise_point_array(local, found->second)));
  if (const auto found = mesh.cell_arrays.find(name); found != mesh.cell_arrays.end() && found->second.components == 1)
    return cells_to_points(local, localise_cell_array(local, found->second));
  throw CaseError(fmt::format("the mesh has no cell or point array '{}' with one component", name));
}

}  // namespace

FieldSource::FieldSource(const spec::Field& field, const spec::Case& spec, const Mesh& mesh, const LocalMesh& local)
    : constant_(field.constant) {
  if (!field.curve.empty()) curve_ = &spec.curves.at(field.curve);
  if (!field.array.empty()) array_ = bring_to_points(field.array, mesh, local);
}

double FieldSource::curve(double t) const { return curve_ ? spec::evaluate(*curve_, t) : 1.0; }

ParameterValue FieldSource::at(double t) const { return {constant_ * curve(t), array_}; }

}  // namespace tautband
