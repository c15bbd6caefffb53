// Hilbert's curve through a cube: points near each other along it lie near each other in space.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace tautband {

/// Halvings of the cube along each axis: 3 x 21 bits fill a 64-bit key.
inline constexpr int curve_levels = 21;

/// Place along the curve of the small cube with the numbers x, each in 0 .. 2^curve_levels - 1. Cubes that follow each
/// other share a face. Octant by octant, with the entry corner and the direction of the curve carried along.
/// Source: Hamilton & Rau-Chaplin 2008, Inf Process Lett 105:155, algorithm 2 for three dimensions.
inline std::uint64_t place_on_curve(const std::array<std::uint32_t, 3>& x) {
  const auto turn = [](unsigned bits, unsigned by) { return (bits >> by | bits << (3 - by)) & 7u; };  // 3-bit, right
  std::uint64_t place = 0;
  unsigned entry = 0, direction = 0;
  for (int level = curve_levels - 1; level >= 0; --level) {
    unsigned octant = 0;
    for (unsigned a = 0; a < 3; ++a) octant |= (x[a] >> level & 1u) << a;
    const unsigned gray = turn(octant ^ entry, (direction + 1) % 3);
    const unsigned step = gray ^ gray >> 1 ^ gray >> 2;  // the octant's number along the curve
    place = place << 3 | step;
    const unsigned even = step == 0 ? 0 : (step - 1) / 2 * 2;  // the curve enters octant `step` at its Gray code
    entry ^= turn(even ^ even >> 1, (3 - (direction + 1) % 3) % 3);
    const unsigned before = step % 2 == 0 && step > 0 ? step - 1 : step;
    direction = (direction + static_cast<unsigned>(std::countr_one(before)) + 1) % 3;
  }
  return place;
}

}  // namespace tautband
