// Motor-unit territories: clusters of neighbouring fibres with equal shares of the muscle, blending into each other.
#pragma once

#include "fem/geometry.hpp"

#include <array>
#include <cstdint>

namespace tautband {

struct TerritorySettings {
  int units;           ///< >= 1
  std::uint64_t seed;  ///< turns the pattern, and shuffles the units when not centre_first
  double width;        ///< m, over which neighbouring territories blend; 0 = sharp
  bool centre_first;   ///< unit 0 in the middle of the cross-section, the others by distance from it
};

/// Motor units per quadrature point that are kept: the strongest.
inline constexpr int kept_units = 4;

struct Territories {
  int units = 0;
  PointArray weight;                                        ///< (batch, point, kept, lane), sum 1
  Kokkos::View<int****, Kokkos::LayoutRight, Memory> unit;  ///< (batch, point, kept, lane): its unit, strongest first
  View1<double> strongest;                                  ///< (node): unit at the node's place in the cross-section
  std::vector<std::array<double, 2>> centres;               ///< per unit, cross-section coordinates, m
  std::vector<double> shares;                               ///< per unit: part of the muscle's volume
};

/// Cross-section coordinates (node, 2) in m for a mesh without the array `cross_section`: the reference position along
/// two directions perpendicular to `axis` (unit).
View2<double> perpendicular_coordinates(const LocalMesh& mesh, const std::array<double, 3>& axis);

/// Territories over the given regions from `cross_section` (node, 2; m), constant along a fibre; collective, the same
/// on any number of ranks. The centres are a centroidal power diagram with equal volumes (Aurenhammer, Hoffmann &
/// Aronov 1998, Algorithmica 20:61). At a distance s inside the border of two territories the weight is 1/(1 + exp(-4
/// s/width)): it rises from 0.12 to 0.88 over `width`. Outside the given regions all weights are 0.
Territories make_territories(const LocalMesh& mesh, const Geometry& geometry, const std::vector<RegionBatches>& muscle,
                             const View2<double>& cross_section, const TerritorySettings& settings);

}  // namespace tautband
