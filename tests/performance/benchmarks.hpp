// The kernels of mechanics as benchmarks named <kernel>/hex27/tautband/<dofs>.
#pragma once

#include "performance/machine_limits.hpp"

#include <vector>

namespace tautband::performance {

/// Registers all kernels for problems of about the given numbers of degrees of freedom. Counters, over all ranks:
///   dof_per_s       unknowns of the problem / time of the fastest call, as STREAM takes its fastest pass; the mean
///                   time of a call is Google Benchmark's own column
///   bytes_per_dof, flops_per_dof   see work.hpp
///   bound_fraction  dof_per_s / min(memory bandwidth / bytes, multiply-add peak / flops) of `limits`
/// operator: stored tangent in its 23-double form, operator_full: in its 37-double form; bsr3: assembled blocks.
/// diffusion (the operator) and oxygen_step (a step of 1 s) have one unknown per node of the same mesh; a step's work
/// depends on its iterations and is not counted.
void register_benchmarks(const std::vector<double>& sizes, const MachineLimits& limits);

/// Frees what the last benchmark left; before Kokkos ends.
void release_problems();

}  // namespace tautband::performance
