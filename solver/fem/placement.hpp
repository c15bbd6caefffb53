// Places for things spread evenly through a muscle, e.g. its spindles.
#pragma once

#include "fem/geometry.hpp"

#include <array>
#include <cstdint>

namespace tautband {

/// `count` reference positions (m) in the given regions, even by volume; collective, a function of mesh and seed only,
/// with the same bits on any number of ranks. Each place is the one of 32 candidates, uniform by volume, that lies
/// farthest from the places before it (best-candidate sampling, Mitchell 1991, Computer Graphics 25:157). Throws
/// CaseError when the regions are empty.
std::vector<std::array<double, 3>> place_evenly(const LocalMesh& mesh, const Geometry& geometry,
                                                const std::vector<RegionBatches>& regions, int count,
                                                std::uint64_t seed);

}  // namespace tautband
