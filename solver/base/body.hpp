// How the spinal cord and the surface of the body are numbered.
//   spinal segments 0..30: C1..C8, T1..T12, L1..L5, S1..S5, Co1
//   body regions 0..41: the list of data/referral.toml
#pragma once

namespace tautband {

inline constexpr int spinal_segments = 31;
inline constexpr int body_regions = 42;

}  // namespace tautband
