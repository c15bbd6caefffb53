// View aliases with their axis order. Every array of the solver is one of these.
#pragma once

#include <Kokkos_Core.hpp>

#include <cstdint>

namespace tautband {

using Execution = Kokkos::DefaultExecutionSpace;
using Memory = Execution::memory_space;

/// Local index of a node, element or degree of freedom on this rank.
using Index = std::int32_t;
/// Index in the whole mesh, the same on any number of ranks.
using GlobalIndex = std::int64_t;

/// True when kernels run on the host, so that batches of elements go through SIMD packs.
inline constexpr bool host_execution = Kokkos::SpaceAccessibility<Kokkos::HostSpace, Memory>::accessible;
/// Elements per batch: one SIMD pack of doubles on the host, one warp on a device.
inline constexpr int lanes = host_execution ? 8 : 32;

/// (i)
template <class T> using View1 = Kokkos::View<T*, Kokkos::LayoutRight, Memory>;
/// (i, j), j fastest
template <class T> using View2 = Kokkos::View<T**, Kokkos::LayoutRight, Memory>;
/// (node, component 3), component fastest; m, N or m/s^2 as named by its owner
template <class T> using NodeVectorOf = Kokkos::View<T* [3], Kokkos::LayoutRight, Memory>;
using NodeVector = NodeVectorOf<double>;
using NodeVectorF = NodeVectorOf<float>;  ///< for preconditioners
/// (node, 3, 3): one block per node
template <class T> using NodeBlocksOf = Kokkos::View<T* [3][3], Kokkos::LayoutRight, Memory>;
using NodeBlocks = NodeBlocksOf<double>;
using NodeBlocksF = NodeBlocksOf<float>;
/// (batch, quadrature point, lane): a scalar per quadrature point
using PointField = Kokkos::View<double***, Kokkos::LayoutRight, Memory>;
/// (batch, quadrature point, component, lane)
using PointArray = Kokkos::View<double****, Kokkos::LayoutRight, Memory>;
/// (batch, element node in lexicographic order, lane): local node of an element
using Connectivity = Kokkos::View<Index***, Kokkos::LayoutRight, Memory>;

template <class ViewType> using HostMirror = typename ViewType::host_mirror_type;

}  // namespace tautband
