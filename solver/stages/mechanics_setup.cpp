// How the system of a case is put together: regions with their laws and fields, fibres, boundaries.
#include "base/error.hpp"
#include "laws/registry.hpp"
#include "mesh/partition.hpp"
#include "stages/mechanics_system.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace tautband {

void MechanicsSystem::make_regions(const Mesh& mesh) {
  const int points = nodes_per_element(local_.kind);
  const auto field = [&](const std::string& label) { return PointField(label, local_.n_batches, points, lanes); };
  LawInputs shared;
  shared.geometry = context_.geometry;
  shared.activation = activation_ = field("tautband::law_activation");
  shared.contracture = contracture_ = field("tautband::law_contracture");
  const bool any_active = std::any_of(spec_.regions.begin(), spec_.regions.end(),
                                      [](const spec::Region& r) { return r.active != Active::none; });
  if (any_active) shared.active_stress = field("tautband::active_stress");
  shared.projected = spec_.mesh.formulation == spec::Formulation::mixed;
  for (const RegionBatches& batches : local_.regions) {
    const std::string& name = local_.region_names[batches.region];
    const auto found =
        std::find_if(spec_.regions.begin(), spec_.regions.end(), [&](const spec::Region& r) { return r.name == name; });
    if (found == spec_.regions.end())
      throw CaseError(fmt::format("region '{}' of the mesh has no [[region]] in the case", name));
    Region region{&*found, batches, nullptr, {}, {}, {}, {}, {}};
    const bool reduced =
        found->tangent != spec::TangentForm::full && shared.projected && keeps_reduced_tangent(found->active);
    region.kernel = make_region_kernel(context_, batches, found->law, reduced);
    for (const ParameterInfo& info : find_law(found->law)->parameters) {
      const auto given = found->parameters.find(std::string(info.name));
      if (given == found->parameters.end())
        throw CaseError(fmt::format("region '{}' has no value of {}", name, info.name));
      region.parameters.emplace_back(given->second, spec_, mesh, local_);
    }
    region.activation = FieldSource(found->activation, spec_, mesh, local_);
    region.contracture = FieldSource(found->contracture_stretch, spec_, mesh, local_);
    region.active_stress = FieldSource(found->active_stress, spec_, mesh, local_);
    set_fibres(mesh, *found, batches);
    LawInputs in = shared;
    in.active = found->active;
    in.volumetric = found->volumetric;
    if (in.projected) in.found_pressure = found_pressure_;
    inputs_.push_back(in);
    regions_.push_back(std::move(region));
  }
}

void MechanicsSystem::set_fibres(const Mesh& mesh, const spec::Region& spec, const RegionBatches& batches) {
  const ElementVector fibre = context_.geometry.fibre;
  const auto rows = std::make_pair(batches.first_batch, batches.first_batch + batches.n_batches);
  if (spec.fibre || (spec.fibre_array.empty() && mesh.fibre.empty())) {
    const std::array<double, 3> a = spec.fibre.value_or(std::array<double, 3>{1.0, 0.0, 0.0});
    const bool needed = find_law(spec.law)->fibre || spec.active != Active::none;
    if (!spec.fibre && needed)
      throw CaseError(fmt::format("region '{}': law {} needs fibres; the mesh has none and the region gives no `fibre`",
                                  spec.name, spec.law));
    for (int c = 0; c < 3; ++c) Kokkos::deep_copy(Kokkos::subview(fibre, rows, c, Kokkos::ALL), a[c]);
    return;
  }
  if (!spec.fibre_array.empty() &&
      (!mesh.cell_arrays.count(spec.fibre_array) || mesh.cell_arrays.at(spec.fibre_array).components != 3))
    throw CaseError(
        fmt::format("region '{}': the mesh has no cell array '{}' with 3 components", spec.name, spec.fibre_array));
  const ElementVector from = spec.fibre_array.empty()
                                 ? localise_cell_array(local_, mesh.fibre, 3)
                                 : localise_cell_array(local_, mesh.cell_arrays.at(spec.fibre_array));
  Kokkos::deep_copy(Kokkos::subview(fibre, rows, Kokkos::ALL, Kokkos::ALL),
                    Kokkos::subview(from, rows, Kokkos::ALL, Kokkos::ALL));
}

namespace {

/// mask := 0 for component c of the nodes.
void hold(const NodeVector& mask, const View1<Index>& nodes, int c) {
  Kokkos::parallel_for(
      "tautband::mask", Kokkos::RangePolicy<Execution>(0, nodes.extent(0)),
      KOKKOS_LAMBDA(const Index i) { mask(nodes(i), c) = 0.0; });
}

}  // namespace

void MechanicsSystem::make_boundaries() {
  mask_ = NodeVector("tautband::mask", local_.n_nodes);
  Kokkos::deep_copy(mask_, 1.0);
  body_ = NodeVector("tautband::body_acceleration", local_.n_nodes);
  for (const spec::Boundary& boundary : spec_.boundaries) {
    Load load{&boundary, nullptr, {}, 1.0, {}};
    if (boundary.kind == spec::BoundaryKind::displacement) {
      const auto set = local_.node_sets.find(boundary.set);
      if (set == local_.node_sets.end()) throw CaseError(fmt::format("the mesh has no node set '{}'", boundary.set));
      const View1<Index> nodes = load.nodes = set->second;
      for (int c = 0; c < 3; ++c) {
        if (boundary.components.find("xyz"[c]) == std::string::npos) continue;
        hold(mask_, nodes, c);
      }
    } else {
      const auto set = local_.face_sets.find(boundary.set);
      if (set == local_.face_sets.end()) throw CaseError(fmt::format("the mesh has no face set '{}'", boundary.set));
      load.faces = &set->second;
      if (boundary.kind == spec::BoundaryKind::spring) load.anchor = NodeVector("tautband::anchor", local_.n_nodes);
    }
    loads_.push_back(load);
  }
}

}  // namespace tautband
