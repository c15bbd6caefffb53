// The estimators of the three methods.
#pragma once

#include "post/sensitivity.hpp"

namespace tautband::post {

/// What an estimator works on; every row of every sample has a value of the output, which varies among them.
struct CompleteSamples {
  const SweepTable& table;
  const SweepOutput& output;
  std::vector<size_t> first_rows;  ///< of each sample
};

/// Adds `first_order`, `total` and, with a design of second order, the interactions.
/// First order: Saltelli et al. 2010, Computer Physics Communications 181:259, table 2 (b); total: Jansen 1999,
/// Computer Physics Communications 117:35; second order: Saltelli 2002, Computer Physics Communications 145:280. Where
/// B_A^i is there, each is the mean of the estimate and of the one with A and B exchanged.
void add_sobol_indices(const CompleteSamples& samples, const Bootstrap& bootstrap, OutputSensitivity& result);

/// Adds `mu_star`, `sigma` and `mu`: mean magnitude, standard deviation and mean of the change of the output per whole
/// range of each parameter. Morris 1991, Technometrics 33:161; Campolongo, Cariboni & Saltelli 2007, Environmental
/// Modelling & Software 22:1509. Throws FileError where a step moves another number of parameters than one.
void add_elementary_effects(const CompleteSamples& samples, const Bootstrap& bootstrap, OutputSensitivity& result);

/// Adds `rank_coefficient` and `explained`: a linear regression between standardised ranks. Ranks are those among all
/// rows, also in resamples. A parameter that does not vary gets 0. Saltelli & Sobol' 1995, Reliability Engineering &
/// System Safety 50:225. Throws FileError when parameters cannot be told apart.
void add_rank_regression(const CompleteSamples& samples, const Bootstrap& bootstrap, OutputSensitivity& result);

}  // namespace tautband::post
