// [mechanics]: how the equations of motion are solved.
#pragma once

#include "spec/describe.hpp"

#include <array>

namespace tautband::spec {

enum class Inertia { quasi_static, dynamic };
template <>
inline constexpr std::array enum_table<Inertia> = {EnumEntry<Inertia>{"quasi_static", Inertia::quasi_static},
                                                   EnumEntry<Inertia>{"dynamic", Inertia::dynamic}};

enum class Preconditioning { automatic, jacobi, multigrid };
template <>
inline constexpr std::array enum_table<Preconditioning> = {
    EnumEntry<Preconditioning>{"automatic", Preconditioning::automatic},
    EnumEntry<Preconditioning>{"jacobi", Preconditioning::jacobi},
    EnumEntry<Preconditioning>{"multigrid", Preconditioning::multigrid}};

struct Mechanics {
  Inertia inertia = Inertia::quasi_static;
  double spectral_radius = 0.6;
  bool deterministic = false;
  double newton_tolerance = 1e-6;
  int newton_iterations = 25;
  double krylov_tolerance = 1e-5;
  double krylov_first = 0.1;
  int krylov_iterations = 20000;
  Preconditioning preconditioner = Preconditioning::automatic;

  bool operator==(const Mechanics&) const = default;
};

template <Of<Mechanics> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("inertia", self.inertia,
        {.meaning = "quasi_static: equilibrium at every step; dynamic: with mass, by generalised-alpha"});
  visit("spectral_radius", self.spectral_radius,
        {.lowest = 0.0,
         .highest = 1.0,
         .meaning = "spectral radius at infinite frequency: 1 = no numerical damping, 0 = most",
         .source = "Chung & Hulbert 1993, J Appl Mech 60:371",
         .used = self.inertia == Inertia::dynamic,
         .when = "inertia = dynamic"});
  visit("deterministic", self.deterministic,
        {.meaning = "runs on a GPU repeat to the last bit, with more memory and time; on a CPU they always do"});
  visit("newton_tolerance", self.newton_tolerance,
        {.lowest = 1e-14,
         .highest = 0.1,
         .meaning = "residual against the largest of applied force, reaction and first residual",
         .source = "numerical"});
  visit("newton_iterations", self.newton_iterations,
        {.lowest = 1, .highest = 1000, .meaning = "after so many the step is cut", .source = "numerical"});
  visit("krylov_tolerance", self.krylov_tolerance,
        {.lowest = 1e-14,
         .highest = 0.5,
         .meaning = "tightest relative residual of a linear solve",
         .source = "numerical"});
  visit("krylov_first", self.krylov_first,
        {.lowest = 1e-14,
         .highest = 0.9,
         .meaning = "loosest relative residual of a linear solve",
         .source = "Eisenstat & Walker 1996, SIAM J Sci Comput 17:16"});
  visit("krylov_iterations", self.krylov_iterations,
        {.lowest = 1,
         .highest = 10000000,
         .meaning = "a linear solve that needs more cuts the step",
         .source = "numerical"});
  visit("preconditioner", self.preconditioner,
        {.meaning = "jacobi: blocks of nodes; multigrid: p-multigrid; automatic: what costs fewer operations here"});
}

}  // namespace tautband::spec
