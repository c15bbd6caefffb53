// Teams of device threads for kernels over elements: each takes a few elements of one batch and has one thread per
// point of them. On the host, where they serve the tests, a team is one thread.
#pragma once

#include "base/views.hpp"

#include <bit>
#include <cstddef>

namespace tautband {

/// (i, j, element of the team)
template <class S>
using ElementScratch = Kokkos::View<S***, Kokkos::LayoutRight, typename Execution::scratch_memory_space,
                                    Kokkos::MemoryTraits<Kokkos::Unmanaged>>;

/// Points: most points of a team's elements, whose number is a power of two. TeamsAtOnce: teams that a multiprocessor
/// is to hold, which bounds the registers of a thread: three teams of 216 points leave it 80, of 108 points 168.
template <class E, int Points, int TeamsAtOnce = 3> struct ElementTeams {
  static constexpr int points = E::points;
  static constexpr int elements = host_execution ? lanes : static_cast<int>(std::bit_floor(unsigned(Points) / points));
  static constexpr int threads = host_execution ? 1 : points * elements;
  /// Where arrays of a team lie: threads of a host have little of level 0.
  enum { level = host_execution ? 1 : 0 };  // no address: nvcc has none of a static member for team_scratch
  /// Points that one thread keeps.
  static constexpr int held = points * elements / threads;
  static constexpr int per_batch = lanes / elements;

  using Policy = Kokkos::TeamPolicy<Execution, Kokkos::LaunchBounds<points * elements, TeamsAtOnce>>;
  using Team = typename Policy::member_type;

  static Policy policy(Index n_batches, std::size_t scratch_bytes) {
    Policy policy(n_batches * per_batch, threads, 1);
    policy.set_scratch_size(level, Kokkos::PerTeam(static_cast<int>(scratch_bytes)));
    return policy;
  }

  /// Batch and first lane of the team's elements.
  KOKKOS_INLINE_FUNCTION static Index batch(const Team& team) { return team.league_rank() / per_batch; }
  KOKKOS_INLINE_FUNCTION static int first_lane(const Team& team) { return team.league_rank() % per_batch * elements; }

  /// f(item, element) for `items` items of each element, shared among the threads; no barrier.
  template <class F> KOKKOS_INLINE_FUNCTION static void share(const Team& team, int items, const F& f) {
    Kokkos::parallel_for(Kokkos::TeamThreadRange(team, items * elements),
                         [&](int i) { f(i / elements, i % elements); });
  }
  /// The same with a barrier behind.
  template <class F> KOKKOS_INLINE_FUNCTION static void for_each(const Team& team, int items, const F& f) {
    share(team, items, f);
    team.team_barrier();
  }
  /// f(number of the point among those that this thread keeps, point, element); no barrier.
  template <class F> KOKKOS_INLINE_FUNCTION static void for_own(const Team& team, const F& f) {
    for (int own = 0; own < held; ++own) {
      const int i = team.team_rank() + own;
      f(own, i / elements, i % elements);
    }
  }
};

}  // namespace tautband
